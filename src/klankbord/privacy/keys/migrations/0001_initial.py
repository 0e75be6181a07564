"""Wrapped keys, the list of destroyed ones, and the three doors to them."""

from django.db import migrations

FORWARDS = """
create table scope_key (
    scope uuid primary key,
    wrapped bytea not null,
    made_on date not null default current_date
);
-- Which keys were destroyed is remembered, so that restoring an older archive can destroy them again.
create table destroyed_key (
    scope uuid primary key,
    destroyed_on date not null default current_date
);

create function key_get(wanted uuid[]) returns table (scope uuid, wrapped bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    select k.scope, k.wrapped from scope_key k where k.scope = any(wanted)
$$;

-- The first writer wins: two requests that make the same key at once both get the stored one back.
create function key_create(new_scope uuid, new_wrapped bytea) returns bytea
language plpgsql security definer set search_path = public, pg_temp as $$
declare stored bytea;
begin
    if exists (select 1 from destroyed_key d where d.scope = new_scope) then
        raise exception 'key was destroyed';
    end if;
    insert into scope_key (scope, wrapped) values (new_scope, new_wrapped) on conflict do nothing;
    select k.wrapped into stored from scope_key k where k.scope = new_scope;
    return stored;
end $$;

create function key_destroy(old_scope uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare was_there boolean;
begin
    delete from scope_key k where k.scope = old_scope;
    was_there := found;
    insert into destroyed_key (scope) values (old_scope) on conflict do nothing;
    return was_there;
end $$;

revoke all on scope_key, destroyed_key from public;
revoke all on function key_get(uuid[]), key_create(uuid, bytea), key_destroy(uuid) from public;
grant execute on function key_get(uuid[]), key_create(uuid, bytea), key_destroy(uuid) to klankbord_app;
"""

BACKWARDS = """
drop function key_get(uuid[]);
drop function key_create(uuid, bytea);
drop function key_destroy(uuid);
drop table destroyed_key;
drop table scope_key;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
