"""The learning spiral (Korthagen 2002) as a picture of what was walked: in which turn a step lies, and where.

The five steps go round; each turn lies further out. A client places steps in any order. What was not placed is not in
the picture: there is no track that waits to be filled, and turns without a step are not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, cos, pi, radians, sin


class Step(StrEnum):
    """The five steps, in the order in which they go round."""

    ACT = "act"
    LOOK_BACK = "look_back"
    ESSENTIALS = "essentials"
    ALTERNATIVES = "alternatives"
    TRY_OUT = "try_out"


STEPS: tuple[Step, ...] = tuple(Step)


@dataclass(frozen=True, slots=True)
class Walked:
    """One step that was placed, in its turn (from 1)."""

    step: Step
    turn: int


def turn_for(walked: Sequence[Walked], step: Step, *, anew: bool = False) -> int:
    """The turn in which *step* comes after what was *walked*.

    A turn holds each step once, in whatever order; a step that lies there already begins the next turn. So does acting
    after trying out, because what was tried out is what one now does; and so does whoever says so, with *anew*.
    """
    if not walked:
        return 1
    last = max(one.turn for one in walked)
    here = {one.step for one in walked if one.turn == last}
    onward = anew or step in here or (step is Step.ACT and Step.TRY_OUT in here)
    return last + 1 if onward else last


# --- the picture --------------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 470, 358
CENTRE_X, CENTRE_Y = 235.0, 188.0
INNERMOST, OUTERMOST = 30.0, 138.0
LARGEST_DOT = 13.0
DOT_OF_SPACING = 0.42
SMALLEST_WITH_NUMBER = 8.0
SPOKE_FROM, SPOKE_TO = 12.0, 136.0
NAME_ACROSS, NAME_DOWN = 190.0, 166.0
DEGREES_PER_STRETCH = 8


@dataclass(frozen=True, slots=True)
class Point:
    """A dot on the spiral. ``number`` is its place in the order of walking, from 1."""

    number: int
    x: float
    y: float
    latest: bool


@dataclass(frozen=True, slots=True)
class Spoke:
    """The direction in which a step lies: a line from the middle, and the middle of its name."""

    step: Step
    x1: float
    y1: float
    x2: float
    y2: float
    name_x: float
    name_y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The spiral, ready to be drawn in a box of ``width`` by ``height``. ``path`` is empty for a single dot."""

    width: int
    height: int
    path: str
    dot: float
    points: tuple[Point, ...]
    spokes: tuple[Spoke, ...]

    @property
    def with_numbers(self) -> bool:
        """Whether a number fits in a dot."""
        return self.dot >= SMALLEST_WITH_NUMBER


def dense_turns(walked: Sequence[Walked]) -> list[int]:
    """The turn of each, counted without the turns in which nothing lies (any more)."""
    rank = {turn: number for number, turn in enumerate(sorted({one.turn for one in walked}), start=1)}
    return [rank[one.turn] for one in walked]


def draw(walked: Sequence[Walked]) -> Drawing:
    """The picture of *walked*, in the order of walking: an Archimedean spiral that runs from its first to its last dot.

    The picture keeps its size; each turn more brings the turns closer to each other.
    """
    turns = dense_turns(walked)
    count = max(turns, default=1)
    ways = [turn - 1 + STEPS.index(one.step) / len(STEPS) for one, turn in zip(walked, turns, strict=True)]
    points = []
    for number, way in enumerate(ways, start=1):
        x, y = _place(way, count)
        points.append(Point(number, x, y, latest=number == len(ways)))
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        path=_path(min(ways), max(ways), count) if len(ways) > 1 else "",
        dot=round(min(LARGEST_DOT, DOT_OF_SPACING * (OUTERMOST - INNERMOST) / count), 2),
        points=tuple(points),
        spokes=tuple(_spoke(step) for step in STEPS),
    )


def _place(way: float, turns: int) -> tuple[float, float]:
    """Where on the paper a *way* of so many turns ends; it begins at the top and goes with the clock."""
    distance = INNERMOST + (OUTERMOST - INNERMOST) * way / turns
    angle = 2 * pi * way - pi / 2
    return round(CENTRE_X + distance * cos(angle), 1), round(CENTRE_Y + distance * sin(angle), 1)


def _path(first: float, last: float, turns: int) -> str:
    """The line from one way to another, in stretches so short that it looks round."""
    stretches = max(ceil((last - first) * 360 / DEGREES_PER_STRETCH), 1)
    ways = [first + (last - first) * number / stretches for number in range(stretches + 1)]
    return "M" + " L".join(f"{x} {y}" for x, y in (_place(way, turns) for way in ways))


def _spoke(step: Step) -> Spoke:
    angle = radians(360 * STEPS.index(step) / len(STEPS)) - pi / 2
    across, down = cos(angle), sin(angle)
    return Spoke(
        step=step,
        x1=round(CENTRE_X + SPOKE_FROM * across, 1),
        y1=round(CENTRE_Y + SPOKE_FROM * down, 1),
        x2=round(CENTRE_X + SPOKE_TO * across, 1),
        y2=round(CENTRE_Y + SPOKE_TO * down, 1),
        name_x=round(CENTRE_X + NAME_ACROSS * across, 1),
        name_y=round(CENTRE_Y + NAME_DOWN * down, 1),
    )
