import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_guest_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="people_membership",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('administrator')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null or person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or role = 'coordinator')",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('administrator')))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="people_notification",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null or person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or person_id = any((select klankbord_meets())::uuid[]))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="people_person",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('administrator')))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('administrator')) or id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null or id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or id = any((select klankbord_meets())::uuid[]))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="people_unit",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('administrator')))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('administrator')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null or id = any((select klankbord_units_met())::uuid[]))",
            },
        ),
    ]
