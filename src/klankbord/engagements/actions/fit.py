"""Does coaching fit here? The coach shares a thought with the client first; the client does with it what they want."""

from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.engagements.actions._reading import note_opened
from klankbord.engagements.actions._steps import refuse_when_over
from klankbord.engagements.models import FitLetter, FitReply, FitSignal, FitThought, Request
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.fit import can_be_passed_on, readers_of
from klankbord.engagements.rules.suitability import CLAUSE, Pattern, somebody_to_read
from klankbord.people.api import notify
from klankbord.policy.rules.finding import Finding, NotNow, Severity
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

__all__ = ["destroy_letter", "note_opened", "open_letter", "pass_on", "publish_counts", "reply", "share", "take_back"]


@action("fit.share")
def share(*, once: UUID, standing: Standing, slug: str, text: str, pattern: Pattern | None) -> FitThought:
    """The coach shares a thought with the client, and with nobody else. The same form sent twice shares it once.

    Raises ``PermissionDenied`` for anybody but the coach, ``NotNow`` once the coaching is over.
    """
    if standing.is_client:
        raise PermissionDenied
    refuse_when_over(standing)
    one_at_a_time(once)
    client = standing.engagement.client
    known = FitThought.objects.filter(pk=once, coach=standing.person).first()
    if known:
        record("fit.share", known, owner=client.pk, detail={"outcome": "again"})
        return known
    between = {"engagement": standing.engagement, "client": client, "coach": standing.person}
    when = clock.now()
    letter = FitLetter(id=once, organisation_id=client.organisation_id, shared_at=when, **between)
    thought = FitThought(id=once, organisation_id=client.organisation_id, shared_at=when, **between)
    for row in (letter, thought):
        vault.seal(row, "text", text)
        vault.seal(row, "pattern", pattern or "")
        row.save(force_insert=True)
    record("fit.share", thought, owner=client.pk)
    link = reverse("fit_letter", kwargs={"organisation": slug, "letter": once})
    notify(person_id=client.pk, kind="text_sent", link=link, name=standing.person.first_name)
    return thought


@action("fit.open_letter")
def open_letter(*, letter: FitLetter) -> None:
    """The client has seen it, so that it no longer stands on "Vandaag"."""
    letter.opened_at = letter.opened_at or clock.now()
    letter.save(update_fields=["opened_at"])
    record("fit.open_letter", letter, owner=letter.client_id)


@action("fit.reply")
def reply(*, letter: FitLetter, standing: Standing, slug: str, text: str) -> FitReply:
    """The client answers the coach, or puts the answer in other words. Raises ``NotNow`` once the coaching is over."""
    if not standing.is_client or letter.engagement_id != standing.engagement.pk:
        raise PermissionDenied
    refuse_when_over(standing)
    known = FitReply.objects.filter(pk=letter.pk, client=standing.person).first()
    row = known or FitReply(
        id=letter.pk,
        organisation_id=letter.organisation_id,
        engagement=standing.engagement,
        client=standing.person,
    )
    vault.seal(row, "text", text)
    row.sent_at = clock.now()
    if known:
        row.save(update_fields=["text", "sent_at"])
    else:
        row.save(force_insert=True)
        link = reverse("fit", kwargs={"organisation": slug, "engagement": standing.engagement.pk})
        notify(person_id=letter.coach_id, kind="word_answered", link=link, name=standing.person.first_name)
    record("fit.reply", row, owner=standing.person.pk)
    return row


@action("fit.destroy")
def destroy_letter(*, letter: FitLetter) -> None:
    """The client lets it be destroyed. The coach keeps what they wrote, and is told nothing."""
    record("fit.destroy", letter, owner=letter.client_id)
    scope = letter.vault_scope
    letter.delete()
    transaction.on_commit(partial(vault.destroy, scope))


@action("fit.pass_on")
def pass_on(*, once: UUID, slug: str, request: Request, pattern: Pattern, text: str) -> FitSignal:
    """The client passes a pattern on to the coordinators, with own words or without. The same form twice makes one.

    Raises ``NotNow`` when there is nobody to read it, or the request is over.
    """
    one_at_a_time(once)
    known = FitSignal.objects.filter(pk=once, client=request.client).first()
    if known:
        record("fit.pass_on", known, owner=request.client_id, detail={"outcome": "again"})
        return known
    readers = readers_of(request)
    if refused := [*somebody_to_read(len(readers)), *_still_kept(request)]:
        raise NotNow(refused[0])
    signal = FitSignal(
        id=once,
        organisation_id=current_scope().organisation_id,
        request=request,
        client=request.client,
        pattern=pattern,
        passed_at=clock.now(),
    )
    if text:
        vault.seal(signal, "text", text)
    signal.save(force_insert=True)
    record("fit.pass_on", signal, owner=request.client_id)
    link = reverse("fit_signal", kwargs={"organisation": slug, "passed_on": signal.pk})
    for reader in readers:
        notify(person_id=reader.pk, kind="fit_passed_on", link=link)
    return signal


def _still_kept(request: Request) -> list[Finding]:
    if can_be_passed_on(request):
        return []
    return [
        Finding(
            code="fit.request_is_over",
            severity=Severity.BLOCKS,
            nl="De woorden van deze aanvraag zijn vernietigd. Er kan niets meer bij.",
            en="The words of this request were destroyed. Nothing can be added to it.",
            clause=CLAUSE,
        )
    ]


@action("fit.take_back")
def take_back(*, signal: FitSignal) -> None:
    """The client takes back what was passed on: nobody finds it any more. What was read stays known."""
    record("fit.take_back", signal, owner=signal.client_id)
    signal.delete()


@action("fit.publish")
def publish_counts() -> int:
    """Count the year that is over in this organisation, once and for good. Returns how many counts were new.

    For the night: asked by a person it counts nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("select engagements_publish_fit(%s)", [[one.value for one in Pattern]])
        added = int(cursor.fetchone()[0])
    record("fit.publish", detail={"count": added})
    return added
