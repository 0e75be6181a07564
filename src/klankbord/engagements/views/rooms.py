"""The rooms of an engagement: what lies beside the line of time. Each is a page; none has to be entered."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klankbord.engagements.models import Course
from klankbord.engagements.queries.costs import has_costs
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.otherwise import has_been_before
from klankbord.engagements.rules.lifecycle import Phase, Role

ALL_PHASES = frozenset(Phase)
OVER = frozenset({Phase.CLOSED, Phase.ENDED})
FROM_DIRECTION = ALL_PHASES - {Phase.INTRODUCTION}
FROM_RUNNING = frozenset({Phase.RUNNING, Phase.CLOSING, Phase.CLOSED, Phase.ENDED})
FROM_CLOSING = frozenset({Phase.CLOSING, Phase.CLOSED, Phase.ENDED})


@dataclass(frozen=True)
class Room:
    """A page beside the line of time: its route, what it is called, and for whom and when it is there."""

    route: str
    name: str | Promise
    phases: frozenset[Phase] = FROM_DIRECTION
    roles: frozenset[Role] = frozenset({Role.CLIENT, Role.COACH})
    short_route: bool = False
    when: Callable[[Standing], bool] | None = None

    def is_open_to(self, standing: Standing) -> bool:
        """Whether this person finds the room now. A short coaching has few."""
        fits = self.short_route or standing.course.route == Course.Route.FULL
        here = standing.phase in self.phases and standing.role in self.roles and fits
        return here and (self.when is None or self.when(standing))


@dataclass(frozen=True)
class Wing:
    """Rooms that belong together."""

    name: str | Promise
    rooms: Sequence[Room]


WINGS: Sequence[Wing] = (
    Wing(
        _("Where you are going"),
        (
            Room("goals", _("Goals")),
            Room("people_around", _("The people around it")),
            Room(
                "handover",
                _("What I give to a new coach"),
                ALL_PHASES - OVER,
                frozenset({Role.CLIENT}),
                when=has_been_before,
            ),
        ),
    ),
    Wing(
        _("How you learn"),
        (
            Room("tryouts", _("Try things out"), FROM_RUNNING),
            Room("spiral", _("The learning spiral")),
            Room("steering", _("Steering yourself")),
        ),
    ),
    Wing(
        _("How you work together"),
        (
            Room("how_we_work", _("How we work now")),
            Room("alliance", _("Our working together"), FROM_RUNNING),
            Room("three_way", _("Talk of three")),
            Room(
                "costs_for_two",
                _("What it costs"),
                ALL_PHASES,
                short_route=True,
                when=lambda standing: has_costs(standing.engagement),
            ),
        ),
    ),
    Wing(
        _("Looking back, and on"),
        (
            Room("interim", _("Looking back half-way"), FROM_RUNNING),
            Room("final", _("Looking back at the end"), FROM_CLOSING),
            Room("plan", _("How I go on"), FROM_RUNNING, frozenset({Role.CLIENT})),
        ),
    ),
)


def wings_of(standing: Standing, slug: str) -> Iterator[dict[str, Any]]:
    """The rooms that are open now, with their addresses, those that belong together under one heading."""
    for wing in WINGS:
        if found := [_found(room, standing, slug) for room in wing.rooms if room.is_open_to(standing)]:
            yield {"name": str(wing.name), "rooms": found}


def _found(room: Room, standing: Standing, slug: str) -> dict[str, str]:
    url = reverse(room.route, kwargs={"organisation": slug, "engagement": standing.engagement.pk})
    return {"url": url, "name": str(room.name)}
