"""Hours that a coach accounts for: those from before, and statements of them that left the house."""

from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.db import models

from klankbord.coaches.models.growth_guards import fixed, kept_as_made, refused_when
from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class EarlierHours(OrganisationModel):
    """Hours of coaching from before Klankbord, or from elsewhere, as the coach says them. For the coach alone."""

    coach = CompositeKey(Person, related_name="+")
    from_year = models.PositiveSmallIntegerField()
    until_year = models.PositiveSmallIntegerField()
    hours = models.PositiveIntegerField()
    clients = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=120)
    proof = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("coach")
        indexes: ClassVar = [models.Index(fields=["organisation", "coach"], name="earlier_hours_by_coach")]


class HoursStatement(OrganisationModel):
    """What was signed, to the letter, and the signature under it. Nobody changes it, and nobody takes it away.

    Whoever has the code finds the lines by its hash. The code itself is sealed, so that the coach can print it again.
    """

    coach = CompositeKey(Person, related_name="+")
    lines = models.TextField()
    signature = models.BinaryField(max_length=64)
    public_key = models.BinaryField(max_length=32)
    code_hash = models.BinaryField(max_length=32)
    code = SealedField(label="coaches.hours_statement.code")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = kept_as_made()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code_hash"], name="one_statement_per_code"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "coach"], name="statements_by_coach"),
            models.Index(fields=["code_hash"], name="statements_by_code"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """A statement has a key of its own: it goes when its coach has left, and the paper stays."""
        return vault.scope(self.organisation_id, "hours_statement", self.pk)


class StatementWithdrawal(OrganisationModel):
    """That a coach does not stand by a statement any more: whoever has the code reads that too."""

    statement = CompositeKey(HoursStatement, related_name="withdrawals")
    coach = CompositeKey(Person, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *kept_as_made(),
            # SECURITY: without this anybody could take back, in their own name, what another coach had signed.
            refused_when(
                "of_its_coach",
                "not exists (select 1 from coaches_hoursstatement s"
                " where s.id = new.statement_id and s.coach_id = new.coach_id)",
                "Cannot write: somebody else had that signed",
                on=pgtrigger.Insert,
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "statement"], name="one_withdrawal_per_statement"),
        ]
