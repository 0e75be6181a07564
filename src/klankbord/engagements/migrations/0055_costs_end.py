"""What a coaching cost has an end: two functions for the night that takes it away."""

from django.db import migrations

NOBODY_ACTS = "nullif(current_setting('klankbord.person', true), '') is null"
DEFINER = "security definer set search_path = public, pg_temp"

FORGETTING = f"""
-- The money of a coaching of which nothing was planned, changed or invoiced for seven whole calendar years, in any
-- organisation: the books may be asked for that long. SECURITY: it looks at the date itself and answers no person:
-- nobody removes what is not due. It answers ids, never amounts.
create function engagements_old_costs() returns table (organisation_id uuid, cost_id uuid)
language sql stable {DEFINER} as $$
    select c.organisation_id, c.id from engagements_engagementcost c
    where {NOBODY_ACTS}
      and extract(year from current_date) > 7 + greatest(
            c.year, extract(year from c.changed_at), extract(year from c.agreed_at),
            (select max(extract(year from i.day)) from engagements_invoice i where i.cost_id = c.id))
    order by c.organisation_id, c.id
$$;

create function engagements_forget_costs(wanted uuid) returns void
language plpgsql {DEFINER} as $$
begin
    if not exists (select 1 from engagements_old_costs() o where o.cost_id = wanted
                   and o.organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid) then
        raise exception 'Cannot forget: this money is still kept';
    end if;
    delete from engagements_invoice i where i.cost_id = wanted;
    delete from engagements_engagementcost c where c.id = wanted;
end $$;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = "drop function engagements_forget_costs(uuid); drop function engagements_old_costs()"


class Migration(migrations.Migration):
    dependencies = [("engagements", "0054_hours_for_the_norm")]
    operations = [migrations.RunSQL(FORGETTING, BACKWARDS)]
