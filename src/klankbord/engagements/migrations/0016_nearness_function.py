"""Whose coaching runs while the two stand next to each other in the organisation."""

from django.db import migrations

FORWARDS = """
-- Direct relations only: the rules look again, with the whole line, before anybody is told.
create function engagements_maybe_near() returns table (organisation_id uuid, engagement_id uuid, client_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.organisation_id, e.id, e.client_id
    from engagements_engagement e
    join engagements_course c on c.engagement_id = e.id
    join people_person a on a.id = e.client_id join people_person b on b.id = e.coach_id
    where e.closed_on is null and b.employer = '' and c.phase not in ('closed', 'ended')
      and (a.manager_id = b.id or b.manager_id = a.id or a.manager_id = b.manager_id or a.unit_id = b.unit_id)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0015_nearness")]
    operations = [migrations.RunSQL(FORWARDS, "drop function engagements_maybe_near();")]
