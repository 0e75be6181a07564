"""Telling, going on, and looking back three months later: which parts a text has, when it is time, and who is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from klankbord.core.calendar import months_after
from klankbord.policy.rules.finding import Finding, Severity

CLAUSE = "later.client_asks"
MONTHS_LATER = 3
OPENS_AFTER = timedelta(weeks=10)
BROUGHT_UP_FOR = timedelta(weeks=6)
MOST_COLLEAGUES = 3
MOST_LINES = 6


# --- a text in parts --------------------------------------------------------------------------------------------


class PlanPart(StrEnum):
    """What "how I go on" is made of. The value is stored."""

    KEEP = "keep"
    HARD = "hard"
    HELP = "help"
    FIRST_STEP = "first_step"


class CribPart(StrEnum):
    """What a crib for telling the manager is made of. The value is stored."""

    TELL = "tell"
    MINE = "mine"
    ASK = "ask"


class AnswerPart(StrEnum):
    """What a colleague is asked. The value is stored."""

    STRIKES = "strikes"
    MORE = "more"
    WISH = "wish"


def card_lines(text: str) -> tuple[str, ...]:
    """The lines of a card, without empty ones and without spaces around them."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


# --- three months later -----------------------------------------------------------------------------------------


class Moment(StrEnum):
    """Where somebody is with looking back three months later."""

    NOT_YET = "not_yet"
    OPEN = "open"
    TEXTS_END_BEFORE = "texts_end_before"
    OVER = "over"


def three_months_after(closed_on: date) -> date:
    """The day three months after closing."""
    return months_after(closed_on, MONTHS_LATER)


def opens_on(closed_on: date) -> date:
    """From when one may look back: a little before the three months are over."""
    return closed_on + OPENS_AFTER


def moment_of(closed_on: date | None, destroyed_on: date | None, today: date) -> Moment:
    """Where looking back stands on this day. While the coaching goes on it is not time yet."""
    if destroyed_on is not None and destroyed_on <= today:
        return Moment.OVER
    if closed_on is None:
        return Moment.NOT_YET
    if destroyed_on is not None and destroyed_on <= opens_on(closed_on):
        return Moment.TEXTS_END_BEFORE
    return Moment.OPEN if today >= opens_on(closed_on) else Moment.NOT_YET


def is_brought_up(closed_on: date | None, destroyed_on: date | None, today: date) -> bool:
    """Whether looking back stands on "Vandaag": for some weeks, and then it rests."""
    if closed_on is None or moment_of(closed_on, destroyed_on, today) is not Moment.OPEN:
        return False
    return today <= three_months_after(closed_on) + BROUGHT_UP_FOR


# --- whom the client asks ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Around:
    """The people around one client: who the client and the coach are, the manager, and who was asked already."""

    client: UUID
    coach: UUID
    manager: UUID | None
    asked: frozenset[UUID] = frozenset()

    @property
    def colleagues(self) -> int:
        """How many were asked besides the manager."""
        return len(self.asked - {self.manager})


_ONESELF = (
    "Wat jij zelf ziet, schrijf je bij je terugblik.",
    "What you see yourself, you write in your own look back.",
)
_THE_COACH = (
    "Je coach vraag je het beter zelf. Hier gaat het om mensen met wie je werkt.",
    "Better ask your coach yourself. This is about the people you work with.",
)
_AGAIN = ("Aan deze collega heb je het al gevraagd.", "You have asked this colleague already.")
_ENOUGH = (
    "Je hebt al drie collega's gevraagd. Dat is genoeg om iets te horen.",
    "You have asked three colleagues already. That is enough to hear something.",
)
_NOT_NOW = (
    "Dit kan vanaf een week of tien na het afronden, zolang je teksten er zijn.",
    "This can be done from some ten weeks after rounding off, as long as your texts are kept.",
)


def may_be_asked(person: UUID, around: Around) -> list[Finding]:
    """Why this person cannot be asked what shows at work; empty when that is possible."""
    if person == around.client:
        return [_no("later.oneself", _ONESELF)]
    if person == around.coach:
        return [_no("later.coach", _THE_COACH)]
    if person in around.asked:
        return [_no("later.again", _AGAIN)]
    if person != around.manager and around.colleagues >= MOST_COLLEAGUES:
        return [_no("later.enough", _ENOUGH)]
    return []


def room_for_more(around: Around) -> bool:
    """Whether anybody can still be asked: a colleague, or the manager."""
    manager_left = around.manager is not None and around.manager not in around.asked
    return around.colleagues < MOST_COLLEAGUES or manager_left


def too_early_to_ask(moment: Moment) -> list[Finding]:
    """Why colleagues cannot be asked now; empty when it is time."""
    return [] if moment is Moment.OPEN else [_no("later.not_now", _NOT_NOW)]


def _no(code: str, words: tuple[str, str]) -> Finding:
    return Finding(code=code, severity=Severity.BLOCKS, nl=words[0], en=words[1], clause=CLAUSE)


# --- the booklet ------------------------------------------------------------------------------------------------


class BookletPart(StrEnum):
    """What may go into the booklet, in the order in which it stands there."""

    DIRECTION = "direction"
    GOALS = "goals"
    SENTENCES = "sentences"
    HARVEST = "harvest"
    LOOKS_BACK = "looks_back"
    TRIED = "tried"
    PLAN = "plan"
    REPORT = "report"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the client's own, with its day and, where it belongs to one, the talk."""

    part: BookletPart
    on: date
    text: str
    title: str = ""


def chapters(entries: Iterable[Entry], chosen: Collection[str]) -> list[tuple[BookletPart, list[Entry]]]:
    """What was chosen, part by part in the order of the booklet, each by day; a part without texts is left out."""
    kept = [one for one in entries if one.text.strip()]
    found = [
        (part, sorted((one for one in kept if one.part is part), key=lambda one: one.on))
        for part in BookletPart
        if part in chosen
    ]
    return [(part, texts) for part, texts in found if texts]
