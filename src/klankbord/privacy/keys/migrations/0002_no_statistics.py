"""The database draws samples of columns to plan with, and keeps them. A key has no place in such a sample."""

from django.db import migrations

FORWARDS = """
-- A column whose type is set anew loses the sample it had; and no other is drawn. Vacuum does neither.
alter table scope_key alter column wrapped type bytea using wrapped || ''::bytea;
alter table scope_key alter column wrapped set statistics 0;
"""
BACKWARDS = "alter table scope_key alter column wrapped set statistics default;"


class Migration(migrations.Migration):
    dependencies = [("keys", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
