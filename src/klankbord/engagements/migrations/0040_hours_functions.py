"""What a coach held in a year; and that it stays counted when the talks themselves are forgotten."""

from django.db import migrations

ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"
ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
# A talk counts when it began in the past, was not cancelled, and its coaching had not ended before.
HELD = """
    {talks}.state <> 'cancelled' and {talks}.starts_at < {moment}
    and (e.closed_on is null or ({talks}.starts_at at time zone 'Europe/Amsterdam')::date <= e.closed_on)
"""
YEAR = "extract(year from {talks}.starts_at at time zone 'Europe/Amsterdam')::int"
KIND = "case when {talks}.number = 0 then 'introduction' else 'talk' end"

FORWARDS = f"""
-- SECURITY: sums of the acting person's own talks, by year. A coach whose part in a coaching has ended does not see its
-- talks any more, and they count all the same; so it looks with the owner's eyes, and tells no day and no client.
create function engagements_hours_held(moment timestamptz)
returns table (year int, kind text, minutes bigint, talks bigint, clients bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select t.year, t.kind, sum(t.minutes)::bigint, sum(t.talks)::bigint, sum(t.clients)::bigint from (
        select {YEAR.format(talks="s")} as year, {KIND.format(talks="s")} as kind,
               sum(s.minutes) as minutes, count(*) as talks, count(distinct e.client_id) as clients
        from engagements_engagement e join engagements_session s on s.engagement_id = e.id
        where e.organisation_id = {ORGANISATION} and e.coach_id = {ME} and {HELD.format(talks="s", moment="moment")}
        group by 1, 2
        union all
        select k.year, k.kind, k.minutes, k.talks, k.clients from engagements_hourskept k
        where k.organisation_id = {ORGANISATION} and k.coach_id = {ME}
    ) t group by t.year, t.kind
$$;

-- When the term of a coaching is over its talks go. What a coach may account for stays, as a sum over all clients.
create function engagements_keep_hours() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into engagements_hourskept (id, organisation_id, coach_id, year, kind, minutes, talks, clients)
    select gen_random_uuid(), e.organisation_id, e.coach_id, {YEAR.format(talks="gone")}, {KIND.format(talks="gone")},
           sum(gone.minutes), count(*), count(distinct e.client_id)
    from gone join engagements_engagement e on e.id = gone.engagement_id
    where {HELD.format(talks="gone", moment="now()")}
    group by 2, 3, 4, 5
    on conflict (organisation_id, coach_id, year, kind) do update
    set minutes = engagements_hourskept.minutes + excluded.minutes,
        talks = engagements_hourskept.talks + excluded.talks,
        clients = engagements_hourskept.clients + excluded.clients;
    return null;
end $$;
create trigger engagements_keep_hours after delete on engagements_session
    referencing old table as gone for each statement execute function engagements_keep_hours();
"""  # noqa: S608 -- pieces of this module

BACKWARDS = """
drop trigger engagements_keep_hours on engagements_session;
drop function engagements_keep_hours();
drop function engagements_hours_held(timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("engagements", "0039_hours_kept")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
