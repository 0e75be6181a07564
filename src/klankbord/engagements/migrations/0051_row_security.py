import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0050_account_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_yearaccount",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null)",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_yearaccount",
            column="author_id",
            target="people_person",
        ),
    ]
