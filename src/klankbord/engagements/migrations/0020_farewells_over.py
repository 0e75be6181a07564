"""Which private addresses were left for a link that does not work any more."""

from django.db import migrations

FORWARDS = """
-- SECURITY: it looks through every organisation, and so tells nothing to anybody who acts as a person.
create function engagements_farewells_over()
returns table (organisation_id uuid, person_id uuid, farewell_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.organisation_id, f.person_id, f.id from engagements_farewell f
    where f.expires_at <= now() and f.withdrawn_at is null
      and nullif(current_setting('klankbord.person', true), '') is null
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0019_steps_of_the_client")]
    operations = [migrations.RunSQL(FORWARDS, "drop function engagements_farewells_over();")]
