"""A publication is written packed, and its units some at a time; the next wave reads no more of it than cells."""

import gzip
from importlib import import_module

from django.db import migrations, models

_READING = import_module("klankbord.culture.migrations.0004_reading")
ORGANISATION, NOBODY_ACTS, DEFINER = _READING.ORGANISATION, _READING.NOBODY_ACTS, _READING.DEFINER

_BEFORE = _READING.FORWARDS[: _READING.FORWARDS.index("-- Of whoever leads people")].replace("or replace ", "")
DROPPED = """
drop function culture_publish(uuid, date, text, jsonb, uuid[], text[], text[], integer[], integer[]);
drop function culture_published_before(uuid);
"""

FORWARDS = f"""
-- Some of the units of a publication, as JSON; where one does not say what is withheld, everything is. The whole comes
-- last, in the same transaction.
-- SECURITY: once the whole is there, the wave is closed no more, and no unit comes beside it.
create function culture_publish_units(wanted uuid, told jsonb, everything jsonb) returns void
language plpgsql {DEFINER} as $$
begin
    perform 1 from culture_wave w
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'closed' and {NOBODY_ACTS} for update;
    if not found then
        raise exception 'Cannot write: this wave cannot be published';
    end if;
    insert into culture_publishedunit (id, organisation_id, wave_id, unit_id, cells, withheld, about, answered, invited)
    select gen_random_uuid(), {ORGANISATION}, wanted, one.unit, one.cells, coalesce(one.withheld, everything),
           coalesce(one.about, '{{}}'), one.answered, one.invited
    from jsonb_to_recordset(told)
         as one (unit uuid, cells jsonb, withheld jsonb, about jsonb, answered integer, invited integer);
end $$;

-- The whole comes, and the answers and the list of who was invited go.
create function culture_publish(wanted uuid, day date, new_packed bytea, new_about jsonb) returns void
language plpgsql {DEFINER} as $$
begin
    perform 1 from culture_wave w
    where w.id = wanted and w.organisation_id = {ORGANISATION} and w.state = 'closed' and {NOBODY_ACTS} for update;
    if not found then
        raise exception 'Cannot write: this wave cannot be published';
    end if;
    insert into culture_publication (id, organisation_id, wave_id, packed, about, published_on)
    values (gen_random_uuid(), {ORGANISATION}, wanted, new_packed, new_about, day);
    insert into culture_publishedwhole (id, organisation_id, wave_id, about)
    values (gen_random_uuid(), {ORGANISATION}, wanted, coalesce(new_about -> 'everybody', '{{}}'));
    delete from culture_answer a where a.wave_id = wanted and a.organisation_id = {ORGANISATION};
    delete from culture_invitation i where i.wave_id = wanted and i.organisation_id = {ORGANISATION};
    update culture_wave w set state = 'published', published_on = day where w.id = wanted;
end $$;

-- The published wave of the same kind before this one, to compare with. SECURITY: to no person.
create function culture_published_before(wanted uuid) returns table (wave_id uuid, about jsonb)
language sql stable {DEFINER} as $$
    select p.wave_id, p.about from culture_publication p
    join culture_wave w on w.id = p.wave_id and w.organisation_id = p.organisation_id
    join culture_wave n on n.id = wanted and n.organisation_id = p.organisation_id
    where p.organisation_id = {ORGANISATION} and w.kind = n.kind and w.state = 'published' and w.id <> n.id
      and w.opens <= n.opens and {NOBODY_ACTS}
    order by w.opens desc, w.published_on desc, w.id limit 1
$$;

-- The cells of that wave by unit. SECURITY: to no person.
create function culture_published_cells(wanted uuid) returns table (unit_id text, cells text)
language sql stable {DEFINER} as $$
    select u.unit_id::text, u.cells::text from culture_publishedunit u
    join culture_wave w on w.id = u.wave_id and w.organisation_id = u.organisation_id and w.state = 'published'
    where u.wave_id = wanted and u.organisation_id = {ORGANISATION} and {NOBODY_ACTS} and u.cells <> '[]'
$$;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = """
drop function culture_published_cells(uuid);
drop function culture_published_before(uuid);
drop function culture_publish(uuid, date, bytea, jsonb);
drop function culture_publish_units(uuid, jsonb, jsonb);
"""


def _each(schema_editor, question, change):
    """Change what is there already. It is for good, so the trigger that says so looks away meanwhile."""
    schema_editor.execute("alter table culture_publication disable trigger user")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select id from culture_publication")
        for (one,) in cursor.fetchall():
            cursor.execute(question, [one])
            change(cursor, one, cursor.fetchone()[0])
    schema_editor.execute("alter table culture_publication enable trigger user")


def pack(apps, schema_editor):
    def change(cursor, one, figures):
        packed = gzip.compress(figures.encode(), mtime=0)
        cursor.execute("update culture_publication set packed = %s where id = %s", [packed, one])

    _each(schema_editor, "select figures from culture_publication where id = %s", change)


def unpack(apps, schema_editor):
    def change(cursor, one, packed):
        figures = gzip.decompress(packed).decode()
        cursor.execute("update culture_publication set figures = %s where id = %s", [figures, one])

    _each(schema_editor, "select packed from culture_publication where id = %s", change)


class Migration(migrations.Migration):
    dependencies = [("culture", "0007_decisions_end")]

    operations = [
        # First forwards and last backwards: a function is made only beside the columns that it names.
        migrations.RunSQL(DROPPED, _BEFORE),
        migrations.AddField("publication", "packed", models.BinaryField(default=b""), preserve_default=False),
        migrations.RunPython(pack, unpack),
        # With something to put there on the way back, until it is unpacked.
        migrations.AlterField("publication", "figures", models.TextField(default="")),
        migrations.RemoveField("publication", "figures"),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
