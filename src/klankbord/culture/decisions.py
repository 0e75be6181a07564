"""What a team decided and kept long enough: the functions of the database that find it and take it away."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection


def old_decisions(before: date) -> dict[UUID, list[UUID]]:
    """The decisions from before that day, by organisation. Only while nobody acts."""
    found: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select organisation_id, decision_id from culture_old_decisions(%s)", [before])
        for organisation_id, decision_id in cursor.fetchall():
            found.setdefault(organisation_id, []).append(decision_id)
    return found


def forget_decisions(decisions: Sequence[UUID], before: date) -> int:
    """Take these away as far as they are from before that day; their keys must be gone first. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("select culture_forget_decisions(%s::uuid[], %s)", [list(decisions), before])
        return int(cursor.fetchone()[0])
