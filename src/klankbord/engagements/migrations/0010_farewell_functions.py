"""Whose words an address leads to, asked without an account; and who left and waits for such an address."""

from django.db import migrations

FORWARDS = """
-- SECURITY: asked by the SHA-256 of a secret of 256 bits, which cannot be guessed. It tells whose words may be shown,
-- and nothing of them: what is then read, is read with that person's eyes.
create function engagements_farewell(hash bytea)
returns table (organisation_id uuid, person_id uuid, farewell_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.organisation_id, f.person_id, f.id from engagements_farewell f
    where f.secret_hash = hash and f.withdrawn_at is null and f.expires_at > now()
$$;

create function engagements_farewells_due() returns table (organisation_id uuid, person_id uuid, farewell_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.organisation_id, f.person_id, f.id from engagements_farewell f
    join people_person p on p.id = f.person_id and p.organisation_id = f.organisation_id
    where f.on_leaving and f.secret_hash is null and f.withdrawn_at is null and not p.active
$$;
"""

BACKWARDS = """
drop function engagements_farewells_due();
drop function engagements_farewell(bytea);
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0009_leaving")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
