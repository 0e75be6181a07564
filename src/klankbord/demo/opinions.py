"""What the people of Waterland answer to the culture scan: a small model, read from ``content/scan.toml``.

Everybody has a level of their own, overall and on each subject, which stays the same over the waves; so have
departments and teams. What is drawn is drawn with a fixed seed: the answers are the same at every building of the demo.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from klankbord.core.content_files import ContentFile, Table, read_content
from klankbord.core.wording import Wording
from klankbord.demo.tales import CONTENT


@dataclass(frozen=True, slots=True)
class WaveTold:
    """One wave: how many days ago it opened and for how long, how many per cent answered, and how many wrote.

    *attribute* is what lies beside the answers: a name of ``culture.rules.waves.Attribute``.
    """

    id: str
    title: Wording
    attribute: str
    opened: int
    days: int
    answers: int
    words: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A dimension, an outcome or a sentence of Waterland's own, and what people tend to answer (in hundredths).

    An outcome leans on a dimension: whoever is high on the one is high on the other.
    """

    id: str
    mean: int
    leans: str


@dataclass(frozen=True, slots=True)
class Change:
    """A unit (its path is ``id``) in which some subjects moved after the first wave, for everybody in it."""

    id: str
    subjects: tuple[str, ...]
    by: int


@dataclass(frozen=True, slots=True)
class Leading:
    """A dimension on which whoever leads people tends to answer higher."""

    id: str
    by: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question to answer in one's own words, and what people wrote."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The whole of it. Spreads are standard deviations in hundredths, *unknown* is per cent."""

    about: Wording
    own: Wording
    on_paper: tuple[str, ...]
    unknown: int
    units: int
    people: int
    subjects: int
    sentences: int
    waves: tuple[WaveTold, ...]
    tendencies: tuple[Subject, ...]
    leading: tuple[Leading, ...]
    changes: tuple[Change, ...]
    questions: tuple[Question, ...]


@cache
def scan() -> Scan:
    """The culture scan of Waterland."""
    return read_content(CONTENT, "scan", _scan)


# --- the model ------------------------------------------------------------------------------------------------------


def answers_of(person: str, unit: str, wave: str, asked: Sequence[tuple[str, str]], *, leads: bool) -> dict[str, int]:
    """What somebody (by staff number) in *unit* (by path) answers: 1 to 5 by sentence, 0 for "I do not know".

    *asked* holds each sentence with its subject.
    """
    told = scan()
    dice = random.Random(f"{wave} {person}")  # noqa: S311 - a story, and no secret
    own = _drawn(f"person {person}", told.people)
    found = {}
    for sentence, subject in asked:
        leans = _subjects()[subject].leans or subject
        middle = (
            _subjects()[subject].mean
            + _drawn(f"sentence {sentence}", told.units)
            + sum(_drawn(f"unit {above} {leans}", told.units) for above in _parts(unit))
            + own
            + _drawn(f"person {person} {leans}", told.subjects)
            + _moved(unit, subject, wave)
            + sum(one.by for one in told.leading if leads and one.id == leans)
        )
        value = round((middle + dice.gauss(0, told.sentences)) / 100)
        found[sentence] = 0 if dice.random() * 100 < told.unknown else min(max(value, 1), 5)
    return found


@cache
def _subjects() -> Mapping[str, Subject]:
    return {one.id: one for one in scan().tendencies}


@cache
def _drawn(seed: str, spread: int) -> float:
    return random.Random(seed).gauss(0, spread)  # noqa: S311 - a story, and no secret


def _parts(unit: str) -> Sequence[str]:
    """Directorate, department and team above and around somebody; the whole organisation is the same for all."""
    names = unit.split("/")
    return ["/".join(names[:deep]) for deep in range(2, len(names) + 1)]


def _moved(unit: str, subject: str, wave: str) -> int:
    if wave == scan().waves[0].id:
        return 0
    return sum(
        one.by
        for one in scan().changes
        if subject in one.subjects and (unit == one.id or unit.startswith(f"{one.id}/"))
    )


# --- reading --------------------------------------------------------------------------------------------------------


def _scan(file: ContentFile) -> Scan:
    return Scan(
        about=file.wording("about"),
        own=file.wording("own"),
        on_paper=file.strings("on_paper"),
        unknown=file.number("unknown"),
        units=file.number("units"),
        people=file.number("people"),
        subjects=file.number("subjects"),
        sentences=file.number("sentences"),
        waves=file.each("wave", _wave),
        tendencies=file.each("subject", _subject),
        leading=file.each("leading", lambda one: Leading(one.string("id"), one.number("by"))),
        changes=file.each("change", lambda one: Change(one.string("id"), one.strings("subjects"), one.number("by"))),
        questions=file.each("question", lambda one: Question(one.string("id"), one.strings("words"))),
    )


def _wave(table: Table) -> WaveTold:
    return WaveTold(
        id=table.string("id"),
        title=table.wording("title"),
        attribute=table.string("attribute"),
        opened=table.number("opened"),
        days=table.number("days"),
        answers=table.number("answers"),
        words=table.number("words"),
    )


def _subject(table: Table) -> Subject:
    return Subject(table.string("id"), table.number("mean"), table.string("leans") if table.has("leans") else "")
