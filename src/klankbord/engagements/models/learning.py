"""How somebody learns: the spiral, how much steering is welcome, questions, and the coach's own look."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import InEngagement, by_function_only, fixed
from klankbord.engagements.models.engagement import Engagement, Session
from klankbord.engagements.models.guards import OF_ITS_CLIENT, only, same_coaching
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class SpiralStep(InEngagement):
    """A place on the learning spiral (Korthagen), put there by the client. What is not there is not missing."""

    class Step(models.TextChoices):
        ACT = "act"
        LOOK_BACK = "look_back"
        ESSENTIALS = "essentials"
        ALTERNATIVES = "alternatives"
        TRY_OUT = "try_out"

    engagement = CompositeKey(Engagement, related_name="spiral")
    session = CompositeKey(Session, null=True, related_name="+")
    client = CompositeKey(Person, related_name="+")
    step = models.CharField(max_length=15, choices=Step.choices, db_collation="C")
    turn = models.PositiveSmallIntegerField(default=1)
    body = SealedField(label="engagements.spiralstep.body", null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "client", "made_at"),
            OF_ITS_CLIENT,
            same_coaching(session_id="session"),
        ]
        ordering: ClassVar = ["turn", "made_at"]


class SteeringWish(InEngagement):
    """How much steering the client welcomes from a moment on: 1 (take me by the hand) to 5 (I find my own way)."""

    engagement = CompositeKey(Engagement, related_name="steering")
    client = CompositeKey(Person, related_name="+")
    level = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [*fixed("engagement", "client", "level", "made_at"), OF_ITS_CLIENT]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="steering_from_one_to_five"),
        ]
        ordering: ClassVar = ["made_at"]


class Signal(InEngagement):
    """A word of the client about the way of working together, and the coach's answer."""

    class Sort(models.TextChoices):
        LEARNING_WAY = "learning_way"
        WHY = "why"
        OTHERWISE = "otherwise"

    engagement = CompositeKey(Engagement, related_name="signals")
    session = CompositeKey(Session, null=True, related_name="+")
    client = CompositeKey(Person, related_name="+")
    sort = models.CharField(max_length=15, choices=Sort.choices, db_collation="C")
    text = SealedField(label="engagements.signal.text", null=True)
    reply = SealedField(label="engagements.signal.reply", null=True)
    sent_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "session", "client", "sort", "made_at"),
            OF_ITS_CLIENT,
            only("client", "says this word", text="null", sent_at="null"),
            only("coach", "answers", reply="null", replied_at="null"),
            same_coaching(session_id="session"),
        ]
        ordering: ClassVar = ["made_at"]


class CoachLook(InEngagement):
    """What a coach notes of the own coaching after a talk, as choices: the coach's alone.

    When the texts of the engagement end, the row loses its engagement, its talk, its day of the month and ``why``, and
    stays as one of many in the coach's own pattern.
    """

    class Steering(models.TextChoices):
        UNSAID = ""
        FOLLOW = "follow"
        TIGHTER = "tighter"

    coach = CompositeKey(Person, related_name="+")
    engagement = CompositeKey(Engagement, null=True, related_name="+")
    session = CompositeKey(Session, null=True, related_name="+")
    on = models.DateField(default=clock.today)
    pitfalls = ArrayField(models.CharField(max_length=20), default=list)
    sides = ArrayField(models.CharField(max_length=20), default=list)
    steering = models.CharField(max_length=10, choices=Steering.choices, default=Steering.UNSAID, blank=True)
    tensions = ArrayField(models.CharField(max_length=20), default=list)
    aspects = ArrayField(models.CharField(max_length=20), default=list)
    why = SealedField(label="engagements.coachlook.why", null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("coach"),
            by_function_only("engagement_id", "session_id"),
            same_coaching(session_id="session"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "coach", "session"], name="one_look_per_talk"),
        ]
        ordering: ClassVar = ["on"]


class OwnQuestion(OrganisationModel):
    """A reflective question of somebody's own."""

    person = CompositeKey(Person, related_name="+")
    phase = models.CharField(max_length=20, blank=True)
    text = SealedField(label="engagements.ownquestion.text")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("person", "made_at")
        ordering: ClassVar = ["made_at"]

    @property
    def vault_scope(self) -> UUID:
        """Somebody's own questions share one key."""
        return vault.scope(self.organisation_id, "own_questions", self.person_id)


class FavouriteQuestion(OrganisationModel):
    """A question from the collection that somebody keeps at hand, by its id there."""

    person = CompositeKey(Person, related_name="+")
    question = models.CharField(max_length=60, db_collation="C")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("person", "question", "made_at")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person", "question"], name="one_favourite_per_question"),
        ]
