"""What is asked about coaches tells the coach, and coordinators; nobody else has a use for it."""

from django.db import migrations

ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"
DEFINER = "language sql stable security definer set search_path = public, pg_temp"

HELD = f"""
-- What these coaches can show, for the quality criteria: which kind, of which body, until when, and whether somebody
-- had a look.
-- SECURITY: no number, no level, no paper{{promise}}
create or replace function coaches_held(wanted uuid[]) returns table (
    person_id uuid, kind text, body text, valid_until date, looked_at boolean)
{DEFINER} as $$
    select f.person_id, f.kind, f.body, f.valid_until, f.checked_at is not null from coaches_qualityfact f
    where f.person_id = any(wanted)
      and f.organisation_id = {ORGANISATION}{{door}}
$$;
"""  # noqa: S608 -- pieces of this module

COUNTS = f"""
-- At how many meetings each of these coaches was, by year; and under no person that anybody noted one at all, because a
-- norm is only counted where intervision is kept here.
-- SECURITY: numbers alone{{promise}}
create or replace function coaches_intervision_counts(wanted uuid[], first_year int) returns table (
    person_id uuid, year int, times bigint)
{DEFINER} as $$
    with held as (
        select a.person_id, extract(year from m.starts_at at time zone 'Europe/Amsterdam')::int as year
        from coaches_intervisionattendance a join coaches_intervisionmeeting m on m.id = a.meeting_id
        where a.organisation_id = {ORGANISATION}
          and m.cancelled_at is null
    )
    select h.person_id, h.year, count(*) from held h
    where h.person_id = any(wanted) and h.year >= first_year{{door}} group by 1, 2
    union all
    select null, h.year, {{any}} from held h where h.year >= first_year{{door_to_any}} group by 2
$$;
"""  # noqa: S608 -- pieces of this module

PROMISE = ", and only of oneself or to a coordinator: whoever else asks hears nothing."
DOOR = f" and ({{who}}.person_id = {ME} or (select klankbord_holds('coordinator')))"
DOOR_TO_ANY = " and ((select klankbord_holds('coordinator')) or (select klankbord_holds('coach')))"

FORWARDS = HELD.format(promise=PROMISE, door=DOOR.format(who="f")) + COUNTS.format(
    promise=PROMISE, door=DOOR.format(who="h"), any="null::bigint", door_to_any=DOOR_TO_ANY
)
BACKWARDS = HELD.format(promise=".", door="") + COUNTS.format(promise=".", door="", any="count(*)", door_to_any="")


class Migration(migrations.Migration):
    dependencies = [("coaches", "0016_what_ends_of_coaches"), ("people", "0009_guest_functions")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
