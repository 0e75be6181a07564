"""Stating what one can show about the own trade, and having a look at that."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from klankbord.coaches.actions._telling import tell_coordinators
from klankbord.coaches.models import QualityFact, QualityProof, QualityReminder
from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import acting_person_id
from klankbord.people.api import Person, notify
from klankbord.privacy.audit import action, record


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a coach states. ``name`` is the training, the supervisor or the code, or a register that is not listed."""

    kind: QualityFact.Kind
    valid_from: date
    valid_until: date | None = None
    body: str = ""
    level: str = ""
    name: str = ""
    number: str = ""


@dataclass(frozen=True)
class Proof:
    """The paper that shows it: a PDF as it came, or a picture that was made anew."""

    content: bytes
    media_type: str


@action("quality.state")
def state_quality(
    *, once: UUID, slug: str, coach: Person, statement: Statement, proof: Proof | None = None
) -> QualityFact:
    """State something about the own trade. Sending the same form twice states it once."""
    one_at_a_time(once)
    known = QualityFact.objects.filter(pk=once, person=coach).first()
    if known:
        record("quality.state", known, owner=coach.pk, detail={"outcome": "again"})
        return known
    fact = QualityFact(id=once, organisation_id=coach.organisation_id, person=coach, **asdict(statement))
    fact.save(force_insert=True)
    if proof:
        QualityProof(
            organisation_id=coach.organisation_id,
            person=coach,
            fact=fact,
            content=proof.content,
            media_type=proof.media_type,
        ).save(force_insert=True)
    record("quality.state", fact, owner=coach.pk, detail={"kind": fact.kind})
    tell_coordinators(slug=slug, kind="quality_to_look_at", coach=coach)
    return fact


@action("quality.remove")
def remove_quality(*, fact: QualityFact) -> None:
    """Take back what one stated, with the paper."""
    record("quality.remove", fact, owner=fact.person_id, detail={"kind": fact.kind})
    QualityReminder.objects.filter(fact=fact).delete()
    QualityProof.objects.filter(fact=fact).delete()
    fact.delete()


@action("quality.check")
def check_quality(*, fact: QualityFact, looked: bool) -> QualityFact:
    """A coordinator had a look at it, or takes that back. Raises ``PermissionDenied`` for what is one's own."""
    if fact.person_id == acting_person_id():
        raise PermissionDenied
    fact.checked_at = clock.now() if looked else None
    fact.checked_by_id = acting_person_id() if looked else None
    fact.save(update_fields=["checked_at", "checked_by"])
    record("quality.check", fact, owner=fact.person_id, detail={"outcome": "looked_at" if looked else "taken_back"})
    return fact


@action("quality.remind")
def remind_of_last_day(*, slug: str, person_id: UUID, fact: QualityFact, days: int) -> QualityReminder:
    """Tell a coach that something ends, as that coach: once a term."""
    row = QualityReminder(organisation_id=fact.organisation_id, person_id=person_id, fact=fact, days=days)
    row.save(force_insert=True)
    record("quality.remind", fact, owner=person_id, detail={"count": days})
    link = reverse("my_quality", kwargs={"organisation": slug})
    notify(person_id=person_id, kind="quality_over" if days == 0 else "quality_ends", link=link)
    return row
