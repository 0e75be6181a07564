"""The text that two organisations start from, and how a text divides into chapters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from klankbord.coaches.texts import CONTENT
from klankbord.core.content_files import Table, read_content
from klankbord.core.wording import Language, Wording

NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the text to start from."""

    id: str
    title: Wording
    text: Wording


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text as somebody wrote it: a title, when its first line is numbered, and the rest."""

    title: str
    text: str


def _chapter(table: Table) -> Chapter:
    return Chapter(table.string("id"), table.wording("title"), table.wording("text"))


@cache
def chapters() -> tuple[Chapter, ...]:
    """What an agreement on lending is about, in the order of the text."""
    return read_content(CONTENT, "lending", lambda file: file.each("chapter", _chapter))


def text_to_start_from(language: Language, *, lender: str, borrower: str) -> str:
    """The whole text with the names filled in, a numbered title above each part."""
    names = {"lender": lender, "borrower": borrower}
    return "\n\n".join(
        f"{number}. {one.title.text(language)}\n{one.text.text(language).format_map(names)}"
        for number, one in enumerate(chapters(), start=1)
    )


def parts_of(text: str) -> list[Part]:
    """The parts of a text, for the screen and for paper."""
    found = []
    for block in re.split(r"\n[ \t]*\n\s*", text.strip()):
        first, _, rest = block.partition("\n")
        found.append(Part(first, rest) if NUMBERED.match(first) and rest.strip() else Part("", block))
    return found
