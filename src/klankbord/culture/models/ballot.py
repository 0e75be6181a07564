"""The ballot box. No row of it is for the application to read or write: functions of the schema's owner are the way.

Ids without references: a reference locks the row it points at, and would write in the wave's row who voted last.
No moments, no numbers that count up, and ids that are drawn by lot.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models

from klankbord.core.models import CompositeKey, Organisation, OrganisationModel
from klankbord.culture.models.wave import Wave
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField

BALLOT_LABEL, ANSWER_LABEL, WORDS_LABEL = "culture.ballot", "culture.answer", "culture.open_answer"


def _organisation() -> "models.ForeignKey[Organisation, Organisation]":
    return models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False, db_constraint=False
    )


class BallotRight(OrganisationModel):
    """A right to answer once, known by the hash of a link or code. All of a wave are written at once, by hash."""

    organisation = _organisation()
    wave_id = models.UUIDField()
    hash = models.BinaryField(max_length=32)
    unit_id = models.UUIDField()
    background = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "hash"], name="one_right_per_hash"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "wave_id"], name="rights_by_wave")]


class BallotBox(OrganisationModel):
    """A sealed ballot, all of a wave of one length. Its transaction deleted the right it came with."""

    organisation = _organisation()
    wave_id = models.UUIDField()
    unit_id = models.UUIDField()
    background = models.PositiveSmallIntegerField()
    sealed = SealedField(label=BALLOT_LABEL)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "wave_id"], name="box_by_wave")]

    @property
    def vault_scope(self) -> UUID:
        """The box of a wave has one key: it goes as soon as the box is empty."""
        return vault.scope(self.organisation_id, "wave_box", self.wave_id)


class Answer(OrganisationModel):
    """One person's answers between closing and the figures: written all at once, in canonical order."""

    organisation = _organisation()
    wave_id = models.UUIDField()
    unit_id = models.UUIDField()
    sealed = SealedField(label=ANSWER_LABEL)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "wave_id"], name="answers_by_wave")]

    @property
    def vault_scope(self) -> UUID:
        """Answers of a wave have one key: it goes when the figures are made."""
        return vault.scope(self.organisation_id, "wave_answers", self.wave_id)


class OpenAnswer(OrganisationModel):
    """An answer in somebody's own words, of the whole organisation: no unit, no class, an order of its own."""

    wave = CompositeKey(Wave, related_name="words")
    question = models.CharField(max_length=60, db_collation="C")
    text = SealedField(label=WORDS_LABEL)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "wave", "question"], name="words_by_question")]

    @property
    def vault_scope(self) -> UUID:
        """What was said in own words in one wave ends together."""
        return vault.scope(self.organisation_id, "wave_words", self.wave_id)
