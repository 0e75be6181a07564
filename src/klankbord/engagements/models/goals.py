"""Goals: what the client works towards and wants to learn, in wordings that are kept, and how far it is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from klankbord.core import clock
from klankbord.core.models import CompositeKey
from klankbord.engagements.models.columns import InEngagement, fixed
from klankbord.engagements.models.engagement import Engagement, Session
from klankbord.engagements.models.guards import only, same_coaching
from klankbord.people.models import Person
from klankbord.privacy.vault import SealedField


class Goal(InEngagement):
    """A goal, or what the client wants to learn for one. What it says stands in its last wording."""

    class Sort(models.TextChoices):
        GOAL = "goal"
        LEARNING = "learning"

    class State(models.TextChoices):
        ACTIVE = "active"
        REACHED = "reached"
        LET_GO = "let_go"

    engagement = CompositeKey(Engagement, related_name="goals")
    serves = CompositeKey("self", null=True, related_name="learning_goals")
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.GOAL, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE, db_collation="C")
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "sort"),
            only("client", "says how a goal stands", state="'active'"),
            same_coaching(serves_id="goal"),
        ]
        ordering: ClassVar = ["made_at"]


class GoalWording(InEngagement):
    """How a goal was put at some moment. Never changed: a goal that is adjusted gets a new wording, and keeps the old.

    ``body`` is JSON: the sentence, the parts it was built from, and the attainment levels if there are any. ``why``
    is what the client wrote when adjusting it or letting it go.
    """

    engagement = CompositeKey(Engagement, related_name="+")
    goal = CompositeKey(Goal, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    author = CompositeKey(Person, related_name="+")
    body = SealedField(label="engagements.goalwording.body")
    why = SealedField(label="engagements.goalwording.why", null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "goal", "number", "author", "body", "why", "made_at"),
            same_coaching(goal_id="goal"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "goal", "number"], name="one_wording_per_number"),
        ]
        ordering: ClassVar = ["number"]


class GoalMark(InEngagement):
    """Where somebody sees a goal at some moment, from -2 (less than where it began) to +2 (more than hoped for)."""

    engagement = CompositeKey(Engagement, related_name="+")
    goal = CompositeKey(Goal, related_name="marks")
    session = CompositeKey(Session, null=True, related_name="+")
    author = CompositeKey(Person, related_name="+")
    level = models.SmallIntegerField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "goal", "author", "level", "made_at"),
            same_coaching(goal_id="goal", session_id="session"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__gte=-2, level__lte=2), name="level_from_minus_two_to_two"),
        ]
        ordering: ClassVar = ["made_at"]
