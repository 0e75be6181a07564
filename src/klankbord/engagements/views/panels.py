"""What a talk's page holds besides its texts: each part of the product adds its own panel, or nothing.

A panel is small: one thing to read or one place to go. What asks for more stands on a page of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import Standing


class Place(StrEnum):
    """Where on the page of a talk a panel stands."""

    FIRST = "first"
    BEFORE = "before"
    AFTER = "after"
    BESIDE = "beside"


@dataclass(frozen=True)
class Panel:
    """A template, with what it needs under the name ``panel.context``."""

    place: Place
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TalkPage:
    """What a panel may look at: who looks, at which talk, and whether it has begun."""

    standing: Standing
    slug: str
    talk: Session
    begun: bool

    @property
    def readable_only(self) -> bool:
        """Whether the coaching is over, so that nothing is written here any more."""
        return self.standing.phase in ("closed", "ended")


type MakesPanels = Callable[[TalkPage], Sequence[Panel]]

MAKERS: tuple[MakesPanels, ...] = ()


def panels_of(page: TalkPage) -> dict[str, list[Panel]]:
    """The panels of a talk's page, by place, in the order in which their makers stand."""
    made = [panel for make in MAKERS for panel in make(page)]
    return {place.value: [panel for panel in made if panel.place is place] for place in Place}
