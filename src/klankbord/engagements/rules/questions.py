"""Reflective questions: which of them somebody looks for, and which one to give when somebody asks for one.

Nothing is drawn at random here: the same seed and turn give the same question, so that an address can be shared and a
page that is opened again says the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from klankbord.core.wording import Wording

HOLD_ON, FIND_MY_WAY = 1, 5
IN_BETWEEN = 3


class Phase(StrEnum):
    """Where a question leads to (Whitmore's GROW)."""

    GOAL = "goal"
    REALITY = "reality"
    OPTIONS = "options"
    WILL = "will"


class Step(StrEnum):
    """The step of the learning spiral (Korthagen) that a question invites to."""

    ACT = "act"
    LOOK_BACK = "look_back"
    ESSENTIALS = "essentials"
    ALTERNATIVES = "alternatives"
    TRY_OUT = "try_out"


class ComesIn(StrEnum):
    """How somebody may come in (after Cauffman): an aid for the coach's thinking, never kept beside a client."""

    PASSER_BY = "passer_by"
    SEEKER = "seeker"
    BUYER = "buyer"
    CO_EXPERT = "co_expert"


class About(StrEnum):
    """What a question is about."""

    WORK = "work"
    TEAM = "team"
    MANAGER = "manager"
    SELF = "self"
    CHANGE = "change"
    BALANCE = "balance"
    TOGETHER = "together"
    CLOSING = "closing"


class Room(StrEnum):
    """How much room a question leaves, for whoever looks for one."""

    HOLD = "hold"
    BETWEEN = "between"
    OPEN = "open"

    @property
    def level(self) -> int:
        """The level of self-steering that goes with it."""
        return {Room.HOLD: HOLD_ON, Room.BETWEEN: IN_BETWEEN, Room.OPEN: FIND_MY_WAY}[self]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the collection. ``least`` to ``most`` is the self-steering it suits."""

    id: str
    wording: Wording
    phase: Phase
    steps: frozenset[Step]
    least: int
    most: int
    comes_in: frozenset[ComesIn]
    about: About

    def suits(self, level: int) -> bool:
        """Whether it gives as much hold, and leaves as much room, as somebody wishes for."""
        return self.least <= level <= self.most


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. What is not said does not narrow."""

    phase: Phase | None = None
    step: Step | None = None
    about: About | None = None
    room: Room | None = None
    comes_in: ComesIn | None = None
    words: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for at all."""
        return self != Wanted()

    def fits(self, question: Question) -> bool:
        """Whether a question is one of those looked for."""
        return (
            self.phase in (None, question.phase)
            and (self.step is None or self.step in question.steps)
            and self.about in (None, question.about)
            and (self.room is None or question.suits(self.room.level))
            and (self.comes_in is None or self.comes_in in question.comes_in)
            and holds_words(self.words, question.wording.nl, question.wording.en)
        )


def plain(text: str) -> str:
    """A text without capitals and accents, so that "één" is found by "een"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def holds_words(words: str, *texts: str) -> bool:
    """Whether each of the words stands in one and the same of these texts; true when there are none."""
    wanted = plain(words).split()
    return not wanted or any(all(word in plain(text) for word in wanted) for text in texts)


class HasId(Protocol):
    """Something that can be told apart by its id."""

    @property
    def id(self) -> str: ...


def in_turn[T: HasId](found: Sequence[T], seed: str, turn: int) -> T | None:
    """The one whose turn it is: a fixed order a seed, without repeating until all were there. None without any."""
    if not found:
        return None
    order = sorted(found, key=lambda one: sha256(f"{seed}:{one.id}".encode()).digest())
    return order[turn % len(order)]


# --- on the page of a talk --------------------------------------------------------------------------------------


def offered(level: int | None) -> int:
    """How many questions are given in a row before Klankbord keeps quiet: fewer for who finds the own way."""
    return FIND_MY_WAY + 1 - (level or IN_BETWEEN)


def fitting(
    questions: Iterable[Question],
    *,
    begun: bool,
    level: int | None,
    phase: Phase | None = None,
    step: Step | None = None,
) -> list[Question]:
    """The questions that fit a talk: by its place on the board, the step on the spiral, and the wish for steering.

    Without a place on the board a talk that is still to come asks after goal and present, and one that was held after
    what else there is and what comes of it. Place and step give way when too little would be left; the wish for
    steering never does.
    """
    suits = [one for one in questions if one.suits(level or IN_BETWEEN)]
    by_moment = {Phase.OPTIONS, Phase.WILL} if begun else {Phase.GOAL, Phase.REALITY}
    phases = by_moment if phase is None else {phase}
    in_phase = [one for one in suits if one.phase in phases]
    on_step = [one for one in in_phase if step is None or step in one.steps]
    for found in (on_step, in_phase):
        if len(found) >= offered(level):
            return found
    return suits
