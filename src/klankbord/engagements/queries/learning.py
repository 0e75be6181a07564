"""Reads of the learning spiral, of how much steering is welcome, and of words about the way of working."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from klankbord.engagements.models import Session, Signal, SpiralStep, SteeringWish
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.spiral import Step, Walked
from klankbord.privacy import vault

# --- the spiral ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """One step that the client placed, unsealed. ``talk`` is the number of the talk it came from, if that was said."""

    id: UUID
    step: Step
    turn: int
    sentence: str
    talk: int | None
    placed_at: datetime
    gone: bool = False

    @property
    def walked(self) -> Walked:
        """What the drawing needs of it."""
        return Walked(self.step, self.turn)


def steps_of(standing: Standing) -> list[Placed]:
    """Everything on the spiral, in the order of walking. Two queries, however much there is."""
    rows = list(
        SpiralStep.objects.filter(engagement=standing.engagement).select_related("session").order_by("made_at", "id")
    )
    vault.prepare(rows)
    return [_placed(row) for row in rows]


def _placed(row: SpiralStep) -> Placed:
    try:
        sentence, gone = vault.read(row, "body"), False
    except vault.Unreadable:
        sentence, gone = "", True
    return Placed(
        id=row.pk,
        step=Step(row.step),
        turn=row.turn,
        sentence=sentence,
        talk=row.session.number if row.session else None,
        placed_at=row.made_at,
        gone=gone,
    )


def spiral_step_for(standing: Standing, pk: UUID) -> SpiralStep | None:
    """The door to a step of one's own spiral; None for one that was taken away already, here or in another window."""
    return SpiralStep.objects.filter(pk=pk, engagement=standing.engagement, client=standing.person).first()


def talks_to_choose_from(standing: Standing) -> list[Session]:
    """The talks a step may come from."""
    found = Session.objects.filter(engagement=standing.engagement, number__gt=0)
    return list(found.exclude(state=Session.State.CANCELLED).order_by("number"))


# --- steering -----------------------------------------------------------------------------------------------------


def wishes_of(standing: Standing) -> list[SteeringWish]:
    """How much steering was welcome, the latest first."""
    return list(SteeringWish.objects.filter(engagement=standing.engagement).order_by("-made_at", "-id"))


def level_now(standing: Standing) -> int | None:
    """How much steering is welcome now, or None when the client said nothing about it."""
    found = SteeringWish.objects.filter(engagement=standing.engagement).order_by("-made_at", "-id")
    level: int | None = found.values_list("level", flat=True).first()
    return level


# --- words about the way of working -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exchange:
    """A word of the client and what the coach said to it, unsealed."""

    id: UUID
    sort: str
    text: str
    reply: str
    talk: int | None
    made_at: datetime
    sent_at: datetime | None
    replied_at: datetime | None
    gone: bool = False

    @property
    def in_the_talk(self) -> bool:
        """Whether the coach answers by mouth."""
        return self.replied_at is not None and not self.reply and not self.gone


def signal_for(standing: Standing, pk: UUID) -> Signal:
    """The door to a word about the way of working: the client's own, and for the coach what was sent."""
    found = Signal.objects.filter(pk=pk, engagement=standing.engagement).select_related("session").first()
    if found is None:
        raise Http404
    return found


def exchanges_of(standing: Standing, session: Session | None = None) -> list[Exchange]:
    """What was said about the way of working and may be read, the latest first."""
    found = Signal.objects.filter(engagement=standing.engagement)
    if session is not None:
        found = found.filter(session=session)
    rows = list(found.select_related("session").order_by("-made_at"))
    vault.prepare(rows)
    return [exchange(row) for row in rows]


def exchange(row: Signal) -> Exchange:
    """This word and its answer, unsealed."""
    try:
        text, reply, gone = vault.read(row, "text"), vault.read(row, "reply"), False
    except vault.Unreadable:
        text, reply, gone = "", "", True
    return Exchange(
        id=row.pk,
        sort=row.sort,
        text=text,
        reply=reply,
        talk=row.session.number if row.session else None,
        made_at=row.made_at,
        sent_at=row.sent_at,
        replied_at=row.replied_at,
        gone=gone,
    )


def words_at(standing: Standing, session: Session) -> list[Signal]:
    """The words that were said about one talk, sealed: the page of a talk only names them."""
    return list(Signal.objects.filter(engagement=standing.engagement, session=session).order_by("made_at"))
