import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0012_texts_of_three"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_threewaytext",
            policies={
                "add": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach', 'sponsor')))))",
                "change": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) or id = any((select engagements_meeting_texts_for_third())::uuid[]) or (author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('sponsor')))))",
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('client', 'coach'))) or id = any((select engagements_meeting_texts_for_third())::uuid[]) or (author_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and engagement_id = any(array(select p.engagement_id from engagements_participant p where p.person_id = (select nullif(current_setting('klankbord.person', true), '')::uuid) and p.until is null and p.role in ('sponsor')))))",
            },
        ),
    ]
