"""Counting first talks, and publishing once a quarter how long it took."""

from datetime import date
from typing import Any

from django.db import connection

from klankbord.privacy.audit import action, record


@action("waiting.count")
def count_first_talks() -> int:
    """Count the first talks that have begun since the last time, and answer how many those were."""
    count: int = _asked("select engagements_count_first_talks()")
    record("waiting.count", detail={"count": count})
    return count


@action("waiting.publish")
def publish_waiting(*, today: date) -> bool:
    """Publish the figure of the year before this quarter, when that may be said, and answer whether it was.

    The database decides: it is published once, for everybody alike, and never about fewer than five people.
    """
    begun = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    published = bool(_asked("select engagements_publish_waiting(%s)", begun))
    record("waiting.publish", detail={"outcome": "published" if published else "not yet"})
    return published


def _asked(statement: str, *parameters: date) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0]
