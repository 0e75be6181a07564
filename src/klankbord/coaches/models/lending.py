"""How two organisations lend each other coaches: the agreement, its versions, and who is lent.

Each organisation keeps rows of its own; ``pair`` and ``link`` say which rows of two organisations tell of the same
thing. No row names the other organisation by its id: what crosses over is done by the functions of the migration
``lending_functions``, which look themselves at who asks.
"""

from typing import ClassVar

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person


class Side(models.TextChoices):
    """What this organisation does in an agreement. Who lends coaches also borrows under another agreement."""

    LENDS = "lends"
    BORROWS = "borrows"


class LendingInvitation(OrganisationModel):
    """A code that one organisation gives to another, outside of Klankbord. Only its SHA-256 is kept."""

    side = models.CharField(max_length=10, choices=Side.choices, db_collation="C")
    code_hash = models.BinaryField()
    made_by = CompositeKey(Person, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["code_hash"], name="lending_by_code")]


class LendingAgreement(OrganisationModel):
    """One organisation's side of an agreement with another, known by its name alone."""

    class State(models.TextChoices):
        DRAFTING = "drafting"
        IN_FORCE = "in_force"
        ENDED = "ended"

    pair = models.UUIDField()
    side = models.CharField(max_length=10, choices=Side.choices, db_collation="C")
    other = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTING, db_collation="C")
    begun_at = models.DateTimeField(default=clock.now)
    # From this day there is no new coaching under it; what runs is finished.
    ends_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "pair"], name="one_side_per_agreement"),
        ]
        indexes: ClassVar = [models.Index(fields=["pair"], name="lending_by_pair")]


class LendingVersion(OrganisationModel):
    """What the two organisations agree on, in one wording. It never changes; a change is a next version."""

    agreement = CompositeKey(LendingAgreement, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=5, default="nl")
    starts_on = models.DateField()
    until = models.DateField(null=True)
    # How many coaches are lent at most at the same time; none means as many as like to be.
    places = models.PositiveSmallIntegerField(null=True)
    # Only coaches whom the lending side named, or every coach who likes to be lent.
    named_only = models.BooleanField(default=False)
    notice_months = models.PositiveSmallIntegerField(default=2)
    written_by = models.CharField(max_length=10, choices=Side.choices, db_collation="C")
    made_at = models.DateTimeField(default=clock.now)
    lender = models.CharField(max_length=120, blank=True)
    lender_said_yes_at = models.DateTimeField(null=True)
    borrower = models.CharField(max_length=120, blank=True)
    borrower_said_yes_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "agreement", "number"], name="one_lending_text_per_number"),
        ]
        ordering: ClassVar = ["-number"]

    @property
    def agreed(self) -> bool:
        """Whether both organisations said yes to it."""
        return bool(self.lender_said_yes_at and self.borrower_said_yes_at)


class LentCoach(OrganisationModel):
    """A coach who is lent: where they work the coach, where they coach the guest.

    ``since`` is the coach's own yes; without it the lending side only named somebody.
    """

    agreement = CompositeKey(LendingAgreement, related_name="coaches")
    person = CompositeKey(Person, related_name="+")
    link = models.UUIDField()
    named_at = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "agreement", "person"], name="lent_once_per_agreement"),
        ]
        indexes: ClassVar = [models.Index(fields=["link"], name="lent_by_link")]
