"""What the people of the demo wrote, read from ``content/stories.toml`` and typed. A key nobody knows is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"


class Reaches(StrEnum):
    """How far a story has come today."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    INTRODUCTION = "introduction"
    AGREEMENT = "agreement"
    RUNNING = "running"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A manager's suggestion that still waits for an answer."""

    manager: str
    client: str
    days_ago: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk that was held: what was brought to it, and what each of the two wrote afterwards."""

    topic: str = ""
    just_coming: bool = False
    notes: str = ""
    reflection: str = ""
    reflection_sent: bool = True
    coach_page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The client's report for the coach, and what the manager is told of it."""

    report: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """One client's way from a request to where it stands today.

    ``client`` and ``coaches`` are the first part of an address; the first coach is the one who was chosen.
    ``thought`` is what the coach shares about whether coaching fits here, with the pattern it makes them think of.
    ``days_ago`` is how many working days ago the request was sent; a tale with talks is dated back from the last of
    them instead, which lies at least ``quiet_days`` ago. ``weekday`` counts from Monday = 0.
    """

    client: str
    reaches: Reaches
    words: str
    coaches: tuple[str, ...] = ()
    days_ago: int = 0
    quiet_days: int = 3
    shared: bool = False
    themes: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    place: str = "any"
    employer: str = "any"
    weekday: int = 1
    hour: int = 10
    room: str = ""
    count: int = 7
    weeks: int = 3
    costs: str = ""
    client_expects: str = ""
    coach_expects: str = ""
    thought: str = ""
    thought_pattern: str = ""
    direction: str = ""
    talks: tuple[Talk, ...] = ()
    closing: Closing | None = None


@cache
def suggestion() -> Suggestion:
    """What Anton wrote to Johan."""
    return Suggestion(**_stripped(_file()["referral"]))


@cache
def tales() -> tuple[Tale, ...]:
    """Everybody else's story, in the order of the file."""
    return tuple(_tale(entry) for entry in _file()["tale"])


@cache
def _file() -> dict[str, Any]:
    with (CONTENT / "stories.toml").open("rb") as file:
        return tomllib.load(file)


def _tale(entry: Mapping[str, Any]) -> Tale:
    fields = _stripped(entry)
    for name in ("coaches", "themes", "sensitive"):
        fields[name] = tuple(fields.get(name, ()))
    fields["reaches"] = Reaches(fields["reaches"])
    fields["talks"] = tuple(Talk(**_stripped(talk)) for talk in fields.pop("talk", ()))
    if "closing" in fields:
        fields["closing"] = Closing(**_stripped(fields["closing"]))
    return Tale(**fields)


def _stripped(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in entry.items()}
