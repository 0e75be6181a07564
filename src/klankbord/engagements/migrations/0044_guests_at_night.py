"""What a guest's coaching comes to, and what ends at night."""

from django.db import migrations

FORWARDS = """
-- What the acting person coached as a guest elsewhere, by organisation, year and kind: sums, and nobody's name.
-- SECURITY: with the owner's eyes, for whoever asks and nobody else: it finds the guest by what the coach said yes to,
-- so that it is counted as well once the guest's name is gone there. Hours that were kept when talks were forgotten
-- count too, where they are kept.
create or replace function coaches_hours_lent(moment timestamptz)
returns table (organisation text, year int, kind text, minutes bigint, talks bigint, clients bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare guests uuid[];
begin
    select coalesce(array_agg(distinct there.person_id), '{}') into guests
    from coaches_lentcoach mine
    join coaches_lentcoach there on there.link = mine.link and there.organisation_id <> mine.organisation_id
    where mine.person_id = nullif(current_setting('klankbord.person', true), '')::uuid
      and mine.organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid;
    return query
        select o.name::text, extract(year from s.starts_at at time zone 'Europe/Amsterdam')::int,
               case when s.number = 0 then 'introduction' else 'talk' end,
               sum(s.minutes)::bigint, count(*)::bigint, count(distinct e.client_id)::bigint
        from engagements_engagement e
        join engagements_session s on s.engagement_id = e.id
        join core_organisation o on o.id = e.organisation_id
        where e.coach_id = any(guests) and s.state <> 'cancelled' and s.starts_at < moment
          and (e.closed_on is null or (s.starts_at at time zone 'Europe/Amsterdam')::date <= e.closed_on)
        group by 1, 2, 3;
    if to_regclass('public.engagements_hourskept') is not null then
        return query execute
            'select o.name::text, k.year::int, k.kind::text, k.minutes::bigint, k.talks::bigint, k.clients::bigint '
            'from engagements_hourskept k join core_organisation o on o.id = k.organisation_id '
            'where k.coach_id = any($1)' using guests;
    end if;
end $$;

-- What ends with the day. Who is lent under an agreement that is over, or works there no longer, is proposed to nobody
-- new; a guest whose last coaching closed comes in no more; and once the texts of that coaching are gone, so are the
-- name and the address.
-- SECURITY: it looks at the dates itself, and does nothing for whoever acts as a person.
create function engagements_end_lending() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare over uuid[]; gone integer; today date := (now() at time zone 'Europe/Amsterdam')::date;
begin
    if nullif(current_setting('klankbord.person', true), '') is not null then
        return 0;
    end if;
    update coaches_lendingagreement a set state = 'ended', ends_on = coalesce(a.ends_on, today)
    where a.state = 'in_force' and today > least(a.ends_on, (
        select v.until from coaches_lendingversion v
        where v.agreement_id = a.id and v.lender_said_yes_at is not null and v.borrower_said_yes_at is not null
        order by v.number desc limit 1));
    select coalesce(array_agg(c.link), '{}') into over
    from coaches_lentcoach c join coaches_lendingagreement a on a.id = c.agreement_id
    join people_person p on p.id = c.person_id
    where c.since is not null and c.until is null and (
        a.state = 'ended' or a.side = 'lends' and (not p.active or not exists (
            select 1 from people_membership m where m.person_id = p.id and m.role = 'coach')));
    perform coaches_lending_over(over);
    update people_person p set active = false
    where p.guest and p.active
      and not exists (select 1 from coaches_lentcoach c where c.person_id = p.id and c.since is not null
                      and c.until is null)
      and not exists (select 1 from engagements_engagement e where e.coach_id = p.id and e.closed_on is null);
    get diagnostics gone = row_count;
    update people_person p set name = p.employer, sort_key = lower(p.employer), email = p.id::text || '@',
                               account_id = null
    where p.guest and not p.active and p.account_id is not null
      and not exists (select 1 from engagements_engagement e join engagements_course c on c.engagement_id = e.id
                      where e.coach_id = p.id);
    return gone;
end $$;
"""

BACKWARDS = """
drop function engagements_end_lending();

create or replace function coaches_hours_lent(moment timestamptz)
returns table (organisation text, year int, kind text, minutes bigint, talks bigint, clients bigint)
language sql stable as $$
    select null::text, null::int, null::text, null::bigint, null::bigint, null::bigint where false
$$;

"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0043_guests_see_little"), ("coaches", "0013_lending_functions")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
