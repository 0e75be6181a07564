"""What time does to words that were never sent, and to what is left of keys."""

from django.db import connection
from procrastinate import RetryStrategy
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


class StillHeld(RuntimeError):
    """Somebody holds the table of keys, such as a back-up, or began before a key went. It is tried again."""


@app.periodic(cron="10 5 * * *")
@app.task(
    name="privacy.wipe_keys",
    queueing_lock="privacy.wipe_keys",
    retry=RetryStrategy(max_attempts=12, wait=300, retry_exceptions=[StillHeld]),
)
def wipe_keys(timestamp: int) -> bool:
    """Leave nothing of a key on its page that was destroyed since last night: by another job, or by what somebody did.

    After everything else that ends at night. Returns whether the application does this; on an older PostgreSQL the
    owner has to. Raises :class:`StillHeld`.
    """
    return _wiped()


@app.task(name="privacy.wipe_soon", retry=RetryStrategy(max_attempts=30, wait=60, retry_exceptions=[StillHeld]))
def wipe_soon() -> bool:
    """The same within minutes, for keys that should not wait for the night."""
    return _wiped()


def wipe_now_or_soon() -> None:
    """Leave nothing of a destroyed key on its page; where that cannot be done now, as soon as it can."""
    if not vault.wipe():
        app.configure_task("privacy.wipe_soon", schedule_in={"minutes": 1}).defer()


def _wiped() -> bool:
    if not vault.can_wipe():
        return False
    if not vault.wipe():
        raise StillHeld
    return True
