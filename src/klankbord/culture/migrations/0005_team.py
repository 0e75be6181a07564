"""What a team decides after reading its report."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import klankbord.core.models
import klankbord.core.schema
import klankbord.privacy.vault


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("culture", "0004_reading")]

    operations = [
        migrations.CreateModel(
            name="TeamDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("unit_id", models.UUIDField()),
                ("text", klankbord.privacy.vault.SealedField(label="culture.team_decision")),
                ("decided_on", models.DateField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="culture.wave"
                    ),
                ),
            ],
            options={
                "ordering": ["decided_on", "id"],
                "indexes": [models.Index(fields=["organisation", "unit_id"], name="decisions_by_unit")],
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_teamdecision",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (unit_id = any(array(select o.unit_id from people_person o where o.id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and o.active and not o.guest)))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (unit_id = any(array(select o.unit_id from people_person o where o.id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and o.active and not o.guest)))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (unit_id = any(array(select o.unit_id from people_person o where o.id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and o.active and not o.guest)))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_teamdecision",
            column="wave_id",
            target="culture_wave",
        ),
    ]
