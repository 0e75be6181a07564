"""What a coach sees of the own coaching over time: counts of the own choices, and never whose talk they were about.

A pattern begins at five looks. Fewer would let somebody who glances at the screen match a look with a client, so a half
year with fewer waits and is told together with the next one. Nothing here knows a client, an engagement or a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ENOUGH = 5
GROUPS = ("pitfalls", "sides", "steering", "tensions", "aspects")


@dataclass(frozen=True, order=True, slots=True)
class HalfYear:
    """Half a calendar year: ``half`` is 0 for January to June, 1 for July to December."""

    year: int
    half: int

    @property
    def first_month(self) -> int:
        """The number of its first month."""
        return 1 + 6 * self.half

    @property
    def last_month(self) -> int:
        """The number of its last month."""
        return 6 + 6 * self.half


def half_year_of(year: int, month: int) -> HalfYear:
    """The half year in which a month lies."""
    return HalfYear(year, 0 if month <= 6 else 1)


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen after one talk, by group. Of the day only the half year is left."""

    half: HalfYear
    chosen: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Period:
    """One or more half years together, how many looks there were, and how often each choice was made."""

    first: HalfYear
    last: HalfYear
    looks: int
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def count(self, group: str, choice: str) -> int:
        """How often this was chosen; never more than there were looks."""
        return self.counts.get((group, choice), 0)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The periods that can be told, oldest first, and whether there are looks that wait for more."""

    periods: Sequence[Period]
    waiting: bool


def patterns(looks: Iterable[Look]) -> Patterns:
    """Put looks together in half years of at least five; a half year with fewer goes with the next one."""
    gathered: list[Look] = []
    periods: list[Period] = []
    by_half: dict[HalfYear, list[Look]] = {}
    for look in looks:
        by_half.setdefault(look.half, []).append(look)
    for half in sorted(by_half):
        gathered += by_half[half]
        if len(gathered) >= ENOUGH:
            periods.append(_period(gathered))
            gathered = []
    return Patterns(tuple(periods), waiting=bool(gathered))


def _period(looks: Sequence[Look]) -> Period:
    counts: dict[tuple[str, str], int] = {}
    for look in looks:
        for group, choices in look.chosen.items():
            for choice in choices:
                counts[group, choice] = counts.get((group, choice), 0) + 1
    halves = [look.half for look in looks]
    return Period(min(halves), max(halves), len(looks), counts)
