import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0001_initial"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="policy_policyversion",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (state <> 'draft' or (select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and state = 'draft'))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="policy_policyversion",
            column="author_id",
            target="people_person",
        ),
    ]
