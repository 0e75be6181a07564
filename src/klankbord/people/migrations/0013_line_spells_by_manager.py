"""Who stood under somebody is found as quickly as who stood above."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0012_lines_at_night")]
    operations = [
        migrations.AddIndex(
            model_name="linespell",
            index=models.Index(fields=["manager_id"], name="line_spells_by_manager"),
        ),
    ]
