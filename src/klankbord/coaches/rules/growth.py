"""How the six sides of a craft moved over time, for a drawing; and how much intervision a year asks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT = 240, 12, 228
TOP, BOTTOM = 12, 72
"""The drawing of one side, in units of its own: the last way at the top, the first at the bottom."""

MOST_SHOWN = 12
"""As many moments as can be told apart in one drawing; older ones stand in the table."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a coach said of one side at one moment: a way, and a few words."""

    level: str = ""
    words: str = ""


def body_of(seen: Mapping[str, Seen]) -> str:
    """One look at the own craft, as it is sealed."""
    kept = {name: {"level": one.level, "words": one.words} for name, one in seen.items() if one.level or one.words}
    return json.dumps(kept, ensure_ascii=False)


def read_body(body: str) -> dict[str, Seen]:
    """What :func:`body_of` made."""
    stored = json.loads(body) if body else {}
    return {name: Seen(one.get("level", ""), one.get("words", "")) for name, one in stored.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot in the drawing."""

    x: float
    y: float


def drawn(places: Sequence[int], levels: int) -> tuple[str, list[Mark]]:
    """The line and the dots of one side: *places* in order of time, from 1 to *levels*; 0 where nothing was said.

    A moment at which nothing was said leaves its place empty, and breaks the line: nothing is guessed.
    """
    shown = list(places)[-MOST_SHOWN:]
    step = (RIGHT - LEFT) / max(len(shown) - 1, 1)
    path, marks, pen = [], [], "M"
    for number, place in enumerate(shown):
        if not place:
            pen = "M"
            continue
        x = round(LEFT + number * step, 1)
        y = round(BOTTOM - (place - 1) * (BOTTOM - TOP) / max(levels - 1, 1), 1)
        path.append(f"{pen}{x} {y}")
        marks.append(Mark(x, y))
        pen = "L"
    return " ".join(path), marks
