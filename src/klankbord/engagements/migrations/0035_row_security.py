import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0034_fit"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_fitcount",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((select klankbord_holds('coordinator')))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_fitletter",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_fitreply",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach')))) or engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('coach'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_fitsignal",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and request_id = any(array(select o.id from engagements_request o where o.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[])) and not (request_id = any(array(select e.request_id from engagements_engagement e where e.coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))) and not (client_id = any(array(select p.id from people_person p where p.manager_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))))))",
                "remove": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_fitthought",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('coach')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('coach')))))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitletter",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitletter",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitletter",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitreply",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitreply",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitsignal",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitsignal",
            column="request_id",
            target="engagements_request",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitthought",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitthought",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_fitthought",
            column="engagement_id",
            target="engagements_engagement",
        ),
    ]
