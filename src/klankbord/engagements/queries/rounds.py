"""Reads about matching a group at once: who wait, what was weighed, and how a round looks now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from klankbord.coaches.api import CoachRow, coaches_to_weigh
from klankbord.core import clock
from klankbord.engagements.models import MatchRound, MatchRow, Proposal, Request
from klankbord.engagements.queries.matching_facts import facts_of
from klankbord.engagements.queries.requests import requests_listed
from klankbord.engagements.rules.lifecycle import ProposalState, RequestState
from klankbord.engagements.rules.rounds import RoundState, Weighed
from klankbord.people.api import Membership, Person, holders_of

# A coach of whom the client, or who, said no before is not laid before the same client again by a round.
PARTED = (ProposalState.PASSED, ProposalState.REFUSED)


def waiting_requests(coordinator: Person) -> QuerySet[Request]:
    """The requests that wait for a proposal and are this coordinator's to look after, the longest waiting first."""
    return requests_listed(coordinator, state=RequestState.SENT).order_by("sent_at", "pk")


def rounds_of(coordinator: Person) -> list[MatchRound]:
    """This coordinator's rounds that still lie here, newest first."""
    return list(MatchRound.objects.filter(made_by=coordinator).order_by("-made_at")[:20])


def round_for(person: Person, pk: UUID, roles: frozenset[str]) -> MatchRound:
    """The door to a round: for the coordinator who made it. Raises ``Http404``."""
    found = MatchRound.objects.filter(pk=pk, made_by=person).first()
    if found is None or "coordinator" not in roles:
        raise Http404
    return found


def row_for(round: MatchRound, pk: UUID) -> MatchRow:
    """The door to one request of a round."""
    found = rows_of(round).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rows_of(round: MatchRound) -> QuerySet[MatchRow]:
    """The requests of a round as far as its maker may see them: the longest waiting first."""
    rows = MatchRow.objects.filter(round=round).exclude(request__aside__contains=[round.made_by_id])
    return rows.select_related("request__client__unit", "coach__unit").order_by("place")


@dataclass(frozen=True)
class RoundFacts:
    """Rows of a round with the coaches they may choose from, and everything the rules ask about both."""

    rows: Sequence[MatchRow]
    coaches: Sequence[CoachRow]
    facts: Weighed

    @cached_property
    def column(self) -> Mapping[UUID, int]:
        """Where each coach stands."""
        return {coach.pk: place for place, coach in enumerate(self.coaches)}

    def place_of(self, row: MatchRow) -> int:
        """Where the coach of a row stands; -1 for nobody, and for somebody who is no coach any more."""
        return self.column.get(row.coach_id, -1) if row.coach_id else -1


def weigh_round(pk: UUID) -> RoundFacts | None:
    """What a round that waits for the work has to weigh; None when there is no such round any more."""
    found = MatchRound.objects.filter(pk=pk, state=RoundState.WORKING).first()
    return weighed_of(list(rows_of(found))) if found else None


def weighed_of(rows: Sequence[MatchRow], *, chosen_only: bool = False) -> RoundFacts:
    """The same for some rows of a round, in a fixed number of queries; beside their own coaches alone if asked."""
    requests = [row.request for row in rows]
    coaches = coaches_to_weigh()
    if chosen_only:
        chosen = {row.coach_id for row in rows}
        coaches = [coach for coach in coaches if coach.pk in chosen]
    facts = facts_of(requests, coaches)
    return RoundFacts(
        rows,
        coaches,
        Weighed(
            rules=facts.rules,
            clients=facts.clients,
            wishes=facts.wishes,
            candidates=facts.candidates,
            offers=facts.offers,
            waiting=[(clock.today() - localdate(request.sent_at)).days for request in requests],
            again=_parted(requests, coaches),
        ),
    )


def _parted(requests: Sequence[Request], coaches: Sequence[CoachRow]) -> list[tuple[int, int]]:
    row = {request.pk: place for place, request in enumerate(requests)}
    column = {coach.pk: place for place, coach in enumerate(coaches)}
    earlier = Proposal.objects.filter(request_id__in=list(row), state__in=PARTED)
    pairs = earlier.values_list("request_id", "coach_id")
    return [(row[request], column[coach]) for request, coach in pairs if coach in column]


def given_in(round: MatchRound, *, besides: MatchRow | None = None) -> Counter[UUID]:
    """How many people each coach has in this round, without the row *besides*."""
    rows = MatchRow.objects.filter(round=round, coach__isnull=False)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return Counter(rows.exclude(request__aside__contains=[round.made_by_id]).values_list("coach_id", flat=True))


@dataclass(frozen=True)
class Share:
    """What a round comes to for one coach: the room there is, how many are there now, and how many would come."""

    coach: CoachRow
    now: int
    coming: int
    capacity: int


def spread_of(round: MatchRound) -> list[Share]:
    """How a round is spread over the coaches who get somebody, those with most first; and how full they are."""
    given = given_in(round)
    coaches = [coach for coach in coaches_to_weigh() if coach.pk in given]
    candidates = facts_of([], coaches).candidates
    shares = [
        Share(coach, candidate.open_engagements, given[coach.pk], candidate.capacity)
        for coach, candidate in zip(coaches, candidates, strict=True)
    ]
    return sorted(shares, key=lambda share: (-share.coming, share.coach.sort_key))


def coach_of_round(pk: UUID) -> Person | None:
    """A coach to choose by hand; None for whoever is none."""
    return holders_of(Membership.Role.COACH).filter(pk=pk).first()


def pairs_to_weigh(requests: int) -> int:
    """How many pairs so many requests make with the coaches there are."""
    return requests * holders_of(Membership.Role.COACH).count()
