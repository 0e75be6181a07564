import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0037_policy_kept"),
    ]

    operations = [
        klankbord.core.schema.CompositeReference(
            table="engagements_engagement",
            column="policy_id",
            target="policy_policyversion",
        ),
        klankbord.core.schema.CompositeReference(
            table="engagements_agreement",
            column="policy_id",
            target="policy_policyversion",
        ),
    ]
