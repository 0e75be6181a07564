"""Three months later the client asks a few people at work what shows. They answer, or rather not; the client reads."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import note_opened, refuse_when_over
from klankbord.engagements.models import Witness
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.witnesses import ANSWERABLE, around, time_to_ask
from klankbord.engagements.rules.afterwards import AnswerPart, may_be_asked, too_early_to_ask
from klankbord.engagements.rules.parts import body_of
from klankbord.people.api import Person, notify
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

__all__ = ["answer", "ask_witness", "decline", "end_question", "note_opened"]


@action("witness.ask")
def ask_witness(*, standing: Standing, slug: str, person: Person, text: str = "") -> Witness:
    """The client asks somebody at work what strikes them; *text* is what the client writes to them, or nothing.

    Asking the same person again changes nothing. Raises ``NotNow`` when it is not the time, or not for this person.
    """
    if not standing.is_client:
        raise PermissionDenied
    refuse_when_over(standing, after_closing=True)
    one_at_a_time(standing.engagement.pk)
    known = Witness.objects.filter(engagement=standing.engagement, client=standing.person, person=person).first()
    if known and (known.state != Witness.State.WITHDRAWN or known.text):
        record("witness.ask", known, owner=standing.person.pk, detail={"outcome": "again"})
        return known
    if refused := [*too_early_to_ask(time_to_ask(standing)), *may_be_asked(person.pk, around(standing))]:
        raise NotNow(refused[0])
    witness = known or Witness(
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        client=standing.person,
        person=person,
    )
    vault.seal(witness, "asked_for", text.strip())
    witness.state = Witness.State.ASKED
    _save(witness, is_new=known is None)
    record("witness.ask", witness, owner=standing.person.pk)
    link = reverse("witness", kwargs={"organisation": slug, "witness": witness.pk})
    notify(person_id=person.pk, kind="witness_asked", link=link, name=standing.person.first_name)
    return witness


def _save(witness: Witness, *, is_new: bool) -> None:
    if is_new:
        witness.save(force_insert=True)
    else:
        witness.save(update_fields=["asked_for", "state"])


@action("witness.answer")
def answer(*, witness: Witness, slug: str, parts: Mapping[str, str]) -> None:
    """Whoever was asked answers, or changes the answer. Only the client reads it, and hears of it the first time."""
    current = _still_open(witness)
    vault.seal(current, "text", body_of(parts, list(AnswerPart)))
    first = current.state != Witness.State.ANSWERED
    current.state, current.answered_at = Witness.State.ANSWERED, clock.now()
    current.save(update_fields=["text", "state", "answered_at"])
    record("witness.answer", current, owner=current.client_id)
    if first:
        link = reverse("witnesses", kwargs={"organisation": slug, "engagement": current.engagement_id})
        notify(person_id=current.client_id, kind="witness_answered", link=link, name=current.person.first_name)


@action("witness.decline")
def decline(*, witness: Witness) -> None:
    """Rather not, without a reason. The client is told nothing: to them it is a question without an answer.

    What was answered before is taken away with it.
    """
    current = _still_open(witness)
    current.text, current.answered_at, current.state = None, None, Witness.State.DECLINED
    current.save(update_fields=["text", "answered_at", "state"])
    # SECURITY: with the client as the owner it would stand in the client's trail that this person would rather not.
    record("witness.decline", current, owner=current.person_id)


def _still_open(witness: Witness) -> Witness:
    """The question as it stands now, for whoever was asked. Raises ``Witness.DoesNotExist`` once it was ended."""
    found: Witness = (
        Witness.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=witness.pk, state__in=ANSWERABLE)
    )
    return found


@action("witness.end")
def end_question(*, witness: Witness) -> None:
    """The client ends a question: it is no longer there for whoever was asked. An answer stays for the client."""
    witness.state = Witness.State.WITHDRAWN
    witness.save(update_fields=["state"])
    record("witness.end", witness, owner=witness.client_id)
