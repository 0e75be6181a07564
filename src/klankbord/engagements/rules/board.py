"""The board of a talk: when it is open, what was walked over it, and two people at one thought.

During a talk Klankbord is shut: two people look at each other and not at a screen. They may open the board, both of
them, and then it is open to both. Before and after the talk it simply lies there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from klankbord.policy.rules.finding import Finding, Severity

CLAUSE = "board"
STEPS_SHOWN = 12
FOLDED_FROM = 400
FOLDED_TO = 180


class Moment(StrEnum):
    """Where a moment lies: before the talk, during it, or after it. The value is stored with every thought."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Gate(StrEnum):
    """Whether the board can be used now, as one of the two finds it."""

    OPEN = "open"
    SHUT = "shut"
    WAITING = "waiting"
    INVITED = "invited"


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when a talk lasts; ``None`` for a talk that does not take place."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime | None) -> bool:
        """Whether this moment falls within the talk; the end no longer does."""
        return moment is not None and self.start <= moment < self.end


def hours_of(starts_at: datetime, minutes: int, *, cancelled: bool) -> Hours | None:
    """When the talk is, or ``None`` when it does not take place: then the board is never shut for it."""
    return None if cancelled else Hours(starts_at, starts_at + timedelta(minutes=minutes))


def moment_of(now: datetime, hours: Hours | None) -> Moment:
    """Before, during or after the talk. What does not take place stays ahead."""
    if hours is None or now < hours.start:
        return Moment.BEFORE
    return Moment.DURING if now < hours.end else Moment.AFTER


def gate(now: datetime, hours: Hours | None, *, mine: datetime | None, theirs: datetime | None) -> Gate:
    """Whether the board is open to the acting person; *mine* and *theirs* are when each last opened it.

    Only an opening during this very talk counts: who opened it for a talk that then moved, asks again.
    """
    if hours is None or not hours.holds(now):
        return Gate.OPEN
    match hours.holds(mine), hours.holds(theirs):
        case True, True:
            return Gate.OPEN
        case True, False:
            return Gate.WAITING
        case False, True:
            return Gate.INVITED
        case _:
            return Gate.SHUT


def shut() -> Finding:
    """Why nothing can be put on the board at this moment."""
    return Finding(
        code="board.shut",
        severity=Severity.BLOCKS,
        nl="Tijdens het gesprek is het bord dicht. Het gaat open als jullie het allebei openen.",
        en="During the talk the board is shut. It opens when you both open it.",
        clause=CLAUSE,
    )


def path(fields: Iterable[str]) -> tuple[str, ...]:
    """The way over the board. Somebody who comes to where they are already has not moved."""
    walked: list[str] = []
    for one in fields:
        if not walked or walked[-1] != one:
            walked.append(one)
    return tuple(walked)


def last_steps(walked: Sequence[str], at_most: int = STEPS_SHOWN) -> tuple[bool, tuple[str, ...]]:
    """The end of a long path, and whether something went before it that is not shown."""
    return len(walked) > at_most, tuple(walked[-at_most:])


def field_after(*, shown: str, chosen: str, current: str) -> str:
    """Where a thought lies after it was edited. Whoever left it where they saw it does not move it back."""
    return current if chosen == shown else chosen


def folded(text: str) -> tuple[str, str]:
    """What shows at once of a long thought, and the rest. Only cut between words, never in a letter or an emoji."""
    if len(text) <= FOLDED_FROM:
        return text, ""
    blanks = [place for place, letter in enumerate(text[:FOLDED_FROM]) if letter.isspace() and place > 0]
    at = max((place for place in blanks if place <= FOLDED_TO), default=min(blanks, default=0))
    return (text[:at], text[at:]) if at else (text, "")


@dataclass(frozen=True, slots=True)
class Plan:
    """Something to try out: what, and if they are known when and with whom."""

    what: str = ""
    when: str = ""
    with_whom: str = ""

    @property
    def in_words(self) -> str:
        """The plan as one text, a line for each part that is there."""
        return "\n".join(part for part in (self.what, self.when, self.with_whom) if part)
