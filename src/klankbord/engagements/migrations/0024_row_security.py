import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0023_cost_totals"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_engagementcost",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and ((select klankbord_holds('finance')) and engagement_id = any(array(select e.id from engagements_engagement e)))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('coach'))) or ((select klankbord_holds('coordinator')) and ((select klankbord_holds('finance')) and engagement_id = any(array(select e.id from engagements_engagement e)))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) or (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('sponsor'))) and sponsor_pays) or ((select klankbord_holds('coordinator')) and ((select klankbord_holds('finance')) and engagement_id = any(array(select e.id from engagements_engagement e)))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_invoice",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('coordinator')) and ((select klankbord_holds('finance')) and engagement_id = any(array(select e.id from engagements_engagement e)))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) or (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('sponsor'))) and exists (select 1 from engagements_engagementcost c where c.id = cost_id and c.sponsor_pays)) or ((select klankbord_holds('coordinator')) and ((select klankbord_holds('finance')) and engagement_id = any(array(select e.id from engagements_engagement e)))))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_yearbudget",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('finance')) and (select klankbord_holds('coordinator'))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('finance')) and (select klankbord_holds('coordinator'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (((select klankbord_holds('finance')) and (select klankbord_holds('coordinator'))) or (select klankbord_holds('leadership')))",
            },
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_engagementcost",
            column="engagement_id",
            target="engagements_engagement",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_invoice",
            column="cost_id",
            target="engagements_engagementcost",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_invoice",
            column="engagement_id",
            target="engagements_engagement",
        ),
    ]
