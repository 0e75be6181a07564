"""What the three agree: the third party reads a version once the client said yes to it."""

from django.db import migrations

FORWARDS = """
-- The texts of a talk of three that the acting person may read as the third party.
-- SECURITY: only those written since they were asked in, because an earlier one was meant for somebody else; and only
-- once the client said yes, so that nothing a coach writes reaches the third party before the client wants it to.
create function engagements_meeting_texts_for_third() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(t.id), '{}') from engagements_threewaytext t
    join engagements_participant p on p.engagement_id = t.engagement_id
    where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)
      and p.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
      and p.role = 'sponsor' and p.until is null
      and t.client_accepted_at is not null and t.made_at >= p.since
$$;
"""

BACKWARDS = "drop function engagements_meeting_texts_for_third();"


class Migration(migrations.Migration):
    dependencies = [("engagements", "0011_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
