"""The GROW board of a talk, and what somebody tries out afterwards."""

from typing import ClassVar

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey
from klankbord.engagements.models.columns import InEngagement, fixed
from klankbord.engagements.models.engagement import Engagement, Session
from klankbord.engagements.models.guards import only, same_coaching
from klankbord.people.models import Person
from klankbord.privacy.vault import SealedField


class Field(models.TextChoices):
    """The four fields of the board (Whitmore's GROW), walked in any order."""

    GOAL = "goal"
    REALITY = "reality"
    OPTIONS = "options"
    WILL = "will"


class Moment(models.TextChoices):
    """When something was put on the board: before the talk, during it, or after it."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Board(InEngagement):
    """The board of one talk. During the talk it is open only while both have opened it.

    ``revision`` grows with every change of anything on the board: it is what a poll compares.
    """

    engagement = CompositeKey(Engagement, related_name="boards")
    session = CompositeKey(Session, related_name="boards")
    revision = models.PositiveIntegerField(default=1)
    client_opened_at = models.DateTimeField(null=True)
    coach_opened_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "session"),
            only("client", "opens it for the client", client_opened_at="null"),
            only("coach", "opens it for the coach", coach_opened_at="null"),
            same_coaching(session_id="session"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "session"], name="one_board_per_talk"),
        ]


class Card(InEngagement):
    """One thought on the board. ``revision`` is of this card alone: two who change it at once both keep their words."""

    engagement = CompositeKey(Engagement, related_name="+")
    board = CompositeKey(Board, related_name="cards")
    field = models.CharField(max_length=10, choices=Field.choices, db_collation="C")
    moment = models.CharField(max_length=10, choices=Moment.choices, db_collation="C")
    author = CompositeKey(Person, related_name="+")
    body = SealedField(label="engagements.card.body")
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "board", "author", "moment", "made_at"),
            same_coaching(board_id="board"),
        ]
        ordering: ClassVar = ["made_at"]


class BoardStep(InEngagement):
    """A step of the path that was walked over the board. Kept as it was."""

    engagement = CompositeKey(Engagement, related_name="+")
    board = CompositeKey(Board, related_name="steps")
    field = models.CharField(max_length=10, choices=Field.choices, db_collation="C")
    person = CompositeKey(Person, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "board", "field", "person", "made_at"),
            same_coaching(board_id="board"),
        ]
        ordering: ClassVar = ["made_at"]


class Experiment(InEngagement):
    """What the client tries out at work between two talks. ``plan`` is JSON: what, when, and with whom."""

    class State(models.TextChoices):
        PLANNED = "planned"
        TRIED = "tried"
        OTHERWISE = "otherwise"
        LET_GO = "let_go"

    engagement = CompositeKey(Engagement, related_name="experiments")
    session = CompositeKey(Session, null=True, related_name="+")
    author = CompositeKey(Person, related_name="+")
    plan = SealedField(label="engagements.experiment.plan")
    outcome = SealedField(label="engagements.experiment.outcome", null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED, db_collation="C")
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *fixed("engagement", "session", "author", "made_at"),
            only("client", "tells what came of it", state="'planned'", outcome="null"),
            same_coaching(session_id="session"),
        ]
        ordering: ClassVar = ["made_at"]
