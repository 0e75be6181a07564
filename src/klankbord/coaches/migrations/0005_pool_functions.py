"""What is asked about coaches with other eyes than those of whoever looks, each answer as narrow as can be."""

from django.db import migrations

FORWARDS = """
-- What these coaches can show, for the quality criteria: which kind, of which body, until when, and whether somebody
-- had a look. Whether a coach may take clients must not depend on who asks.
-- SECURITY: no number, no level, no paper: those are for the coach and the coordinators.
create function coaches_held(wanted uuid[]) returns table (
    person_id uuid, kind text, body text, valid_until date, looked_at boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.person_id, f.kind, f.body, f.valid_until, f.checked_at is not null from coaches_qualityfact f
    where f.person_id = any(wanted)
      and f.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
$$;

-- Which coaches, of those whose profile everyone may see, take a new client on this day.
-- SECURITY: it says that there is room, never how many clients a coach has, let alone whom.
create function coaches_with_room(day date) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select p.person_id from coaches_coachprofile p
    left join (select e.coach_id, count(*) as open from engagements_engagement e
               where e.closed_on is null
                 and e.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
               group by e.coach_id) busy on busy.coach_id = p.person_id
    where p.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
      and p.published_at is not null and p.checked_at is not null
      and not (p.paused and (p.paused_until is null or day <= p.paused_until))
      and coalesce(busy.open, 0) < p.capacity
$$;

-- What ends within a quarter of a year, or today, and was not told of yet; of two papers of one body only the later.
-- SECURITY: it looks through all organisations, so it answers only when nobody in particular acts.
create function coaches_ending(day date) returns table (
    organisation_id uuid, person_id uuid, fact_id uuid, days integer)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.organisation_id, f.person_id, f.id, term.days
    from coaches_qualityfact f
    cross join lateral (select case when f.valid_until - day > 30 then 90 when f.valid_until > day then 30 else 0 end
                        as days) term
    join people_person p on p.id = f.person_id and p.active
    where nullif(current_setting('klankbord.person', true), '') is null
      and f.valid_until between day - 7 and day + 90
      and not exists (select 1 from coaches_qualityfact later
                      where later.person_id = f.person_id and later.kind = f.kind and later.body = f.body
                        and later.organisation_id = f.organisation_id
                        and (later.valid_until is null or later.valid_until > f.valid_until))
      and not exists (select 1 from coaches_qualityreminder r
                      where r.fact_id = f.id and r.organisation_id = f.organisation_id and r.days <= term.days)
    order by f.organisation_id, f.person_id, f.valid_until
$$;
"""

BACKWARDS = """
drop function coaches_ending(date);
drop function coaches_with_room(date);
drop function coaches_held(uuid[]);
"""


class Migration(migrations.Migration):
    # It counts what engagements keep, so their tables come first.
    dependencies = [("coaches", "0004_row_security"), ("engagements", "0021_of_its_client")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
