"""What was published of a wave: made once, the same for everybody, and never changed."""

import gzip
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression

from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.culture.models.wave import Wave


def _for_good() -> list[pgtrigger.Trigger]:
    """Nobody changes it and nobody takes it away: not the application, and no migration by mistake."""
    return [pgtrigger.Protect(name="for_good", operation=pgtrigger.Update | pgtrigger.Delete)]


class Publication(OrganisationModel):
    """The whole set of published figures, to the letter as ``culture.publication`` wrote it.

    ``packed`` is its text in UTF-8, as gzip packs it. ``about`` holds what stands beside the figures and is published
    as well: response by published unit (``{"response": {unit id: [answered, invited]}}``), and what ``culture.beside``
    adds about the whole.
    """

    wave = CompositeKey(Wave, related_name="publications")
    packed = models.BinaryField()
    about = models.JSONField(default=dict)
    published_on = models.DateField()

    class Meta:
        triggers: ClassVar = _for_good()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "wave"], name="one_publication_per_wave"),
        ]

    @property
    def figures(self) -> str:
        """The figures as one JSON object: see ``docs/reference/publication.md``."""
        return gzip.decompress(self.packed).decode()


class AsWritten(models.JSONField):
    """JSON that the database keeps as it was written. It never looks inside, so taking it in costs half as much."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "json"

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        return value  # which the driver has read already


class Rows(AsWritten):
    """Rows that all say the same of something, kept as columns, which are half as long: see ``Publication.by_unit``.

    For reading. It is written by ``culture_publish_units``, and by nobody else.
    """

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        return rows_of(value)


def rows_of(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """The rows of these columns."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


class PublishedUnit(OrganisationModel):
    """The figures of one unit out of the publication, so that a unit's own people need not read all of it.

    ``cells`` and ``withheld`` are its rows of the publication, without the unit. ``about`` is what stands beside them:
    ``{"change": {dimension or outcome: {…}}}`` since the last wave of the same kind.
    """

    wave = CompositeKey(Wave, related_name="published_units")
    unit_id = models.UUIDField()
    cells = Rows()
    withheld = Rows()
    about = AsWritten(default=dict)
    answered = models.PositiveIntegerField(null=True)
    invited = models.PositiveIntegerField(null=True)

    class Meta:
        triggers: ClassVar = _for_good()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "wave", "unit_id"], name="one_published_unit_per_unit"),
        ]


class PublishedWhole(OrganisationModel):
    """What holds of the organisation as a whole and is for everybody in it: how far the figures can be trusted."""

    wave = CompositeKey(Wave, related_name="published_wholes")
    about = models.JSONField(default=dict)

    class Meta:
        triggers: ClassVar = _for_good()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "wave"], name="one_published_whole_per_wave"),
        ]
