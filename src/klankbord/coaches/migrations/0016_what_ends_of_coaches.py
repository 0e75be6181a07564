"""Who joins a group reads nothing shared before; and of a coach who left the profile goes as well, with its papers."""

from django.db import migrations

DEFINER = "security definer set search_path = public, pg_temp"

JOINING = f"""
-- SECURITY: somebody who joins could otherwise choose a beginning long ago, and read what the group wrote since, or what
-- a coach shared with those who were in it then.
create or replace function coaches_joining() returns trigger language plpgsql {DEFINER} as $$
begin
    if not exists (select 1 from coaches_intervisiongroup g
                   where g.id = new.group_id and g.organisation_id = new.organisation_id and g.open) then
        raise exception 'Cannot write: this group takes nobody new';
    end if;
    new.since := greatest(
        new.since,
        (select max(s.made_at) + interval '1 microsecond' from coaches_intervisionsubject s
         where s.group_id = new.group_id){{shares}});
    return new;
end $$;
"""  # noqa: S608 -- pieces of this module
SHARES = """,
        (select max(s.made_at) + interval '1 microsecond' from coaches_storyshare s
         where s.group_id = new.group_id)"""

DEPARTED = f"""
-- Who left, thirty days after the night first saw it: a mistake in a staff file must not cost anybody their things.
-- SECURITY: it looks through every organisation, so it tells the night, and no person.
create or replace function coaches_departed(on_day date) returns table (organisation_id uuid, person_id uuid)
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
           or exists (select 1 from coaches_contactmoment t where t.coach_id = p.id){{kept}}
           or exists (select 1 from coaches_intervisionmember t where t.person_id = p.id and t.until is null));
    return query select d.organisation_id, d.person_id from coaches_departedcoach d where d.noticed_on <= on_day - 30;
end $$;
"""  # noqa: S608 -- pieces of this module
KEPT = """
           or exists (select 1 from coaches_coachprofile t where t.person_id = p.id)
           or exists (select 1 from coaches_coachphoto t where t.person_id = p.id)
           or exists (select 1 from coaches_qualityfact t where t.person_id = p.id)
           or exists (select 1 from coaches_profileword t where t.coach_id = p.id)"""

FORGET = f"""
-- What ends: all but signed statements, which somebody may hold on paper, and that meetings of a group were attended.
-- It says whose keys must go with it.
create or replace function coaches_forget(wanted uuid, on_day date) returns table (kind text, id uuid)
language plpgsql {DEFINER} as $$
begin
    if not exists (select 1 from coaches_departed(on_day) d where d.person_id = wanted) then
        return;
    end if;
    return query select 'story_share', s.id from coaches_storyshare s where s.coach_id = wanted;
    return query select 'contact_moment', c.id from coaches_contactmoment c where c.coach_id = wanted;
    return query select 'hours_statement', h.id from coaches_hoursstatement h where h.coach_id = wanted;{{words}}
    return query select 'coach_growth', wanted;
    delete from coaches_storyshare t where t.coach_id = wanted;
    delete from coaches_storypart t where t.coach_id = wanted;
    delete from coaches_selfassessment t where t.coach_id = wanted;
    delete from coaches_assessmentdone t where t.coach_id = wanted;
    delete from coaches_learning t where t.coach_id = wanted;
    delete from coaches_earlierhours t where t.coach_id = wanted;
    delete from coaches_contactnote t where t.coach_id = wanted;
    delete from coaches_contactmoment t where t.coach_id = wanted;{{gone}}
    update coaches_intervisionmember m set until = now() where m.person_id = wanted and m.until is null;
    delete from coaches_departedcoach d where d.person_id = wanted;
end $$;
"""  # noqa: S608 -- pieces of this module
WORDS = """
    return query select 'profile_word', w.id from coaches_profileword w where w.coach_id = wanted;"""
GONE = """
    delete from coaches_profileword t where t.coach_id = wanted;
    delete from coaches_coachphoto t where t.person_id = wanted;
    delete from coaches_coachprofile t where t.person_id = wanted;
    delete from coaches_qualityreminder t where t.person_id = wanted;
    delete from coaches_qualityproof t where t.person_id = wanted;
    delete from coaches_qualityfact t where t.person_id = wanted;"""

FORWARDS = JOINING.format(shares=SHARES) + DEPARTED.format(kept=KEPT) + FORGET.format(words=WORDS, gone=GONE)
BACKWARDS = JOINING.format(shares="") + DEPARTED.format(kept="") + FORGET.format(words="", gone="")


class Migration(migrations.Migration):
    dependencies = [("coaches", "0015_ones_own")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
