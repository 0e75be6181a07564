import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("coaches", "0011_lending"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="coaches_lendingagreement",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')) or ((select klankbord_holds('coach')) and side = 'lends' and state <> 'drafting'))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_lendinginvitation",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_lendingversion",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')) or ((select klankbord_holds('coach')) and lender_said_yes_at is not null and borrower_said_yes_at is not null))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_lentcoach",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (select klankbord_holds('coordinator')))"
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_lendinginvitation",
            column="made_by_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_lendingversion",
            column="agreement_id",
            target="coaches_lendingagreement",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_lentcoach",
            column="agreement_id",
            target="coaches_lendingagreement",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_lentcoach",
            column="person_id",
            target="people_person",
        ),
    ]
