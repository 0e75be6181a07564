"""Everything somebody may read of the own coachings, gathered to take along."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.http import Http404

from klankbord.core import clock
from klankbord.core.readable import readable
from klankbord.core.tenant import acting_in
from klankbord.engagements.models import (
    Agreement,
    Card,
    Engagement,
    Experiment,
    Farewell,
    FitLetter,
    FitReply,
    FitSignal,
    GoalWording,
    RequestWords,
    Share,
    Signal,
    SpiralStep,
    ThreeWayText,
    Witness,
    Writing,
)
from klankbord.engagements.rules.leaving import hash_of
from klankbord.people.api import Person
from klankbord.privacy import vault
from klankbord.privacy.access import things


@dataclass(frozen=True)
class Source:
    """A sealed text of an engagement: in which table and column, when it was written, and what it is called."""

    model: type[Model]
    field: str
    when: str
    thing: str = ""


SOURCES: Sequence[Source] = (
    Source(Writing, "body", "written_at"),
    Source(Agreement, "clauses", "made_at", "agreement"),
    Source(GoalWording, "body", "made_at", "goal"),
    Source(GoalWording, "why", "made_at", "goal_wording"),
    Source(Card, "body", "made_at", "card"),
    Source(Experiment, "plan", "made_at", "experiment"),
    Source(Experiment, "outcome", "changed_at", "experiment"),
    Source(SpiralStep, "body", "made_at", "spiral"),
    Source(Signal, "text", "made_at", "signal"),
    Source(Signal, "reply", "made_at", "signal"),
    Source(ThreeWayText, "body", "made_at", "three_way_text"),
    Source(Witness, "text", "asked_at", "witness"),
    Source(Witness, "asked_for", "asked_at", "witness"),
    Source(Share, "text", "shared_at", "share"),
    Source(FitLetter, "text", "shared_at", "fit_letter"),
    Source(FitReply, "text", "sent_at", "fit_reply"),
)


@dataclass(frozen=True)
class Passage:
    """One text: what it is, when it was written and by whom."""

    title: str
    when: datetime
    who: str
    text: str
    key: str = ""
    mine: bool = False
    of_two: bool = False


@dataclass(frozen=True)
class Chapter:
    """One coaching, with its texts in the order in which they were written."""

    coach: str
    since: datetime
    passages: tuple[Passage, ...]


def own_words(person: Person) -> list[Chapter]:
    """The coachings of this person as a client, with every text the person may read. As many queries as sources."""
    engagements = list(Engagement.objects.filter(client=person).select_related("coach", "request"))
    by_engagement = _texts_of(person, engagements)
    for request_id, passage in _with_requests(person):
        for one in engagements:
            if one.request_id == request_id:
                by_engagement[one.pk].append(passage)
    return [_chapter(one, by_engagement[one.pk]) for one in sorted(engagements, key=lambda e: e.started_on)]


def _with_requests(person: Person) -> Iterator[tuple[UUID, Passage]]:
    """What this person wrote with a request, by that request: the own words, and what was passed on about it."""
    words = list(RequestWords.objects.filter(client=person).select_related("request"))
    signals = list(FitSignal.objects.filter(client=person))
    vault.prepare([*words, *signals])
    dated: list[tuple[str, Any, datetime]] = [("request_words", row, row.request.sent_at) for row in words]
    dated += [("fit_signal", row, row.passed_at) for row in signals]
    for key, row, when in dated:
        if text := _text(row, "text"):
            yield row.request_id, Passage(str(things()[key].name), when, person.first_name, text)


def passages_of(person: Person, engagements: Sequence[Engagement]) -> list[Passage]:
    """The texts of these coachings that the acting person may read, in the order in which they were written."""
    found = [one for passages in _texts_of(person, engagements).values() for one in passages]
    return sorted(found, key=lambda one: one.when)


def _texts_of(person: Person, engagements: Sequence[Engagement]) -> dict[Any, list[Passage]]:
    by_engagement: dict[Any, list[Passage]] = {one.pk: [] for one in engagements}
    names = {person.pk: person.first_name, **{one.coach_id: one.coach.first_name for one in engagements}}
    for source in SOURCES:
        rows = list(source.model._default_manager.filter(engagement__in=engagements))
        vault.prepare(rows)
        for row in rows:
            if text := _text(row, source.field):
                by_engagement[row.engagement_id].append(  # type: ignore[attr-defined]
                    _passage(row, source, names, text, person)
                )
    return by_engagement


def _chapter(engagement: Engagement, passages: list[Passage]) -> Chapter:
    return Chapter(engagement.coach.name, engagement.request.sent_at, tuple(sorted(passages, key=lambda one: one.when)))


def _text(row: Model, field: str) -> str:
    try:
        return readable(vault.read(row, field)).strip()
    except vault.Unreadable:
        return ""


def _passage(row: Any, source: Source, names: dict[Any, str], text: str, person: Person) -> Passage:
    thing = things()[source.thing or row.kind]
    author = getattr(row, "author_id", None)
    return Passage(
        title=str(thing.name),
        when=getattr(row, source.when),
        who=names.get(author, ""),
        text=text,
        key=f"{row.pk}-{source.field}",
        of_two=source.model is Agreement or source.model is ThreeWayText,
        mine=author == person.pk or (author is None and source.field == "body" and row.client_id == person.pk),
    )


def has_been_coached(person: Person) -> bool:
    """Whether there is anything to take along."""
    return Engagement.objects.filter(client=person).exists()


def farewells_of(person: Person) -> Iterator[Farewell]:
    """The addresses that still work, and those that wait until this person leaves."""
    for one in Farewell.objects.filter(person=person, withdrawn_at=None):
        if one.expires_at is None or one.expires_at > clock.now():
            yield one


@contextmanager
def by_secret(secret: str) -> Iterator[Farewell | None]:
    """With the eyes of whose words the link leads to, and nobody else's; None for a link that does not work.

    SECURITY: the row is found by a function of the schema's owner. Everything after that is read under row security,
    as that person.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select organisation_id, person_id, farewell_id from engagements_farewell(%s)", [hash_of(secret)]
        )
        found = cursor.fetchone()
    if found is None:
        yield None
        return
    with acting_in(found[0], found[1]):
        yield Farewell.objects.select_related("person", "organisation").get(pk=found[2])


def farewell_of(person: Person, pk: UUID) -> Farewell:
    """The door to one's own address for later."""
    found = Farewell.objects.filter(pk=pk, person=person).first()
    if found is None:
        raise Http404
    return found
