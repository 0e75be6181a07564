"""Half a year of coaching beside the stories, read from ``content/history.toml``: who asked, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from klankbord.core.content_files import ContentFile, Table, read_content
from klankbord.demo.tales import CONTENT


class Ends(StrEnum):
    """How far somebody has come today."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    INTRODUCTION = "introduction"
    RUNNING = "running"
    STOPPED = "stopped"
    ONE_TALK = "one_talk"
    CLOSED = "closed"


class Detour(StrEnum):
    """What happened to the first proposal."""

    NONE = ""
    PASSED = "passed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody asked for a coach for, in a sentence or two."""

    id: str
    words: str
    themes: tuple[str, ...]
    sensitive: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One client's way, under the first part of the client's address. ``days`` ago the request was sent.

    Without ``coach`` the coordinator chooses from those who can.
    """

    id: str
    reason: Reason
    days: int
    ends: Ends
    coach: str
    detour: Detour
    count: int
    weeks: int
    shared: bool
    language: str


@cache
def cases() -> tuple[Case, ...]:
    """Everybody, longest ago first."""
    return read_content(CONTENT, "history", _cases)


def _cases(file: ContentFile) -> tuple[Case, ...]:
    reasons = {reason.id: reason for reason in file.each("reason", _reason)}
    return file.each("case", lambda table: _case(table, reasons))


def _reason(table: Table) -> Reason:
    return Reason(table.string("id"), table.string("words"), table.strings("themes"), table.strings("sensitive"))


def _case(table: Table, reasons: Mapping[str, Reason]) -> Case:
    return Case(
        id=table.string("id"),
        reason=reasons[table.string("reason")],
        days=table.number("days"),
        ends=table.choice("ends", Ends),
        coach=table.string("coach") if table.has("coach") else "",
        detour=table.choice("detour", Detour) if table.has("detour") else Detour.NONE,
        count=table.number("count") if table.has("count") else 7,
        weeks=table.number("weeks") if table.has("weeks") else 3,
        shared=table.flag("shared") if table.has("shared") else False,
        language=table.string("language") if table.has("language") else "nl",
    )
