import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0047_sheet_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_sheetletter",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and person_id <> author_id) and (select klankbord_holds('coordinator'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_sheetnote",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_sheetletter",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_sheetletter",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_sheetletter",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_sheetnote",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_sheetnote",
            column="person_id",
            target="people_person",
        ),
    ]
