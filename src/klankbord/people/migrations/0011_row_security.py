import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_guests_see_little"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="people_linespell",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null)"
            },
        ),
    ]
