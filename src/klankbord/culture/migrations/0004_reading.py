"""What reading needs: figures beside those of a unit, what holds of the whole, and the units of whoever leads people."""

import uuid
from importlib import import_module

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import klankbord.core.models
import klankbord.core.schema

_BEFORE = import_module("klankbord.culture.migrations.0002_functions").PUBLISHING
_START, _END = "-- The figures come", "-- One's own unit"
ORGANISATION = "(select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"
NOBODY_ACTS = "nullif(current_setting('klankbord.person', true), '') is null"
DEFINER = "security definer set search_path = public, pg_temp"

FORWARDS = f"""
-- The figures come, and the answers and the list of who was invited go. What *new_about* says of units and of everybody
-- is written where they can read it.
create or replace function culture_publish(
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
    insert into culture_publishedwhole (id, organisation_id, wave_id, about)
    values (gen_random_uuid(), {ORGANISATION}, wanted, coalesce(new_about -> 'everybody', '{{}}'));
    insert into culture_publishedunit (id, organisation_id, wave_id, unit_id, cells, withheld, about, answered, invited)
    select gen_random_uuid(), {ORGANISATION}, wanted, one.unit, one.cells::jsonb, one.withheld::jsonb,
           coalesce(beside.value, '{{}}'), one.answered, one.invited
    from unnest(units, new_cells, new_withheld, how_many_answered, how_many_invited)
         as one (unit, cells, withheld, answered, invited)
    left join jsonb_each(coalesce(new_about -> 'units', '{{}}')) as beside (unit, value) on beside.unit = one.unit::text;
    delete from culture_answer a where a.wave_id = wanted and a.organisation_id = {ORGANISATION};
    delete from culture_invitation i where i.wave_id = wanted and i.organisation_id = {ORGANISATION};
    update culture_wave w set state = 'published', published_on = day where w.id = wanted;
end $$;

-- The publication of the wave of the same kind before this one, to compare with. SECURITY: to no person.
create function culture_published_before(wanted uuid) returns table (wave_id uuid, figures text, about jsonb)
language sql stable {DEFINER} as $$
    select p.wave_id, p.figures, p.about from culture_publication p
    join culture_wave w on w.id = p.wave_id and w.organisation_id = p.organisation_id
    join culture_wave n on n.id = wanted and n.organisation_id = p.organisation_id
    where p.organisation_id = {ORGANISATION} and w.kind = n.kind and w.state = 'published' and w.id <> n.id
      and w.opens <= n.opens and {NOBODY_ACTS}
    order by w.opens desc, w.published_on desc, w.id limit 1
$$;

-- Of whoever leads people: the units below the own one in which somebody sits whom they lead, and those below these.
create function culture_units_led() returns uuid[]
language sql stable {DEFINER} as $$
    select coalesce(array_agg(distinct below.id), '{{}}')
    from people_person p
    join people_unit own on own.id = p.unit_id and own.organisation_id = p.organisation_id
    join people_person r on r.manager_id = p.id and r.organisation_id = p.organisation_id and r.active and not r.guest
    join people_unit top on top.id = r.unit_id and top.organisation_id = p.organisation_id
         and top.path >= own.path || '/' and top.path < own.path || '0'
    join people_unit below on below.organisation_id = p.organisation_id
         and (below.id = top.id or (below.path >= top.path || '/' and below.path < top.path || '0'))
    where p.id = {ME} and p.organisation_id = {ORGANISATION} and p.active and not p.guest
$$;
"""  # noqa: S608 -- pieces of this module

BACKWARDS = "drop function culture_units_led(); drop function culture_published_before(uuid); " + _BEFORE[
    _BEFORE.index(_START) : _BEFORE.index(_END)
].replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("culture", "0003_row_security")]

    operations = [
        migrations.AddField(
            model_name="publishedunit",
            name="about",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="PublishedWhole",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("about", models.JSONField(default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                    ),
                ),
                (
                    "wave",
                    klankbord.core.models.CompositeKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_wholes",
                        to="culture.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "wave"), name="one_published_whole_per_wave")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publishedwhole",
            trigger=pgtrigger.compiler.Trigger(
                name="for_good",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5268d137c4330d097cfb3ab2768bc542cdcc9a85",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_for_good_444ad",
                    table="culture_publishedwhole",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        klankbord.core.schema.RowPolicies(
            table="culture_publishedunit",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (unit_id = any((select culture_units_of_mine())::uuid[]) or unit_id = any((select culture_units_led())::uuid[]) or (select klankbord_holds('coordinator')) or (select klankbord_holds('leadership')))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_publishedwhole",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null)"
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_publishedwhole",
            column="wave_id",
            target="culture_wave",
        ),
    ]
