"""What a coordinator took from a spreadsheet: a letter to whoever it is about, and a note of it for who sent it."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import fixed
from klankbord.engagements.models.guards import LETTER_LAID_DOWN_ONCE
from klankbord.engagements.rules.spreadsheet import Kind
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField

KINDS = [(kind.value, kind.value) for kind in Kind]


class SheetLetter(OrganisationModel):
    """What was laid before one person, until that person takes it over or throws it away. Nothing is true of it yet.

    ``coach`` is who coaches them, for coaching that runs. ``content`` holds the rest of the row, as JSON. Whoever sent
    it does not read it here: that it is gone would tell what the other decided.
    """

    person = CompositeKey(Person, related_name="+")
    author = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+", null=True)
    kind = models.CharField(max_length=12, choices=KINDS, db_collation="C")
    content = SealedField(label="engagements.sheetletter.content")
    offered_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [*fixed("person", "author", "coach", "kind", "content"), LETTER_LAID_DOWN_ONCE]
        indexes: ClassVar = [models.Index(fields=["organisation", "person"], name="sheet_letters_by_person")]

    @property
    def vault_scope(self) -> UUID:
        """Each letter has a key of its own, which goes when it is taken over or thrown away."""
        return sheet_scope(self.organisation_id, self.pk)


class SheetNote(OrganisationModel):
    """That a coordinator laid something before somebody, under the id of the letter. It says nothing of an answer."""

    author = CompositeKey(Person, related_name="+")
    person = CompositeKey(Person, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS, db_collation="C")
    mark = models.CharField(max_length=64, db_collation="C")
    offered_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("author", "person", "kind", "mark", "offered_at")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "author", "mark"], name="offered_once_by_one"),
        ]


def sheet_scope(organisation_id: UUID, letter_id: UUID) -> UUID:
    """With which key a letter is sealed."""
    return vault.scope(organisation_id, "sheet", letter_id)
