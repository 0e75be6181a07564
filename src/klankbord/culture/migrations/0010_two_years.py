"""The database knows itself how long decisions and answers in own words are kept."""

from importlib import import_module

from django.db import migrations

_NIGHT = import_module("klankbord.culture.migrations.0002_functions").NIGHT
_ENDING = import_module("klankbord.culture.migrations.0007_decisions_end")
ORGANISATION, NOBODY_ACTS, DEFINER = _ENDING.ORGANISATION, _ENDING.NOBODY_ACTS, _ENDING.DEFINER

# SECURITY: whatever day is given, nothing goes before its two years are over. One day more, because it may be tomorrow
# already where the organisation is.
BEFORE = "least(before, current_date + 1 - 2 * 365)"

FORWARDS = f"""
create or replace function culture_old_decisions(before date) returns table (organisation_id uuid, decision_id uuid)
language sql stable {DEFINER} as $$
    select d.organisation_id, d.id from culture_teamdecision d where {NOBODY_ACTS} and d.decided_on < {BEFORE}
    order by d.organisation_id, d.id
$$;

create or replace function culture_forget_decisions(decisions uuid[], before date) returns integer
language plpgsql {DEFINER} as $$
declare
    gone integer;
begin
    delete from culture_teamdecision d
    where d.id = any (decisions) and d.organisation_id = {ORGANISATION} and d.decided_on < {BEFORE} and {NOBODY_ACTS};
    get diagnostics gone = row_count;
    return gone;
end $$;

create or replace function culture_old_words(before date) returns table (organisation_id uuid, wave_id uuid)
language sql stable {DEFINER} as $$
    select w.organisation_id, w.id from culture_wave w
    where {NOBODY_ACTS} and w.closed_on < {BEFORE}
      and exists (select 1 from culture_openanswer o where o.wave_id = w.id and o.organisation_id = w.organisation_id)
$$;

create or replace function culture_forget_words(wanted uuid, before date) returns void
language sql {DEFINER} as $$
    delete from culture_openanswer o using culture_wave w
    where o.wave_id = wanted and o.organisation_id = {ORGANISATION} and w.id = o.wave_id and w.closed_on < {BEFORE}
      and {NOBODY_ACTS}
$$;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = (_NIGHT[_NIGHT.index("create function culture_old_words") :] + _ENDING.FORGETTING).replace(
    "create function", "create or replace function"
)


class Migration(migrations.Migration):
    dependencies = [("culture", "0009_columns")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
