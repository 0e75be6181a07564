"""What a team decided has an end: two functions for the job that takes it away."""

from django.db import migrations

ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
NOBODY_ACTS = "nullif(current_setting('klankbord.person', true), '') is null"
DEFINER = "security definer set search_path = public, pg_temp"

FORGETTING = f"""
-- What was kept long enough, in any organisation. SECURITY: it looks through all of them, and past the team whose it is;
-- so only when nobody acts, and it answers ids, never words.
create function culture_old_decisions(before date) returns table (organisation_id uuid, decision_id uuid)
language sql stable {DEFINER} as $$
    select d.organisation_id, d.id from culture_teamdecision d where {NOBODY_ACTS} and d.decided_on < before
    order by d.organisation_id, d.id
$$;

create function culture_forget_decisions(decisions uuid[], before date) returns integer
language plpgsql {DEFINER} as $$
declare
    gone integer;
begin
    delete from culture_teamdecision d
    where d.id = any (decisions) and d.organisation_id = {ORGANISATION} and d.decided_on < before and {NOBODY_ACTS};
    get diagnostics gone = row_count;
    return gone;
end $$;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = """
drop function culture_forget_decisions(uuid[], date);
drop function culture_old_decisions(date);
"""


class Migration(migrations.Migration):
    dependencies = [("culture", "0006_reminders")]
    operations = [migrations.RunSQL(FORGETTING, BACKWARDS)]
