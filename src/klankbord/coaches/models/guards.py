"""Triggers that say who writes which column of what a coach and a coordinator both may change.

The row policies say who may change a row, not what of it. A coordinator has a look and never writes a coach's words; a
coach writes and never ticks that somebody had a look.
"""

import pgtrigger

_ME = "me := nullif(current_setting('klankbord.person', true), '')::uuid;"
_CHECK = "- 'checked_at' - 'checked_by_id'"
_LOOKED_AT = "new.checked_at is not null or new.checked_by_id is not null"

# What is compared to see whether the words changed: letters and figures, so that a comma or a capital changes nothing.
_WORDS = (
    "regexp_replace(lower(concat_ws(' ', {0}.introduction, {0}.story_first, {0}.story_during, {0}.story_limits)), "
    "'[^[:alnum:]]+', ' ', 'g')"
)


def _guard(name: str, func: str, on: pgtrigger.Operation | pgtrigger.Operations) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=on,
        condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
        func=f"{_ME}{func}\n        return new;\n    ",
        declare=[("me", "uuid")],
    )


# SECURITY: without this a coach could tick the check of the own profile, or a coordinator write in a coach's name.
WRITTEN_BY_ONE_CHECKED_BY_ANOTHER = _guard(
    "written_by_one_checked_by_another",
    f"""
        if tg_op = 'INSERT' then
            if {_LOOKED_AT} then
                raise exception 'Cannot add: a new profile was looked at by nobody';
            end if;
            return new;
        end if;
        if old.person_id is distinct from me then
            if to_jsonb(new) {_CHECK} is distinct from to_jsonb(old) {_CHECK} then
                raise exception 'Cannot update: only the coach writes the own profile';
            end if;
            if ({_LOOKED_AT}) and new.checked_by_id is distinct from me then
                raise exception 'Cannot update: a look is noted in the own name';
            end if;
            return new;
        end if;
        if new.person_id is distinct from me then
            raise exception 'Cannot update: a profile stays with its coach';
        end if;
        if ({_LOOKED_AT}) and (new.checked_at is distinct from old.checked_at
                               or new.checked_by_id is distinct from old.checked_by_id) then
            raise exception 'Cannot update: a coach does not check the own profile';
        end if;
        if {_WORDS.format("new")} is distinct from {_WORDS.format("old")}
           or not (new.sensitive_themes <@ old.sensitive_themes) then
            new.checked_at := null;
            new.checked_by_id := null;
        end if;""",
    pgtrigger.Insert | pgtrigger.Update,
)

# SECURITY: what a coach states stays as it was stated, and only somebody else says that it was looked at.
STATED_BY_ONE_CHECKED_BY_ANOTHER = _guard(
    "stated_by_one_checked_by_another",
    f"""
        if tg_op = 'INSERT' then
            if {_LOOKED_AT} then
                raise exception 'Cannot add: what is new was looked at by nobody';
            end if;
            return new;
        end if;
        if old.person_id = me then
            raise exception 'Cannot update: nobody checks the own papers';
        end if;
        if to_jsonb(new) {_CHECK} is distinct from to_jsonb(old) {_CHECK} then
            raise exception 'Cannot update: what was stated stays as it is';
        end if;
        if ({_LOOKED_AT}) and new.checked_by_id is distinct from me then
            raise exception 'Cannot update: a look is noted in the own name';
        end if;""",
    pgtrigger.Insert | pgtrigger.Update,
)
