"""What apart-and-then-side-by-side asks, and forgetting with the tables that came since."""

from django.db import migrations

FORWARDS = """
-- Whether the acting person's own text of this kind lies beside the other's.
-- SECURITY: a policy on a table may not ask that table, so this is asked with other eyes; it tells of one's own only.
create function engagements_has_shared(wanted uuid, of_kind text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select 1 from engagements_writing w where w.engagement_id = wanted and w.kind = of_kind
                   and w.shared_at is not null
                   and w.author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))
$$;

-- The engagements in which the acting person takes part as the third party.
-- SECURITY: asked with other eyes, because participations are guarded by engagements and would ask back.
create function engagements_as_sponsor() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(p.engagement_id), '{}') from engagements_participant p
    where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)
      and p.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
      and p.role = 'sponsor' and p.until is null
$$;

drop function engagements_forget(uuid);

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
    -- A coach's own look stays as one of many, without the engagement, the talk, the day and the words.
    update engagements_coachlook l set engagement_id = null, session_id = null, why = null,
        "on" = date_trunc('month', l."on")::date, changed_at = date_trunc('month', l.changed_at)
    where l.engagement_id = wanted;
    delete from engagements_share t where t.engagement_id = wanted;
    delete from engagements_writing t where t.engagement_id = wanted;
    delete from engagements_agreement t where t.engagement_id = wanted;
    delete from engagements_goalmark t where t.engagement_id = wanted;
    delete from engagements_goalwording t where t.engagement_id = wanted;
    delete from engagements_goal t where t.engagement_id = wanted;
    delete from engagements_card t where t.engagement_id = wanted;
    delete from engagements_boardstep t where t.engagement_id = wanted;
    delete from engagements_board t where t.engagement_id = wanted;
    delete from engagements_experiment t where t.engagement_id = wanted;
    delete from engagements_spiralstep t where t.engagement_id = wanted;
    delete from engagements_steeringwish t where t.engagement_id = wanted;
    delete from engagements_signal t where t.engagement_id = wanted;
    delete from engagements_alliancerating t where t.engagement_id = wanted;
    delete from engagements_threewaytext t where t.engagement_id = wanted;
    delete from engagements_threewaymeeting t where t.engagement_id = wanted;
    delete from engagements_witness t where t.engagement_id = wanted;
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
"""

BACKWARDS = """
drop function engagements_forget(uuid);
drop function engagements_as_sponsor();
drop function engagements_has_shared(uuid, text);

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
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0004_the_work")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
