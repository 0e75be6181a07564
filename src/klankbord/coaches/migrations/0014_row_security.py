import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("coaches", "0013_lending_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="coaches_coachprofile",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (select klankbord_holds('coordinator')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (nullif((select klankbord_belongs()), false) is not null and (published_at is not null and checked_at is not null)) or (select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_departedcoach",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((nullif((select klankbord_belongs()), false) is not null and false))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((nullif((select klankbord_belongs()), false) is not null and false))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((nullif((select klankbord_belongs()), false) is not null and false))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_storyshare",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null and (group_id is null or group_id = any((select coaches_groups_now())::uuid[])))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (nullif((select klankbord_belongs()), false) is not null and (audience = 'profile' and withdrawn_at is null)) or ((select klankbord_holds('coordinator')) and audience = 'coordinator' and withdrawn_at is null) or ((group_id = any((select coaches_groups_now())::uuid[]) and coaches_in_group_at(group_id, made_at)) and (nullif((select klankbord_belongs()), false) is not null and withdrawn_at is null)))",
            },
        ),
    ]
