import klankbord.core.schema
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0035_fit'),
    ]

    operations = [
    ]
