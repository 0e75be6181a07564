"""What time does to engagements: texts end when the agreed term is over."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

from klankbord.core.tenant import acting_in
from klankbord.privacy import vault
from klankbord.privacy.audit import record


@app.periodic(cron="15 3 * * *")
@app.task(name="engagements.end_of_retention", queueing_lock="engagements.end_of_retention")
def end_of_retention(timestamp: int) -> int:
    """Destroy the texts of every engagement that is due: the key first, then the rows. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("select organisation_id, engagement_id from engagements_due()")
        due = cursor.fetchall()
    for organisation_id, engagement_id in due:
        vault.destroy(engagement_id)
        with transaction.atomic(), acting_in(organisation_id):
            with connection.cursor() as cursor:
                cursor.execute("select engagements_forget(%s)", [engagement_id])
                shares = cursor.fetchone()[0]
            record("retention.end", detail={"kind": "engagement", "count": len(shares)})
        for share_id in shares:
            vault.destroy(share_id)
    return len(due)
