import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("coaches", "0007_growth_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="coaches_assessmentdone",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_contactmoment",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (coordinator_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (coordinator_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (coordinator_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_contactnote",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (coordinator_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (coordinator_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_departedcoach",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (false)",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (false)",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (false)",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_earlierhours",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_hoursstatement",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_intervisionattendance",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (group_id = any((select coaches_groups_now())::uuid[]))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or group_id = any((select coaches_groups_now())::uuid[]) or (select klankbord_holds('coordinator')))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (group_id = any((select coaches_groups_now())::uuid[]))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_intervisiongroup",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((started_by_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coach'))) or (started_by_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (id = any((select coaches_groups_now())::uuid[]))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coach')) or (select klankbord_holds('coordinator')))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_intervisionmeeting",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (group_id = any((select coaches_groups_now())::uuid[]))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (group_id = any((select coaches_groups_now())::uuid[]))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (group_id = any((select coaches_groups_now())::uuid[]) or id = any((select coaches_meetings_attended())::uuid[]) or (select klankbord_holds('coordinator')))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_intervisionmember",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coach'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (select klankbord_holds('coach')) or (select klankbord_holds('coordinator')))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_intervisionsubject",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and group_id = any((select coaches_groups_now())::uuid[])))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coaches_in_group_at(group_id, made_at))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and group_id = any((select coaches_groups_now())::uuid[])))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_learning",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and shown))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_selfassessment",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_statementwithdrawal",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_storypart",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="coaches_storyshare",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (group_id is null or group_id = any((select coaches_groups_now())::uuid[]))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (audience = 'profile' and withdrawn_at is null) or ((select klankbord_holds('coordinator')) and audience = 'coordinator' and withdrawn_at is null) or ((group_id = any((select coaches_groups_now())::uuid[]) and coaches_in_group_at(group_id, made_at)) and withdrawn_at is null))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_assessmentdone",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_contactmoment",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_contactmoment",
            column="coordinator_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_contactnote",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_contactnote",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_contactnote",
            column="contact_id",
            target="coaches_contactmoment",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_contactnote",
            column="coordinator_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_departedcoach",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_earlierhours",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_hoursstatement",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionattendance",
            column="group_id",
            target="coaches_intervisiongroup",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionattendance",
            column="meeting_id",
            target="coaches_intervisionmeeting",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionattendance",
            column="noted_by_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionattendance",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisiongroup",
            column="started_by_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionmeeting",
            column="group_id",
            target="coaches_intervisiongroup",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionmember",
            column="group_id",
            target="coaches_intervisiongroup",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionmember",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionsubject",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionsubject",
            column="group_id",
            target="coaches_intervisiongroup",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_intervisionsubject",
            column="meeting_id",
            target="coaches_intervisionmeeting",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_learning",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_selfassessment",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_statementwithdrawal",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_statementwithdrawal",
            column="statement_id",
            target="coaches_hoursstatement",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_storypart",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_storyshare",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="coaches_storyshare",
            column="group_id",
            target="coaches_intervisiongroup",
        ),
    ]
