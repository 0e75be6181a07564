"""What time does to words that were never sent."""

from django.db import connection
from procrastinate.contrib.django import app

from klankbord.privacy import vault


@app.periodic(cron="5 3 * * *")
@app.task(name="privacy.forget_old_drafts", queueing_lock="privacy.forget_old_drafts")
def forget_old_drafts(timestamp: int) -> int:
    """Destroy drafts that nobody touched for a month: the key first, then the row. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("select organisation_id, draft_id from privacy_old_drafts()")
        old = cursor.fetchall()
        for organisation_id, draft_id in old:
            vault.destroy(vault.scope(organisation_id, "draft", draft_id))
            cursor.execute("select privacy_forget_draft(%s)", [draft_id])
    return len(old)
