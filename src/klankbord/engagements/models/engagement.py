"""The engagement itself: who takes part, where it is on its way, and when there are talks."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import CHOICES_ARE_FOR_ONESELF, fixed, state
from klankbord.engagements.models.guards import (
    ASKED_IN_BY_FUNCTION,
    ENDED_TODAY,
    KEPT_AS_AGREED,
    POLICY_AS_AGREED,
    STEPS_ARE_FOR_ONESELF,
    only,
)
from klankbord.engagements.models.requests import Request
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.people.models import Person
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import TEMPLATE
from klankbord.privacy import vault


class Engagement(OrganisationModel):
    """That two people work together: from when to when, and whether the coach is internal. Nothing of the content.

    ``policy`` is the version of the policy it is under (None: it began before there was one, under the template). It
    began with the version in force, and keeps it until an agreement that both accepted takes over a newer one.
    """

    request = CompositeKey(Request, related_name="engagements")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+")
    external = models.BooleanField(default=False)
    policy = CompositeKey(PolicyVersion, related_name="+", null=True)
    started_on = models.DateField(default=clock.today)
    planned_end = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        triggers: ClassVar = [*fixed("request", "client", "coach", "external"), ENDED_TODAY, POLICY_AS_AGREED]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "client"], name="engagements_by_client"),
            models.Index(fields=["organisation", "coach"], name="engagements_by_coach"),
            models.Index(fields=["organisation", "closed_on", "started_on"], name="engagements_by_end"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """All texts of an engagement share one key, so that they end together."""
        return vault.scope(self.organisation_id, "engagement", self.pk)


class Participant(OrganisationModel):
    """Who takes part in an engagement, as what, and in which period. Each sees the own row only."""

    class Role(models.TextChoices):
        CLIENT = "client"
        COACH = "coach"
        SPONSOR = "sponsor"

    engagement = CompositeKey(Engagement, related_name="participants")
    person = CompositeKey(Person, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices, db_collation="C")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [*fixed("engagement", "person", "role", "since"), ASKED_IN_BY_FUNCTION]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "engagement", "person", "role"], name="one_participation_per_role"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "engagement"], name="participations_by_person")]


class Course(OrganisationModel):
    """Where an engagement is on its way, and how long its texts are kept. For client and coach.

    ``route`` says whether it is one talk with four lines of agreement, or a coaching of several talks. Ratings of how
    the two work together are asked only while both want them.
    """

    class Route(models.TextChoices):
        SHORT = "short"
        FULL = "full"

    engagement = CompositeKey(Engagement, related_name="course")
    phase = state(Phase, Phase.INTRODUCTION)
    route = models.CharField(max_length=10, choices=Route.choices, default=Route.FULL)
    client_wants_ratings = models.BooleanField(default=False)
    coach_wants_ratings = models.BooleanField(default=False)
    # Client and coach came to stand near each other in the organisation: which rule that touches, as they were told,
    # and as each of the two said to go on all the same.
    nearness_told = models.CharField(max_length=40, blank=True, db_collation="C")
    nearness_client = models.CharField(max_length=40, blank=True, db_collation="C")
    nearness_coach = models.CharField(max_length=40, blank=True, db_collation="C")
    retention_months = models.PositiveSmallIntegerField(default=TEMPLATE.retention_months)
    destroy_on = models.DateField(null=True)

    class Meta:
        triggers: ClassVar = [*fixed("engagement"), CHOICES_ARE_FOR_ONESELF, KEPT_AS_AGREED, STEPS_ARE_FOR_ONESELF]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement"], name="one_course_per_engagement"),
        ]


class Session(OrganisationModel):
    """A talk: the introduction (number 0), or one of the planned ones.

    Whoever is at work while a coach looks along is told in advance: ``colleagues_told`` is the client's word for it.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        HELD = "held"
        CANCELLED = "cancelled"

    class Form(models.TextChoices):
        TALK = "talk"
        LOOKING_ALONG = "looking_along"
        PRACTISING = "practising"
        READING = "reading"

    engagement = CompositeKey(Engagement, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    just_coming = models.BooleanField(default=False)
    form = models.CharField(max_length=15, choices=Form.choices, default=Form.TALK)
    colleagues_told = models.BooleanField(default=False)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "number"),
            only("client", "gives the client''s word", colleagues_told="false", just_coming="false"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement", "number"], name="one_session_per_number"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "starts_at"], name="sessions_by_moment")]
        ordering: ClassVar = ["number"]
