"""Wishes go with the words; a coach may decline a proposal; first talks are counted where nobody reads them."""

from django.db import migrations

FORWARDS = """
-- When the words of a request have had their time, so have the wishes beside them.
create function engagements_wishes_go() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    delete from engagements_requestpreference p where p.request_id = old.request_id;
    update engagements_request r set ways = '{}', day_parts = '{}' where r.id = old.request_id;
    return null;
end $$;
create trigger engagements_wishes_go after delete on engagements_requestwords
for each row execute function engagements_wishes_go();

-- Whether the acting coach is the only one who lies before the client. SECURITY: a coach sees the own proposal only,
-- and learns here nothing about a request in which they are not proposed.
create function engagements_only_proposal(wanted uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select 1 from engagements_proposal p where p.request_id = wanted and p.state = 'proposed'
          and p.coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)
          and p.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
    ) and (select count(*) from engagements_proposal p where p.request_id = wanted and p.state = 'proposed') = 1
$$;

-- First talks that have begun and were not counted yet, of the acting organisation. SECURITY: it answers how many
-- were new and of whom not; it may be asked by the night alone.
create function engagements_count_first_talks() returns integer
language sql security definer set search_path = public, pg_temp as $$
    with found as (
        insert into engagements_firsttalk (id, organisation_id, request_id, client_id, talked_on, days)
        select gen_random_uuid(), r.organisation_id, r.id, r.client_id, first.day,
               greatest(0, first.day - (r.sent_at at time zone 'Europe/Amsterdam')::date)
        from engagements_request r
        join lateral (
            select min((s.starts_at at time zone 'Europe/Amsterdam')::date) as day
            from engagements_engagement e join engagements_session s on s.engagement_id = e.id
            where e.request_id = r.id and s.state <> 'cancelled' and s.starts_at < now()
        ) first on first.day is not null
        where r.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
          and nullif(current_setting('klankbord.person', true), '') is null
          and r.sent_at > now() - interval '3 years'
          and not exists (select 1 from engagements_firsttalk f where f.request_id = r.id)
        returning 1
    ), gone as (
        delete from engagements_firsttalk f where f.talked_on < current_date - interval '3 years'
          and nullif(current_setting('klankbord.person', true), '') is null
          and f.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
    )
    select count(*)::int from found
$$;

-- Publishes, once, how long it took in the year before the first day of a quarter that has begun. SECURITY: only whole
-- quarters, and only when at least five people stand in it. Two years that overlap would tell, one beside the other,
-- about whoever is in the one and not in the other; so these are five people at least as well, or none.
create function engagements_publish_waiting(wanted date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine uuid := nullif(current_setting('klankbord.organisation', true), '')::uuid;
    earlier record;
    counted integer;
begin
    if nullif(current_setting('klankbord.person', true), '') is not null
       or wanted <> date_trunc('quarter', wanted)::date or wanted > current_date
       or exists (select 1 from engagements_waitingfigure w where w.organisation_id = mine and w.until >= wanted) then
        return false;
    end if;
    select count(distinct f.client_id) into counted from engagements_firsttalk f
    where f.organisation_id = mine and f.talked_on >= wanted - interval '1 year' and f.talked_on < wanted;
    if counted < 5 then
        return false;
    end if;
    for earlier in select w.until from engagements_waitingfigure w
                   where w.organisation_id = mine and w.until > wanted - interval '1 year' loop
        select count(distinct f.client_id) into counted from engagements_firsttalk f
        where f.organisation_id = mine and f.talked_on >= earlier.until and f.talked_on < wanted;
        if counted between 1 and 4 then
            return false;
        end if;
        select count(distinct f.client_id) into counted from engagements_firsttalk f
        where f.organisation_id = mine and f.talked_on >= earlier.until - interval '1 year'
          and f.talked_on < wanted - interval '1 year';
        if counted between 1 and 4 then
            return false;
        end if;
    end loop;
    insert into engagements_waitingfigure (id, organisation_id, until, low, middle, high, published_at)
    select gen_random_uuid(), mine, wanted,
           round(percentile_cont(0.25) within group (order by f.days)),
           round(percentile_cont(0.5) within group (order by f.days)),
           round(percentile_cont(0.75) within group (order by f.days)), now()
    from engagements_firsttalk f
    where f.organisation_id = mine and f.talked_on >= wanted - interval '1 year' and f.talked_on < wanted;
    return true;
end $$;
"""

BACKWARDS = """
drop function engagements_publish_waiting(date);
drop function engagements_count_first_talks();
drop function engagements_only_proposal(uuid);
drop trigger engagements_wishes_go on engagements_requestwords;
drop function engagements_wishes_go();
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0025_wishes")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
