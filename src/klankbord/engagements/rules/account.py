"""What may stand in the account of a year: whole numbers about five people or more, and no part to find by subtracting.

What is withheld looks the same whether it is four, one or none. A total stands there from five people on. Its parts
stand there together or not at all: each must be about nobody, or about five people or more. Otherwise the part that is
small would be the total less the others.

Coachings that *began* are published, and not those that ran or ended: what ran at the end of a year is what ran a year
before, plus what began, less what ended. So one of these would tell another that was withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

LEAST = 5
"""The fewest people something may be told of."""

ROUND_HOURS = 10
ROUND_EUROS = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things, and of how many people it tells; where it tells of two kinds of people, the fewer."""

    count: int = 0
    people: int = 0

    @property
    def may_be_told(self) -> bool:
        """Whether it is about so many people that it may stand there alone."""
        return self.people >= LEAST

    @property
    def may_be_a_part(self) -> bool:
        """Whether it may stand beside the other parts of a total."""
        return self.count == 0 or self.may_be_told


type Parts = Mapping[str, Counted]


def figure(whole: Counted, splits: Mapping[str, Parts]) -> dict[str, Any]:
    """A total and the ways it is split, as published: None for what is withheld."""
    told = whole.may_be_told
    shown: dict[str, Any] = {"total": whole.count if told else None}
    for name, parts in splits.items():
        whole_split = told and all(part.may_be_a_part for part in parts.values())
        shown[name] = {key: part.count for key, part in parts.items()} if whole_split else None
    return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was counted of one year. Hours and money were protected by the database already; None is withheld."""

    requests: Counted
    one_talk: Parts
    begun: Counted
    employer: Parts
    at_the_end: Parts
    coaches: Counted
    coach_employer: Parts
    coach_norms: Parts
    places: int
    hours: int | None = None
    spent: tuple[int, int] | None = None
    waiting: tuple[int, int, int] | None = None
    policy: Mapping[str, Any] = field(default_factory=dict)


def protected(facts: Facts) -> dict[str, Any]:
    """The figures as they are published, and never change."""
    return {
        "version": 1,
        "least": LEAST,
        "requests": figure(facts.requests, {"one_talk": facts.one_talk}),
        "begun": figure(facts.begun, {"employer": facts.employer, "at_the_end": facts.at_the_end}),
        "coaches": figure(facts.coaches, {"employer": facts.coach_employer, "norms": facts.coach_norms}),
        "places": facts.places,
        "hours": rounded(facts.hours, ROUND_HOURS),
        "spent": _spent(facts.spent),
        "waiting": list(facts.waiting) if facts.waiting else None,
        "policy": dict(facts.policy),
    }


def rounded(number: int | None, to: int) -> int | None:
    """The nearest multiple of *to*, halves upward; None for what is withheld, and for what would be nothing."""
    return (number + to // 2) // to * to or None if number is not None else None


def _spent(spent: tuple[int, int] | None) -> dict[str, int] | None:
    """Until the end of which quarter, and how many euros; the same sum as the leadership reads, rounded."""
    euros = rounded(spent[1] // 100, ROUND_EUROS) if spent else None
    return {"quarter": spent[0], "euros": euros} if spent and euros else None


def is_over(year: int, today: date) -> bool:
    """Whether an account of *year* may be published."""
    return year < today.year
