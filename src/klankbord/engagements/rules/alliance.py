"""Ratings of the working together, for the two alone: when they may be given, and how one's own are told over time.

Goal, task and bond are those of the working alliance (Bordin 1979), safety comes beside them; awareness, responsibility
and result are the three pillars. Nothing here takes an average, over people or over what was rated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from klankbord.core.wording import Wording
from klankbord.policy.rules.finding import Finding, NotNow, Severity


class About(StrEnum):
    """What may be rated, each on its own, and each may be skipped."""

    GOAL = "goal"
    TASK = "task"
    BOND = "bond"
    SAFETY = "safety"
    AWARENESS = "awareness"
    RESPONSIBILITY = "responsibility"
    RESULT = "result"


LOWEST, HIGHEST = 0, 10
CLAUSE = "alliance.both"


def refuse_unless_both(client_wants: bool, coach_wants: bool) -> None:
    """Raise ``NotNow`` unless both said that they want ratings."""
    if client_wants and coach_wants:
        return
    raise NotNow(
        Finding(
            code="alliance.not_both",
            severity=Severity.BLOCKS,
            nl="Cijfers geven kan alleen zolang jullie het allebei willen. Praten kan altijd.",
            en="Ratings are only given while you both want them. Talking is always possible.",
            clause=CLAUSE,
        )
    )


def trend(values: Sequence[int | None]) -> Wording:
    """What somebody gave over time, in a sentence without a verdict; what was skipped is not spoken of."""
    given = [value for value in values if value is not None]
    if not given:
        return Wording(nl="Hier gaf je nog geen cijfer.", en="You gave no rating here yet.")
    first, last = given[0], given[-1]
    if len(given) == 1:
        return Wording(nl=f"Je gaf een {last}.", en=f"You gave {last}.")
    if len(set(given)) == 1:
        return Wording(nl=f"Je gaf steeds een {last}.", en=f"You gave {last} each time.")
    if first == last:
        return Wording(nl=f"Je gaf een {first}, en nu weer een {last}.", en=f"You gave {first}, and {last} again now.")
    return Wording(nl=f"Je gaf eerst een {first} en nu een {last}.", en=f"You gave {first} first, and {last} now.")


# --- the small picture --------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 240, 84
LEFT, RIGHT, TOP, BOTTOM = 26.0, 228.0, 10.0, 74.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One rating in the picture."""

    x: float
    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Row:
    """One person's ratings in the picture: the marks, and the line through them (empty with fewer than two)."""

    marks: tuple[Mark, ...]
    path: str


def row(values: Sequence[int | None]) -> Row:
    """The marks of *values*, one moment after the other from left to right; a moment that was skipped has none."""
    marks = tuple(
        Mark(_across(number, len(values)), _down(value), value)
        for number, value in enumerate(values)
        if value is not None
    )
    path = "M" + " L".join(f"{mark.x} {mark.y}" for mark in marks) if len(marks) > 1 else ""
    return Row(marks, path)


def _across(number: int, count: int) -> float:
    """One moment stands in the middle; more are spread over the whole width."""
    return round(LEFT + (RIGHT - LEFT) * (number / (count - 1) if count > 1 else 0.5), 1)


def _down(value: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * (value - LOWEST) / (HIGHEST - LOWEST), 1)
