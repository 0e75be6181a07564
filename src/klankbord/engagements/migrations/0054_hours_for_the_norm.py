"""How many hours coaches held in a year, for the norm of the policy."""

from django.db import migrations

ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"
HERE = "at time zone 'Europe/Amsterdam'"
# A talk counts when it began, was not cancelled, and its coaching had not ended before. An introduction is no talk yet.
TALKS = f"""engagements_engagement e join engagements_session s on s.engagement_id = e.id
        where e.organisation_id = {ORGANISATION} and s.number > 0 and s.state <> 'cancelled'
          and s.starts_at >= make_timestamptz(greatest(first_year, 1), 1, 1, 0, 0, 0, 'Europe/Amsterdam')
          and s.starts_at < (select until from months)
          and (e.closed_on is null or (s.starts_at {HERE})::date <= e.closed_on)"""  # noqa: S608 -- pieces of this module

FORWARDS = f"""
-- Whole hours of each of these coaches, by year; and under no person the years in which anybody held a talk here,
-- because a norm is only counted where talks are kept here.
-- SECURITY: only of oneself, or to a coordinator. And by whole months, whatever moment is asked: of a coach with one
-- client a coordinator could otherwise tell from the sum on which day they talked. No day, no talk, no client.
create function engagements_hours_of_coaches(wanted uuid[], first_year int, moment timestamptz)
returns table (person_id uuid, year int, hours bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with months as (
        select date_trunc('month', least(moment, now()) {HERE}) {HERE} as until
    ),
    held as (
        select e.coach_id, extract(year from s.starts_at {HERE})::int as year, s.minutes::bigint as minutes
        from {TALKS} and e.coach_id = any(wanted)
        union all
        select k.coach_id, k.year::int, k.minutes::bigint from engagements_hourskept k, months
        where k.organisation_id = {ORGANISATION} and k.coach_id = any(wanted) and k.kind = 'talk'
          and k.year >= first_year and k.year <= extract(year from months.until {HERE})
    )
    select h.coach_id, h.year, floor(sum(h.minutes) / 60)::bigint from held h
    where h.coach_id = {ME} or (select klankbord_holds('coordinator'))
    group by 1, 2
    union all
    select null, y.year, null::bigint
    from months, generate_series(first_year, extract(year from months.until {HERE})::int) y(year)
    where ((select klankbord_holds('coordinator')) or (select klankbord_holds('coach')))
      and (exists (select 1 from {TALKS} and extract(year from s.starts_at {HERE})::int = y.year)
           or exists (select 1 from engagements_hourskept k
                      where k.organisation_id = {ORGANISATION} and k.kind = 'talk' and k.year = y.year))
$$;
revoke all on function engagements_hours_of_coaches(uuid[], int, timestamptz) from public;
grant execute on function engagements_hours_of_coaches(uuid[], int, timestamptz) to klankbord_app;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = "drop function engagements_hours_of_coaches(uuid[], int, timestamptz)"


class Migration(migrations.Migration):
    dependencies = [("engagements", "0053_only_the_own_step"), ("people", "0009_guest_functions")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
