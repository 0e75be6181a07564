"""Who is in which group and since when, what a code on paper stands for, and what ends when a coach has left."""

from django.db import migrations

ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"
ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
DEFINER = "security definer set search_path = public, pg_temp"

FORWARDS = f"""
-- The groups the acting person is in now. Whoever is a coach no longer is in none, also without having left.
create function coaches_groups_now() returns uuid[] language sql stable {DEFINER} as $$
    select coalesce(array_agg(m.group_id), '{{}}') from coaches_intervisionmember m
    where m.organisation_id = {ORGANISATION} and m.person_id = {ME} and m.until is null
      and klankbord_holds('coach')
$$;

-- SECURITY: a period and not a membership decides: who left reads on in what was written while they were there, and in
-- nothing later; who joins reads nothing from before.
create function coaches_in_group_at(wanted uuid, moment timestamptz) returns boolean
language sql stable {DEFINER} as $$
    select klankbord_holds('coach') and exists (
        select 1 from coaches_intervisionmember m
        where m.organisation_id = {ORGANISATION} and m.person_id = {ME} and m.group_id = wanted
          and m.since <= moment and (m.until is null or moment <= m.until))
$$;

create function coaches_meetings_attended() returns uuid[] language sql stable {DEFINER} as $$
    select coalesce(array_agg(a.meeting_id), '{{}}') from coaches_intervisionattendance a
    where a.organisation_id = {ORGANISATION} and a.person_id = {ME}
$$;

-- SECURITY: somebody who joins could otherwise choose a beginning long ago, and read what the group wrote since.
create function coaches_joining() returns trigger language plpgsql {DEFINER} as $$
begin
    if not exists (select 1 from coaches_intervisiongroup g
                   where g.id = new.group_id and g.organisation_id = new.organisation_id and g.open) then
        raise exception 'Cannot write: this group takes nobody new';
    end if;
    new.since := greatest(new.since, (select max(s.made_at) + interval '1 microsecond'
                                      from coaches_intervisionsubject s where s.group_id = new.group_id));
    return new;
end $$;
create trigger coaches_joining before insert on coaches_intervisionmember
    for each row execute function coaches_joining();

-- SECURITY: who left could otherwise come back through the same row, and read what was written in between.
create function coaches_leaving() returns trigger language plpgsql as $$
begin
    if old.until is not null and new.until is distinct from old.until then
        raise exception 'Cannot update: who left joins again in a period of its own';
    end if;
    new.until := least(new.until, clock_timestamp());
    return new;
end $$;
create trigger coaches_leaving before update on coaches_intervisionmember
    for each row execute function coaches_leaving();

-- SECURITY: asked without an account, by the SHA-256 of a code of 128 random bits, which cannot be guessed. It tells
-- what stands on the paper of whoever has that code, and nothing else of that coach.
create function coaches_statement(hash bytea)
returns table (lines text, signature bytea, public_key bytea, withdrawn_on date)
language sql stable {DEFINER} as $$
    select s.lines, s.signature, s.public_key,
           (select w.made_at::date from coaches_statementwithdrawal w where w.statement_id = s.id)
    from coaches_hoursstatement s where s.code_hash = hash
$$;

-- Who left, thirty days after the night first saw it: a mistake in a staff file must not cost anybody their things.
-- SECURITY: it looks through every organisation, so it tells the night, and no person.
create function coaches_departed(on_day date) returns table (organisation_id uuid, person_id uuid)
language plpgsql {DEFINER} as $$
begin
    if nullif(current_setting('klankbord.person', true), '') is not null then
        return;
    end if;
    delete from coaches_departedcoach d using people_person p where p.id = d.person_id and p.active;
    insert into coaches_departedcoach (id, organisation_id, person_id, noticed_on)
    select gen_random_uuid(), p.organisation_id, p.id, on_day from people_person p
    where not p.active
      and not exists (select 1 from coaches_departedcoach d where d.person_id = p.id)
      and (exists (select 1 from coaches_storypart t where t.coach_id = p.id)
           or exists (select 1 from coaches_storyshare t where t.coach_id = p.id)
           or exists (select 1 from coaches_selfassessment t where t.coach_id = p.id)
           or exists (select 1 from coaches_learning t where t.coach_id = p.id)
           or exists (select 1 from coaches_earlierhours t where t.coach_id = p.id)
           or exists (select 1 from coaches_contactmoment t where t.coach_id = p.id)
           or exists (select 1 from coaches_intervisionmember t where t.person_id = p.id and t.until is null));
    return query select d.organisation_id, d.person_id from coaches_departedcoach d where d.noticed_on <= on_day - 30;
end $$;

-- What ends: all but signed statements, which somebody may hold on paper, and that meetings of a group were attended.
-- It says whose keys must go with it.
create function coaches_forget(wanted uuid, on_day date) returns table (kind text, id uuid)
language plpgsql {DEFINER} as $$
begin
    if not exists (select 1 from coaches_departed(on_day) d where d.person_id = wanted) then
        return;
    end if;
    return query select 'story_share', s.id from coaches_storyshare s where s.coach_id = wanted;
    return query select 'contact_moment', c.id from coaches_contactmoment c where c.coach_id = wanted;
    return query select 'hours_statement', h.id from coaches_hoursstatement h where h.coach_id = wanted;
    return query select 'coach_growth', wanted;
    delete from coaches_storyshare t where t.coach_id = wanted;
    delete from coaches_storypart t where t.coach_id = wanted;
    delete from coaches_selfassessment t where t.coach_id = wanted;
    delete from coaches_assessmentdone t where t.coach_id = wanted;
    delete from coaches_learning t where t.coach_id = wanted;
    delete from coaches_earlierhours t where t.coach_id = wanted;
    delete from coaches_contactnote t where t.coach_id = wanted;
    delete from coaches_contactmoment t where t.coach_id = wanted;
    update coaches_intervisionmember m set until = now() where m.person_id = wanted and m.until is null;
    delete from coaches_departedcoach d where d.person_id = wanted;
end $$;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = """
drop function coaches_forget(uuid, date);
drop function coaches_departed(date);
drop function coaches_statement(bytea);
drop trigger coaches_leaving on coaches_intervisionmember;
drop function coaches_leaving();
drop trigger coaches_joining on coaches_intervisionmember;
drop function coaches_joining();
drop function coaches_meetings_attended();
drop function coaches_in_group_at(uuid, timestamptz);
drop function coaches_groups_now();
"""


class Migration(migrations.Migration):
    dependencies = [("coaches", "0006_growth"), ("people", "0003_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
