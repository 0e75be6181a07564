"""What policies ask, and what must be done with other eyes than those of the acting person."""

from django.db import migrations

FORWARDS = """
create index engagements_aside on engagements_request using gin (aside);

-- The requests the acting coordinator stepped aside from: few, so this list is made and not the list of all others.
create function engagements_stepped_aside() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(r.id), '{}') from engagements_request r
    where r.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
      and r.aside @> array[(select nullif(current_setting('klankbord.person', true), '')::uuid)]
$$;

-- Stepping aside hides the row from the one who steps aside, which an update under row security cannot do.
create function engagements_step_aside(wanted uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare me uuid := nullif(current_setting('klankbord.person', true), '')::uuid;
begin
    if me is null or not klankbord_holds('coordinator') then
        return false;
    end if;
    update engagements_request set aside = array_append(aside, me)
    where id = wanted and not (aside @> array[me])
      and organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid;
    return found;
end $$;

-- The client ends a coach's part, or somebody ends their own. The coach stops reading the request's words with it.
create function engagements_end_participation(wanted uuid, whose uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare me uuid := nullif(current_setting('klankbord.person', true), '')::uuid;
begin
    if not exists (select 1 from engagements_engagement e where e.id = wanted
                   and e.organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid
                   and (e.client_id = me or whose = me)) then
        return false;
    end if;
    update engagements_requestwords w set coach_id = null from engagements_engagement e
    where e.id = wanted and w.request_id = e.request_id and w.coach_id = whose;
    update engagements_participant set until = now()
    where engagement_id = wanted and person_id = whose and until is null;
    return found;
end $$;

-- Engagements whose texts have been kept as long as was agreed.
create function engagements_due() returns table (organisation_id uuid, engagement_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.organisation_id, c.engagement_id from engagements_course c
    where c.destroy_on is not null and c.destroy_on <= current_date
$$;

-- Removes the texts of one engagement that is due, and says whose keys must go with it: of shared copies
-- and of the request.
-- SECURITY: it looks at the date itself: whoever calls it cannot remove what is not due.
create function engagements_forget(wanted uuid) returns table (kind text, id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare shares uuid[]; drafts uuid[]; ended uuid;
begin
    if not exists (select 1 from engagements_due() d where d.engagement_id = wanted) then
        return;
    end if;
    select coalesce(array_agg(s.id), '{}') into shares from engagements_share s where s.engagement_id = wanted;
    -- The words of the request go with the last coaching that came of it, unless it looks for another coach.
    select r.id into ended from engagements_engagement e join engagements_request r on r.id = e.request_id
    where e.id = wanted and r.state in ('matched', 'withdrawn') and not exists (
        select 1 from engagements_engagement o join engagements_course c on c.engagement_id = o.id
        where o.request_id = e.request_id and o.id <> wanted);
    delete from engagements_requestwords w where w.request_id = ended;
    update engagements_request r set themes = '{}' where r.id = ended;
    delete from engagements_share t where t.engagement_id = wanted;
    delete from engagements_writing t where t.engagement_id = wanted;
    delete from engagements_agreement t where t.engagement_id = wanted;
    delete from engagements_session t where t.engagement_id = wanted;
    delete from engagements_course t where t.engagement_id = wanted;
    select coalesce(array_agg(d.id), '{}') into drafts from privacy_draft d where strpos(d.place, wanted::text) > 0;
    delete from privacy_draft d where d.id = any(drafts);
    return query select 'share', unnest(shares);
    return query select 'draft', unnest(drafts);
    if ended is not null then
        return query select 'request', ended;
    end if;
end $$;

-- Suggestions that have been kept for half a year: whatever the employee did with them, they have had their time.
create function engagements_old_referrals() returns table (organisation_id uuid, referral_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.organisation_id, r.id from engagements_referral r where r.made_at < now() - interval '6 months'
$$;

create function engagements_forget_referral(wanted uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select 1 from engagements_old_referrals() o where o.referral_id = wanted) then
        return false;
    end if;
    delete from engagements_referralquestion where referral_id = wanted;
    delete from engagements_referralanswer where referral_id = wanted;
    delete from engagements_referral where id = wanted;
    return true;
end $$;
"""

BACKWARDS = """
drop function engagements_forget_referral(uuid);
drop function engagements_old_referrals();
drop function engagements_forget(uuid);
drop function engagements_due();
drop function engagements_end_participation(uuid, uuid);
drop function engagements_step_aside(uuid);
drop function engagements_stepped_aside();
drop index engagements_aside;
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0001_initial"), ("people", "0003_row_security"), ("privacy", "0002_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
