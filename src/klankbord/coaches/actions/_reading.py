"""Opening what is another's leaves a trail for that other: once a day, because access is shown by day."""

from uuid import UUID

from django.db import models

from klankbord.privacy.audit import record
from klankbord.privacy.queries import opened_today


def note_opened(verb: str, row: models.Model, *, owner_id: UUID) -> None:
    """Note that the acting person opened this row of *owner_id* today."""
    if not opened_today(verb=verb, owner_id=owner_id, subject_id=row.pk):
        record(verb, row, owner=owner_id)
