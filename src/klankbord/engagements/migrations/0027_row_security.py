import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("engagements", "0026_wish_functions")]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_firsttalk",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (false)"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_requestpreference",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and request_id = any(array(select o.id from engagements_request o where o.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[]))))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_waitingfigure",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (true)"
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_firsttalk",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_firsttalk",
            column="request_id",
            target="engagements_request",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_requestpreference",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_requestpreference",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_requestpreference",
            column="request_id",
            target="engagements_request",
        ),
    ]
