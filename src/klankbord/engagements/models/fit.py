"""Does coaching fit here? What a coach shares with the client, and what the client passes on, or not.

Four audiences, so four tables: what the coach wrote (the coach's), the same words as the client got them (the
client's), the client's answer (of both), and what was passed on (the client's and the coordinators'). The coach reads
none of what the client does with it, not even by looking whether a row is still there.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import InEngagement, fixed
from klankbord.engagements.models.engagement import Engagement
from klankbord.engagements.models.guards import LAID_DOWN_ONCE, OF_ITS_CLIENT, OF_ITS_TWO
from klankbord.engagements.models.requests import Request
from klankbord.engagements.rules.suitability import Pattern
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField

PATTERNS = [(one.value, one.value) for one in Pattern]


class FitThought(InEngagement):
    """A thought of the coach, as the coach wrote it, and that it was shared. It never changes."""

    engagement = CompositeKey(Engagement, related_name="+")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.fitthought.text")
    pattern = SealedField(label="engagements.fitthought.pattern")
    shared_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [OF_ITS_TWO]
        ordering: ClassVar = ["shared_at"]


class FitLetter(OrganisationModel):
    """The same thought, under the same id, as it lies with the client. Only the client reads it, or lets it go."""

    engagement = CompositeKey(Engagement, related_name="+")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.fitletter.text")
    pattern = SealedField(label="engagements.fitletter.pattern")
    shared_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "client", "coach", "text", "pattern", "shared_at"),
            OF_ITS_TWO,
            LAID_DOWN_ONCE,
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="fit_letters_by_client")]
        ordering: ClassVar = ["shared_at"]

    @property
    def vault_scope(self) -> UUID:
        """A key of its own: the client may let this one be destroyed, and nothing else with it."""
        return vault.scope(self.organisation_id, "fit_letter", self.pk)


class FitReply(InEngagement):
    """What the client answers the coach, under the id of the letter. Of both."""

    engagement = CompositeKey(Engagement, related_name="+")
    client = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.fitreply.text")
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [*fixed("engagement", "client"), OF_ITS_CLIENT]


class FitSignal(OrganisationModel):
    """What a client passes on to the coordinators: a pattern, with own words or without. Taking it back removes it."""

    request = CompositeKey(Request, related_name="+")
    client = CompositeKey(Person, related_name="+")
    pattern = models.CharField(max_length=20, choices=PATTERNS, db_collation="C")
    text = SealedField(label="engagements.fitsignal.text", null=True)
    passed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "passed_at"], name="fit_signals_by_day")]
        ordering: ClassVar = ["passed_at"]

    @property
    def vault_scope(self) -> UUID:
        """The words end with those of the request."""
        return vault.scope(self.organisation_id, "request", self.request_id)


class FitCount(OrganisationModel):
    """How many people passed a pattern on in one calendar year; empty below five. Written once, by a function."""

    year = models.PositiveSmallIntegerField()
    pattern = models.CharField(max_length=20, choices=PATTERNS, db_collation="C")
    count = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year", "pattern"], name="one_count_per_year_and_pattern"),
        ]
