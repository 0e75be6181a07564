import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("culture", "0002_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="culture_answer",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((nullif((select klankbord_belongs()), false) is not null and false))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_ballotbox",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((nullif((select klankbord_belongs()), false) is not null and false))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_ballotright",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((nullif((select klankbord_belongs()), false) is not null and false))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_invitation",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and by = 'paper'))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_openanswer",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')) or (select klankbord_holds('leadership')))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_preparation",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_publication",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')) or (select klankbord_holds('leadership')))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_publishedunit",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (unit_id = any((select culture_units_of_mine())::uuid[]) or (select klankbord_holds('coordinator')) or (select klankbord_holds('leadership')))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_wave",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and state = 'draft'))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and state = 'draft'))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((nullif((select klankbord_belongs()), false) is not null and state <> 'draft') or (select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and state = 'draft'))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="culture_waveunit",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null)"
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_invitation",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_invitation",
            column="wave_id",
            target="culture_wave",
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_openanswer",
            column="wave_id",
            target="culture_wave",
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_preparation",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_preparation",
            column="wave_id",
            target="culture_wave",
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_publication",
            column="wave_id",
            target="culture_wave",
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_publishedunit",
            column="wave_id",
            target="culture_wave",
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_wave",
            column="contact_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="culture_waveunit",
            column="wave_id",
            target="culture_wave",
        ),
    ]
