"""Reads about matching a group at once: who wait, what was weighed, and how a round looks now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from klankbord.core import clock
from klankbord.engagements.models import MatchRound, MatchRow, Proposal, Request
from klankbord.engagements.queries.matching_facts import Place, facts_of, places_of_coaches
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
    coaches: Sequence[Place]
    facts: Weighed

    @property
    def column(self) -> Mapping[UUID, int]:
        """Where each coach stands."""
        return {coach.pk: place for place, coach in enumerate(self.coaches)}


def weigh_round(pk: UUID) -> RoundFacts | None:
    """What a round that waits for the work has to weigh; None when there is no such round any more."""
    found = MatchRound.objects.filter(pk=pk, state=RoundState.WORKING).first()
    return weighed_of(list(rows_of(found))) if found else None


def weighed_of(rows: Sequence[MatchRow]) -> RoundFacts:
    """The same for some rows of a round, in a fixed number of queries."""
    requests = [row.request for row in rows]
    coaches = places_of_coaches()
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


def _parted(requests: Sequence[Request], coaches: Sequence[Place]) -> list[tuple[int, int]]:
    row = {request.pk: place for place, request in enumerate(requests)}
    column = {coach.pk: place for place, coach in enumerate(coaches)}
    earlier = Proposal.objects.filter(request_id__in=list(row), state__in=PARTED)
    pairs = earlier.values_list("request_id", "coach_id")
    return [(row[request], column[coach]) for request, coach in pairs if coach in column]


def given_in(round: MatchRound, *, besides: UUID | None = None) -> Counter[UUID]:
    """How many people each coach has in this round, without the row *besides*."""
    rows = MatchRow.objects.filter(round=round, coach__isnull=False, outcome="").exclude(pk=besides)
    return Counter(rows.values_list("coach_id", flat=True))


def pairs_to_weigh(requests: int) -> int:
    """How many pairs so many requests make with the coaches there are."""
    return requests * holders_of(Membership.Role.COACH).count()
