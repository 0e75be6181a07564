"""The words of "does coaching fit here?": patterns, questions to think with, and what an organisation can do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Wording
from klankbord.engagements.content_files import ContentFile, Table, by_id, read_content


@dataclass(frozen=True, slots=True)
class PatternWords:
    """One pattern: what it is, questions for each of the two, what the client and the organisation can do."""

    id: str
    name: Wording
    about: Wording
    client: tuple[Wording, ...]
    coach: tuple[Wording, ...]
    step: Wording
    organisation: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class FitWords:
    """All of it."""

    version: int
    lead_client: Wording
    lead_coach: Wording
    patterns: tuple[PatternWords, ...]


@cache
def fit_words() -> FitWords:
    """The words."""
    return read_content("fit", _fit)


def pattern_words(pattern_id: str) -> PatternWords:
    """The words of one pattern. Raises ``KeyError``."""
    return by_id(fit_words().patterns, pattern_id)


def _fit(file: ContentFile) -> FitWords:
    return FitWords(
        version=file.version,
        lead_client=file.wording("lead_client"),
        lead_coach=file.wording("lead_coach"),
        patterns=file.each("pattern", _pattern),
    )


def _pattern(table: Table) -> PatternWords:
    return PatternWords(
        id=table.string("id"),
        name=table.wording("name"),
        about=table.wording("about"),
        client=table.wordings("client"),
        coach=table.wordings("coach"),
        step=table.wording("step"),
        organisation=table.wordings("organisation"),
    )
