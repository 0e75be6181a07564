"""Rounds are their maker's; who came to stand near whom is for coordinators."""

import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0028_rounds"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_camenear",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[])) and client_id <> (select nullif(current_setting('klankbord.person', true), '')::uuid) and coach_id <> (select nullif(current_setting('klankbord.person', true), '')::uuid)))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_matchround",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((made_by_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((made_by_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((made_by_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and (select klankbord_holds('coordinator'))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_matchrow",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((round_id = any(array(select o.id from engagements_matchround o where o.made_by_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))) and ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[])) and not (request_id = any(array(select r.id from engagements_request r where r.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((round_id = any(array(select o.id from engagements_matchround o where o.made_by_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))) and ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[])) and not (request_id = any(array(select r.id from engagements_request r where r.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((round_id = any(array(select o.id from engagements_matchround o where o.made_by_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))) and ((select klankbord_holds('coordinator')) and not (request_id = any((select engagements_stepped_aside())::uuid[])) and not (request_id = any(array(select r.id from engagements_request r where r.client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid)))))))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_camenear",
            column="client_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_camenear",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_camenear",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_camenear",
            column="request_id",
            target="engagements_request",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_matchround",
            column="made_by_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_matchrow",
            column="coach_id",
            target="people_person",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_matchrow",
            column="request_id",
            target="engagements_request",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_matchrow",
            column="round_id",
            target="engagements_matchround",
        ),
    ]
