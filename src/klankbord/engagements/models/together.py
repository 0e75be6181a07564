"""What more than one person says of an engagement: ratings, meetings of three, and colleagues afterwards."""

from typing import ClassVar

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey
from klankbord.engagements.models.columns import ANSWER_IS_FOR_ONESELF, YES_IS_FOR_ONESELF, InEngagement, fixed
from klankbord.engagements.models.engagement import Engagement, Session
from klankbord.engagements.models.guards import same_coaching
from klankbord.people.models import Person
from klankbord.privacy.vault import SealedField


class AllianceRating(InEngagement):
    """How one of the two rates the working together and the three pillars, from 0 to 10; only while both want it."""

    engagement = CompositeKey(Engagement, related_name="ratings")
    session = CompositeKey(Session, null=True, related_name="+")
    author = CompositeKey(Person, related_name="+")
    goal = models.PositiveSmallIntegerField(null=True)
    task = models.PositiveSmallIntegerField(null=True)
    bond = models.PositiveSmallIntegerField(null=True)
    safety = models.PositiveSmallIntegerField(null=True)
    awareness = models.PositiveSmallIntegerField(null=True)
    responsibility = models.PositiveSmallIntegerField(null=True)
    result = models.PositiveSmallIntegerField(null=True)
    shared_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "session", "author", "made_at"),
            same_coaching(session_id="session"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    **{f"{name}__lte": 10 for name in ("goal", "task", "bond", "safety")},
                    **{f"{name}__lte": 10 for name in ("awareness", "responsibility", "result")},
                ),
                name="ratings_up_to_ten",
            ),
        ]
        ordering: ClassVar = ["made_at"]


class ThreeWayMeeting(InEngagement):
    """A talk of client, coach and whoever asks or pays for the coaching, at the start or at the end."""

    class Stage(models.TextChoices):
        START = "start"
        END = "end"

    engagement = CompositeKey(Engagement, related_name="three_way_meetings")
    stage = models.CharField(max_length=10, choices=Stage.choices, db_collation="C")
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("engagement", "stage", "made_at")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement", "stage"], name="one_meeting_per_stage"),
        ]
        ordering: ClassVar = ["made_at"]


class ThreeWayText(InEngagement):
    """A version of what the three agreed. It stands when all three have said yes to this very version."""

    engagement = CompositeKey(Engagement, related_name="+")
    meeting = CompositeKey(ThreeWayMeeting, related_name="texts")
    version = models.PositiveSmallIntegerField()
    author = CompositeKey(Person, related_name="+")
    body = SealedField(label="engagements.threewaytext.body")
    made_at = models.DateTimeField(default=clock.now)
    client_accepted_at = models.DateTimeField(null=True)
    coach_accepted_at = models.DateTimeField(null=True)
    sponsor_accepted_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "meeting", "version", "author", "body", "made_at"),
            same_coaching(meeting_id="threewaymeeting"),
            YES_IS_FOR_ONESELF,
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "meeting", "version"], name="one_text_per_version"),
        ]
        ordering: ClassVar = ["version"]

    @property
    def in_force(self) -> bool:
        """Whether all three have accepted this version."""
        return bool(self.client_accepted_at and self.coach_accepted_at and self.sponsor_accepted_at)


class Witness(InEngagement):
    """Somebody at work whom the client asks, three months later, what shows. The answer is for the client alone.

    ``asked_for`` is what the client wrote to this person; ``text`` is the answer.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        ANSWERED = "answered"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    engagement = CompositeKey(Engagement, related_name="witnesses")
    client = CompositeKey(Person, related_name="+")
    person = CompositeKey(Person, related_name="+")
    asked_for = SealedField(label="engagements.witness.asked_for", null=True)
    text = SealedField(label="engagements.witness.text", null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED, db_collation="C")
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [*fixed("engagement", "client", "person", "asked_at"), ANSWER_IS_FOR_ONESELF]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement", "person"], name="one_question_per_witness"),
        ]
        ordering: ClassVar = ["asked_at"]
