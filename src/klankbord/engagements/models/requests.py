"""Referrals, requests and proposals: how somebody comes to a coach."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import by_function_only, fixed, state
from klankbord.engagements.models.guards import (
    COACH_LAYS_NOTHING_DOWN,
    ONLY_THE_OWN_STEP,
    REPLY_IS_FOR_WHO_WAS_ASKED,
)
from klankbord.engagements.rules.lifecycle import ProposalState, ReferralState, RequestState
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class Referral(OrganisationModel):
    """A manager's suggestion of coaching, in the manager's own words. It holds no answer: that is the employee's."""

    client = CompositeKey(Person, related_name="+")
    manager = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.referral.text")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("client", "manager")
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="referrals_by_client")]

    @property
    def vault_scope(self) -> UUID:
        """A referral has a key of its own."""
        return vault.scope(self.organisation_id, "referral", self.pk)


class ReferralAnswer(OrganisationModel):
    """Where the employee stands with a referral. For the employee's eyes alone."""

    client = CompositeKey(Person, related_name="+")
    referral = CompositeKey(Referral, related_name="answers")
    state = state(ReferralState, ReferralState.OPEN)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("client", "referral")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "referral"], name="one_answer_per_referral"),
        ]


class ReferralQuestion(OrganisationModel):
    """A question the employee asks first, and its answer. Between these two people only."""

    referral = CompositeKey(Referral, related_name="questions")
    client = CompositeKey(Person, related_name="+")
    asked = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.referralquestion.text")
    answer = SealedField(label="engagements.referralquestion.answer", null=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [*fixed("referral", "client", "asked", "text"), REPLY_IS_FOR_WHO_WAS_ASKED]

    @property
    def vault_scope(self) -> UUID:
        """A question shares the key of its referral."""
        return vault.scope(self.organisation_id, "referral", self.referral_id)


class Request(OrganisationModel):
    """A request for coaching: what the coordinator needs to find a coach, and nothing of what it is about.

    ``aside`` holds the coordinators who stepped aside because they judge or manage this person: for them the row is
    gone.
    """

    class Place(models.TextChoices):
        ANY = "any"
        MEET = "meet"
        ONLINE = "online"

    class Employer(models.TextChoices):
        ANY = "any"
        INTERNAL = "internal"
        EXTERNAL = "external"

    client = CompositeKey(Person, related_name="+")
    state = state(RequestState, RequestState.SENT)
    themes = ArrayField(models.CharField(max_length=40), default=list)
    language = models.CharField(max_length=5, default="nl")
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.ANY)
    employer = models.CharField(max_length=10, choices=Employer.choices, default=Employer.ANY)
    one_talk = models.BooleanField(default=False)
    ways = ArrayField(models.CharField(max_length=40), default=list)
    day_parts = ArrayField(models.CharField(max_length=20), default=list)
    aside = ArrayField(models.UUIDField(), default=list)
    sent_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("client"),
            by_function_only("aside", "themes", "ways", "day_parts"),
            ONLY_THE_OWN_STEP,
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "client"], name="requests_by_client"),
            models.Index(fields=["organisation", "state", "sent_at"], name="requests_by_state"),
        ]


class RequestPreference(OrganisationModel):
    """Whom the client would rather have: this coach by name, or a woman or a man. For who looks for a coach alone.

    It stands apart from the other wishes, which every coach who is proposed may read: nobody is told that somebody
    else was preferred.
    """

    request = CompositeKey(Request, related_name="preferences")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+", null=True)
    gender = models.CharField(max_length=20, blank=True, db_collation="C")

    class Meta:
        triggers: ClassVar = fixed("request", "client", "coach", "gender")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "request"], name="one_preference_per_request"),
        ]


class RequestWords(OrganisationModel):
    """The client's own words with a request, and the sensitive themes, which follow them."""

    request = CompositeKey(Request, related_name="words")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+", null=True)
    shared = models.BooleanField(default=False)
    text = SealedField(label="engagements.requestwords.text")
    sensitive = SealedField(label="engagements.requestwords.sensitive", null=True)

    class Meta:
        triggers: ClassVar = fixed("request", "client")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "request"], name="one_wording_per_request"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """The words share the key of their request."""
        return vault.scope(self.organisation_id, "request", self.request_id)


class Proposal(OrganisationModel):
    """A coach whom the coordinator proposes for a request."""

    request = CompositeKey(Request, related_name="proposals")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+")
    state = state(ProposalState, ProposalState.PROPOSED)
    proposed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [*fixed("request", "client", "coach"), COACH_LAYS_NOTHING_DOWN]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "request", "coach"], name="one_proposal_per_coach"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "coach"], name="proposals_by_coach")]
