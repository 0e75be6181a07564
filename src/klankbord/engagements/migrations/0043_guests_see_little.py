import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0042_guest_functions"),
        ("people", "0010_guests_see_little"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_referral",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((manager_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and nullif((select klankbord_belongs()), false) is not null))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or manager_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_referralquestion",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and nullif((select klankbord_belongs()), false) is not null))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or asked_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or asked_id = (select nullif(current_setting('klankbord.person', true), '')::uuid))",
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_request",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and nullif((select klankbord_belongs()), false) is not null))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (id = any((select engagements_stepped_aside())::uuid[]))) or id = any(array(select o.request_id from engagements_proposal o where o.coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and o.state in ('proposed', 'chosen'))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (client_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) or ((select klankbord_holds('coordinator')) and not (id = any((select engagements_stepped_aside())::uuid[]))) or id = any(array(select o.request_id from engagements_proposal o where o.coach_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and o.state in ('proposed', 'chosen'))))",
            },
        ),
    ]
