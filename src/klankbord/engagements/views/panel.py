"""A panel on the page of a talk, and what whoever makes one may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import Standing


class Place(StrEnum):
    """Where on the page of a talk a panel stands: a row is one of the list after it, small is a line in the margin."""

    FIRST = "first"
    BEFORE = "before"
    AFTER = "after"
    ROW = "row"
    LAST = "last"
    SMALL = "small"
    BESIDE = "beside"


@dataclass(frozen=True)
class Panel:
    """A template, with what it needs under the name ``panel.context``.

    The short route is one talk without a goal and without a rating: only what is ``in_short`` stands on its page.
    """

    place: Place
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    in_short: bool = False


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
