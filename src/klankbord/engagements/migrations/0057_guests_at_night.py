"""What a guest's coaching comes to, and what ends at night."""

from django.db import migrations

FORWARDS = """
-- What the acting person coached as a guest elsewhere in a period: talks held, minutes and clients, by organisation.
-- SECURITY: with the owner's eyes, for the account of whoever asks and nobody else's. Sums, and no name of a client.
create function engagements_hours_as_guest(first_day date, last_day date)
returns table (organisation text, talks bigint, minutes bigint, clients bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.name::text, count(*), sum(s.minutes), count(distinct e.client_id)
    from people_person me
    join people_person guest on guest.account_id = me.account_id and guest.guest and guest.id <> me.id
    join engagements_engagement e on e.organisation_id = guest.organisation_id and e.coach_id = guest.id
    join engagements_session s on s.organisation_id = e.organisation_id and s.engagement_id = e.id
    join core_organisation o on o.id = guest.organisation_id
    where me.id = nullif(current_setting('klankbord.person', true), '')::uuid
      and me.organisation_id = nullif(current_setting('klankbord.organisation', true), '')::uuid
      and not me.guest and s.state <> 'cancelled' and s.starts_at < now()
      and (s.starts_at at time zone 'Europe/Amsterdam')::date between first_day and last_day
    group by o.id, o.name order by o.name
$$;

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
drop function engagements_hours_as_guest(date, date);
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0056_guests_see_little"), ("coaches", "0023_lending_functions")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
