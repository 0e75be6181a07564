"""The questionnaire of the culture scan, read from ``content/instrument.toml``: our own, versioned, in both languages.

Eight dimensions, each on three levels, six outcomes, two open questions, and a pulse that asks five of the same
sentences. A wave keeps the version it was opened with: earlier versions stay, as ``instrument_<version>.toml``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

from klankbord.core.content_files import ContentError, ContentFile, Table, by_id, read_content
from klankbord.core.own_words import MARK, OwnWord, filled
from klankbord.core.wording import Language, Wording

CONTENT = Path(__file__).parent / "content"

DIMENSIONS = 8
FEWEST_ITEMS, MOST_ITEMS = 28, 32
"""Sentences about the culture; the outcomes come beside them."""
OUTCOMES = ("ownership", "together", "renewal", "performance", "pleasure", "stay")
OPEN_QUESTIONS = 2
PULSE = 5
LONGEST_SENTENCE = 90
"""Characters. What fits three lines of a phone of 320 px."""

LOW_BELOW, HIGH_FROM = 3.0, 4.0
"""Below the first people disagree more than they agree; from the second on they agree, on average."""


class Level(StrEnum):
    """Where a culture is to be seen."""

    RELATION = "relation"
    TEAM = "team"
    ORGANISATION = "organisation"


class Band(StrEnum):
    """Which of its three readings fits an average."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


def band(mean: float) -> Band:
    """The band of an average between 1 and 5. No norm: it says what the words of the five points say."""
    if mean < LOW_BELOW:
        return Band.LOW
    return Band.HIGH if mean >= HIGH_FROM else Band.MIDDLE


@dataclass(frozen=True, slots=True)
class Point:
    """One of the five points between disagreeing and agreeing."""

    id: str
    value: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class LevelText:
    """What a level is called, and what it is about."""

    id: Level
    name: Wording
    about: Wording


@dataclass(frozen=True, slots=True)
class Rated:
    """A sentence somebody agrees with or not. *sensitive*: an answer that could harm whoever gave it."""

    id: str
    wording: Wording
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Item(Rated):
    """A sentence about the culture, in one cell of dimensions × levels."""

    dimension: str
    level: Level


@dataclass(frozen=True, slots=True)
class Outcome(Rated):
    """A sentence about what may come of the culture."""

    name: Wording


@dataclass(frozen=True, slots=True)
class Dimension:
    """One side of the culture, with cautious words for a low, a middle and a high average."""

    id: str
    name: Wording
    meaning: Wording
    low: Wording
    middle: Wording
    high: Wording
    items: tuple[Item, ...]

    def reading(self, mean: float) -> Wording:
        """What an average may tell, in cautious words."""
        return {Band.LOW: self.low, Band.MIDDLE: self.middle, Band.HIGH: self.high}[band(mean)]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question to answer in one's own words, or to leave."""

    id: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Instrument:
    """A version of the questionnaire. Dimensions and their items stand in the order in which they are asked."""

    id: str
    version: int
    name: Wording
    points: tuple[Point, ...]
    unknown: Wording
    levels: tuple[LevelText, ...]
    dimensions: tuple[Dimension, ...]
    outcomes: tuple[Outcome, ...]
    open_questions: tuple[OpenQuestion, ...]
    pulse: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The sentences about the culture."""
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    @property
    def rated(self) -> tuple[Rated, ...]:
        """Every sentence on five points: about the culture, and then the outcomes."""
        return (*self.items, *self.outcomes)

    @property
    def pulse_items(self) -> tuple[Item, ...]:
        """The sentences of the pulse, the very same as in the whole, so that the two can be laid side by side."""
        return tuple(by_id(self.items, one) for one in self.pulse)

    @property
    def sensitive(self) -> frozenset[str]:
        """The ids of sentences whose answer could harm whoever gave it."""
        return frozenset(one.id for one in self.rated if one.sensitive)

    @property
    def scales(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the items of each dimension."""
        return {one.id: tuple(item.id for item in one.items) for one in self.dimensions}

    @property
    def level_scales(self) -> Mapping[Level, tuple[str, ...]]:
        """The ids of the items of each level, over all dimensions."""
        return {level: tuple(one.id for one in self.items if one.level is level) for level in Level}

    @property
    def fingerprint(self) -> str:
        """The same as long as nobody changes what is asked or how it can be answered, in either language."""
        asked = [[one.id, one.wording.nl, one.wording.en, one.sensitive] for one in self.rated]
        answers = [[one.value, one.wording.nl, one.wording.en] for one in self.points]
        words = [[one.id, one.wording.nl, one.wording.en] for one in self.open_questions]
        whole = [asked, answers, [self.unknown.nl, self.unknown.en], words, list(self.pulse)]
        return sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()

    def dimension(self, dimension_id: str) -> Dimension:
        """The dimension with this id. Raises ``KeyError``."""
        return by_id(self.dimensions, dimension_id)

    def level(self, level: Level) -> LevelText:
        """The words of a level."""
        return by_id(self.levels, level)

    def cell(self, dimension_id: str, level: Level) -> tuple[Item, ...]:
        """The items of one dimension on one level. Raises ``KeyError`` for an unknown dimension."""
        return tuple(item for item in self.dimension(dimension_id).items if item.level is level)


# --- the door -------------------------------------------------------------------------------------------------------


def instrument(version: int | None = None) -> Instrument:
    """The questionnaire: the newest, or the version of a wave. Raises ``KeyError`` for one that never was."""
    newest = _read("instrument")
    if version in (None, newest.version):
        return newest
    if not (CONTENT / f"instrument_{version}.toml").exists():
        raise KeyError(version)
    return _read(f"instrument_{version}")


def own_item(number: int, wording: Wording) -> Rated:
    """A sentence an organisation added, from 1 on. Nobody of us read it, so it is always a sensitive one."""
    return Rated(id=f"own.{number}", wording=wording, sensitive=True)


@cache
def _read(name: str) -> Instrument:
    found = read_content(CONTENT, name, _instrument)
    wrong = [*unsound(found), *unspoken(found)]
    if wrong:
        raise ContentError(f"{name}.toml: {'; '.join(wrong)}")
    return found


# --- what has to hold -----------------------------------------------------------------------------------------------


def unsound(whole: Instrument) -> list[str]:
    """What is wrong with the build of an instrument, a phrase each."""
    items = whole.items
    ids = [*(one.id for one in whole.rated), *(one.id for one in whole.open_questions)]
    demands = {
        f"there should be {DIMENSIONS} dimensions": len(whole.dimensions) == DIMENSIONS,
        f"there should be {FEWEST_ITEMS} to {MOST_ITEMS} items": FEWEST_ITEMS <= len(items) <= MOST_ITEMS,
        "each level should have its words, in order": [one.id for one in whole.levels] == list(Level),
        "the outcomes are not the six": [one.id for one in whole.outcomes] == [f"outcome.{one}" for one in OUTCOMES],
        f"there should be {OPEN_QUESTIONS} open questions": len(whole.open_questions) == OPEN_QUESTIONS,
        "the points should be worth 1 to 5": [one.value for one in whole.points] == [1, 2, 3, 4, 5],
        "an id is used twice": len(set(ids)) == len(ids),
        f"the pulse should be {PULSE} different items": len(set(whole.pulse)) == len(whole.pulse) == PULSE,
        "the pulse asks what the whole does not": set(whole.pulse) <= {one.id for one in items},
    }
    return [
        *(what for what, holds in demands.items() if not holds),
        *(
            f"{dimension.id} has no item on the level {level}"
            for dimension in whole.dimensions
            for level in Level
            if not whole.cell(dimension.id, level)
        ),
        *(f"{one.id} should begin with {one.dimension}" for one in items if not one.id.startswith(f"{one.dimension}.")),
        *(f"{one.id} is too long" for one in whole.rated if _longest(one.wording) > LONGEST_SENTENCE),
        *(f"{one.id} has a mark, so its text would differ" for one in whole.rated if "[[" in _both(one.wording)),
    ]


_BARE = {
    "nl": re.compile(r"\bklant(?:en)?\b", re.IGNORECASE),
    "en": re.compile(r"\bclients?\b", re.IGNORECASE),
}


def unspoken(whole: object) -> list[str]:
    """Texts with a word for whoever is coached that is not the organisation's own, and marks that nobody can fill."""
    wrong = []
    for wording in wordings(whole):
        by_language: Mapping[Language, str] = {"nl": wording.nl, "en": wording.en}
        for language, text in by_language.items():
            if _BARE[language].search(MARK.sub("", text)):
                wrong.append(f"a bare word for the client in {text[:60]!r}")
            wrong += [f"nobody fills [[{one}]]" for one in MARK.findall(text) if "[[" in filled(one, OwnWord())]
    return wrong


def wordings(whole: object) -> Iterator[Wording]:
    """Every text inside a piece of content, however deep."""
    if isinstance(whole, Wording):
        yield whole
    elif isinstance(whole, tuple):
        for one in whole:
            yield from wordings(one)
    elif is_dataclass(whole):
        for field in fields(whole):
            yield from wordings(getattr(whole, field.name))


def _longest(wording: Wording) -> int:
    return max(len(wording.nl), len(wording.en))


def _both(wording: Wording) -> str:
    return f"{wording.nl} {wording.en}"


# --- reading --------------------------------------------------------------------------------------------------------


def _instrument(file: ContentFile) -> Instrument:
    return Instrument(
        id="culture",
        version=file.version,
        name=file.wording("name"),
        points=file.each("point", lambda one: Point(one.string("id"), one.number("value"), one.own_wording())),
        unknown=file.wording("unknown"),
        levels=file.each("level", _level),
        dimensions=file.each("dimension", _dimension),
        outcomes=file.each("outcome", _outcome),
        open_questions=file.each("open", lambda one: OpenQuestion(one.string("id"), one.own_wording())),
        pulse=file.strings("pulse"),
    )


def _level(table: Table) -> LevelText:
    return LevelText(id=table.choice("id", Level), name=table.wording("name"), about=table.wording("about"))


def _dimension(table: Table) -> Dimension:
    dimension_id = table.string("id")

    def item(one: Table) -> Item:
        return Item(
            id=one.string("id"),
            wording=one.own_wording(),
            sensitive=one.flag("sensitive"),
            dimension=dimension_id,
            level=one.choice("level", Level),
        )

    return Dimension(
        id=dimension_id,
        name=table.wording("name"),
        meaning=table.wording("meaning"),
        low=table.wording("low"),
        middle=table.wording("middle"),
        high=table.wording("high"),
        items=table.each("item", item),
    )


def _outcome(table: Table) -> Outcome:
    return Outcome(
        id=table.string("id"),
        wording=table.own_wording(),
        sensitive=table.flag("sensitive"),
        name=table.wording("name"),
    )
