"""The texts about the craft of a coach, read from ``content/`` and typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from klankbord.coaches.texts import CONTENT
from klankbord.core.content_files import Table, read_content
from klankbord.core.wording import Wording


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which a side of the craft can go now, as a coach would say it."""

    id: str
    text: Wording


@dataclass(frozen=True, slots=True)
class Aspect:
    """A side of the craft, with a few ways in which it can go."""

    id: str
    name: Wording
    about: Wording
    levels: tuple[Level, ...]

    def level(self, level_id: str) -> Level | None:
        """The way with this id; None for one that is no longer in the file."""
        return next((one for one in self.levels if one.id == level_id), None)

    def place(self, level_id: str) -> int:
        """Where this way stands in the order, from 1; 0 for one that is no longer in the file."""
        return next((at for at, one in enumerate(self.levels, start=1) if one.id == level_id), 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a coach's own story, and a question to begin with."""

    id: str
    name: Wording
    prompt: Wording


def _level(table: Table) -> Level:
    return Level(table.string("id"), table.wording("text"))


def _aspect(table: Table) -> Aspect:
    return Aspect(table.string("id"), table.wording("name"), table.wording("about"), table.each("level", _level))


@cache
def aspects() -> tuple[Aspect, ...]:
    """The six sides of the craft, in the order in which they are shown."""
    return read_content(CONTENT, "craft", lambda file: file.each("aspect", _aspect))


@cache
def parts() -> tuple[Part, ...]:
    """The parts of a coach's story, in the order in which they are shown."""
    return read_content(
        CONTENT,
        "story",
        lambda file: file.each("part", lambda t: Part(t.string("id"), t.wording("name"), t.wording("prompt"))),
    )


def part_named(part_id: str) -> Part | None:
    """The part with this id; None for one that is no longer in the file."""
    return next((one for one in parts() if one.id == part_id), None)
