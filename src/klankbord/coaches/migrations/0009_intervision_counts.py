"""How often coaches were at intervision, for the norm of the policy, whoever asks."""

from django.db import migrations

FORWARDS = """
-- At how many meetings each of these coaches was, by year; and under no person how many meetings anybody noted at all,
-- because a norm is only counted where intervision is kept here.
-- SECURITY: numbers alone. Whether a coach may take clients must not depend on who asks, and a client may read no
-- attendance.
create function coaches_intervision_counts(wanted uuid[], first_year int) returns table (
    person_id uuid, year int, times bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with held as (
        select a.person_id, extract(year from m.starts_at at time zone 'Europe/Amsterdam')::int as year
        from coaches_intervisionattendance a join coaches_intervisionmeeting m on m.id = a.meeting_id
        where a.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
          and m.cancelled_at is null
    )
    select h.person_id, h.year, count(*) from held h
    where h.person_id = any(wanted) and h.year >= first_year group by 1, 2
    union all
    select null, h.year, count(*) from held h where h.year >= first_year group by 2
$$;
revoke all on function coaches_intervision_counts(uuid[], int) from public;
grant execute on function coaches_intervision_counts(uuid[], int) to klankbord_app;
"""

BACKWARDS = "drop function coaches_intervision_counts(uuid[], int)"


class Migration(migrations.Migration):
    dependencies = [("coaches", "0008_growth_rows")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
