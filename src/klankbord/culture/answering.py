"""The questionnaire as screens, and what somebody filled in so far. Plain Python; nothing of it is kept anywhere.

A form carries everything from one screen to the next, in fields that are called after the sentence or question.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from klankbord.core.wording import Wording
from klankbord.culture.instrument import OpenQuestion, Rated
from klankbord.culture.rules.ballots import MOST_WORDS
from klankbord.culture.texts import letters

if TYPE_CHECKING:
    from klankbord.culture.models import Wave

POINTS = ("1", "2", "3", "4", "5")
DO_NOT_KNOW = "0"
ROOM_IN_WORDS = 250
"""About how many words fit in one answer; a Dutch word takes six bytes and a space."""
BYTES_IN_A_WORD = 7

_PULSE = Wording(nl="Vijf zinnen", en="Five sentences")
_OUTCOMES = Wording(nl="Jij en je werk", en="You and your work")
_OWN = Wording(nl="Van je eigen organisatie", en="From your own organisation")


@dataclass(frozen=True, slots=True)
class Screen:
    """What is asked at once: sentences on five points, or questions to answer in one's own words."""

    heading: Wording
    rated: tuple[Rated, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of its fields."""
        return (*(one.id for one in self.rated), *(one.id for one in self.questions))


def screens_of(wave: Wave) -> tuple[Screen, ...]:
    """The screens of a wave in their order. The first has number 1."""
    if wave.kind == wave.Kind.PULSE:
        ours = [Screen(_PULSE, wave.instrument.pulse_items)]
    else:
        ours = [Screen(one.name, one.items) for one in wave.instrument.dimensions]
        ours.append(Screen(_OUTCOMES, wave.instrument.outcomes))
    if wave.own_rated:
        ours.append(Screen(_OWN, wave.own_rated))
    if wave.open_questions:
        ours.append(Screen(letters().page("open").title, questions=wave.open_questions))
    return tuple(ours)


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in: a point or 0 by sentence, words by question, and what could not be read."""

    values: Mapping[str, int]
    words: Mapping[str, str]
    unread: frozenset[str] = frozenset()

    def sent(self, one_id: str) -> str:
        """What the field of a sentence or question holds; empty when it was left open."""
        return str(self.values[one_id]) if one_id in self.values else self.words.get(one_id, "")

    def left_open(self, screen: Screen) -> int:
        """How many sentences and questions of a screen are open."""
        return sum(not self.sent(one).strip() for one in screen.ids)


def read_filled(screens: Sequence[Screen], sent: Mapping[str, str]) -> Filled:
    """What came with a form. Fields that were not asked for are left out."""
    values: dict[str, int] = {}
    unread = set()
    for one in (one for screen in screens for one in screen.rated):
        given = sent.get(one.id, "")
        if given in (*POINTS, DO_NOT_KNOW):
            values[one.id] = int(given)
        elif given:
            unread.add(one.id)
    questions = [one.id for screen in screens for one in screen.questions]
    # A form sends a line's end as two characters, however it was typed.
    words = {one: sent[one].replace("\r\n", "\n") for one in questions if sent.get(one, "").strip()}
    return Filled(values, words, frozenset(unread))


def words_too_many(text: str) -> int:
    """About how many words an answer is too long, in tens; 0 when it fits. The same measure as the ballot's."""
    over = len(json.dumps(text.strip(), ensure_ascii=False).encode()) - MOST_WORDS
    return 0 if over <= 0 else ceil(over / BYTES_IN_A_WORD / 10) * 10


@dataclass(frozen=True, slots=True)
class Fault:
    """What has to be looked at again: at which screen and field; *over* words too many, or 0 for a lost answer."""

    screen: int
    field: str
    over: int


def faults_in(screens: Sequence[Screen], filled: Filled) -> tuple[Fault, ...]:
    """Everything that cannot go into the box as it is, in the order of the screens."""
    found = []
    for number, screen in enumerate(screens, start=1):
        found += [Fault(number, one.id, 0) for one in screen.rated if one.id in filled.unread]
        for question in screen.questions:
            if over := words_too_many(filled.words.get(question.id, "")):
                found.append(Fault(number, question.id, over))
    return tuple(found)


def where_next(at: str, go: str, last: int) -> int:
    """The number of the screen that is wanted: 0 is the first page, *last* the one where all is looked over.

    What cannot be read stays where it is.
    """
    here = min(int(at), last) if at.isascii() and at.isdigit() and len(at) < 4 else 0
    if go in ("next", "back"):
        return max(0, min(here + (1 if go == "next" else -1), last))
    if go == "send":
        return last
    return min(int(go), last) if go.isascii() and go.isdigit() and len(go) < 4 else here
