"""What people read around the questionnaire: starters for a team's talk, letters, pages, and words for figures.

Read from ``content/starters.toml`` and ``content/letters.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from string import Formatter

from klankbord.core.content_files import ContentError, ContentFile, Table, by_id, read_content
from klankbord.core.wording import Language, Wording
from klankbord.culture.instrument import CONTENT, instrument, unspoken, wordings

FEWEST_STARTERS = 64

_OF_LETTERS = ("name", "organisation", "time", "closes", "link", "address", "code", "contact")
FACTS = frozenset((*_OF_LETTERS, "least", "attribute", "dimension", "outcome"))
"""What may stand between braces in a text, for whoever sends or shows it to fill in."""

_NEEDED = {
    "invitation": {"name", "organisation", "time", "closes", "link", "contact"},
    "reminder": {"name", "time", "closes", "link", "contact"},
    "paper": {"name", "organisation", "time", "closes", "address", "code", "contact"},
}


class Situation(StrEnum):
    """What is to be seen in a team's figures about a dimension."""

    STANDS_OUT_LOW = "stands_out_low"
    STANDS_OUT_HIGH = "stands_out_high"
    MOVED_UP = "moved_up"
    MOVED_DOWN = "moved_down"
    SPREAD = "spread"
    DIFFERS = "differs"


class Change(StrEnum):
    """How a figure compares with the one before."""

    MOVED_UP = "moved_up"
    MOVED_DOWN = "moved_down"
    WITHIN_CHANCE = "within_chance"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Starter:
    """An open question to begin a talk with, and one small thing to try."""

    id: str
    dimension: str
    situation: Situation
    question: Wording
    attempt: Wording


@dataclass(frozen=True, slots=True)
class Page:
    """A title or subject, and what stands under it: a paragraph each."""

    id: str
    title: Wording
    parts: tuple[Wording, ...]

    def heading(self, language: Language, **facts: str) -> str:
        """The title or subject with its facts. Raises ``KeyError`` for a fact left out."""
        return self.title.text(language).format_map(facts)

    def text(self, language: Language, **facts: str) -> str:
        """The paragraphs with their facts, an empty line between them. Raises ``KeyError`` for a fact left out."""
        return "\n\n".join(part.text(language).format_map(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or two about one thing."""

    id: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """What is promised to whoever answers, and what is not, in plain words."""

    title: Wording
    promised: Wording
    not_promised: Wording
    beside_unit: Wording
    beside_more: Wording
    promises: tuple[Said, ...]
    limits: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """Words for a coefficient from *least* on, in hundredths."""

    id: str
    least: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class Together:
    """Words for how a dimension and an outcome go together, the same way or in opposite ways."""

    id: str
    least: int
    same: Wording
    opposite: Wording


@dataclass(frozen=True, slots=True)
class Letters:
    """All of it. Every list of grades goes down from the highest to nought."""

    version: int
    letters: tuple[Page, ...]
    pages: tuple[Page, ...]
    confidentiality: Confidentiality
    time_full: Wording
    time_pulse: Wording
    hidden: Wording
    interval: tuple[Wording, ...]
    reliability: tuple[Grade, ...]
    between_teams: tuple[Grade, ...]
    together: tuple[Together, ...]
    together_caution: Wording
    changes: tuple[Said, ...]
    change_caution: Wording
    class_caution: tuple[Wording, ...]

    def letter(self, letter_id: str) -> Page:
        """The invitation, the reminder or the one on paper. Raises ``KeyError``."""
        return by_id(self.letters, letter_id)

    def page(self, page_id: str) -> Page:
        """A page around the questions. Raises ``KeyError``."""
        return by_id(self.pages, page_id)

    def change(self, change: Change) -> Wording:
        """Words for how a figure compares with the one before."""
        return by_id(self.changes, change).wording

    def reliability_in_words(self, coefficient: float) -> Grade:
        """How far the sentences of a scale belong together (alpha or omega)."""
        return _grade(self.reliability, coefficient)

    def between_teams_in_words(self, coefficient: float) -> Grade:
        """Whether the average of a team says something about that team (ICC(2))."""
        return _grade(self.between_teams, coefficient)

    def together_in_words(self, correlation: float) -> Wording:
        """How a dimension and an outcome go together, with ``{dimension}`` and ``{outcome}`` to be filled in."""
        found = _grade(self.together, abs(correlation))
        return found.same if correlation >= 0 else found.opposite


def _grade[G: (Grade, Together)](grades: Sequence[G], coefficient: float) -> G:
    """The first whose bound is reached; the last for what lies below nought."""
    return next((one for one in grades if coefficient >= one.least / 100), grades[-1])


# --- the doors ------------------------------------------------------------------------------------------------------


@cache
def starters() -> tuple[Starter, ...]:
    """Every conversation starter."""
    found = read_content(CONTENT, "starters", lambda file: file.each("starter", _starter))
    there = {(one.dimension, one.situation) for one in found}
    wanted = {(one.id, situation) for one in instrument().dimensions for situation in Situation}
    wrong = [
        *unspoken(found),
        *(f"{dimension} has none for {situation}" for dimension, situation in sorted(wanted - there)),
        *(f"{dimension} is no dimension" for dimension, _ in sorted(there - wanted)),
        *(f"{one.id} asks nothing" for one in found if not (one.question.nl[-1] == one.question.en[-1] == "?")),
        *([f"there are fewer than {FEWEST_STARTERS}"] if len(found) < FEWEST_STARTERS else []),
    ]
    return _sound("starters", found, wrong)


def starters_for(dimension: str, situation: Situation) -> tuple[Starter, ...]:
    """The starters for what is to be seen in a dimension, in a fixed order."""
    return tuple(one for one in starters() if one.dimension == dimension and one.situation is situation)


@cache
def letters() -> Letters:
    """Letters, pages, and words for figures."""
    found = read_content(CONTENT, "letters", _letters)
    return _sound("letters", found, [*unspoken(found), *_unfillable(found), *_ungraded(found)])


# --- what has to hold -----------------------------------------------------------------------------------------------


def facts_in(text: str) -> frozenset[str]:
    """What has to be filled in between braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _sound[T](name: str, found: T, wrong: Sequence[str]) -> T:
    if wrong:
        raise ContentError(f"{name}.toml: {'; '.join(wrong)}")
    return found


def _unfillable(found: Letters) -> list[str]:
    wrong = []
    for wording in wordings(found):
        if facts_in(wording.nl) != facts_in(wording.en):
            wrong.append(f"the two languages fill in different facts in {wording.nl[:60]!r}")
        wrong += [f"nobody fills {fact}" for fact in sorted(facts_in(wording.nl) - FACTS)]
    for letter, needed in _NEEDED.items():
        there = {fact for wording in wordings(found.letter(letter)) for fact in facts_in(wording.nl)}
        if there != needed:
            wrong.append(f"{letter} should fill in {', '.join(sorted(needed))}")
    return wrong


def _ungraded(found: Letters) -> list[str]:
    wrong = []
    for what, grades in (
        ("reliability", found.reliability),
        ("between_teams", found.between_teams),
        ("together", found.together),
    ):
        bounds = [one.least for one in grades]
        if bounds != sorted(set(bounds), reverse=True) or bounds[-1] != 0:
            wrong.append(f"{what} should go down to 0")
    if [one.id for one in found.changes] != list(Change):
        wrong.append(f"change should be {', '.join(Change)}")
    return wrong


# --- reading --------------------------------------------------------------------------------------------------------


def _starter(table: Table) -> Starter:
    return Starter(
        id=table.string("id"),
        dimension=table.string("dimension"),
        situation=table.choice("situation", Situation),
        question=table.wording("question"),
        attempt=table.wording("try"),
    )


def _letters(file: ContentFile) -> Letters:
    time_full, time_pulse = file.within("time", lambda one: (one.wording("full"), one.wording("pulse")))
    return Letters(
        version=file.version,
        letters=file.each("letter", lambda one: _page(one, "subject")),
        pages=file.each("page", lambda one: _page(one, "title")),
        confidentiality=_confidentiality(file),
        time_full=time_full,
        time_pulse=time_pulse,
        hidden=file.wording("hidden"),
        interval=file.wordings("interval"),
        reliability=file.each("reliability", _graded),
        between_teams=file.each("between_teams", _graded),
        together=file.each("together", _together),
        together_caution=file.wording("together_caution"),
        changes=file.each("change", _said),
        change_caution=file.wording("change_caution"),
        class_caution=file.wordings("class_caution"),
    )


def _page(table: Table, title: str) -> Page:
    return Page(id=table.string("id"), title=table.wording(title), parts=table.wordings("part"))


def _confidentiality(file: ContentFile) -> Confidentiality:
    heads = file.within(
        "confidentiality", lambda one: (one.wording("title"), one.wording("promised"), one.wording("not_promised"))
    )
    beside = file.wording("beside_unit"), file.wording("beside_more")
    return Confidentiality(*heads, *beside, promises=file.each("promise", _said), limits=file.each("limit", _said))


def _said(table: Table) -> Said:
    return Said(id=table.string("id"), wording=table.own_wording())


def _graded(table: Table) -> Grade:
    return Grade(id=table.string("id"), least=table.number("least"), wording=table.own_wording())


def _together(table: Table) -> Together:
    return Together(
        id=table.string("id"),
        least=table.number("least"),
        same=table.wording("same"),
        opposite=table.wording("opposite"),
    )
