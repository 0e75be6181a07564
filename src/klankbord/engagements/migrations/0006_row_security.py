import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0005_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_agreement",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) or (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('sponsor'))) and three_party))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) or (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('sponsor'))) and three_party))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_alliancerating",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))) or (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) and shared_at is not null))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_board",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_boardstep",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_card",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_coachlook",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_course",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_engagement",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and request_id = any(array(select o.id from engagements_request o where o.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or id = any((select engagements_as_sponsor())::uuid[]) or ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[]))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_experiment",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_favouritequestion",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_goal",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_goalmark",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_goalwording",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_ownquestion",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_session",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_signal",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))) or (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) and sent_at is not null))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))) or (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) and sent_at is not null))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_spiralstep",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_steeringwish",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_threewaymeeting",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach', 'sponsor'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_threewaytext",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach', 'sponsor')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach', 'sponsor'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach', 'sponsor'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_witness",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select o.id from engagements_engagement o where o.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and state in ('asked', 'answered', 'declined')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and state <> 'withdrawn'))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_writing",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))) or ((engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) and shared_at is not null and exists (select 1 from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.engagement_id = engagements_writing.engagement_id and p.role = any(audience) and shared_at >= p.since)) and kind in ('notes', 'how_we_work', 'meeting_form', 'interim_together', 'final_together')))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))) or ((engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) and shared_at is not null and exists (select 1 from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.engagement_id = engagements_writing.engagement_id and p.role = any(audience) and shared_at >= p.since)) and (kind not in ('interim', 'final') or engagements_has_shared(engagement_id, kind))))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_alliancerating",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_alliancerating",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_alliancerating",
            column="session_id",
            target="engagements_session",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_board",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_board",
            column="session_id",
            target="engagements_session",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_boardstep",
            column="board_id",
            target="engagements_board",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_boardstep",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_boardstep",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_card",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_card",
            column="board_id",
            target="engagements_board",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_card",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_coachlook",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_coachlook",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_coachlook",
            column="session_id",
            target="engagements_session",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_experiment",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_experiment",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_experiment",
            column="session_id",
            target="engagements_session",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_favouritequestion",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goal",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goal",
            column="serves_id",
            target="engagements_goal",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goalmark",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goalmark",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goalmark",
            column="goal_id",
            target="engagements_goal",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goalmark",
            column="session_id",
            target="engagements_session",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goalwording",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goalwording",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_goalwording",
            column="goal_id",
            target="engagements_goal",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_ownquestion",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_signal",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_signal",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_signal",
            column="session_id",
            target="engagements_session",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_spiralstep",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_spiralstep",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_spiralstep",
            column="session_id",
            target="engagements_session",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_steeringwish",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_steeringwish",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_threewaymeeting",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_threewaytext",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_threewaytext",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_threewaytext",
            column="meeting_id",
            target="engagements_threewaymeeting",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_witness",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_witness",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_witness",
            column="person_id",
            target="people_person",
        ),
    ]
