"""The kinds of text in an engagement, and who each is meant for. Row policies and check constraints follow this."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a text is. The value is stored, so it never changes."""

    DIRECTION = "direction"
    EXPECTATION = "expectation"
    TOPIC = "topic"
    NOTES = "notes"
    REFLECTION = "reflection"
    COACH_PAGE = "coach_page"
    REPORT = "report"
    CRIB = "crib"


@dataclass(frozen=True)
class Manner:
    """How a kind of text behaves.

    ``writers`` may begin one. ``audience`` may read it once it is shared; an empty audience means nobody but the
    writer, ever. ``on_saving`` shares it at once; otherwise the writer sends it. ``together`` makes it one text of
    both, which either may edit. ``per_session`` says whether it belongs to one talk, ``after_closing`` whether one may
    still write it once the coaching was rounded off, as long as the texts are kept.
    """

    writers: frozenset[str]
    audience: tuple[str, ...] = ()
    on_saving: bool = False
    together: bool = False
    per_session: bool = False
    after_closing: bool = False


CLIENT, COACH = "client", "coach"
BOTH = frozenset({CLIENT, COACH})

MANNERS: Mapping[Kind, Manner] = {
    Kind.DIRECTION: Manner(frozenset({CLIENT}), (CLIENT, COACH), on_saving=True),
    Kind.EXPECTATION: Manner(BOTH, (CLIENT, COACH), on_saving=True),
    Kind.TOPIC: Manner(frozenset({CLIENT}), (CLIENT, COACH), per_session=True),
    Kind.NOTES: Manner(BOTH, (CLIENT, COACH), on_saving=True, together=True, per_session=True),
    Kind.REFLECTION: Manner(frozenset({CLIENT}), (CLIENT, COACH), per_session=True),
    Kind.COACH_PAGE: Manner(frozenset({COACH}), per_session=True),
    Kind.REPORT: Manner(frozenset({CLIENT}), (CLIENT, COACH), after_closing=True),
    Kind.CRIB: Manner(frozenset({CLIENT}), after_closing=True),
}

TOGETHER: tuple[str, ...] = tuple(kind.value for kind, manner in MANNERS.items() if manner.together)
