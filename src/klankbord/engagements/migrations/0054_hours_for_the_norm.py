"""How many hours coaches held in a year, for the norm of the policy."""

from django.db import migrations, models

ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"
HERE = "at time zone 'Europe/Amsterdam'"
# A talk counts when it was not cancelled; an introduction is no talk yet.
TALK_IN_YEAR = f"""s.organisation_id = {ORGANISATION} and s.number > 0 and s.state <> 'cancelled'
          and s.starts_at >= y.begins and s.starts_at < y.ends"""

FORWARDS = f"""
-- Whole hours of each of these coaches, by year; and under no person the years in which anybody held a talk here,
-- because a norm is only counted where talks are kept here.
-- SECURITY: only of oneself, or to a coordinator. And by whole months, whatever moment is asked: of a coach with one
-- client a coordinator could otherwise tell from the sum on which day they talked. No day, no talk, no client; and
-- nothing of a coaching whose request that coordinator stepped aside from.
create function engagements_hours_of_coaches(wanted uuid[], first_year int, moment timestamptz)
returns table (person_id uuid, year int, hours bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with months as materialized (
        select date_trunc('month', least(moment, now()) {HERE}) {HERE} as until
    ),
    years as materialized (
        select y as year, make_timestamptz(y, 1, 1, 0, 0, 0, 'Europe/Amsterdam') as begins,
               least(make_timestamptz(y + 1, 1, 1, 0, 0, 0, 'Europe/Amsterdam'), months.until) as ends
        from months, generate_series(greatest(first_year, 1), extract(year from months.until {HERE})::int) y
    ),
    coaches as materialized (
        select distinct one as id from unnest(wanted) one
        where one = {ME} or (select klankbord_holds('coordinator'))
    ),
    -- A talk after the day on which its coaching ended was not held.
    coachings as materialized (
        select e.id, e.coach_id, (e.closed_on + 1)::timestamp {HERE} as over
        from coaches join engagements_engagement e on e.coach_id = coaches.id
        where e.organisation_id = {ORGANISATION}
          and (e.coach_id = {ME} or e.request_id <> all((select engagements_stepped_aside())::uuid[]))
    ),
    held as (
        select c.coach_id, y.year, s.minutes::bigint as minutes
        from coachings c join engagements_session s on s.engagement_id = c.id join years y on {TALK_IN_YEAR}
        where c.over is null or s.starts_at < c.over
        union all
        select k.coach_id, y.year, k.minutes::bigint
        from coaches join engagements_hourskept k on k.coach_id = coaches.id join years y on y.year = k.year
        where k.organisation_id = {ORGANISATION} and k.kind = 'talk'
    )
    select h.coach_id, h.year, floor(sum(h.minutes) / 60)::bigint from held h group by 1, 2
    union all
    select null, y.year, null::bigint from years y
    where ((select klankbord_holds('coordinator')) or (select klankbord_holds('coach')))
      and (exists (select 1 from engagements_session s where {TALK_IN_YEAR})
           or exists (select 1 from engagements_hourskept k
                      where k.organisation_id = {ORGANISATION} and k.kind = 'talk' and k.year = y.year))
$$;
revoke all on function engagements_hours_of_coaches(uuid[], int, timestamptz) from public;
grant execute on function engagements_hours_of_coaches(uuid[], int, timestamptz) to klankbord_app;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = "drop function engagements_hours_of_coaches(uuid[], int, timestamptz)"


class Migration(migrations.Migration):
    dependencies = [("engagements", "0053_only_the_own_step"), ("people", "0009_guest_functions")]
    operations = [
        # Whether anybody held a talk in a year is asked of all talks of an organisation.
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["organisation", "starts_at"], name="sessions_by_moment"),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
