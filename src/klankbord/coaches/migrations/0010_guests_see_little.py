import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("coaches", "0009_intervision_counts"),
        ("people", "0010_guests_see_little"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="coaches_coachprofile",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (select klankbord_holds('coordinator')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (nullif((select klankbord_belongs()), false) is not null and published_at is not null) or (select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
    ]
