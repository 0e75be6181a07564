"""Thoughts about whether coaching fits end with their coaching; and once a year it is counted what was passed on."""

from django.db import migrations

NIGHT = "nullif(current_setting('klankbord.person', true), '') is null"

FORWARDS = f"""
-- Removes the thoughts of one engagement that is due, with what was passed on of its request when that ends as well,
-- and says whose keys must go with it. To be asked before engagements_forget(), which removes what makes it due.
-- SECURITY: engagements_due() looks at the date itself and answers no person: nobody removes what is not due.
create function engagements_forget_thoughts(wanted uuid) returns table (kind text, id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare letters uuid[]; ended uuid;
begin
    if not exists (select 1 from engagements_due() d where d.engagement_id = wanted) then
        return;
    end if;
    select coalesce(array_agg(l.id), '{{}}') into letters from engagements_fitletter l where l.engagement_id = wanted;
    select r.id into ended from engagements_engagement e join engagements_request r on r.id = e.request_id
    where e.id = wanted and r.state in ('matched', 'withdrawn') and not exists (
        select 1 from engagements_engagement o join engagements_course c on c.engagement_id = o.id
        where o.request_id = e.request_id and o.id <> wanted);
    delete from engagements_fitsignal t where t.request_id = ended;
    delete from engagements_fitletter t where t.engagement_id = wanted;
    delete from engagements_fitreply t where t.engagement_id = wanted;
    delete from engagements_fitthought t where t.engagement_id = wanted;
    return query select 'fit_letter', unnest(letters);
end $$;

-- Which organisations have no counts yet of the year that is over. Told to the night alone.
create function engagements_fit_uncounted() returns table (organisation_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.id from core_organisation o
    where {NIGHT} and not exists (
        select 1 from engagements_fitcount c
        where c.organisation_id = o.id and c.year = extract(year from current_date)::integer - 1)
$$;

-- Counts the year that is over, once and for good, in the organisation in which it is asked.
-- SECURITY: whole calendar years, which do not overlap: two counts never differ by one person. Fewer than five people
-- and nobody look the same, and no total is made from which a small one could be subtracted. What some coordinator may
-- not read is not counted: otherwise that coordinator would see from the difference that there is something.
create function engagements_publish_fit(patterns text[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare last_year integer := extract(year from current_date)::integer - 1; added integer;
begin
    if not ({NIGHT}) then
        return 0;
    end if;
    insert into engagements_fitcount (id, organisation_id, year, pattern, count)
    select gen_random_uuid(), o.id, last_year, p.pattern, case when c.people >= 5 then c.people end
    from core_organisation o cross join unnest(patterns) as p(pattern)
    left join (
        select s.organisation_id, s.pattern, count(distinct s.client_id) as people
        from engagements_fitsignal s join engagements_request r on r.id = s.request_id
        where s.passed_at >= make_timestamptz(last_year, 1, 1, 0, 0, 0, 'Europe/Amsterdam')
          and s.passed_at < make_timestamptz(last_year + 1, 1, 1, 0, 0, 0, 'Europe/Amsterdam')
          and not exists (
              select 1 from people_membership m
              where m.organisation_id = s.organisation_id and m.role = 'coordinator' and (
                  m.person_id = any(r.aside)
                  or exists (select 1 from people_person w where w.id = s.client_id and w.manager_id = m.person_id)
                  or exists (select 1 from engagements_engagement e
                             where e.request_id = s.request_id and e.coach_id = m.person_id)))
        group by s.organisation_id, s.pattern
    ) c on c.organisation_id = o.id and c.pattern = p.pattern
    where o.id = nullif(current_setting('klankbord.organisation', true), '')::uuid
    on conflict (organisation_id, year, pattern) do nothing;
    get diagnostics added = row_count;
    return added;
end $$;
"""  # noqa: S608 -- no value in it

BACKWARDS = """
drop function engagements_publish_fit(text[]);
drop function engagements_fit_uncounted();
drop function engagements_forget_thoughts(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0035_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
