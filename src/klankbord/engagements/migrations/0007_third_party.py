"""The third party of an agreement: asked in by the client, known to the two, and reading only what was meant for them."""

from django.db import migrations

FORWARDS = """
-- Who takes part as the third party now. For those who take part themselves: each sees the own row only.
create function engagements_third_party(wanted uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select p.person_id from engagements_participant p
    where p.engagement_id = wanted and p.role = 'sponsor' and p.until is null
      and p.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
      and exists (select 1 from engagements_participant mine where mine.engagement_id = wanted and mine.until is null
                  and mine.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))
$$;

-- The client asks somebody in as the third party; one at a time, and never one of the two.
-- SECURITY: it looks itself at who asks. Somebody who took part before begins anew, so that what was written for
-- another third party in between stays between those.
create function engagements_ask_in(wanted uuid, whom uuid, new_id uuid, moment timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me uuid := nullif(current_setting('klankbord.person', true), '')::uuid;
    here uuid := nullif(current_setting('klankbord.organisation', true), '')::uuid;
begin
    perform 1 from engagements_engagement e where e.id = wanted and e.organisation_id = here and e.client_id = me
        and whom not in (e.client_id, e.coach_id) for update;
    if not found or not exists (select 1 from people_person p where p.id = whom and p.organisation_id = here and p.active)
       or not exists (select 1 from engagements_participant p where p.engagement_id = wanted and p.person_id = me
                      and p.role = 'client' and p.until is null)
       or exists (select 1 from engagements_participant p where p.engagement_id = wanted and p.role = 'sponsor'
                  and p.until is null) then
        return false;
    end if;
    delete from engagements_participant p where p.engagement_id = wanted and p.person_id = whom and p.role = 'sponsor';
    insert into engagements_participant (id, organisation_id, engagement_id, person_id, role, since)
    values (new_id, here, wanted, whom, 'sponsor', moment);
    return true;
end $$;

-- The versions of an agreement for three that the acting person may read as the third party.
-- SECURITY: only those written since they were asked in, because an earlier one was meant for somebody else; and only
-- once the client said yes, so that nothing a coach writes reaches the third party before the client wants it to.
create function engagements_agreements_for_third() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(a.id), '{}') from engagements_agreement a
    join engagements_participant p on p.engagement_id = a.engagement_id
    where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)
      and p.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
      and p.role = 'sponsor' and p.until is null
      and a.three_party and a.client_accepted_at is not null and a.made_at >= p.since
$$;
"""

BACKWARDS = """
drop function engagements_agreements_for_third();
drop function engagements_ask_in(uuid, uuid, uuid, timestamptz);
drop function engagements_third_party(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0006_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
