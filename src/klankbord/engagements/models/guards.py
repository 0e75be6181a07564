"""Triggers that say who writes which column of a row that more than one person may change.

Row policies say who may change a row, not what of it. Each trigger here leaves the functions of the schema's owner
alone: those look themselves at who asks.
"""

from typing import Any

import pgtrigger

from klankbord.engagements.rules.lifecycle import ENGAGEMENT, REQUEST, Role
from klankbord.engagements.writings import CLIENT, COACH, MANNERS, TOGETHER

_ME = "me := nullif(current_setting('klankbord.person', true), '')::uuid;"
_TWO = f"""
        {_ME}
        select client_id, coach_id into two from engagements_engagement where id = new.engagement_id;"""  # noqa: S608 -- no value in it


def _guard(name: str, func: str, *, on: Any, declare: list[tuple[str, str]] | None = None) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=on,
        condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
        func=f"{func}\n        return new;\n    ",
        declare=declare,
    )


def only(role: str, does: str, **columns: str) -> pgtrigger.Trigger:
    """Columns, each with what stands there at first, that are for the client or the coach alone to write.

    What is false at first may be made false again by either: taking a word back speaks for nobody.

    SECURITY: without this one of the two could speak in the other's name.
    """
    begun = " or ".join(f"new.{name} is distinct from {first}" for name, first in columns.items())
    changed = " or ".join(
        f"new.{name} and not old.{name}" if first == "false" else f"new.{name} is distinct from old.{name}"
        for name, first in columns.items()
    )
    func = f"""{_TWO}
        if (tg_op = 'INSERT' and ({begun}) or tg_op = 'UPDATE' and ({changed}))
           and two.{role}_id is distinct from me then
            raise exception 'Cannot update: only the {role} {does}';
        end if;"""
    return _guard(
        f"for_{role}", func, on=pgtrigger.Insert | pgtrigger.Update, declare=[("me", "uuid"), ("two", "record")]
    )


def same_coaching(**tables: str) -> pgtrigger.Trigger:
    """Keys to rows of another table, which must be of the same engagement as this row.

    SECURITY: without this a row could hang on a talk or a goal of another coaching: it would show up among what
    belongs there, and keep that from being destroyed when its time has come.
    """
    checks = "".join(
        f"""
        if new.{column} is not null and (tg_op = 'INSERT' or new.{column} is distinct from old.{column})
           and not exists (select 1 from engagements_{table} o
                           where o.id = new.{column} and o.engagement_id = new.engagement_id) then
            raise exception 'Cannot write: {column} is of another coaching';
        end if;"""  # noqa: S608 -- names of this module's own tables
        for column, table in tables.items()
    )
    return _guard("same_coaching", checks, on=pgtrigger.Insert | pgtrigger.Update)


def _written_by(role: str) -> str:
    return ", ".join(f"'{kind}'" for kind, manner in MANNERS.items() if manner.writers == {role})


# SECURITY: without this the coach could begin a text that is the client's, and either could take a text of both away.
TEXTS_KEEP_THEIR_MANNER = _guard(
    "texts_keep_their_manner",
    f"""{_TWO}
        if tg_op = 'INSERT' and (new.kind in ({_written_by(CLIENT)}) and new.author_id is distinct from two.client_id
                                 or new.kind in ({_written_by(COACH)}) and new.author_id = two.client_id) then
            raise exception 'Cannot write: this kind of text is not theirs to write';
        end if;
        if tg_op = 'UPDATE' and new.kind in ({", ".join(f"'{kind}'" for kind in TOGETHER)})
           and old.shared_at is not null
           and (new.audience is distinct from old.audience or new.shared_at is distinct from old.shared_at) then
            raise exception 'Cannot update: a text of both stays with both';
        end if;""",
    on=pgtrigger.Insert | pgtrigger.Update,
    declare=[("me", "uuid"), ("two", "record")],
)

# SECURITY: a policy asks that somebody adds a row in the own name and takes part; not that they are the client here.
OF_ITS_CLIENT = _guard(
    "of_its_client",
    """
        if not exists (select 1 from engagements_engagement e
                       where e.id = new.engagement_id and e.client_id = new.client_id) then
            raise exception 'Cannot add: only the client says this';
        end if;""",
    on=pgtrigger.Insert,
)

# SECURITY: a policy asks that the coach adds a row in the own name and takes part; not for whom. Without this a coach
# could lay a thought before somebody else.
OF_ITS_TWO = _guard(
    "of_its_two",
    """
        if not exists (select 1 from engagements_engagement e where e.id = new.engagement_id
                       and e.client_id = new.client_id and e.coach_id = new.coach_id) then
            raise exception 'Cannot add: this is between another two';
        end if;""",
    on=pgtrigger.Insert,
)

# SECURITY: what was shared lies with the client under the same id. Without this a coach could try to lay it there once
# more, and learn from the answer whether the client let it be destroyed. So the letter goes first, and only once.
LAID_DOWN_ONCE = _guard(
    "laid_down_once",
    """
        if exists (select 1 from engagements_fitthought t where t.id = new.id) then
            raise exception 'Cannot add: this thought was shared already';
        end if;""",
    on=pgtrigger.Insert,
)

# SECURITY: whoever sent a letter does not see whether it is still there. Without this they could try to lay it down
# once more under its id, and learn from the answer whether it was answered. So it goes before its note.
LETTER_LAID_DOWN_ONCE = _guard(
    "letter_laid_down_once",
    """
        if exists (select 1 from engagements_sheetnote n where n.id = new.id) then
            raise exception 'Cannot add: this was laid before somebody already';
        end if;""",
    on=pgtrigger.Insert,
)

# SECURITY: without this the client could be the own third party, and say yes in a third party's name.
ASKED_IN_BY_FUNCTION = _guard(
    "asked_in_by_function",
    """
        select client_id into its_client from engagements_engagement where id = new.engagement_id;
        if new.role = 'sponsor' or (new.role = 'client') is distinct from (new.person_id = its_client) then
            raise exception 'Cannot add: nobody takes part in this role this way';
        end if;""",
    on=pgtrigger.Insert,
    declare=[("its_client", "uuid")],
)

_IN_FORCE = """(select (a.plan->>'retention_months')::int from engagements_agreement a
                       where a.engagement_id = new.engagement_id and a.client_accepted_at is not null
                         and a.coach_accepted_at is not null
                         and (a.sponsor_accepted_at is not null or not a.three_party)
                       order by a.version desc limit 1)"""

# SECURITY: without this the coach could destroy the client's texts early, or keep them. The client's own texts are the
# client's: to shorten that term is nothing done to another.
KEPT_AS_AGREED = _guard(
    "kept_as_agreed",
    f"""{_TWO}
        if two.client_id is not distinct from me then
            return new;
        end if;
        if new.retention_months is distinct from old.retention_months
           and new.retention_months is distinct from {_IN_FORCE} then
            raise exception 'Cannot update: how long texts are kept is agreed on by both';
        end if;
        select closed_on into ended from engagements_engagement where id = new.engagement_id;
        if new.destroy_on is distinct from old.destroy_on
           and (old.destroy_on is not null or new.phase not in ('closed', 'ended') or ended is null
                or new.destroy_on is distinct from (ended + make_interval(months => new.retention_months))::date
                   and ({_IN_FORCE} is not null
                        or new.destroy_on is distinct from (ended + interval '1 month')::date)) then
            raise exception 'Cannot update: how long texts are kept is agreed on by both';
        end if;""",  # noqa: S608 -- no value in it
    on=pgtrigger.Update,
    declare=[("me", "uuid"), ("two", "record"), ("ended", "date")],
)

_STEPS_OF_COACH = ", ".join(
    sorted({f"('{step.before}', '{step.after}')" for step in ENGAGEMENT.steps if Role.COACH in step.who})
)

# SECURITY: without this the coach could go on in the client's name, or open again what was closed.
STEPS_ARE_FOR_ONESELF = _guard(
    "steps_are_for_oneself",
    f"""{_TWO}
        if new.phase is distinct from old.phase and two.client_id is distinct from me
           and (old.phase, new.phase) not in ({_STEPS_OF_COACH}) then
            raise exception 'Cannot update: this step is not theirs to take';
        end if;""",
    on=pgtrigger.Update,
    declare=[("me", "uuid"), ("two", "record")],
)


def _steps_of_request(role: Role) -> str:
    return ", ".join(sorted({f"('{step.before}', '{step.after}')" for step in REQUEST.steps if role in step.who}))


# SECURITY: whoever looks for a coach, and every coach who was proposed, may change a request, because their own step
# turns it. Without this they could withdraw it, choose, or wish for something else in the client's name.
ONLY_THE_OWN_STEP = _guard(
    "only_the_own_step",
    f"""
        {_ME}
        if old.client_id is not distinct from me then
            return new;
        end if;
        if to_jsonb(new) - 'state' - 'changed_at' is distinct from to_jsonb(old) - 'state' - 'changed_at' then
            raise exception 'Cannot update: only the client says what the client wishes';
        end if;
        if new.state is distinct from old.state
           and not (klankbord_holds('coordinator')
                    and (old.state, new.state) in ({_steps_of_request(Role.COORDINATOR)}))
           and not ((old.state, new.state) in ({_steps_of_request(Role.COACH)})
                    and exists (select 1 from engagements_proposal p
                                where p.request_id = new.id and p.coach_id = me)) then
            raise exception 'Cannot update: this step is not theirs to take';
        end if;""",  # noqa: S608 -- no value in it
    on=pgtrigger.Update,
    declare=[("me", "uuid")],
)

# SECURITY: the term counts from this day, so it is the day itself, and it is written once.
ENDED_TODAY = _guard(
    "ended_today",
    f"""
        {_ME}
        if new.closed_on is distinct from old.closed_on and new.client_id is distinct from me
           and (old.closed_on is not null or new.closed_on not between current_date - 1 and current_date + 1) then
            raise exception 'Cannot update: how long texts are kept counts from the day itself';
        end if;""",
    on=pgtrigger.Update,
    declare=[("me", "uuid")],
)

# SECURITY: without this an employee could write a manager's answer.
REPLY_IS_FOR_WHO_WAS_ASKED = _guard(
    "reply_is_for_who_was_asked",
    f"""
        {_ME}
        if (tg_op = 'INSERT' and (new.answer is not null or new.answered_at is not null)
            or tg_op = 'UPDATE' and (new.answer is distinct from old.answer
                                     or new.answered_at is distinct from old.answered_at))
           and new.asked_id is distinct from me then
            raise exception 'Cannot update: only who was asked answers';
        end if;""",
    on=pgtrigger.Insert | pgtrigger.Update,
    declare=[("me", "uuid")],
)

# SECURITY: without this a coach who was let go could lay the own proposal down again, and read the request with it.
COACH_LAYS_NOTHING_DOWN = _guard(
    "coach_lays_nothing_down",
    f"""
        {_ME}
        if new.state is distinct from old.state and new.state in ('proposed', 'chosen')
           and new.coach_id is not distinct from me and not klankbord_holds('coordinator') then
            raise exception 'Cannot update: a coach does not propose or choose themselves';
        end if;""",
    on=pgtrigger.Update,
    declare=[("me", "uuid")],
)

_AGREED_TO = """exists (
               select 1 from (select a.policy_id from engagements_agreement a
                              where a.engagement_id = new.id and a.client_accepted_at is not null
                                and a.coach_accepted_at is not null
                                and (a.sponsor_accepted_at is not null or not a.three_party)
                              order by a.version desc limit 1) last
               where last.policy_id is not distinct from new.policy_id)"""

# SECURITY: without this somebody could begin under rules of their own choice, or put an engagement under other rules
# than its people agreed to. At the beginning nobody chooses: it is the version in force.
POLICY_AS_AGREED = _guard(
    "policy_as_agreed",
    f"""
        if tg_op = 'INSERT' then
            new.policy_id := (select p.id from policy_policyversion p
                              where p.organisation_id = new.organisation_id and p.state = 'published');
        elsif new.policy_id is distinct from old.policy_id and not {_AGREED_TO} then
            raise exception 'Cannot update: another version of the policy is agreed on by both';
        end if;""",  # noqa: S608 -- no value in it
    on=pgtrigger.Insert | pgtrigger.Update,
)

# SECURITY: an agreement goes on under the rules of its engagement, or takes over those in force; never older ones.
UNDER_ITS_POLICY = _guard(
    "under_its_policy",
    """
        if new.policy_id is distinct from (select e.policy_id from engagements_engagement e
                                           where e.id = new.engagement_id)
           and not exists (select 1 from policy_policyversion p
                           where p.id = new.policy_id and p.state = 'published') then
            raise exception 'Cannot add: an agreement is under the policy of its engagement, or the one in force';
        end if;""",
    on=pgtrigger.Insert,
)
