"""What ends a round, and who came to stand near whom: found without anybody looking, and written by nobody by hand."""

from django.db import migrations

FORWARDS = """
-- Rows that their maker does not see any more, after stepping aside, go with the others.
-- SECURITY: a person throws away the own rounds alone; without a person, those whose time is over.
create function engagements_forget_round(wanted uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare me uuid := nullif(current_setting('klankbord.person', true), '')::uuid;
begin
    if not exists (
        select 1 from engagements_matchround r where r.id = wanted
        and r.organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid
        and (r.made_by_id = me or me is null and (
            r.confirmed_at < date_trunc('day', now()) or r.made_at < now() - interval '90 days'))
    ) then
        return false;
    end if;
    delete from engagements_matchrow w where w.round_id = wanted;
    delete from engagements_matchround r where r.id = wanted;
    return true;
end $$;

-- SECURITY: it looks through every organisation, and so tells nothing to anybody who acts as a person.
create function engagements_rounds_over() returns table (organisation_id uuid, round_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.organisation_id, r.id from engagements_matchround r
    where (r.confirmed_at < date_trunc('day', now()) or r.made_at < now() - interval '90 days')
      and nullif(current_setting('klankbord.person', true), '') is null
$$;

-- SECURITY: who coaches whom in the whole organisation. To nobody who acts as a person: a coordinator reads the outline
-- through its row policy, and an administrator whose import set this going reads nothing.
create function engagements_running_pairs() returns table (
    engagement_id uuid, client_id uuid, coach_id uuid, client_goes_on text, coach_goes_on text, aside uuid[])
language sql stable security definer set search_path = public, pg_temp as $$
    select e.id, e.client_id, e.coach_id, c.nearness_client, c.nearness_coach, r.aside
    from engagements_engagement e
    join engagements_course c on c.engagement_id = e.id
    join engagements_request r on r.id = e.request_id
    where e.organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid
      and nullif(current_setting('klankbord.person', true), '') is null
      and e.closed_on is null and c.phase not in ('closed', 'ended')
    order by e.id
$$;

-- All that is near now, beside what was written before: what is new is told to the two, what is opened is for
-- coordinators, and what is not near any more, or goes on as both wish, is resolved. Forgotten after a month.
create function engagements_came_near(engagements uuid[], codes text[], settled boolean[], today date)
returns table (engagement_id uuid, tell_two boolean, opened boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare here uuid := nullif(current_setting('klankbord.organisation', true), '')::uuid;
begin
    if nullif(current_setting('klankbord.person', true), '') is not null then
        return;
    end if;
    return query
    with near as (
        select n.engagement, n.code, n.is_settled from unnest(engagements, codes, settled) n (engagement, code, is_settled)
    ), told as (
        update engagements_course c set nearness_told = n.code from near n
        where c.engagement_id = n.engagement and c.organisation_id = here and c.nearness_told <> n.code
        returning c.engagement_id as engagement
    ), written as (
        insert into engagements_camenear as w
            (id, organisation_id, engagement_id, request_id, client_id, coach_id, code, found_on)
        select gen_random_uuid(), here, e.id, e.request_id, e.client_id, e.coach_id, n.code, today
        from near n join engagements_engagement e on e.id = n.engagement and e.organisation_id = here
        where not n.is_settled
        on conflict on constraint one_nearness_per_rule
        do update set found_on = excluded.found_on, resolved_on = null where w.resolved_on is not null
        returning w.engagement_id as engagement
    )
    select n.engagement, exists (select 1 from told t where t.engagement = n.engagement),
           exists (select 1 from written w where w.engagement = n.engagement)
    from near n
    where exists (select 1 from told t where t.engagement = n.engagement)
       or exists (select 1 from written w where w.engagement = n.engagement);
    -- Near for the first time again after it was over is something new.
    update engagements_course c set nearness_told = ''
    where c.organisation_id = here and c.nearness_told <> '' and not (c.engagement_id = any(engagements));
    update engagements_camenear w set resolved_on = today
    where w.organisation_id = here and w.resolved_on is null and not exists (
        select 1 from unnest(engagements, codes, settled) n (engagement, code, is_settled)
        where n.engagement = w.engagement_id and n.code = w.code and not n.is_settled);
    delete from engagements_camenear w where w.organisation_id = here and w.resolved_on < today - 31;
end $$;

-- SECURITY: asked by one of the two; it writes no more than that both said to go on, which stands there already.
create function engagements_near_settled(wanted uuid, today date) returns void
language sql security definer set search_path = public, pg_temp as $$
    update engagements_camenear w set resolved_on = today
    from engagements_engagement e, engagements_course c
    where w.engagement_id = wanted and w.resolved_on is null and e.id = wanted and c.engagement_id = wanted
      and nullif(current_setting('klankbord.person', true), '')::uuid in (e.client_id, e.coach_id)
      and w.organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid
      and c.nearness_client = w.code and c.nearness_coach = w.code
$$;
drop function engagements_maybe_near();
"""

MAYBE_NEAR = """
create function engagements_maybe_near()
returns table (organisation_id uuid, engagement_id uuid, client_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.organisation_id, e.id, e.client_id
    from engagements_engagement e
    join engagements_course c on c.engagement_id = e.id
    join people_person a on a.id = e.client_id join people_person b on b.id = e.coach_id
    where e.closed_on is null and b.employer = '' and c.phase not in ('closed', 'ended')
      and (a.manager_id = b.id or b.manager_id = a.id or a.manager_id = b.manager_id or a.unit_id = b.unit_id)
      and nullif(current_setting('klankbord.person', true), '') is null
$$;
"""

BACKWARDS = (
    """
drop function engagements_near_settled(uuid, date);
drop function engagements_came_near(uuid[], text[], boolean[], date);
drop function engagements_running_pairs();
drop function engagements_rounds_over();
drop function engagements_forget_round(uuid);
"""
    + MAYBE_NEAR
)


class Migration(migrations.Migration):
    dependencies = [("engagements", "0029_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
