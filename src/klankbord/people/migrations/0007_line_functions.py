"""Who managed whom: written by the database itself, for whole statements at a time."""

import klankbord.core.schema
from django.db import migrations

FORWARDS = """
-- SECURITY: with the owner's rights, so that the application can neither add to the history of the line nor leave
-- something out. A spell begun and ended on one day was a slip of the pen, and goes.
create function people_lines_begin() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    insert into people_linespell (id, organisation_id, person_id, manager_id, since)
    select gen_random_uuid(), n.organisation_id, n.id, n.manager_id, current_date
    from now_so n where n.manager_id is not null and n.active;
    return null;
end $$;

create function people_lines_change() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
    changed uuid[];
begin
    select array_agg(n.id) into changed from was_so o join now_so n on n.id = o.id
    where (case when o.active then o.manager_id end) is distinct from (case when n.active then n.manager_id end);
    if changed is null then
        return null;
    end if;
    delete from people_linespell where person_id = any(changed) and until is null and since = current_date;
    update people_linespell set until = current_date where person_id = any(changed) and until is null;
    insert into people_linespell (id, organisation_id, person_id, manager_id, since)
    select gen_random_uuid(), n.organisation_id, n.id, n.manager_id, current_date
    from now_so n where n.id = any(changed) and n.manager_id is not null and n.active;
    return null;
end $$;

create trigger people_lines_begin after insert on people_person
referencing new table as now_so for each statement execute function people_lines_begin();
create trigger people_lines_change after update on people_person
referencing old table as was_so new table as now_so for each statement execute function people_lines_change();

-- Who manages whom today; how long already, nobody wrote down.
insert into people_linespell (id, organisation_id, person_id, manager_id, since)
select gen_random_uuid(), p.organisation_id, p.id, p.manager_id, current_date
from people_person p where p.manager_id is not null and p.active;

-- What no policy asks for any more. SECURITY: within the acting organisation, and never of the last year.
create function people_forget_lines(wanted date) returns integer language sql
security definer set search_path = public, pg_temp as $$
    with gone as (
        delete from people_linespell
        where organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)
          and until < wanted and until < current_date - 366
        returning 1
    )
    select count(*)::int from gone
$$;
"""

BACKWARDS = """
drop function people_forget_lines(date);
drop trigger people_lines_change on people_person;
drop trigger people_lines_begin on people_person;
drop function people_lines_change();
drop function people_lines_begin();
delete from people_linespell;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_linespell"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="people_linespell",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (true)",
            },
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
