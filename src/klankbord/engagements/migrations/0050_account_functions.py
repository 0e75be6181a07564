"""What a coordinator may know of hours and money of a whole year; and one rule for what is told of money."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("klankbord.engagements.migrations.0023_cost_totals")

HERE = "nullif(current_setting('klankbord.organisation', true), '')::uuid"

FORWARDS = f"""
-- The steps in which money is told of, for whom it may be told: see engagements_cost_totals() and
-- engagements_account_sums(). With how many coaches had an invoice until then.
-- SECURITY: for functions of the schema's owner alone. The leadership and the account of a year read the same sums, so
-- that nobody subtracts the one from the other.
create function engagements_cost_steps(wanted_year int, today date)
returns table (quarter int, cents bigint, coaches int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    here uuid := {HERE};
    since timestamptz := '-infinity';
    until_then timestamptz;
    many int;
begin
    for q in 1..4 loop
        until_then := make_timestamptz(wanted_year, q * 3, 1, 0, 0, 0, 'Europe/Amsterdam') + interval '1 month';
        exit when until_then > least(today, current_date)::timestamptz;
        -- About five people, and not five coachings of fewer.
        select count(distinct e.client_id) into many
        from engagements_invoice i join engagements_engagementcost c on c.id = i.cost_id
        join engagements_engagement e on e.id = i.engagement_id
        where i.organisation_id = here and c.year = wanted_year and i.noted_at >= since and i.noted_at < until_then;
        if many >= 5 then
            quarter := q;
            select coalesce(sum(i.cents), 0), count(distinct e.coach_id) into cents, coaches
            from engagements_invoice i join engagements_engagementcost c on c.id = i.cost_id
            join engagements_engagement e on e.id = i.engagement_id
            where i.organisation_id = here and c.year = wanted_year and i.noted_at < until_then;
            since := until_then;
            return next;
        end if;
    end loop;
end $$;
revoke all on function engagements_cost_steps(int, date) from public;

create or replace function engagements_cost_totals(wanted_year int, today date)
returns table (quarter int, cents bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not klankbord_holds('leadership') then
        return;
    end if;
    return query select s.quarter, s.cents from engagements_cost_steps(wanted_year, today) s order by s.quarter;
end $$;

-- SECURITY: it looks with the owner's eyes, at talks and amounts that a coordinator does not see. It answers a
-- coordinator, about the whole organisation, of a year that is over: hours in tens when at least five clients and five
-- coaches had talks, and the last sum the leadership reads when it was paid to at least five coaches.
-- The clients of talks that were forgotten are not known any more, so only those of talks that are kept are counted.
create function engagements_account_sums(wanted_year int) returns table (hours int, quarter int, cents bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    here uuid := {HERE};
    begun timestamptz := make_timestamptz(wanted_year, 1, 1, 0, 0, 0, 'Europe/Amsterdam');
    ended timestamptz := make_timestamptz(wanted_year + 1, 1, 1, 0, 0, 0, 'Europe/Amsterdam');
    clients int; coaches int; paid int;
begin
    if not klankbord_holds('coordinator') or ended > now() then
        return;
    end if;
    with held as (
        select e.client_id, e.coach_id, s.minutes
        from engagements_session s join engagements_engagement e on e.id = s.engagement_id
        where s.organisation_id = here and s.starts_at >= begun and s.starts_at < ended
          and s.number > 0 and s.state <> 'cancelled'
          and (e.closed_on is null or (s.starts_at at time zone 'Europe/Amsterdam')::date <= e.closed_on)
    ), kept as (
        select k.coach_id, k.minutes from engagements_hourskept k
        where k.organisation_id = here and k.year = wanted_year and k.kind = 'talk'
    )
    select (select count(distinct h.client_id) from held h),
           (select count(*) from (select h.coach_id from held h union select k.coach_id from kept k) b),
           round((coalesce((select sum(h.minutes) from held h), 0)
                  + coalesce((select sum(k.minutes) from kept k), 0)) / 600.0) * 10
    into clients, coaches, hours;
    if clients < 5 or coaches < 5 then
        hours := null;
    end if;
    select s.quarter, s.cents, s.coaches into quarter, cents, paid
    from engagements_cost_steps(wanted_year, current_date) s order by s.quarter desc limit 1;
    if paid is null or paid < 5 then
        quarter := null;
        cents := null;
    end if;
    return next;
end $$;
revoke all on function engagements_account_sums(int) from public;
grant execute on function engagements_account_sums(int) to klankbord_app;
"""  # noqa: S608 -- no value in it

BACKWARDS = """
drop function engagements_account_sums(int);
drop function engagements_cost_totals(int, date);
drop function engagements_cost_steps(int, date);
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0049_account")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS + BEFORE.FORWARDS)]
