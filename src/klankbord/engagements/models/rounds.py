"""Matching a group at once: a round that a coordinator looks over before anything of it happens."""

from typing import ClassVar

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import fixed, state
from klankbord.engagements.models.engagement import Engagement
from klankbord.engagements.models.requests import Request
from klankbord.engagements.rules.rounds import Outcome, RoundState
from klankbord.people.models import Person


class MatchRound(OrganisationModel):
    """A group of requests that one coordinator matches together. It is that coordinator's own sheet of paper.

    ``step`` says how far the work is, ``alternatives`` how many other coaches may be proposed beside the first.
    ``helps`` holds what would help those without a coach: pairs of a kind of place and how many of it.
    """

    made_by = CompositeKey(Person, related_name="+")
    state = state(RoundState, RoundState.WORKING)
    step = models.PositiveSmallIntegerField(default=0)
    alternatives = models.PositiveSmallIntegerField(default=0)
    helps = models.JSONField(default=list)
    proposed = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = fixed("made_by", "made_at")
        indexes: ClassVar = [models.Index(fields=["organisation", "made_by"], name="rounds_by_maker")]


class MatchRow(OrganisationModel):
    """One request in a round, and the coach for it; nobody as long as there is none.

    ``why`` counts by clause which rules kept how many coaches from a request that has nobody. ``outcome`` is what came
    of it when the round was confirmed.
    """

    round = CompositeKey(MatchRound, related_name="rows")
    request = CompositeKey(Request, related_name="+")
    coach = CompositeKey(Person, related_name="+", null=True)
    place = models.PositiveIntegerField()
    by_hand = models.BooleanField(default=False)
    why = models.JSONField(default=dict)
    outcome = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Outcome], blank=True)

    class Meta:
        triggers: ClassVar = fixed("round", "request", "place")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "round", "request"], name="one_row_per_request_in_round"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "round", "place"], name="round_rows_by_place")]


class CameNear(OrganisationModel):
    """Client and coach of a running engagement came to stand near each other: which rule that touches, and since when.

    For coordinators. It holds nothing of the engagement: not how far it is, and not what either of the two said.
    """

    engagement = CompositeKey(Engagement, related_name="+")
    request = CompositeKey(Request, related_name="+")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+")
    code = models.CharField(max_length=40, db_collation="C")
    found_on = models.DateField(default=clock.today)
    resolved_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement", "code"], name="one_nearness_per_rule"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "resolved_on", "found_on"], name="nearness_by_day")]
