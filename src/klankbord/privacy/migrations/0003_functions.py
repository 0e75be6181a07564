"""What nobody finished does not stay for ever."""

from django.db import migrations

FORWARDS = """
create index privacy_draft_by_age on privacy_draft (saved_at);

-- Drafts that nobody touched for a month.
create function privacy_old_drafts() returns table (organisation_id uuid, draft_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.organisation_id, d.id from privacy_draft d where d.saved_at < now() - interval '1 month'
$$;

-- SECURITY: it looks at the age itself: whoever calls it cannot remove what somebody is still writing.
create function privacy_forget_draft(wanted uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from privacy_draft d where d.id = wanted and d.saved_at < now() - interval '1 month';
    return found;
end $$;
"""

BACKWARDS = """
drop function privacy_forget_draft(uuid);
drop function privacy_old_drafts();
drop index privacy_draft_by_age;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
