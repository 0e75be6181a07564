"""What the night asks is told to the night alone; and side by side means that both can read."""

from django.db import migrations

NIGHT = "nullif(current_setting('klankbord.person', true), '') is null"

DUE = """
create or replace function engagements_due() returns table (organisation_id uuid, engagement_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.organisation_id, c.engagement_id from engagements_course c
    where c.destroy_on is not null and c.destroy_on <= current_date {night}
$$;
"""

OLD_REFERRALS = """
create or replace function engagements_old_referrals() returns table (organisation_id uuid, referral_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.organisation_id, r.id from engagements_referral r
    where r.made_at < now() - interval '6 months' {night}
$$;
"""

FAREWELLS_DUE = """
create or replace function engagements_farewells_due()
returns table (organisation_id uuid, person_id uuid, farewell_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.organisation_id, f.person_id, f.id from engagements_farewell f
    join people_person p on p.id = f.person_id and p.organisation_id = f.organisation_id
    where f.on_leaving and f.secret_hash is null and f.withdrawn_at is null and not p.active {night}
$$;
"""

MAYBE_NEAR = """
-- Direct relations only: the rules look again, with the whole line, before anybody is told.
create or replace function engagements_maybe_near()
returns table (organisation_id uuid, engagement_id uuid, client_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.organisation_id, e.id, e.client_id
    from engagements_engagement e
    join engagements_course c on c.engagement_id = e.id
    join people_person a on a.id = e.client_id join people_person b on b.id = e.coach_id
    where e.closed_on is null and b.employer = '' and c.phase not in ('closed', 'ended')
      and (a.manager_id = b.id or b.manager_id = a.id or a.manager_id = b.manager_id or a.unit_id = b.unit_id) {night}
$$;
"""

HAS_SHARED = """
create or replace function engagements_has_shared(wanted uuid, of_kind text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select 1 from engagements_writing w where w.engagement_id = wanted and w.kind = of_kind
                   and w.shared_at is not null {beside}
                   and w.author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))
$$;
"""

# SECURITY: these look through every organisation. They tell ids to whoever acts without being anybody, and to no person:
# otherwise one query would tell who is coached, who left, and who stands next to the own coach.
AT_NIGHT = "".join((DUE, OLD_REFERRALS, FAREWELLS_DUE, MAYBE_NEAR))
# SECURITY: a text of one's own that only oneself can read, or that hangs on a talk, lies beside nothing.
BESIDE = "and w.session_id is null and w.audience @> array['client', 'coach']::varchar[]"

FORWARDS = AT_NIGHT.format(night=f"and {NIGHT}") + HAS_SHARED.format(beside=BESIDE)
BACKWARDS = AT_NIGHT.format(night="") + HAS_SHARED.format(beside="")


class Migration(migrations.Migration):
    dependencies = [("engagements", "0017_own_words")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
