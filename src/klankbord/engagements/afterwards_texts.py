"""Questions for going on, for telling the manager, and for colleagues three months later, read from ``content/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from klankbord.core.wording import Language, Wording
from klankbord.engagements.content_files import ContentError, ContentFile, Table, read_content
from klankbord.engagements.rules.afterwards import AnswerPart, CribPart, PlanPart


@dataclass(frozen=True, slots=True)
class Ask:
    """One part of a text: what it is called, and the question that helps to write it."""

    id: str
    title: Wording
    question: Wording


@dataclass(frozen=True, slots=True)
class Asks:
    """The parts of each text that has them."""

    plan: tuple[Ask, ...]
    crib: tuple[Ask, ...]
    answer: tuple[Ask, ...]


@cache
def asks() -> Asks:
    """The questions, in order."""
    return read_content("afterwards", _asks)


def titles(of: Sequence[Ask], language: Language) -> dict[str, str]:
    """What the parts are called, by part."""
    return {one.id: one.title.text(language) for one in of}


def questions(of: Sequence[Ask], language: Language) -> Mapping[str, tuple[str, str]]:
    """Title and question of the parts, by part."""
    return {one.id: (one.title.text(language), one.question.text(language)) for one in of}


def _asks(file: ContentFile) -> Asks:
    return Asks(
        plan=_of(file, "plan", PlanPart), crib=_of(file, "crib", CribPart), answer=_of(file, "answer", AnswerPart)
    )


def _of(file: ContentFile, key: str, parts: type[StrEnum]) -> tuple[Ask, ...]:
    found = file.each(key, _ask)
    if [one.id for one in found] != list(parts):
        raise ContentError(f"afterwards: {key} should hold {', '.join(parts)}, in this order")
    return found


def _ask(table: Table) -> Ask:
    return Ask(table.string("id"), table.wording("title"), table.wording("question"))
