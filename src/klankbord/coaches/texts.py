"""The texts about coaches, read from ``content/`` and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klankbord.core.content_files import ContentFile, Table, by_id, read_content
from klankbord.core.wording import Language, Wording

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Theme:
    """What a request may be about, and what a coach knows well.

    A sensitive theme of a request is shown only where the client's own words are.
    """

    id: str
    label: Wording
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose from: a way of working, a language, a part of the week; or a beginning of a sentence."""

    id: str
    label: Wording


@dataclass(frozen=True, slots=True)
class ProfileTexts:
    """What a profile is made with."""

    ways: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    day_parts: tuple[Choice, ...]
    stories: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of an accreditation, with the hours of coaching and the years of practice it asks for; 0 is not known."""

    id: str
    name: str
    hours: int
    practice: int


@dataclass(frozen=True, slots=True)
class Body:
    """Who accredits coaches. ``years`` is how long it holds; 0 where that differs or is not known."""

    id: str
    name: str
    years: int
    about: Wording
    levels: tuple[Level, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """What a request may be about, in the order in which it is shown."""
    return read_content(
        CONTENT,
        "themes",
        lambda file: file.each("theme", lambda t: Theme(t.string("id"), t.own_wording(), t.flag("sensitive"))),
    )


def theme(theme_id: str) -> Theme:
    """The theme with this id. Raises ``KeyError`` for an id that is not in the file."""
    return by_id(themes(), theme_id)


def _choice(table: Table) -> Choice:
    return Choice(table.string("id"), table.own_wording())


def _profile(file: ContentFile) -> ProfileTexts:
    kinds = ("way", "language", "day_part", "story")
    return ProfileTexts(*(file.each(kind, _choice) for kind in kinds))


@cache
def profile_texts() -> ProfileTexts:
    """Ways of working, languages, parts of the week, and the three beginnings."""
    return read_content(CONTENT, "profile", _profile)


def _body(table: Table) -> Body:
    levels = table.each("level", _level) if table.has("level") else ()
    return Body(table.string("id"), table.string("name"), table.number("years"), table.wording("about"), levels)


def _level(table: Table) -> Level:
    return Level(table.string("id"), table.string("name"), table.number("hours"), table.number("practice"))


@cache
def bodies() -> tuple[Body, ...]:
    """Who accredits coaches."""
    return read_content(CONTENT, "accreditations", lambda file: file.each("body", _body))


def body(body_id: str) -> Body:
    """The body with this id. Raises ``KeyError`` for an id that is not in the file."""
    return by_id(bodies(), body_id)


@cache
def quality_help() -> Mapping[str, Wording]:
    """What would help, by the code of a finding."""
    found = read_content(CONTENT, "quality", lambda file: file.each("help", _choice))
    return {one.id: one.label for one in found}


def labels(choices: tuple[Choice, ...] | tuple[Theme, ...], ids: list[str], language: Language) -> list[str]:
    """The labels of what was chosen, in the order of the file. What is in the file no more is left out."""
    return [choice.label.text(language) for choice in choices if choice.id in ids]
