"""What policies and the door of an organisation ask the database."""

from django.db import migrations

FORWARDS = """
-- Whether the acting person holds a role. It runs with the caller's rights: memberships are no secret inside the
-- organisation. Policies call it as (select klankbord_holds('...')), so that it is asked once a statement.
create function klankbord_holds(wanted text) returns boolean language sql stable as $$
    select exists (
        select 1 from people_membership
        where organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
          and person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)
          and role = wanted
    )
$$;

-- The door. SECURITY: it answers before the settings are made, so it must look with the owner's eyes; it answers only
-- for the account that asks, and says the same nothing for a place that is not there and a place that is not yours.
create function klankbord_enter(wanted_slug text, wanted_account uuid)
returns table (organisation_id uuid, name text, language text, person_id uuid, roles text[])
language sql stable security definer set search_path = public, pg_temp as $$
    select o.id, o.name::text, o.language::text, p.id,
           array(select m.role::text from people_membership m
                 where m.organisation_id = o.id and m.person_id = p.id order by m.role)
    from core_organisation o
    join people_person p on p.organisation_id = o.id
    where o.slug = wanted_slug and p.account_id = wanted_account and p.active
$$;

-- Where somebody may go after signing in.
create function klankbord_places(wanted_account uuid) returns table (slug text, name text)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.slug::text, o.name::text
    from people_person p join core_organisation o on o.id = p.organisation_id
    where p.account_id = wanted_account and p.active
    order by o.name
$$;

-- A new organisation with its first unit and its first administrator: afterwards only an administrator adds people,
-- and somebody must be the first. Refuses when the slug is taken.
create function klankbord_found(
    new_organisation uuid, new_slug text, new_name text, new_language text,
    new_unit uuid, new_person uuid, new_staff_number text, person_name text, person_sort_key text,
    person_email text, person_account uuid
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into core_organisation (id, slug, name, language)
    values (new_organisation, new_slug, new_name, new_language);
    insert into people_unit (id, organisation_id, parent_id, name, path, code)
    values (new_unit, new_organisation, null, new_name, new_name, '');
    insert into people_person (id, organisation_id, account_id, staff_number, name, sort_key, email, language,
                               unit_id, manager_id, employer, active)
    values (new_person, new_organisation, person_account, new_staff_number, person_name, person_sort_key, person_email,
            new_language, new_unit, null, '', true);
    insert into people_membership (id, organisation_id, person_id, role, since)
    values (gen_random_uuid(), new_organisation, new_person, 'administrator', now());
end $$;

-- People search. SECURITY: full text is not leakproof, so under row security its index would not be used; this
-- function looks with the owner's eyes and reads the organisation's setting itself.
create index people_search on people_person using gin (to_tsvector('simple', replace(sort_key, ',', ' ')));

create function people_found(wanted tsquery) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id from people_person p
    where to_tsvector('simple', replace(p.sort_key, ',', ' ')) @@ wanted
      and p.organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
$$;
"""

BACKWARDS = """
drop function people_found(tsquery);
drop index people_search;
drop function klankbord_found(uuid, text, text, text, uuid, uuid, text, text, text, text, uuid);
drop function klankbord_places(uuid);
drop function klankbord_enter(text, uuid);
drop function klankbord_holds(text);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("privacy", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
