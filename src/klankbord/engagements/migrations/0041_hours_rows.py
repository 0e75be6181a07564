import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0040_hours_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_hourskept",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))"
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_hourskept",
            column="coach_id",
            target="people_person",
        ),
    ]
