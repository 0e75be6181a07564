"""What the rules of matching ask about requests and coaches, in a fixed number of queries for any number of both."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count

from klankbord.coaches.api import CoachRow, quality_findings, themes
from klankbord.core import clock
from klankbord.core.lookups import AnyOf
from klankbord.engagements.models import Engagement, Request, RequestPreference, RequestWords
from klankbord.engagements.rules.fit import ClientWishes, CoachOffer
from klankbord.engagements.rules.match import Candidate, ClientFacts
from klankbord.people.api import Person, led_by, lines_up, past_lines
from klankbord.policy.api import policy_in_force
from klankbord.policy.rules.content import MatchRules
from klankbord.policy.rules.finding import Finding
from klankbord.privacy import vault

# How many clients a coach takes on at the same time, until coaches say so themselves.
USUAL_CAPACITY = 6
# Of so few coaches the lines are simply asked.
FEW = 50
# "I do not know yet" is an answer to what it is about, and nothing a coach could offer.
UNKNOWN_THEME = "not_sure"


class Place(NamedTuple):
    """Somebody, and where they stand in the organisation: what is asked of thousands, without the rest of them."""

    pk: UUID
    name: str
    sort_key: str
    unit_path: str
    manager_id: UUID | None
    employer: str
    language: str

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


PLACE = ("pk", "name", "sort_key", "unit__path", "manager_id", "employer", "language")


def place_of(person: Person) -> Place:
    """The same of somebody who is in hand already."""
    return Place(
        person.pk, person.name, person.sort_key, person.unit.path, person.manager_id, person.employer, person.language
    )


@dataclass(frozen=True)
class Facts:
    """What the rules ask: clients with their wishes in the order of the requests, coaches in the order given."""

    rules: MatchRules
    clients: tuple[ClientFacts, ...]
    wishes: tuple[ClientWishes, ...]
    candidates: tuple[Candidate, ...]
    offers: tuple[CoachOffer, ...]


@dataclass(frozen=True)
class Lines:
    """Who stands above whom, and who did in the years that count."""

    now: Mapping[UUID, tuple[UUID, ...]]
    before: Mapping[UUID, tuple[tuple[int, UUID], ...]]


def facts_of(requests: Sequence[Request], coaches: Sequence[CoachRow], *, shared_only: bool = True) -> Facts:
    """What the rules ask about these requests, each with its client and unit, and these coaches.

    Sensitive themes count only where the client ticked that coordinators may read the words; ``shared_only`` is False
    for the client's own page. There the norms of coaches are left out: they are told to coordinators alone.
    """
    rules = policy_in_force().content.match
    clients = [place_of(request.client) for request in requests]
    lines = lines_of([*clients, *_in_line_perhaps(clients, coaches, rules)], rules)
    close = _close_themes(requests, shared_only=shared_only)
    wanted = {
        one.request_id: one
        for one in RequestPreference.objects.filter(request_id__in=[request.pk for request in requests])
    }
    began = _began_with(requests)
    roles = {coach.pk: (coach.employer, coach.since) for coach in coaches}
    norms = quality_findings(roles, roles) if shared_only else {}
    engaged = open_engagements(coach.pk for coach in coaches)
    running = [engaged[coach.pk] for coach in coaches]
    today = clock.today()
    return Facts(
        rules=rules,
        clients=tuple(
            replace(
                _client(request, place, lines, close.get(request.pk)),
                began_with=began[request.pk],
                asks_for=wanted[request.pk].coach_id if request.pk in wanted else None,
            )
            for request, place in zip(requests, clients, strict=True)
        ),
        wishes=tuple(_wishes(request, close.get(request.pk), wanted.get(request.pk), rules) for request in requests),
        candidates=tuple(
            _candidate(coach, lines, busy=busy, norms=norms.get(coach.pk, ()), today=today)
            for coach, busy in zip(coaches, running, strict=True)
        ),
        offers=tuple(_offer(coach, busy) for coach, busy in zip(coaches, running, strict=True)),
    )


def lines_of(people: Iterable[Place | CoachRow], rules: MatchRules) -> Lines:
    """The lines of these people, as far back as the policy asks."""
    ids = [one.pk for one in people]
    before = past_lines(ids, _years_ago(clock.today(), rules.line_years)) if rules.line_years else {}
    return Lines(lines_up(ids), before)


def _in_line_perhaps(clients: Sequence[Place], coaches: Sequence[CoachRow], rules: MatchRules) -> Sequence[CoachRow]:
    """The coaches whose line may hold one of these clients; of the others the line of the clients tells all.

    Few clients lead many people, so this is one look downwards instead of thousands upwards.
    """
    if len(coaches) <= FEW:
        return coaches
    below = led_by((one.pk for one in clients), _years_ago(clock.today(), rules.line_years), at_most=len(coaches))
    return coaches if below is None else [coach for coach in coaches if coach.pk in below]


def _years_ago(day: date, years: int) -> date:
    """The same day so many years earlier; the last of February for a day that year did not have."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def relation_facts(place: Place | CoachRow, lines: Lines) -> dict[str, object]:
    """Where somebody stands, as both sides of a match know it."""
    return {
        "person_id": place.pk,
        "name": place.first_name,
        "unit_id": place.unit_path,
        "unit_path": _larger_units(place.unit_path),
        "manager_id": place.manager_id,
        "managers_up": lines.now.get(place.pk, ()),
        "external": bool(place.employer),
        "above_before": lines.before.get(place.pk, ()),
    }


@lru_cache(maxsize=10_000)
def _larger_units(path: str) -> tuple[str, ...]:
    parts = path.split("/")
    return tuple("/".join(parts[:depth]) for depth in range(1, len(parts)))


def _client(request: Request, place: Place, lines: Lines, close: frozenset[str] | None) -> ClientFacts:
    return ClientFacts(
        **relation_facts(place, lines),  # type: ignore[arg-type]
        languages=frozenset({request.language}),
        sensitive=None if close is None else bool(close),
    )


def _wishes(
    request: Request, close: frozenset[str] | None, wanted: RequestPreference | None, rules: MatchRules
) -> ClientWishes:
    return ClientWishes(
        themes=(frozenset(request.themes) | (close or frozenset())) - {UNKNOWN_THEME},
        ways=frozenset(request.ways),
        language=request.language,
        place=request.place,
        day_parts=frozenset(request.day_parts),
        employer=request.employer,
        gender=wanted.gender if wanted and rules.wishes_about_person else "",
        coach=wanted.coach_id if wanted else None,
    )


def _candidate(coach: CoachRow, lines: Lines, *, busy: int, norms: tuple[Finding, ...], today: date) -> Candidate:
    spoken = frozenset(coach.languages or ())
    return Candidate(
        **relation_facts(coach, lines),  # type: ignore[arg-type]
        languages=spoken or frozenset((coach.language,)),
        languages_known=bool(spoken),
        accepts_clients=not coach.rests_on(today),
        open_engagements=busy,
        capacity=USUAL_CAPACITY if coach.capacity is None else coach.capacity,
        quality=norms,
    )


def _offer(coach: CoachRow, busy: int) -> CoachOffer:
    """What a coach offers; of a profile that colleagues do not see yet the room alone."""
    external, capacity = bool(coach.employer), USUAL_CAPACITY if coach.capacity is None else coach.capacity
    if not coach.visible:
        return CoachOffer(
            person_id=coach.pk,
            name=coach.first_name,
            known=False,
            external=external,
            open_engagements=busy,
            capacity=capacity,
        )
    return CoachOffer(
        person_id=coach.pk,
        name=coach.first_name,
        themes=frozenset(coach.themes or ()),
        ways=frozenset(coach.ways or ()),
        languages=frozenset(coach.languages or ()),
        meets=bool(coach.meets),
        online=bool(coach.online),
        day_parts=frozenset(coach.day_parts or ()),
        gender=coach.gender or "",
        external=external,
        open_engagements=busy,
        capacity=capacity,
    )


def open_engagements(coach_ids: Iterable[UUID]) -> Counter[UUID]:
    """How many coachings of each of these coaches run now, as far as the acting person may see them."""
    running = Engagement.objects.filter(AnyOf("coach_id", coach_ids), closed_on=None)
    return Counter(dict(running.values_list("coach_id").annotate(Count("pk"))))


def _began_with(requests: Sequence[Request]) -> Mapping[UUID, frozenset[UUID]]:
    """The coaches with whom each client began before. What runs out of the same request is no earlier beginning."""
    rows = Engagement.objects.filter(client_id__in=[request.client_id for request in requests])
    began: dict[UUID, list[tuple[UUID, UUID, bool]]] = defaultdict(list)
    for client_id, request_id, coach_id, closed_on in rows.values_list(
        "client_id", "request_id", "coach_id", "closed_on"
    ):
        began[client_id].append((request_id, coach_id, closed_on is None))
    return {
        request.pk: frozenset(
            coach for source, coach, runs in began[request.client_id] if not (runs and source == request.pk)
        )
        for request in requests
    }


def _close_themes(requests: Sequence[Request], *, shared_only: bool) -> Mapping[UUID, frozenset[str]]:
    """The sensitive themes of each request of which they may be read here.

    SECURITY: a coordinator who is also the chosen coach can read the words as the coach. They count in the work of a
    coordinator only when the client ticked it.
    """
    rows = RequestWords.objects.filter(request_id__in=[request.pk for request in requests])
    words = list(rows.filter(shared=True) if shared_only else rows)
    vault.prepare(words)
    sensitive = {theme.id for theme in themes() if theme.sensitive}
    found = {}
    for row in words:
        try:
            found[row.request_id] = frozenset(json.loads(vault.read(row, "sensitive") or "[]")) & sensitive
        except vault.Unreadable:
            continue
    return found
