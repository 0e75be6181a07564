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
    SENTENCE = "sentence"
    HARVEST = "harvest"
    HOW_WE_WORK = "how_we_work"
    MEETING_FORM = "meeting_form"
    JOTTING = "jotting"
    ALLIANCE = "alliance"
    INTERIM = "interim"
    INTERIM_TOGETHER = "interim_together"
    FINAL = "final"
    FINAL_TOGETHER = "final_together"
    STAKEHOLDERS = "stakeholders"
    LATER = "later"
    PLAN = "plan"
    FRIDGE_CARD = "fridge_card"
    HANDOVER = "handover"


@dataclass(frozen=True)
class Manner:
    """How a kind of text behaves.

    ``writers`` may begin one. ``audience`` may read it once it is shared; an empty audience means nobody but the
    writer, ever. ``on_saving`` shares it at once; otherwise the writer sends it. ``together`` makes it one text of
    both, which either may edit. ``per_session`` says whether it belongs to one talk, ``after_closing`` whether one may
    still write it once the coaching was rounded off, as long as the texts are kept, and ``after_stopping`` the same
    once it was stopped.
    """

    writers: frozenset[str]
    audience: tuple[str, ...] = ()
    on_saving: bool = False
    together: bool = False
    per_session: bool = False
    after_closing: bool = False
    after_stopping: bool = False


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
    # One sentence of the client's own per talk, and what it brought already.
    Kind.SENTENCE: Manner(frozenset({CLIENT}), (CLIENT, COACH), on_saving=True, per_session=True),
    Kind.HARVEST: Manner(frozenset({CLIENT}), (CLIENT, COACH), on_saving=True, per_session=True),
    Kind.HOW_WE_WORK: Manner(BOTH, (CLIENT, COACH), on_saving=True, together=True),
    # Where the coach looks along, what the two practise, or what they read.
    Kind.MEETING_FORM: Manner(BOTH, (CLIENT, COACH), on_saving=True, together=True, per_session=True),
    # A few words during a talk, for whoever writes them down.
    Kind.JOTTING: Manner(BOTH, per_session=True),
    Kind.ALLIANCE: Manner(BOTH, (CLIENT, COACH), per_session=True),
    # Apart first and then side by side, or as one text of both.
    Kind.INTERIM: Manner(BOTH, (CLIENT, COACH)),
    Kind.INTERIM_TOGETHER: Manner(BOTH, (CLIENT, COACH), on_saving=True, together=True),
    Kind.FINAL: Manner(BOTH, (CLIENT, COACH), after_closing=True),
    Kind.FINAL_TOGETHER: Manner(BOTH, (CLIENT, COACH), on_saving=True, together=True, after_closing=True),
    Kind.STAKEHOLDERS: Manner(frozenset({CLIENT}), (CLIENT, COACH)),
    Kind.LATER: Manner(frozenset({CLIENT}), after_closing=True, after_stopping=True),
    Kind.PLAN: Manner(frozenset({CLIENT}), (CLIENT, COACH), after_closing=True),
    Kind.FRIDGE_CARD: Manner(frozenset({CLIENT}), after_closing=True),
    # What the client gives a new coach to read of what was before.
    Kind.HANDOVER: Manner(frozenset({CLIENT}), (CLIENT, COACH), on_saving=True),
}

TOGETHER: tuple[str, ...] = tuple(kind.value for kind, manner in MANNERS.items() if manner.together)
