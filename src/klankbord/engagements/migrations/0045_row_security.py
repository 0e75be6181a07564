import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0044_guests_at_night"),
    ]

    operations = [
        klankbord.core.schema.RowPolicies(
            table="engagements_firsttalk",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and ((nullif((select klankbord_belongs()), false) is not null and false))"
            },
        ),
        klankbord.core.schema.RowPolicies(
            table="engagements_waitingfigure",
            policies={
                "read": "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid) and (nullif((select klankbord_belongs()), false) is not null)"
            },
        ),
    ]
