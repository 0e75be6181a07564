"""Cells of units are kept as columns, and as JSON that the database does not look into: publishing takes half of it."""

from importlib import import_module

import klankbord.culture.models.published
from django.db import migrations

_BEFORE = import_module("klankbord.culture.migrations.0008_published_in_parts")
ORGANISATION, NOBODY_ACTS, DEFINER = _BEFORE.ORGANISATION, _BEFORE.NOBODY_ACTS, _BEFORE.DEFINER

DROPPED = """
drop function culture_published_cells(uuid);
drop function culture_publish_units(uuid, jsonb, jsonb);
"""
_UNITS, _CELLS = "-- Some of the units", "-- The cells of that wave"
AGAIN = (
    _BEFORE.FORWARDS[_BEFORE.FORWARDS.index(_UNITS) : _BEFORE.FORWARDS.index("-- The whole comes")]
    + _BEFORE.FORWARDS[_BEFORE.FORWARDS.index(_CELLS) :]
)

COLUMNS_OF = """
create function pg_temp.columns_of(told jsonb) returns json language sql as $$
    select coalesce(json_object_agg(one.name, one.told), '{}') from (
        select part.key as name, jsonb_agg(part.value order by row.place) as told
        from jsonb_array_elements(told) with ordinality as row (cell, place), jsonb_each(row.cell) as part
        group by part.key) as one
$$;
"""
ROWS_OF = """
create function pg_temp.rows_of(told json) returns jsonb language sql as $$
    select coalesce(jsonb_agg(row.told order by row.place), '[]') from (
        select cell.place, jsonb_object_agg(part.key, cell.value) as told
        from json_each(told) as part, json_array_elements(part.value) with ordinality as cell (value, place)
        group by cell.place) as row
$$;
"""
# A change of type is no change of a row: what is for good stays what it was, to the last digit.
TO_COLUMNS = f"""{COLUMNS_OF}
alter table culture_publishedunit
    alter column cells type json using pg_temp.columns_of(cells),
    alter column withheld type json using pg_temp.columns_of(withheld),
    alter column about type json using about::json;
drop function pg_temp.columns_of(jsonb);
"""
TO_ROWS = f"""{ROWS_OF}
alter table culture_publishedunit
    alter column cells type jsonb using pg_temp.rows_of(cells),
    alter column withheld type jsonb using pg_temp.rows_of(withheld),
    alter column about type jsonb using about::jsonb;
drop function pg_temp.rows_of(json);
"""

FORWARDS = f"""
-- Some of the units of a publication. The whole comes last, in the same transaction.
-- SECURITY: once the whole is there, the wave is closed no more, and no unit comes beside it.
create function culture_publish_units(
    wanted uuid, units uuid[], new_cells json[], new_withheld json[], new_about json[],
    how_many_answered integer[], how_many_invited integer[]) returns void
language plpgsql {DEFINER} as $$
begin
    perform 1 from culture_wave w
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'closed' and {NOBODY_ACTS} for update;
    if not found then
        raise exception 'Cannot write: this wave cannot be published';
    end if;
    insert into culture_publishedunit (id, organisation_id, wave_id, unit_id, cells, withheld, about, answered, invited)
    select gen_random_uuid(), {ORGANISATION}, wanted, one.*
    from unnest(units, new_cells, new_withheld, new_about, how_many_answered, how_many_invited) as one;
end $$;

-- The cells of a published wave by unit, to compare with. SECURITY: to no person.
create function culture_published_cells(wanted uuid) returns table (unit_id text, cells text)
language sql stable {DEFINER} as $$
    select u.unit_id::text, u.cells::text from culture_publishedunit u
    join culture_wave w on w.id = u.wave_id and w.organisation_id = u.organisation_id and w.state = 'published'
    where u.wave_id = wanted and u.organisation_id = {ORGANISATION} and {NOBODY_ACTS} and u.cells::text <> '{{}}'
$$;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = """
drop function culture_published_cells(uuid);
drop function culture_publish_units(uuid, uuid[], json[], json[], json[], integer[], integer[]);
"""

PUBLISHED = klankbord.culture.models.published


class Migration(migrations.Migration):
    dependencies = [("culture", "0008_published_in_parts")]

    operations = [
        # First forwards and last backwards: a function is made only beside the columns that it names.
        migrations.RunSQL(DROPPED, AGAIN),
        migrations.RunSQL(
            TO_COLUMNS,
            TO_ROWS,
            state_operations=[
                migrations.AlterField("publishedunit", "cells", PUBLISHED.Rows()),
                migrations.AlterField("publishedunit", "withheld", PUBLISHED.Rows()),
                migrations.AlterField("publishedunit", "about", PUBLISHED.AsWritten(default=dict)),
            ],
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
