import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0032_noted_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_notedrequest",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and client_id <> author_id) and (select klankbord_holds('coordinator'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_notedrequest",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_notedrequest",
            column="client_id",
            target="people_person",
        ),
    ]
