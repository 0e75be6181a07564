"""Looking back along the three pillars, together or side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from klankbord.engagements.rules.parts import Parts
from klankbord.engagements.rules.parts import body_of as parts_as_body
from klankbord.engagements.rules.parts import parts_in as parts_of_body


class Pillar(StrEnum):
    """What an evaluation looks at: the way of working, and the three pillars of coaching. The value is stored."""

    WAY = "way"
    AWARENESS = "awareness"
    RESPONSIBILITY = "responsibility"
    RESULT = "result"


# A sheet on which nothing was written is laid down all the same: a text without parts, and not an empty one.
EMPTY_SHEET = '{"parts": {}}'


def body_of(parts: Parts) -> str:
    """The parts as one text to seal. Empty parts fall away; a text without parts is a text all the same."""
    return parts_as_body(parts, Pillar) or EMPTY_SHEET


def parts_in(body: str) -> dict[str, str]:
    """The parts of a text that was sealed, those that say something, in the order of the pillars."""
    return parts_of_body(body, list(Pillar))


@dataclass(frozen=True, slots=True)
class Beside:
    """What the two wrote of one pillar. An empty text was left empty, which is as good as any."""

    pillar: str
    first: str
    second: str


def side_by_side(first: Parts, second: Parts, order: Iterable[str]) -> tuple[Beside, ...]:
    """Two texts pillar by pillar; what neither wrote about is left out."""
    pairs = (Beside(name, first.get(name, ""), second.get(name, "")) for name in order)
    return tuple(pair for pair in pairs if pair.first or pair.second)
