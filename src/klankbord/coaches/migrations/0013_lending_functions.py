"""What crosses from one organisation to another, and nothing else does.

Every function looks itself at who asks: a coordinator of an organisation with a row in the agreement, or a coach about
being lent. Each writes the rows of both sides, so that neither reads the other's. What a function tells is a name, a
text, or one word about how it went; ids of the other organisation never come back.
"""

# ruff: noqa: S608 -- nothing but our own words in it

from django.db import migrations

ORGANISATION = "nullif(current_setting('klankbord.organisation', true), '')::uuid"
ME = "nullif(current_setting('klankbord.person', true), '')::uuid"
# The day where the people are, also in the first hours of it.
TODAY = "(now() at time zone 'Europe/Amsterdam')::date"
DEFINER = "security definer set search_path = public, pg_temp"

# SECURITY: with the caller's rights. Called from the functions below it runs as the owner; called by anybody else it is
# stopped by row security like every other statement.
TELL = """
create function coaches_lending_tell(org uuid, what text, link_end text, who text) returns void
language sql as $$
    insert into people_notification (id, organisation_id, person_id, kind, link, parameters, made_at, attempts)
    select gen_random_uuid(), org, m.person_id, what, '/' || o.slug || link_end, jsonb_build_object('name', who), now(), 0
    from people_membership m join core_organisation o on o.id = m.organisation_id
    join people_person p on p.id = m.person_id
    where m.organisation_id = org and m.role = 'coordinator' and p.active
$$;

-- Both sides of an agreement, locked in one order whoever comes first, so that two who act at once do not wait for each
-- other for ever.
create function coaches_lending_hold(wanted uuid) returns void language sql as $$
    select 1 from coaches_lendingagreement a
    where a.pair = (select o.pair from coaches_lendingagreement o where o.id = wanted) order by a.id for update
$$;
"""

# SECURITY: a code has 128 bits and a term, so an organisation cannot find out which others there are by trying.
TAKE_UP = f"""
create function coaches_lending_take_up(hash bytea) returns uuid
language plpgsql {DEFINER} as $$
declare
    mine uuid := {ORGANISATION}; found_one record; my_name text; their_name text;
    own uuid := gen_random_uuid(); shared uuid := gen_random_uuid(); theirs uuid := gen_random_uuid();
begin
    if not klankbord_holds('coordinator') then
        return null;
    end if;
    select * into found_one from coaches_lendinginvitation i
    where i.code_hash = hash and i.used_at is null and i.expires_at > now() and i.organisation_id <> mine for update;
    if not found then
        return null;
    end if;
    update coaches_lendinginvitation set used_at = now() where id = found_one.id;
    select name into my_name from core_organisation where id = mine;
    select name into their_name from core_organisation where id = found_one.organisation_id;
    insert into coaches_lendingagreement (id, organisation_id, pair, side, other, state, begun_at, ended_by) values
        (theirs, found_one.organisation_id, shared, found_one.side, my_name, 'drafting', now(), ''),
        (own, mine, shared, case found_one.side when 'lends' then 'borrows' else 'lends' end, their_name, 'drafting',
         now(), '');
    perform coaches_lending_tell(found_one.organisation_id, 'lending_taken_up', '/coaches-uitlenen/' || theirs || '/',
                                 my_name);
    return own;
end $$;
"""

WRITE = f"""
create function coaches_lending_write(
    wanted uuid, seen integer, wording text, tongue text, first_day date, last_day date, how_many integer,
    only_named boolean, notice integer
) returns integer language plpgsql {DEFINER} as $$
declare mine record; who text; following integer;
begin
    perform coaches_lending_hold(wanted);
    select * into mine from coaches_lendingagreement a where a.id = wanted and a.organisation_id = {ORGANISATION};
    if not found or mine.state = 'ended' or not klankbord_holds('coordinator') then
        return null;
    end if;
    select coalesce(max(v.number), 0) + 1 into following from coaches_lendingversion v where v.agreement_id = wanted;
    if following <> seen + 1 then
        return 0;
    end if;
    select name into who from people_person where id = {ME};
    insert into coaches_lendingversion (id, organisation_id, agreement_id, number, text, language, starts_on, until,
        places, named_only, notice_months, written_by, made_at, lender, lender_said_yes_at, borrower,
        borrower_said_yes_at)
    select gen_random_uuid(), a.organisation_id, a.id, following, wording, tongue, first_day, last_day, how_many,
           only_named, notice, mine.side, now(),
           case mine.side when 'lends' then who else '' end, case mine.side when 'lends' then now() end,
           case mine.side when 'borrows' then who else '' end, case mine.side when 'borrows' then now() end
    from coaches_lendingagreement a where a.pair = mine.pair;
    perform coaches_lending_tell(a.organisation_id, 'lending_written', '/coaches-uitlenen/' || a.id || '/', a.other)
    from coaches_lendingagreement a where a.pair = mine.pair and a.id <> wanted;
    return following;
end $$;
"""

SAY_YES = f"""
create function coaches_lending_say_yes(wanted uuid, seen integer) returns boolean
language plpgsql {DEFINER} as $$
declare mine record; who text;
begin
    perform coaches_lending_hold(wanted);
    select * into mine from coaches_lendingagreement a where a.id = wanted and a.organisation_id = {ORGANISATION};
    if not found or mine.state = 'ended' or not klankbord_holds('coordinator') then
        return false;
    end if;
    -- SECURITY: yes to the last wording alone, and never in the name of who wrote it.
    perform 1 from coaches_lendingversion v where v.agreement_id = wanted and v.number = seen
        and v.written_by <> mine.side
        and seen = (select max(number) from coaches_lendingversion where agreement_id = wanted);
    if not found then
        return false;
    end if;
    select name into who from people_person where id = {ME};
    update coaches_lendingversion v
    set lender = case mine.side when 'lends' then who else v.lender end,
        lender_said_yes_at = case mine.side when 'lends' then coalesce(v.lender_said_yes_at, now())
                             else v.lender_said_yes_at end,
        borrower = case mine.side when 'borrows' then who else v.borrower end,
        borrower_said_yes_at = case mine.side when 'borrows' then coalesce(v.borrower_said_yes_at, now())
                               else v.borrower_said_yes_at end
    from coaches_lendingagreement a
    where a.pair = mine.pair and v.agreement_id = a.id and v.number = seen;
    update coaches_lendingagreement set state = 'in_force', ends_on = null, ended_by = '' where pair = mine.pair;
    perform coaches_lending_tell(a.organisation_id, 'lending_agreed', '/coaches-uitlenen/' || a.id || '/', a.other)
    from coaches_lendingagreement a where a.pair = mine.pair and a.id <> wanted;
    return true;
end $$;

-- The wording that holds now: the last one that both said yes to.
create function coaches_lending_terms(wanted uuid) returns coaches_lendingversion
language sql stable as $$
    select v from coaches_lendingversion v
    where v.agreement_id = wanted and v.lender_said_yes_at is not null and v.borrower_said_yes_at is not null
    order by v.number desc limit 1
$$;
"""

END = f"""
create function coaches_lending_end(wanted uuid, last_day date) returns text
language plpgsql {DEFINER} as $$
declare mine record; terms coaches_lendingversion; who text;
begin
    perform coaches_lending_hold(wanted);
    select * into mine from coaches_lendingagreement a where a.id = wanted and a.organisation_id = {ORGANISATION};
    if not found or mine.state = 'ended' or not klankbord_holds('coordinator') then
        return 'no';
    end if;
    select name into who from people_person where id = {ME};
    if mine.state = 'drafting' then
        update coaches_lendingagreement set state = 'ended', ends_on = {TODAY}, ended_by = who
        where pair = mine.pair;
    else
        terms := coaches_lending_terms(wanted);
        -- SECURITY: the term that both agreed on holds for either.
        if last_day < ({TODAY} + make_interval(months => terms.notice_months))::date then
            return 'too_soon';
        end if;
        update coaches_lendingagreement set ends_on = least(coalesce(ends_on, last_day), last_day), ended_by = who
        where pair = mine.pair;
    end if;
    perform coaches_lending_tell(a.organisation_id, 'lending_ends', '/coaches-uitlenen/' || a.id || '/', a.other)
    from coaches_lendingagreement a where a.pair = mine.pair and a.id <> wanted;
    return 'ends';
end $$;
"""

NAME = f"""
create function coaches_lending_name(wanted uuid, whom uuid, named boolean) returns boolean
language plpgsql {DEFINER} as $$
begin
    if not klankbord_holds('coordinator') or not exists (
        select 1 from coaches_lendingagreement a
        where a.id = wanted and a.organisation_id = {ORGANISATION} and a.side = 'lends' and a.state <> 'ended')
       or not exists (
        select 1 from people_membership m join people_person p on p.id = m.person_id
        where m.organisation_id = {ORGANISATION} and m.person_id = whom and m.role = 'coach' and p.active
          and not p.guest) then
        return false;
    end if;
    insert into coaches_lentcoach (id, organisation_id, agreement_id, person_id, link, named_at)
    values (gen_random_uuid(), {ORGANISATION}, wanted, whom, gen_random_uuid(), case when named then now() end)
    on conflict (organisation_id, agreement_id, person_id)
    do update set named_at = case when named then coalesce(coaches_lentcoach.named_at, now()) end;
    return true;
end $$;
"""

# SECURITY: a guest comes in here and nowhere else. It takes a coach of the lending side who says so in person, an
# agreement in force on both sides, room in it, and an account that is nobody else's there.
BE_LENT = f"""
create function coaches_be_lent(wanted uuid, at_most integer) returns text
language plpgsql {DEFINER} as $$
declare
    mine record; theirs record; me record; terms coaches_lendingversion; own record; guest record; place uuid;
begin
    perform coaches_lending_hold(wanted);
    select * into mine from coaches_lendingagreement a
    where a.id = wanted and a.organisation_id = {ORGANISATION} and a.side = 'lends';
    if not found or mine.state <> 'in_force' or not klankbord_holds('coach') then
        return 'no';
    end if;
    select * into theirs from coaches_lendingagreement a
    where a.pair = mine.pair and a.side = 'borrows' and a.organisation_id <> mine.organisation_id;
    terms := coaches_lending_terms(wanted);
    if theirs.state is distinct from 'in_force' or {TODAY} < terms.starts_on
       or {TODAY} > least(mine.ends_on, terms.until) then
        return 'no';
    end if;
    select * into me from people_person p
    where p.id = {ME} and p.organisation_id = mine.organisation_id and p.active and not p.guest
      and p.account_id is not null;
    if not found then
        return 'no';
    end if;
    select * into own from coaches_lentcoach c where c.agreement_id = wanted and c.person_id = me.id;
    if terms.named_only and own.named_at is null then
        return 'not_named';
    end if;
    if (own.since is null or own.until is not null) and terms.places <= (
        select count(*) from coaches_lentcoach c
        where c.agreement_id = wanted and c.since is not null and c.until is null) then
        return 'full';
    end if;
    -- SECURITY: whoever is or was on the staff there does not become a guest by it, nor somebody with the same address.
    if exists (select 1 from people_person p where p.organisation_id = theirs.organisation_id
               and (p.account_id = me.account_id or p.email = me.email)
               and (not p.guest or p.account_id is distinct from me.account_id)) then
        return 'known_there';
    end if;
    select * into guest from people_person p
    where p.organisation_id = theirs.organisation_id and p.account_id = me.account_id;
    select u.id into place from people_unit u where u.organisation_id = theirs.organisation_id and u.parent_id is null
    order by u.path limit 1;
    if guest.id is null then
        guest.id := gen_random_uuid();
        insert into people_person (id, organisation_id, account_id, staff_number, name, sort_key, email, language,
                                   unit_id, manager_id, employer, active, guest)
        values (guest.id, theirs.organisation_id, me.account_id, '', me.name, me.sort_key, me.email, me.language, place,
                null, theirs.other, true, true);
    else
        update people_person set name = me.name, sort_key = me.sort_key, email = me.email, employer = theirs.other,
                                 active = true
        where id = guest.id;
    end if;
    insert into people_membership (id, organisation_id, person_id, role, since)
    values (gen_random_uuid(), theirs.organisation_id, guest.id, 'coach', now())
    on conflict (organisation_id, person_id, role) do nothing;
    if own.id is null then
        own.link := gen_random_uuid();
        insert into coaches_lentcoach (id, organisation_id, agreement_id, person_id, link, since)
        values (gen_random_uuid(), mine.organisation_id, wanted, me.id, own.link, now());
    else
        update coaches_lentcoach set since = case when until is null then coalesce(since, now()) else now() end,
                                     until = null where id = own.id;
    end if;
    insert into coaches_lentcoach (id, organisation_id, agreement_id, person_id, link, since)
    values (gen_random_uuid(), theirs.organisation_id, theirs.id, guest.id, own.link, now())
    on conflict (organisation_id, agreement_id, person_id) do update set until = null;
    perform coaches_lend_profile(mine.organisation_id, me.id, theirs.organisation_id, guest.id, at_most);
    return 'lent';
end $$;

-- The profile as it is now, copied for the organisation that borrows. With the caller's rights, as coaches_lending_tell.
-- Every column goes along, so also those that come later; what belongs to a place, a look or a pause begins anew. Who
-- has no profile yet gets an empty one, for the number of people.
create function coaches_lend_profile(from_org uuid, coach uuid, to_org uuid, as_guest uuid, at_most integer)
returns void language plpgsql as $$
declare copied jsonb; own_id uuid;
begin
    select to_jsonb(c) into copied from coaches_coachprofile c where c.organisation_id = from_org and c.person_id = coach;
    if copied is null then
        select jsonb_object_agg(a.attname, case t.typcategory when 'A' then '[]' when 'S' then '""' when 'B' then 'false'
                                           when 'N' then '0' else 'null' end::jsonb) into copied
        from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = 'coaches_coachprofile'::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull;
        select copied || jsonb_build_object('online', true, 'languages', array[p.language]) into copied
        from people_person p where p.id = coach and p.organisation_id = from_org;
    end if;
    -- One and the same row, taken away and put back: what refers to it is looked at when all is done.
    delete from coaches_coachprofile c where c.organisation_id = to_org and c.person_id = as_guest returning c.id into own_id;
    insert into coaches_coachprofile
    select (jsonb_populate_record(null::coaches_coachprofile, copied || jsonb_build_object(
        'id', coalesce(own_id, gen_random_uuid()), 'organisation_id', to_org, 'person_id', as_guest,
        'capacity', at_most, 'paused', false, 'paused_until', null, 'checked_at', null, 'checked_by_id', null,
        'published_at', now(), 'changed_at', now()))).*;
end $$;
"""

# Whoever is lent no longer is proposed to nobody new. What runs goes on until it is closed: the guest stays for that.
STOP = f"""
create function coaches_lending_over(over uuid[]) returns void language plpgsql as $$
begin
    update coaches_lentcoach set until = now(), named_at = null where link = any(over) and until is null;
    delete from people_membership m using coaches_lentcoach c, people_person p
    where c.link = any(over) and p.id = c.person_id and p.guest and m.person_id = p.id
      and not exists (select 1 from coaches_lentcoach o where o.person_id = p.id and o.since is not null
                      and o.until is null);
    delete from coaches_coachprofile f using coaches_lentcoach c, people_person p
    where c.link = any(over) and p.id = c.person_id and p.guest and f.person_id = p.id
      and not exists (select 1 from coaches_lentcoach o where o.person_id = p.id and o.since is not null
                      and o.until is null);
end $$;

create function coaches_be_lent_no_longer(wanted uuid) returns boolean
language plpgsql {DEFINER} as $$
declare own record;
begin
    select * into own from coaches_lentcoach c
    where c.agreement_id = wanted and c.organisation_id = {ORGANISATION} and c.person_id = {ME}
      and c.since is not null and c.until is null;
    if not found then
        return false;
    end if;
    perform coaches_lending_over(array[own.link]);
    return true;
end $$;
"""

# SECURITY: ids are told to the worker alone, which acts as nobody in particular.
UNTOLD = f"""
create function coaches_lending_untold() returns table (organisation_id uuid, person_id uuid, notification_id uuid)
language sql stable {DEFINER} as $$
    select n.organisation_id, n.person_id, n.id from people_notification n
    where n.kind like 'lending\\_%' and n.sent_at is null and n.attempts = 0 and n.made_at > now() - interval '3 days'
      and {ME} is null
$$;
"""

# What somebody who is lent coached elsewhere. Engagements lie above coaches: until they fill this in, nothing.
HOURS = """
create function coaches_hours_lent(moment timestamptz)
returns table (organisation text, year int, kind text, minutes bigint, talks bigint, clients bigint)
language sql stable as $$
    select null::text, null::int, null::text, null::bigint, null::bigint, null::bigint where false
$$;
"""

FORWARDS = TELL + TAKE_UP + WRITE + SAY_YES + END + NAME + BE_LENT + STOP + UNTOLD + HOURS
BACKWARDS = """
drop function coaches_hours_lent(timestamptz);
drop function coaches_lending_untold();
drop function coaches_be_lent_no_longer(uuid);
drop function coaches_lending_over(uuid[]);
drop function coaches_lend_profile(uuid, uuid, uuid, uuid, integer);
drop function coaches_be_lent(uuid, integer);
drop function coaches_lending_name(uuid, uuid, boolean);
drop function coaches_lending_end(uuid, date);
drop function coaches_lending_terms(uuid);
drop function coaches_lending_say_yes(uuid, integer);
drop function coaches_lending_write(uuid, integer, text, text, date, date, integer, boolean, integer);
drop function coaches_lending_take_up(bytea);
drop function coaches_lending_hold(uuid);
drop function coaches_lending_tell(uuid, text, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("coaches", "0012_lending_row_security")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
