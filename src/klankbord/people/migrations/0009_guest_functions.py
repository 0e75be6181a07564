"""Who belongs to an organisation and who is a guest in it, asked by policies and at the door."""

# ruff: noqa: S608 -- nothing but our own words in it

from django.db import migrations

ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"

BELONGS = f"""
-- Whether the acting person is no guest here. Policies call it as (select klankbord_belongs()), once a statement.
-- SECURITY: with the owner's eyes, because the policy of people asks it. Nobody in particular belongs, as before:
-- that is the worker at night and the command line.
create function klankbord_belongs() returns boolean
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
    select not exists (select 1 from people_person p where p.id = {ME} and p.organisation_id = {ORGANISATION} and p.guest)
$$;

-- With whom a guest works here. Engagements lie above people: until they fill this in, with nobody.
create function klankbord_works_with() returns uuid[]
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
    select '{{}}'::uuid[]
$$;

-- Whom a guest sees: those they work with, and who coordinates, so that there is somebody to turn to.
create function klankbord_meets() returns uuid[]
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
    select klankbord_works_with() || coalesce((
        select array_agg(m.person_id) from people_membership m
        where m.organisation_id = {ORGANISATION} and m.role = 'coordinator'), '{{}}')
$$;

-- The parts of the organisation that stand beside those names.
create function klankbord_units_met() returns uuid[]
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct p.unit_id), '{{}}') from people_person p
    where p.organisation_id = {ORGANISATION} and (p.id = {ME} or p.id = any(klankbord_meets()))
$$;
"""

HOLDS = """
-- Whether the acting person holds a role. It runs with the caller's rights: memberships are no secret inside the
-- organisation. Policies call it as (select klankbord_holds('...')), so that it is asked once a statement.
create or replace function klankbord_holds(wanted text) returns boolean language sql stable as $$
    select exists (
        select 1 from people_membership
        where organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
          and person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)
          and role = wanted
    ){guests}
$$;
"""
# SECURITY: a guest is known as a coach, so that there is somebody to propose. It gives a guest no right at all: what the
# coaches of the house share among themselves is not for somebody of another house.
NO_ROLE_FOR_GUESTS = " and klankbord_belongs()"

FOUND = """
-- People search. SECURITY: full text is not leakproof, so under row security its index would not be used; this
-- function looks with the owner's eyes and reads the organisation's setting itself.
create or replace function people_found(wanted tsquery) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id from people_person p
    where to_tsvector('simple', replace(p.sort_key, ',', ' ')) @@ wanted
      and p.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid){guests}
$$;
"""

DOOR = """
drop function klankbord_enter(text, uuid);
drop function klankbord_places(uuid);

-- The door. SECURITY: it answers before the settings are made, so it must look with the owner's eyes; it answers only
-- for the account that asks, and says the same nothing for a place that is not there and a place that is not yours.
create function klankbord_enter(wanted_slug text, wanted_account uuid)
returns table (organisation_id uuid, name text, language text, person_id uuid, roles text[]{column})
language sql stable security definer set search_path = public, pg_temp as $$
    select o.id, o.name::text, o.language::text, p.id,
           array(select m.role::text from people_membership m
                 where m.organisation_id = o.id and m.person_id = p.id{no_role} order by m.role){value}
    from core_organisation o
    join people_person p on p.organisation_id = o.id
    where o.slug = wanted_slug and p.account_id = wanted_account and p.active
$$;

-- Where somebody may go after signing in.
create function klankbord_places(wanted_account uuid) returns table (slug text, name text{column})
language sql stable security definer set search_path = public, pg_temp as $$
    select o.slug::text, o.name::text{value}
    from people_person p join core_organisation o on o.id = p.organisation_id
    where p.account_id = wanted_account and p.active
    order by o.name
$$;
"""

FORWARDS = (
    BELONGS
    + HOLDS.format(guests=NO_ROLE_FOR_GUESTS)
    + FOUND.format(guests="\n      and klankbord_belongs()")
    + DOOR.format(column=", guest boolean", no_role=" and not p.guest", value=", p.guest")
)
BACKWARDS = (
    DOOR.format(column="", no_role="", value="")
    + FOUND.format(guests="")
    + HOLDS.format(guests="")
    + """
drop function klankbord_units_met();
drop function klankbord_meets();
drop function klankbord_works_with();
drop function klankbord_belongs();
"""
)


class Migration(migrations.Migration):
    dependencies = [("people", "0008_guest")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
