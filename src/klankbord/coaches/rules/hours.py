"""Counting hours, and what may be said of them on paper."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

FEWEST = 5
"""From how many clients on their number is told. Below it a number could be about somebody."""

CODE_BYTES = 16
"""128 bits: more than can be guessed, however often somebody tries."""

VERSION = 1


@dataclass(frozen=True, slots=True)
class HeldInYear:
    """What one app counted of a coach in one year: whole minutes, a number of talks, a number of different clients."""

    year: int
    introduction: bool
    minutes: int
    talks: int
    clients: int


@dataclass(frozen=True, slots=True)
class HoursInYear:
    """Whole hours one app counted of a coach in one year; of nobody (None) where it says that anybody held a talk."""

    person_id: UUID | None
    year: int
    hours: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a coach, introductions apart."""

    year: int
    minutes: int = 0
    talks: int = 0
    clients: int = 0
    introduction_minutes: int = 0
    introductions: int = 0

    @property
    def hours(self) -> str:
        """Hours of talks, without introductions."""
        return as_hours(self.minutes)


def by_year(counted: Iterable[HeldInYear]) -> list[Year]:
    """The years in which anything was held, latest first. Clients of several apps are added up."""
    found: dict[int, dict[str, int]] = {}
    for one in counted:
        sums = found.setdefault(one.year, {})
        names = ("introduction_minutes", "introductions") if one.introduction else ("minutes", "talks")
        for name, value in zip(names, (one.minutes, one.talks), strict=True):
            sums[name] = sums.get(name, 0) + value
        if not one.introduction:
            sums["clients"] = sums.get("clients", 0) + one.clients
    return [Year(year=year, **found[year]) for year in sorted(found, reverse=True)]


def as_hours(minutes: int) -> str:
    """Whole or half hours as a number with a point, rounded down: "12", "12.5". A statement never says too much."""
    halves = minutes // 30
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def told_clients(count: int | None) -> int | None:
    """The number of clients as it may be told; None for fewer than five, and for a number nobody gave."""
    return count if count is not None and count >= FEWEST else None


# --- the statement --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Earlier:
    """Hours that the coach states, from before or from elsewhere."""

    from_year: int
    until_year: int
    hours: int
    clients: int | None
    source: str


def lines_of(
    *,
    coach: str,
    organisation: str,
    from_year: int,
    until_year: int,
    made_on: str,
    years: Sequence[Year],
    earlier: Sequence[Earlier],
) -> str:
    """What is signed, to the letter: JSON in one fixed form. It names the coach and the organisation, and no client."""
    told: dict[str, Any] = {
        "version": VERSION,
        "coach": coach,
        "organisation": organisation,
        "from_year": from_year,
        "until_year": until_year,
        "made_on": made_on,
        "counted": [
            {
                "year": one.year,
                "hours": as_hours(one.minutes),
                "talks": one.talks,
                "clients": told_clients(one.clients),
                "introductions": one.introductions,
                "introduction_hours": as_hours(one.introduction_minutes),
            }
            for one in sorted(years, key=lambda one: one.year)
            if from_year <= one.year <= until_year
        ],
        "stated_by_coach": [
            {
                "from_year": one.from_year,
                "until_year": one.until_year,
                "hours": one.hours,
                "clients": told_clients(one.clients),
                "source": one.source,
            }
            for one in earlier
        ],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_lines(lines: str) -> Mapping[str, Any]:
    """The lines of a statement, as they were signed."""
    told: Mapping[str, Any] = json.loads(lines)
    return told


def total_hours(counted: Iterable[Mapping[str, Any]]) -> str:
    """Hours of all these years together, as they stand there."""
    halves = sum(round(float(one["hours"]) * 2) for one in counted)
    return as_hours(halves * 30)


# --- the code -------------------------------------------------------------------------------------------------------


def new_code() -> str:
    """A code as it stands on paper: letters and figures in groups, none of which looks like another."""
    return spaced(base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("="))


def plain_code(typed: str) -> str:
    """A code as it was meant, also with other gaps or in small letters; 0, 1 and 8 are read as O, I and B."""
    letters = "".join(one for one in typed.rpartition("#")[2].upper() if one.isalnum())
    return letters.translate(str.maketrans("018", "OIB"))


def spaced(code: str) -> str:
    """In groups of four, to be read aloud."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def hash_of(code: str) -> bytes:
    """What is kept of a code to find the statement by: of 128 random bits no slower hash is needed."""
    return hashlib.sha256(plain_code(code).encode()).digest()
