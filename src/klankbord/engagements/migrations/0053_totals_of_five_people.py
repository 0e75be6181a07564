"""A sum that is told is about five people at least, and not about five coachings of fewer."""

from django.db import migrations

TOTALS = """
-- SECURITY: it looks with the owner's eyes, at amounts that are nobody's but the keeper's, the client's and the coach's.
-- It answers whoever holds the role of leadership here, with sums of the whole organisation by quarter in which an
-- invoice was noted (and not by its date: a later invoice with an early date would change what was told before).
create or replace function engagements_cost_totals(wanted_year int, today date) returns table (quarter int, cents bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    here uuid := nullif(current_setting('klankbord.organisation', true), '')::uuid;
    since timestamptz := '-infinity';
    until_then timestamptz;
    many int;
begin
    if not klankbord_holds('leadership') then
        return;
    end if;
    for q in 1..4 loop
        until_then := make_timestamptz(wanted_year, q * 3, 1, 0, 0, 0, 'Europe/Amsterdam') + interval '1 month';
        exit when until_then > least(today, current_date)::timestamptz;
        select count(distinct {whom}) into many
        from engagements_invoice i join engagements_engagementcost c on c.id = i.cost_id{more}
        where i.organisation_id = here and c.year = wanted_year and i.noted_at >= since and i.noted_at < until_then;
        if many >= 5 then
            quarter := q;
            select coalesce(sum(i.cents), 0) into cents
            from engagements_invoice i join engagements_engagementcost c on c.id = i.cost_id
            where i.organisation_id = here and c.year = wanted_year and i.noted_at < until_then;
            since := until_then;
            return next;
        end if;
    end loop;
end $$;
"""  # noqa: S608 -- no value in it
FORWARDS = TOTALS.format(whom="e.client_id", more=" join engagements_engagement e on e.id = i.engagement_id")
BACKWARDS = TOTALS.format(whom="i.engagement_id", more="")


class Migration(migrations.Migration):
    dependencies = [("engagements", "0052_money_of_ones_own")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
