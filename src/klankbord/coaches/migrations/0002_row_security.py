import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("coaches", "0001_initial"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="coaches_coachprofile",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (select klankbord_holds('coordinator')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or published_at is not null or (select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_coachprofile",
            column="checked_by_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_coachprofile",
            column="person_id",
            target="people_person",
        ),
    ]
