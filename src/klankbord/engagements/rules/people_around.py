"""The people around the client: who stands how near, and what they would say, as one sealed text."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from klankbord.core.comparison import normalised, same_words

LONGEST_NAME = 40
MOST = 24


class Ring(StrEnum):
    """How near somebody stands. The value is stored."""

    CLOSE = "close"
    FURTHER = "further"
    DISTANT = "distant"


RADIUS: Mapping[Ring, float] = {Ring.CLOSE: 72, Ring.FURTHER: 122, Ring.DISTANT: 172}
# Where the first of a ring stands, in parts of a turn, so that the rings do not line up.
TURNED: Mapping[Ring, float] = {Ring.CLOSE: 0.08, Ring.FURTHER: 0.21, Ring.DISTANT: 0.0}
STEP_ASIDE = 13


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person or a group on the map, by role or initials, with the client's answers by question."""

    id: str
    who: str
    ring: Ring
    answers: Mapping[str, str] = field(default_factory=dict)
    revision: int = 1


class Changed(Exception):
    """This entry was changed since the writer looked. Carries it as it stands; None when it was taken off."""

    def __init__(self, saved: Somebody | None) -> None:
        super().__init__("this entry was changed in the meantime")
        self.saved = saved


class Full(Exception):
    """There is no room for one more."""


def body_of(people: Iterable[Somebody]) -> str:
    """The map as one text to seal."""
    rows = [
        {"id": one.id, "who": one.who, "ring": one.ring.value, "answers": dict(one.answers), "revision": one.revision}
        for one in people
    ]
    return json.dumps({"people": rows}, ensure_ascii=False)


def people_in(body: str) -> tuple[Somebody, ...]:
    """The map that was sealed. What cannot be read as somebody is left out."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    rows = found.get("people") if isinstance(found, dict) else None
    read = (_somebody(row) for row in rows) if isinstance(rows, list) else ()
    return tuple({one.id: one for one in read if one}.values())


def _somebody(row: Any) -> Somebody | None:
    if not isinstance(row, dict):
        return None
    one, who, ring, answers = row.get("id"), row.get("who"), row.get("ring"), row.get("answers")
    if not (isinstance(one, str) and isinstance(who, str) and one and who.strip()) or ring not in set(Ring):
        return None
    told = answers if isinstance(answers, dict) else {}
    kept = {str(key): text for key, text in told.items() if isinstance(text, str) and text.strip()}
    revision = row.get("revision")
    return Somebody(one, who, Ring(ring), kept, revision if isinstance(revision, int) else 1)


def with_one_more(people: Sequence[Somebody], one: Somebody) -> tuple[Somebody, ...]:
    """The map with somebody new. Who stands there already was sent twice, and changes nothing. Raises :class:`Full`."""
    if any(other.id == one.id for other in people):
        return tuple(people)
    if len(people) >= MOST:
        raise Full
    return (*people, replace(_tidied(one), revision=1))


def with_change(people: Sequence[Somebody], one: Somebody, *, based_on: int) -> tuple[Somebody, ...]:
    """The map with this entry as it is now. *based_on* is the revision the writer saw; 0 puts back who was taken off.

    Raises :class:`Changed` when another window was first and says something else, :class:`Full` when there is no room.
    """
    mine = _tidied(one)
    saved = next((other for other in people if other.id == mine.id), None)
    if saved is None:
        if based_on:
            raise Changed(None)
        return with_one_more(people, mine)
    if says_the_same(saved, mine):
        return tuple(people)
    if saved.revision != based_on:
        raise Changed(saved)
    return tuple(replace(mine, revision=saved.revision + 1) if other.id == mine.id else other for other in people)


def without(people: Sequence[Somebody], somebody_id: str) -> tuple[Somebody, ...]:
    """The map without this entry; nothing changes when it was not there."""
    return tuple(one for one in people if one.id != somebody_id)


def says_the_same(one: Somebody, other: Somebody) -> bool:
    """Whether two entries read the same, whoever saved them."""
    return (
        same_words(one.who, other.who)
        and one.ring is other.ring
        and set(one.answers) == set(other.answers)
        and all(same_words(text, other.answers[key]) for key, text in one.answers.items())
    )


def _tidied(one: Somebody) -> Somebody:
    answers = {key: normalised(text) for key, text in one.answers.items() if text.strip()}
    return replace(one, who=" ".join(normalised(one.who).split()), answers=answers)


def by_ring(people: Iterable[Somebody]) -> tuple[Somebody, ...]:
    """From near to far, and within a ring as they came."""
    order = list(Ring)
    return tuple(sorted(people, key=lambda one: order.index(one.ring)))


def next_question(answered: Iterable[str], questions: Sequence[str], after: str = "") -> str:
    """The first question after this one that has no answer yet, from the end on to the beginning; empty when none."""
    known = set(answered)
    start = questions.index(after) + 1 if after in questions else 0
    turned = [*questions[start:], *questions[:start]]
    return next((one for one in turned if one not in known and one != after), "")


@dataclass(frozen=True, slots=True)
class Dot:
    """Where somebody stands in the drawing, from the middle: *x* to the right and *y* down, and the number there."""

    number: int
    x: float
    y: float
    somebody: Somebody


def drawn(people: Iterable[Somebody]) -> tuple[Dot, ...]:
    """Everybody on their ring, spread evenly, numbered as in the list. In a full ring every other one steps aside."""
    ordered = by_ring(people)
    dots = []
    for ring in Ring:
        here = [(number, one) for number, one in enumerate(ordered, start=1) if one.ring is ring]
        for place, (number, one) in enumerate(here):
            turn = 2 * math.pi * (TURNED[ring] + place / len(here)) - math.pi / 2
            aside = (STEP_ASIDE if place % 2 else -STEP_ASIDE) if len(here) > 8 else 0
            radius = RADIUS[ring] + aside
            dots.append(Dot(number, round(radius * math.cos(turn), 1), round(radius * math.sin(turn), 1), one))
    return tuple(dots)
