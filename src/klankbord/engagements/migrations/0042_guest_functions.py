"""With whom a guest works here."""

from django.db import migrations

FORWARDS = """
-- SECURITY: with the owner's eyes, because participations are guarded by engagements and would ask back. It tells of
-- coaching in which the acting person takes part now: once it is over for the coach, the names are gone.
create or replace function klankbord_works_with() returns uuid[]
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct o.person_id), '{}')
    from engagements_participant mine
    join engagements_participant o on o.organisation_id = mine.organisation_id and o.engagement_id = mine.engagement_id
    where mine.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)
      and mine.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
      and mine.until is null and o.until is null
$$;
"""

BACKWARDS = """
create or replace function klankbord_works_with() returns uuid[]
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
    select '{}'::uuid[]
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0041_hours_rows"), ("people", "0009_guest_functions")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
