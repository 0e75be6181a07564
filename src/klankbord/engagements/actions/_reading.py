"""Opening what is another's leaves a trail for that other: once a day, because access is shown by day."""

from collections.abc import Mapping
from uuid import UUID

from django.db import models

from klankbord.privacy.audit import action, record, record_each
from klankbord.privacy.queries import among_opened_today, opened_today


def note_opened(verb: str, row: models.Model, *, owner_id: UUID) -> None:
    """Note that the acting person opened this row of *owner_id* today."""
    if not opened_today(verb=verb, owner_id=owner_id, subject_id=row.pk):
        record(verb, row, owner=owner_id)


def note_each_opened(verb: str, rows: Mapping[models.Model, UUID]) -> None:
    """The same for many rows, each with whose it is, in as many statements as for one."""
    seen = among_opened_today(verb=verb, subject_ids=[row.pk for row in rows])
    record_each(verb, {row: owner for row, owner in rows.items() if row.pk not in seen})


@action("outline.download")
def note_outline_downloaded(*, count: int) -> None:
    """Somebody took the outline of all engagements along."""
    record("outline.download", detail={"count": count})
