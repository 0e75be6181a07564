import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0002_functions"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_agreement",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_course",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_engagement",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and request_id = any(array(select o.id from engagements_request o where o.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[]))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_participant",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select o.id from engagements_engagement o where o.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_proposal",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[]))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[]))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[]))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_referral",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (manager_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or manager_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_referralanswer",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_referralquestion",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or asked_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or asked_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_request",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (id = any((select engagements_stepped_aside())::uuid[]))) or id = any(array(select o.request_id from engagements_proposal o where o.coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and o.state in ('proposed', 'chosen'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (id = any((select engagements_stepped_aside())::uuid[]))) or id = any(array(select o.request_id from engagements_proposal o where o.coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and o.state in ('proposed', 'chosen'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_requestwords",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and shared and not (request_id = any((select engagements_stepped_aside())::uuid[]))) or coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_session",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_share",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select o.id from engagements_engagement o where o.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or (reader_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and withdrawn_at is null))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_writing",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null))) or ((engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)) and shared_at is not null and exists (select 1 from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.engagement_id = engagements_writing.engagement_id and p.role = any(audience) and shared_at >= p.since)) and kind = 'notes'))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null))) or (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null)) and shared_at is not null and exists (select 1 from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.engagement_id = engagements_writing.engagement_id and p.role = any(audience) and shared_at >= p.since)))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_agreement",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_agreement",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_course",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_engagement",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_engagement",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_engagement",
            column="request_id",
            target="engagements_request",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_participant",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_participant",
            column="person_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_proposal",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_proposal",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_proposal",
            column="request_id",
            target="engagements_request",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_referral",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_referral",
            column="manager_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_referralanswer",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_referralanswer",
            column="referral_id",
            target="engagements_referral",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_referralquestion",
            column="asked_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_referralquestion",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_referralquestion",
            column="referral_id",
            target="engagements_referral",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_request",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_requestwords",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_requestwords",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_requestwords",
            column="request_id",
            target="engagements_request",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_session",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_share",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_share",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_share",
            column="reader_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_writing",
            column="author_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_writing",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_writing",
            column="session_id",
            target="engagements_session",
        ),
    ]
