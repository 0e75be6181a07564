"""The client places steps on the spiral, says how much steering is welcome, and a word about the way of working."""

from uuid import UUID

from django.urls import reverse

from klankbord.core import clock
from klankbord.core.comparison import same_words
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import refuse_when_over, tell_other
from klankbord.engagements.models import Session, Signal, SpiralStep, SteeringWish
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.spiral import Step, Walked, turn_for
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

__all__ = [
    "AnsweredAlready",
    "NotYours",
    "choose_steering",
    "place_step",
    "reply_to_signal",
    "say_word",
    "send_signal",
    "take_step_away",
]


class NotYours(Exception):
    """This role does not do this."""


class AnsweredAlready(Exception):
    """The coach answered this already, in other words; the answer that stands is in the row."""


def _only_client(standing: Standing) -> None:
    if not standing.is_client:
        raise NotYours


@action("spiral.place")
def place_step(
    *,
    once: UUID,
    standing: Standing,
    step: Step,
    sentence: str = "",
    session: Session | None = None,
    anew: bool = False,
) -> SpiralStep:
    """Put a step on the spiral; with *anew* it begins a turn. The same form twice places one step.

    Raises :class:`NotYours` for the coach, ``NotNow`` once it is over.
    """
    _only_client(standing)
    refuse_when_over(standing)
    one_at_a_time(standing.engagement.pk)
    known = SpiralStep.objects.filter(pk=once, client=standing.person).first()
    if known:
        record("spiral.place", known, owner=standing.person.pk, detail={"outcome": "again"})
        return known
    there = SpiralStep.objects.filter(engagement=standing.engagement).order_by("made_at", "id")
    walked = [Walked(Step(placed), turn) for placed, turn in there.values_list("step", "turn")]
    row = SpiralStep(
        id=once,
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        session=session,
        client=standing.person,
        step=step.value,
        turn=turn_for(walked, step, anew=anew),
    )
    if sentence:
        vault.seal(row, "body", sentence)
    row.save(force_insert=True)
    record("spiral.place", row, owner=standing.person.pk, detail={"kind": step.value})
    return row


@action("spiral.remove")
def take_step_away(*, standing: Standing, row: SpiralStep) -> None:
    """Take a step off the spiral, with its sentence. Raises ``NotNow`` once it is over."""
    refuse_when_over(standing)
    record("spiral.remove", row, owner=standing.person.pk)
    row.delete()


@action("steering.choose")
def choose_steering(*, standing: Standing, level: int) -> SteeringWish:
    """Say how much steering is welcome from now on; what was said before stays as it was.

    Choosing again what stands already changes nothing. Raises :class:`NotYours`, ``NotNow``.
    """
    _only_client(standing)
    refuse_when_over(standing)
    last = SteeringWish.objects.filter(engagement=standing.engagement).order_by("-made_at", "-id").first()
    if last and last.level == level:
        record("steering.choose", last, owner=standing.person.pk, detail={"outcome": "again"})
        return last
    wish = SteeringWish(
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        client=standing.person,
        level=level,
    )
    wish.save(force_insert=True)
    # The level itself stands in its own table, for the two: not in a trail that lives longer.
    record("steering.choose", wish, owner=standing.person.pk)
    return wish


@action("signal.say")
def say_word(
    *,
    once: UUID,
    standing: Standing,
    slug: str,
    sort: Signal.Sort,
    text: str = "",
    session: Session | None = None,
    send: bool = False,
) -> Signal:
    """A word of the client about the way of working: kept for oneself, or with *send* for the coach to answer.

    The same form twice says it once. Raises :class:`NotYours`, ``NotNow``.
    """
    _only_client(standing)
    refuse_when_over(standing)
    one_at_a_time(once)
    known = Signal.objects.filter(pk=once, client=standing.person).first()
    if known:
        record("signal.say", known, owner=standing.person.pk, detail={"outcome": "again"})
        return known
    signal = Signal(
        id=once,
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        session=session,
        client=standing.person,
        sort=sort,
        sent_at=clock.now() if send else None,
    )
    if text:
        vault.seal(signal, "text", text)
    signal.save(force_insert=True)
    record("signal.say", signal, owner=standing.person.pk, detail={"kind": sort.value})
    if send:
        tell_other(standing, slug, "text_sent", link=_link(standing, slug, signal))
    return signal


@action("signal.send")
def send_signal(*, standing: Standing, slug: str, signal: Signal) -> None:
    """Send a word that was one's own until now; sending twice sends once. Raises :class:`NotYours`, ``NotNow``."""
    _only_client(standing)
    refuse_when_over(standing)
    signal = Signal.objects.select_for_update().get(pk=signal.pk)
    record("signal.send", signal, owner=standing.person.pk)
    if signal.sent_at is None:
        signal.sent_at = clock.now()
        signal.save(update_fields=["sent_at"])
        tell_other(standing, slug, "text_sent", link=_link(standing, slug, signal))


@action("signal.reply")
def reply_to_signal(*, standing: Standing, slug: str, signal: Signal, text: str = "") -> None:
    """The coach answers: in words, or without *text* "I tell you in the talk"; words may still follow that.

    Raises :class:`AnsweredAlready` when other words stand there, :class:`NotYours` for the client, ``NotNow``.
    """
    if standing.is_client:
        raise NotYours
    refuse_when_over(standing)
    signal = Signal.objects.select_for_update().get(pk=signal.pk)
    stands = vault.read(signal, "reply")
    if stands and text and not same_words(stands, text):
        raise AnsweredAlready
    record("signal.reply", signal, owner=signal.client_id)
    if stands or (signal.replied_at and not text):
        return
    if text:
        vault.seal(signal, "reply", text)
    signal.replied_at = clock.now()
    signal.save(update_fields=["reply", "replied_at"])
    tell_other(standing, slug, "word_answered", link=_link(standing, slug, signal))


def _link(standing: Standing, slug: str, signal: Signal) -> str:
    where = {"organisation": slug, "engagement": standing.engagement.pk, "signal": signal.pk}
    return reverse("signal", kwargs=where)
