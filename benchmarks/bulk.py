"""Thousands of engagements beside Johan's: the rows that the actions would leave behind, without pressing every button.

Through the actions this takes an hour, and only what a page reads matters here. So the rows go in as the owner, in
bulk; the texts are sealed by the vault like any other, each engagement with a key of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connections, models

from benchmarks.johan import words
from klankbord.core import clock
from klankbord.core.models import Organisation
from klankbord.engagements.actions.agreements import Plan
from klankbord.engagements.models import (
    Agreement,
    Course,
    Engagement,
    Participant,
    Proposal,
    Request,
    RequestWords,
    Session,
    Writing,
)
from klankbord.engagements.rules.agreement import AgreementFacts
from klankbord.engagements.rules.lifecycle import Phase, ProposalState, RequestState
from klankbord.engagements.texts import filled_clauses
from klankbord.engagements.writings import MANNERS, Kind
from klankbord.people.models import Membership, Notification, Person
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

OWNER = "owner"
AUDIT_ROWS_EACH = 40
NOTIFICATIONS_EACH = 6
TALKS = 7
# In the order in which rows refer to each other.
TABLES: tuple[type[models.Model], ...] = (
    Request, RequestWords, Proposal, Engagement, Participant, Course, Session, Writing, Agreement, AuditRow,
    Notification,
)  # fmt: skip


@dataclass
class Heap:
    """Rows to put in, by table."""

    organisation_id: UUID
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: {one: [] for one in TABLES})

    def add[M: models.Model](self, model: type[M], **values: Any) -> M:
        """One more row of this organisation."""
        row = model(organisation_id=self.organisation_id, **values)
        self.rows[model].append(row)
        return row

    def put_in(self) -> dict[str, int]:
        """Write everything, and say how many rows each table got."""
        for model in TABLES:
            model._default_manager.using(OWNER).bulk_create(self.rows[model], batch_size=2_000)
        return {model._meta.verbose_name_plural.__str__(): len(self.rows[model]) for model in TABLES}


def open_the_owners_door() -> None:
    """A second connection in this process, logged in as the owner, on which row security does not apply."""
    connections.settings[OWNER] = {**connections.settings["default"], "USER": "klankbord_owner"}


def fill(organisation: Organisation, engagements: int, waiting: int) -> dict[str, int]:
    """So many engagements, three in ten of them over, and so many requests that wait for a proposal."""
    heap = Heap(organisation.id)
    coaches = _ids(Membership.objects.using(OWNER).filter(role="coach").exclude(person__email__startswith="marieke@"))
    others = Person.objects.using(OWNER).filter(memberships=None, staff_number__startswith="P").order_by("pk")
    clients = list(others.values_list("pk", flat=True)[: engagements + waiting])
    for count, client in enumerate(clients[:engagements]):
        _engagement(heap, count, client, coaches[count % len(coaches)])
    for count, client in enumerate(clients[engagements:]):
        _asked(heap, count, client, RequestState.SENT)
    vault.forget_keys()
    return heap.put_in()


def _ids(memberships: Iterable[Membership]) -> Sequence[UUID]:
    return sorted(one.person_id for one in memberships)


def _sealed(row: models.Model, **texts: str) -> None:
    for name, text in texts.items():
        vault.seal(row, name, text)


def _asked(heap: Heap, count: int, client: UUID, state: RequestState, coach: UUID | None = None) -> Request:
    at = clock.now() - timedelta(days=count % 400, hours=count % 24)
    request = heap.add(Request, client_id=client, state=state, themes=["project"], sent_at=at, changed_at=at)
    row = heap.add(RequestWords, request_id=request.pk, client_id=client, coach_id=coach, shared=count % 2 == 0)
    _sealed(row, text=words(count, 6), sensitive="[]")
    return request


def _engagement(heap: Heap, count: int, client: UUID, coach: UUID) -> None:
    request = _asked(heap, count, client, RequestState.MATCHED, coach)
    heap.add(Proposal, request_id=request.pk, client_id=client, coach_id=coach, state=ProposalState.CHOSEN)
    over = count % 10 < 3
    began = clock.today() - timedelta(days=40 + count % 300)
    engagement = heap.add(
        Engagement,
        request_id=request.pk,
        client_id=client,
        coach_id=coach,
        started_on=began,
        planned_end=began + timedelta(weeks=21),
        closed_on=clock.today() - timedelta(days=count % 30) if over else None,
    )
    for somebody, role in ((client, Participant.Role.CLIENT), (coach, Participant.Role.COACH)):
        heap.add(
            Participant, engagement_id=engagement.pk, person_id=somebody, role=role, since=clock.now() - timedelta(400)
        )
    heap.add(Course, engagement_id=engagement.pk, phase=Phase.CLOSED if over else Phase.RUNNING)
    _talks(heap, count, engagement)
    _agreement(heap, engagement)
    _trail(heap, engagement)


def _talks(heap: Heap, count: int, engagement: Engagement) -> None:
    _text(heap, engagement, Kind.DIRECTION, count)
    for number in range(TALKS + 1):
        starts_at = clock.now() + timedelta(weeks=3 * (number - 4), hours=count % 200)
        talk = heap.add(Session, engagement_id=engagement.pk, number=number, starts_at=starts_at, place="Kamer 4.12")
        if number and number <= 4:
            for kind in (Kind.TOPIC, Kind.NOTES, Kind.REFLECTION, Kind.COACH_PAGE):
                _text(heap, engagement, kind, count + number, talk)


def _text(heap: Heap, engagement: Engagement, kind: Kind, seed: int, talk: Session | None = None) -> None:
    manner = MANNERS[kind]
    row = heap.add(
        Writing,
        engagement_id=engagement.pk,
        session_id=talk.pk if talk else None,
        kind=kind.value,
        author_id=engagement.client_id if "client" in manner.writers else engagement.coach_id,
        audience=list(manner.audience),
        shared_at=clock.now() if manner.audience else None,
    )
    _sealed(row, body=words(seed, 10))


def _agreement(heap: Heap, engagement: Engagement) -> None:
    now = clock.now()
    clauses = filled_clauses(AgreementFacts(client="Jan", coach="Els", manager="Piet"), "nl")
    row = heap.add(
        Agreement,
        engagement_id=engagement.pk,
        version=1,
        author_id=engagement.client_id,
        plan=asdict(Plan(first=now.isoformat(), place="Kamer 4.12", count=TALKS)),
        client_accepted_at=now,
        coach_accepted_at=now,
    )
    _sealed(row, clauses=json.dumps([asdict(clause) for clause in clauses], ensure_ascii=False))


def _trail(heap: Heap, engagement: Engagement) -> None:
    both = (engagement.client_id, engagement.coach_id)
    for count in range(AUDIT_ROWS_EACH):
        heap.add(
            AuditRow,
            at=clock.now() - timedelta(days=3 * count),
            actor_id=both[count % 2],
            owner_id=engagement.client_id,
            verb="session.open" if count % 3 else "text.save",
            subject="engagements.engagement",
            subject_id=engagement.pk,
        )
    for count in range(NOTIFICATIONS_EACH):
        heap.add(
            Notification,
            person_id=both[count % 2],
            kind="text_sent",
            link="/waterland/",
            made_at=clock.now() - timedelta(days=count),
            sent_at=clock.now(),
        )
