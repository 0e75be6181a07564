"""What two people write: texts, the agreement, and what the client shares."""

from functools import reduce
from operator import or_
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import YES_IS_FOR_ONESELF, fixed
from klankbord.engagements.models.engagement import Engagement, Session
from klankbord.engagements.models.guards import TEXTS_KEEP_THEIR_MANNER, UNDER_ITS_POLICY, same_coaching
from klankbord.engagements.writings import MANNERS, TOGETHER, Kind
from klankbord.people.models import Person
from klankbord.policy.models import PolicyVersion
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


def _audience_fits() -> Q:
    """For each kind, an audience within what the kind allows: the database refuses to share a coach's own page."""
    return reduce(
        or_, (Q(kind=kind.value, audience__contained_by=list(manner.audience)) for kind, manner in MANNERS.items())
    )


class Writing(OrganisationModel):
    """A text in an engagement. ``audience`` and ``shared_at`` say who besides the writer may read it, from when."""

    engagement = CompositeKey(Engagement, related_name="writings")
    session = CompositeKey(Session, related_name="writings", null=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind], db_collation="C")
    author = CompositeKey(Person, related_name="+")
    body = SealedField(label="engagements.writing.body")
    revision = models.PositiveIntegerField(default=1)
    audience = ArrayField(models.CharField(max_length=10), default=list)
    shared_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "session", "kind", "author"),
            TEXTS_KEEP_THEIR_MANNER,
            same_coaching(session_id="session"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "engagement", "session", "kind", "author"],
                condition=~Q(kind__in=TOGETHER),
                nulls_distinct=False,
                name="one_text_per_kind_and_author",
            ),
            models.UniqueConstraint(
                fields=["organisation", "engagement", "session", "kind"],
                condition=Q(kind__in=TOGETHER),
                nulls_distinct=False,
                name="one_text_together",
            ),
            models.CheckConstraint(condition=_audience_fits(), name="audience_fits_the_kind"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """Texts share the key of their engagement."""
        return vault.scope(self.organisation_id, "engagement", self.engagement_id)


class Agreement(OrganisationModel):
    """A version of "onze afspraken". It holds when all parties have said yes to this very version: two, or three.

    ``policy`` is the version of the policy it is made under: that of the engagement, or the newer one it takes over.
    """

    engagement = CompositeKey(Engagement, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    author = CompositeKey(Person, related_name="+")
    clauses = SealedField(label="engagements.agreement.clauses")
    plan = models.JSONField(default=dict)
    policy = CompositeKey(PolicyVersion, related_name="+", null=True)
    made_at = models.DateTimeField(default=clock.now)
    client_accepted_at = models.DateTimeField(null=True)
    coach_accepted_at = models.DateTimeField(null=True)
    three_party = models.BooleanField(default=False)
    sponsor_accepted_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "version", "author", "clauses", "plan", "policy", "made_at", "three_party"),
            YES_IS_FOR_ONESELF,
            UNDER_ITS_POLICY,
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement", "version"], name="one_agreement_per_version"),
        ]
        ordering: ClassVar = ["version"]

    @property
    def vault_scope(self) -> UUID:
        """Agreements share the key of their engagement."""
        return vault.scope(self.organisation_id, "engagement", self.engagement_id)

    @property
    def in_force(self) -> bool:
        """Whether all parties have accepted this version."""
        third = self.sponsor_accepted_at or not self.three_party
        return bool(self.client_accepted_at and self.coach_accepted_at and third)


class Share(OrganisationModel):
    """A text the client lets the manager read. A copy, exactly as shown in the preview; it can be withdrawn."""

    engagement = CompositeKey(Engagement, related_name="shares")
    client = CompositeKey(Person, related_name="+")
    reader = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.share.text")
    shared_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    # Which manager the client had when saying that a former one may go on reading this.
    kept_beside = models.UUIDField(null=True)

    class Meta:
        triggers: ClassVar = fixed("engagement", "client", "reader")

    @property
    def vault_scope(self) -> UUID:
        """A share has a key of its own: withdrawing it destroys the copy and nothing else."""
        return vault.scope(self.organisation_id, "share", self.pk)
