"""The only ways into the ballot box and out of it; each looks itself at who asks, and at the state of the wave."""

from django.db import migrations

ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"
NOBODY_ACTS = "nullif(current_setting('klankbord.person', true), '') is null"
DEFINER = "security definer set search_path = public, pg_temp"

# SECURITY: without these, statistics would keep hashes and sealed texts of rows that are gone, and the most common
# units among those who have not answered yet. And a text of this size would be kept outside its row, under a number
# that counts up.
KEPT_PLAIN = """
alter table culture_ballotbox alter column sealed set storage plain;
alter table culture_ballotright alter column hash set storage plain;
alter table culture_answer alter column sealed set storage plain;
do $$
declare one record;
begin
    for one in select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
               where c.relname in ('culture_ballotright', 'culture_ballotbox', 'culture_answer', 'culture_openanswer')
                 and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped loop
        execute format('alter table %I alter column %I set statistics 0', one.relname, one.attname);
    end loop;
end $$;
"""

ASKING = f"""
-- A wave by the hash of a link or code that was not used yet.
-- SECURITY: it answers the wave, and nothing of the right: not the unit, not the class.
create function culture_scan(given bytea) returns setof culture_wave
language sql stable {DEFINER} as $$
    select w.* from culture_wave w join culture_ballotright r on r.wave_id = w.id and r.organisation_id = w.organisation_id
    where r.hash = given and r.organisation_id = {ORGANISATION}
$$;

-- Into the box: the right goes and the sealed ballot comes, together or not at all. False when there is no right.
-- SECURITY: the lock, which leaves no trace in any row, keeps the box from being emptied while this is under way. The
-- length is looked at here as well: a ballot longer than others would be somebody's.
create function culture_cast(given bytea, new_id uuid, new_sealed bytea, size integer) returns boolean
language plpgsql {DEFINER} as $$
declare
    found_wave uuid;
    right_taken record;
begin
    select r.wave_id into found_wave from culture_ballotright r
    where r.hash = given and r.organisation_id = {ORGANISATION};
    if found_wave is null then
        return false;
    end if;
    perform pg_advisory_xact_lock_shared(hashtextextended('culture_wave:' || found_wave, 0));
    if not exists (select 1 from culture_wave w where w.id = found_wave and w.state = 'open'
                   and size = case w.kind when 'pulse' then 256 else 3900 end) then
        return false;
    end if;
    if octet_length(new_sealed) <> size + 29 then
        raise exception 'Cannot write: this is no ballot of this wave';
    end if;
    delete from culture_ballotright r where r.hash = given and r.organisation_id = {ORGANISATION}
    returning r.unit_id, r.background into right_taken;
    if not found then
        return false;
    end if;
    insert into culture_ballotbox (id, organisation_id, wave_id, unit_id, background, sealed)
    values (new_id, {ORGANISATION}, found_wave, right_taken.unit_id, right_taken.background, new_sealed);
    return true;
end $$;
"""  # noqa: S608 -- pieces of this module

OPENING = f"""
-- Opens a wave: fixes the tree, the people and the classes, and writes the rights.
-- SECURITY: rights in the order of their hashes and invitations in that of their ids, which know nothing of each
-- other. In one order the third invitation would belong to the third right.
create function culture_open(
    wanted uuid, new_ids uuid[], people uuid[], units uuid[], ways text[],
    hashes bytea[], right_units uuid[], backgrounds integer[]) returns void
language plpgsql {DEFINER} as $$
begin
    perform 1 from culture_wave w
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'draft' and klankbord_holds('coordinator')
    for update;
    if not found or cardinality(new_ids) <> cardinality(hashes) then
        raise exception 'Cannot write: this wave is not yours to open';
    end if;
    insert into culture_waveunit (id, organisation_id, wave_id, unit_id, parent_id, name, path)
    select gen_random_uuid(), u.organisation_id, wanted, u.id, u.parent_id, u.name, u.path
    from people_unit u where u.organisation_id = {ORGANISATION};
    insert into culture_invitation (id, organisation_id, wave_id, person_id, unit_id, by, letters)
    select one.id, {ORGANISATION}, wanted, one.person, one.unit, one.way, 0
    from unnest(new_ids, people, units, ways) as one (id, person, unit, way) order by one.id;
    insert into culture_ballotright (id, organisation_id, wave_id, hash, unit_id, background)
    select gen_random_uuid(), {ORGANISATION}, wanted, one.hash, one.unit, one.background
    from unnest(hashes, right_units, backgrounds) as one (hash, unit, background) order by one.hash;
    delete from culture_preparation p where p.wave_id = wanted and p.organisation_id = {ORGANISATION};
    update culture_wave w set state = 'open', letters = 1, last_letter_on = w.opens where w.id = wanted;
end $$;

-- One more letter to everyone alike. False when there were enough, or one today.
create function culture_remind(wanted uuid, most integer, day date) returns boolean
language plpgsql {DEFINER} as $$
begin
    update culture_wave w set letters = w.letters + 1, last_letter_on = day
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'open' and klankbord_holds('coordinator')
      and w.letters < most + 1 and w.last_letter_on < day and day <= w.closes;
    return found;
end $$;

-- That a letter goes out now; false when it did already. It keeps the day, and the same of everybody.
create function culture_letter_sent(wanted uuid, number integer, day date) returns boolean
language plpgsql {DEFINER} as $$
begin
    update culture_invitation i set letters = number, letter_on = day
    where i.id = wanted and i.organisation_id = {ORGANISATION} and i.person_id = {ME} and i.by = 'mail'
      and i.letters < number
      and exists (select 1 from culture_wave w where w.id = i.wave_id and w.state = 'open' and w.letters >= number);
    return found;
end $$;

-- To whom a letter has still to go.
create function culture_letters_due(wanted uuid, number integer) returns table (invitation uuid, person uuid)
language sql stable {DEFINER} as $$
    select i.id, i.person_id from culture_invitation i join culture_wave w on w.id = i.wave_id
    where i.wave_id = wanted and i.organisation_id = {ORGANISATION} and i.by = 'mail' and i.letters < number
      and w.state = 'open' and w.letters >= number and {NOBODY_ACTS}
    order by i.id
$$;
"""  # noqa: S608 -- pieces of this module

CLOSING = f"""
-- From here on nobody answers any more: a coordinator says so, or the night after the last day. False when it was
-- closed already. It waits for answers that are under way.
create function culture_close(wanted uuid, day date) returns boolean
language plpgsql {DEFINER} as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('culture_wave:' || wanted, 0));
    update culture_wave w set state = 'closing'
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'open'
      and (klankbord_holds('coordinator') or ({NOBODY_ACTS} and w.closes < day));
    return found;
end $$;

-- What lies in the box. SECURITY: to no person, and not before the wave is closing.
create function culture_box(wanted uuid) returns table (id uuid, unit_id uuid, background integer, sealed bytea)
language sql stable {DEFINER} as $$
    select b.id, b.unit_id, b.background::integer, b.sealed from culture_ballotbox b
    join culture_wave w on w.id = b.wave_id and w.organisation_id = b.organisation_id
    where b.wave_id = wanted and b.organisation_id = {ORGANISATION} and w.state = 'closing' and {NOBODY_ACTS}
$$;

-- Out of the box: the answers in the order in which they are given, one statement; and the box and the rights empty.
create function culture_keep(
    wanted uuid, day date, in_box integer, new_ids uuid[], units uuid[], answers bytea[],
    word_ids uuid[], questions text[], words bytea[]) returns void
language plpgsql {DEFINER} as $$
declare
    emptied integer;
begin
    perform pg_advisory_xact_lock(hashtextextended('culture_wave:' || wanted, 0));
    perform 1 from culture_wave w
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'closing' and {NOBODY_ACTS} for update;
    if not found then
        raise exception 'Cannot write: this wave is not closing';
    end if;
    insert into culture_answer (id, organisation_id, wave_id, unit_id, sealed)
    select one.id, {ORGANISATION}, wanted, one.unit, one.sealed
    from unnest(new_ids, units, answers) with ordinality as one (id, unit, sealed, place) order by one.place;
    insert into culture_openanswer (id, organisation_id, wave_id, question, text)
    select one.id, {ORGANISATION}, wanted, one.question, one.text
    from unnest(word_ids, questions, words) with ordinality as one (id, question, text, place) order by one.place;
    delete from culture_ballotbox b where b.wave_id = wanted and b.organisation_id = {ORGANISATION};
    get diagnostics emptied = row_count;
    if emptied <> in_box then
        raise exception 'Cannot write: the box holds % ballots and not %', emptied, in_box;
    end if;
    delete from culture_ballotright r where r.wave_id = wanted and r.organisation_id = {ORGANISATION};
    update culture_wave w set state = 'closed', closed_on = day, turnout = null where w.id = wanted;
end $$;

-- That every key with which an answer could be traced is gone.
create function culture_keys_gone(wanted uuid) returns void
language sql {DEFINER} as $$
    update culture_wave w set keys_gone = true
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'published' and {NOBODY_ACTS}
$$;
"""  # noqa: S608 -- pieces of this module

PUBLISHING = f"""
-- The answers, for making the figures. SECURITY: to no person, and not once the figures are made.
create function culture_answers(wanted uuid) returns table (id uuid, unit_id uuid, sealed bytea)
language sql stable {DEFINER} as $$
    select a.id, a.unit_id, a.sealed from culture_answer a
    join culture_wave w on w.id = a.wave_id and w.organisation_id = a.organisation_id
    where a.wave_id = wanted and a.organisation_id = {ORGANISATION} and w.state = 'closed' and {NOBODY_ACTS}
$$;

-- How many were invited in each unit itself, for the same.
create function culture_invited(wanted uuid) returns table (unit_id uuid, invited integer)
language sql stable {DEFINER} as $$
    select i.unit_id, count(*)::integer from culture_invitation i
    join culture_wave w on w.id = i.wave_id and w.organisation_id = i.organisation_id
    where i.wave_id = wanted and i.organisation_id = {ORGANISATION} and w.state = 'closed' and {NOBODY_ACTS}
    group by i.unit_id
$$;

-- The figures come, and the answers and the list of who was invited go.
create function culture_publish(
    wanted uuid, day date, new_figures text, new_about jsonb, units uuid[], new_cells text[], new_withheld text[],
    how_many_answered integer[], how_many_invited integer[]) returns void
language plpgsql {DEFINER} as $$
begin
    perform 1 from culture_wave w
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'closed' and {NOBODY_ACTS} for update;
    if not found then
        raise exception 'Cannot write: this wave cannot be published';
    end if;
    insert into culture_publication (id, organisation_id, wave_id, figures, about, published_on)
    values (gen_random_uuid(), {ORGANISATION}, wanted, new_figures, new_about, day);
    insert into culture_publishedunit (id, organisation_id, wave_id, unit_id, cells, withheld, answered, invited)
    select gen_random_uuid(), {ORGANISATION}, wanted, one.unit, one.cells::jsonb, one.withheld::jsonb, one.answered,
           one.invited
    from unnest(units, new_cells, new_withheld, how_many_answered, how_many_invited)
         as one (unit, cells, withheld, answered, invited);
    delete from culture_answer a where a.wave_id = wanted and a.organisation_id = {ORGANISATION};
    delete from culture_invitation i where i.wave_id = wanted and i.organisation_id = {ORGANISATION};
    update culture_wave w set state = 'published', published_on = day where w.id = wanted;
end $$;

-- One's own unit and those above it. A guest has none.
create function culture_units_of_mine() returns uuid[]
language sql stable {DEFINER} as $$
    with recursive above (id, parent_id) as (
        select u.id, u.parent_id from people_unit u join people_person p on p.unit_id = u.id
        where p.id = {ME} and p.organisation_id = {ORGANISATION} and p.active and not p.guest
        union
        select u.id, u.parent_id from people_unit u join above on above.parent_id = u.id
    )
    select coalesce(array_agg(above.id), '{{}}') from above
$$;
"""  # noqa: S608 -- pieces of this module

NIGHT = f"""
-- Response while a wave is open, as one of five bands: of the whole organisation, and only when enough were asked.
create function culture_look_at_turnout(wanted uuid, at_least integer) returns void
language plpgsql {DEFINER} as $$
declare
    invited integer;
    waiting integer;
begin
    if not ({NOBODY_ACTS}) then
        return;
    end if;
    select count(*) into invited from culture_invitation i
    where i.wave_id = wanted and i.organisation_id = {ORGANISATION};
    select count(*) into waiting from culture_ballotright r
    where r.wave_id = wanted and r.organisation_id = {ORGANISATION};
    update culture_wave w
    set turnout = case when invited >= at_least
                  then width_bucket((invited - waiting)::float8 / invited, array[0.1, 0.25, 0.5, 0.75]::float8[]) end
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'open';
end $$;

-- What there is to do at night, in any organisation: waves that are open, waves that stopped halfway.
-- SECURITY: it looks through all organisations, so it answers only when nobody in particular acts.
create function culture_due() returns table (organisation_id uuid, wave_id uuid, state text, closes date)
language sql stable {DEFINER} as $$
    select w.organisation_id, w.id, w.state::text, w.closes from culture_wave w
    where {NOBODY_ACTS} and (w.state in ('open', 'closing', 'closed') or (w.state = 'published' and not w.keys_gone))
$$;

-- Waves whose answers in own words have been kept long enough.
create function culture_old_words(before date) returns table (organisation_id uuid, wave_id uuid)
language sql stable {DEFINER} as $$
    select w.organisation_id, w.id from culture_wave w
    where {NOBODY_ACTS} and w.closed_on < before
      and exists (select 1 from culture_openanswer o where o.wave_id = w.id and o.organisation_id = w.organisation_id)
$$;

create function culture_forget_words(wanted uuid, before date) returns void
language sql {DEFINER} as $$
    delete from culture_openanswer o using culture_wave w
    where o.wave_id = wanted and o.organisation_id = {ORGANISATION} and w.id = o.wave_id and w.closed_on < before
      and {NOBODY_ACTS}
$$;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = """
drop function culture_forget_words(uuid, date);
drop function culture_old_words(date);
drop function culture_due();
drop function culture_look_at_turnout(uuid, integer);
drop function culture_units_of_mine();
drop function culture_publish(uuid, date, text, jsonb, uuid[], text[], text[], integer[], integer[]);
drop function culture_invited(uuid);
drop function culture_answers(uuid);
drop function culture_keys_gone(uuid);
drop function culture_keep(uuid, date, integer, uuid[], uuid[], bytea[], uuid[], text[], bytea[]);
drop function culture_box(uuid);
drop function culture_close(uuid, date);
drop function culture_letters_due(uuid, integer);
drop function culture_letter_sent(uuid, integer, date);
drop function culture_remind(uuid, integer, date);
drop function culture_open(uuid, uuid[], uuid[], uuid[], text[], bytea[], uuid[], integer[]);
drop function culture_cast(bytea, uuid, bytea, integer);
drop function culture_scan(bytea);
"""


class Migration(migrations.Migration):
    dependencies = [("culture", "0001_initial"), ("people", "0013_line_spells_by_manager")]
    operations = [
        migrations.RunSQL(KEPT_PLAIN, migrations.RunSQL.noop),
        migrations.RunSQL(ASKING + OPENING + CLOSING + PUBLISHING + NIGHT, BACKWARDS),
    ]
