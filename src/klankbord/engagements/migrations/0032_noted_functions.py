"""What was noted and never sent goes by itself."""

from django.db import migrations

# SECURITY: they look through every organisation, and tell ids to the night alone.
FORWARDS = """
create function engagements_old_noted() returns table (organisation_id uuid, noted_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select n.organisation_id, n.id from engagements_notedrequest n
    where n.noted_at < now() - interval '30 days'
      and nullif(current_setting('klankbord.person', true), '') is null
$$;

create function engagements_forget_noted(wanted uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
    delete from engagements_notedrequest n
    where n.id = wanted and n.noted_at < now() - interval '30 days'
      and n.organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid
$$;
"""
BACKWARDS = "drop function engagements_old_noted(); drop function engagements_forget_noted(uuid)"


class Migration(migrations.Migration):
    dependencies = [("engagements", "0031_noted")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
