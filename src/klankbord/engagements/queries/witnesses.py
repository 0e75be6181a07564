"""Reads about the people at work whom a client asks what shows, three months later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from klankbord.core import clock
from klankbord.engagements.models import Witness
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.afterwards import AnswerPart, Around, Moment, moment_of
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.engagements.rules.parts import parts_in
from klankbord.people.api import Person, found_people
from klankbord.privacy import vault

FOUND_AT_MOST = 10
ANSWERABLE = (Witness.State.ASKED, Witness.State.ANSWERED, Witness.State.DECLINED)


@dataclass(frozen=True)
class Asked:
    """Somebody whom the client asked, as the client sees it: who would rather not is as silent as who did not yet."""

    id: UUID
    person: Person
    asked_for: str
    answer: dict[str, str]
    asked_at: datetime
    answered_at: datetime | None
    open: bool


def time_to_ask(standing: Standing) -> Moment:
    """Whether colleagues can be asked: only after rounding off, and not after stopping early."""
    if standing.phase is not Phase.CLOSED:
        return Moment.NOT_YET
    return moment_of(standing.engagement.closed_on, standing.course.destroy_on, clock.today())


def asked_of(standing: Standing) -> list[Asked]:
    """Everybody whom the client asked, in the order of asking; questions taken back without an answer are left out."""
    rows = _rows(standing)
    vault.prepare(rows)
    return [_asked(row) for row in rows]


def around(standing: Standing) -> Around:
    """The people around this client, with those who were asked."""
    return Around(
        client=standing.engagement.client_id,
        coach=standing.engagement.coach_id,
        manager=standing.engagement.client.manager_id,
        asked=frozenset(row.person_id for row in _rows(standing)),
    )


def _rows(standing: Standing) -> list[Witness]:
    found = Witness.objects.filter(engagement=standing.engagement, client=standing.person).select_related("person")
    return [row for row in found if row.state != Witness.State.WITHDRAWN or row.text]


def _asked(row: Witness) -> Asked:
    answered = row.state in (Witness.State.ANSWERED, Witness.State.WITHDRAWN)
    return Asked(
        id=row.pk,
        person=row.person,
        asked_for=_words(row, "asked_for"),
        answer=parts_in(_words(row, "text"), list(AnswerPart)) if answered else {},
        asked_at=row.asked_at,
        answered_at=row.answered_at if answered else None,
        open=row.state != Witness.State.WITHDRAWN,
    )


def _words(row: Witness, field: str) -> str:
    try:
        return vault.read(row, field)
    except vault.Unreadable:
        return ""


def people_to_ask(standing: Standing, name: str) -> list[Person]:
    """Whom the client may ask: the manager, and a few of those who are called *name*; not who was asked already."""
    people = around(standing)
    manager = standing.engagement.client.manager
    offered = {manager.pk: manager} if manager is not None and manager.active else {}
    if name.strip():
        found = found_people(name).filter(active=True).order_by("sort_key")[: FOUND_AT_MOST + 2]
        offered |= {one.pk: one for one in found}
    out = people.asked | {people.client, people.coach}
    return [one for pk, one in offered.items() if pk not in out][: FOUND_AT_MOST + 1]


def witness_of_client(standing: Standing, pk: UUID) -> Witness:
    """The door to a question for whoever asked it. Raises ``Http404``."""
    found = (
        Witness.objects.filter(pk=pk, engagement=standing.engagement, client=standing.person)
        .select_related("person")
        .first()
    )
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Question:
    """What somebody was asked, unsealed, with what they answered before."""

    witness: Witness
    asked_for: str
    answer: dict[str, str]


def question_for_witness(person: Person, pk: UUID) -> Question:
    """The door for whoever was asked. Raises ``Http404`` for a question that is no longer there.

    SECURITY: it looks at the one row and never at the coaching behind it, which is not for whoever is asked.
    """
    found = Witness.objects.filter(pk=pk, person=person, state__in=ANSWERABLE).select_related("client").first()
    if found is None:
        raise Http404
    try:
        asked_for, text = vault.read(found, "asked_for"), vault.read(found, "text")
    except vault.Unreadable as gone:
        raise Http404 from gone
    return Question(found, asked_for, parts_in(text, list(AnswerPart)))
