"""Which coaches fit a request, in which order and why, in a fixed number of queries.

The rules are asked for everybody at once, and words are made for the few who are shown: an organisation of 100,000
people has thousands of coaches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from klankbord.coaches.api import coaches_to_weigh
from klankbord.engagements.models import Proposal, Request
from klankbord.engagements.queries.matching_facts import (
    Facts,
    Lines,
    facts_of,
    place_of,
    relation_facts,
)
from klankbord.engagements.rules.fit import Fit, fair_place, fit
from klankbord.engagements.rules.lifecycle import ProposalState
from klankbord.engagements.rules.match import Candidate, ClientFacts, ToldTo, match_findings, of_relation, steps_aside
from klankbord.engagements.rules.pairs import blocked, scores
from klankbord.engagements.wish_texts import labels
from klankbord.people.api import Person, lines_up
from klankbord.people.rules import folded
from klankbord.policy.api import policy_in_force
from klankbord.policy.rules.finding import Finding

# How many coaches a page shows in each list; the others are found by name.
AT_ONCE = 12


@dataclass(frozen=True)
class Suggestion:
    """A coach, seen from one request: what stands in the way, what fits, and whether already proposed."""

    coach: Person
    findings: tuple[Finding, ...]
    fit: Fit
    free_places: int
    proposal: Proposal | None

    @property
    def possible(self) -> bool:
        return not any(finding.blocks for finding in self.findings)


@dataclass(frozen=True)
class Shortlist:
    """As many coaches as one reads; *more* counts those who fit in no list."""

    possible: list[Suggestion]
    impossible: list[Suggestion]
    more: int


def shortlist(request: Request, search: str = "", *, at_once: int = AT_ONCE) -> Shortlist:
    """The best of those who can and the first of those who cannot, or of those whose name holds *search*.

    Whoever was proposed already always stands in it, and first.
    """
    wanted = folded(search)
    places = [one for one in coaches_to_weigh() if not wanted or wanted in folded(one.name)]
    proposals = {proposal.coach_id: proposal for proposal in Proposal.objects.filter(request=request)}
    facts = facts_of([request], places)
    stops = blocked(facts.clients, facts.candidates, facts.rules)[0].tolist()
    proposed = [number for number, one in enumerate(places) if one.pk in proposals]
    possible = _best(request, facts, [number for number, stop in enumerate(stops) if not stop], proposed, at_once)
    impossible = [number for number, stop in enumerate(stops) if stop]
    lists = [
        sorted(some, key=lambda number: places[number].pk not in proposals)[:at_once] for some in (possible, impossible)
    ]
    shown = [places[number].pk for some in lists for number in some]
    people = {one.pk: one for one in Person.objects.filter(pk__in=shown).select_related("unit", "manager")}
    made = [
        [_suggestion(facts, n, people[places[n].pk], proposals.get(places[n].pk), ToldTo.COORDINATOR) for n in some]
        for some in lists
    ]
    return Shortlist(made[0], made[1], more=len(places) - len(shown))


def _best(request: Request, facts: Facts, able: list[int], proposed: list[int], at_once: int) -> list[int]:
    """Of those who can the best *at_once* and those proposed already, the best first.

    Whose turn it is among equals is asked only of those who may be shown.
    """
    points = scores(facts.wishes, facts.offers)[0].tolist()
    rough = {number: (-points[number], facts.offers[number].load) for number in able}
    if len(able) > at_once:
        last = sorted(rough.values())[at_once - 1]
        shown = {number for number in able if rough[number] <= last} | set(proposed)
        able = [number for number in able if number in shown]
    return sorted(able, key=lambda number: fair_place(points[number], facts.offers[number], request.pk))


def suggestion(request: Request, coach: Person, *, told_to: ToldTo = ToldTo.COORDINATOR) -> Suggestion:
    """The same for one coach, in the words of whoever is told."""
    facts = facts_of([request], coaches_to_weigh([coach.pk]), shared_only=told_to is ToldTo.COORDINATOR)
    proposal = Proposal.objects.filter(request=request, coach=coach).first()
    return _suggestion(facts, 0, coach, proposal, told_to)


def _suggestion(facts: Facts, number: int, coach: Person, proposal: Proposal | None, told_to: ToldTo) -> Suggestion:
    client, candidate = facts.clients[0], facts.candidates[number]
    found = match_findings(client, candidate, told_to=told_to, rules=facts.rules)
    fits = fit(facts.wishes[0], facts.offers[number], told_to=told_to, client=client.name, labels=labels())
    return Suggestion(coach, tuple(found), fits, candidate.free_places, proposal)


def suggestions_for_client(request: Request, proposals: Sequence[Proposal]) -> list[Suggestion]:
    """The coaches who were proposed, in the words of the client.

    Room and norms are no part of what a client is told: a coach who was proposed has both, and how many clients
    somebody has is that coach's own business.
    """
    places = coaches_to_weigh(proposal.coach_id for proposal in proposals)
    facts = facts_of([request], places, shared_only=False)
    roomy = (replace(one, accepts_clients=True, open_engagements=0, capacity=1, quality=()) for one in facts.candidates)
    facts = replace(facts, candidates=tuple(roomy))
    return [
        _suggestion(facts, number, proposal.coach, proposal, ToldTo.CLIENT) for number, proposal in enumerate(proposals)
    ]


def reasons_to_step_aside(coordinator: Person, request: Request) -> list[Finding]:
    """Why this coordinator had better leave the request to a colleague; empty when there is no reason."""
    places = (place_of(coordinator), place_of(request.client))
    lines = Lines(lines_up(place.pk for place in places), {})
    one, other = (ClientFacts(**relation_facts(place, lines)) for place in places)  # type: ignore[arg-type]
    return steps_aside(one, other)


def open_proposals(request: Request) -> int:
    """How many coaches lie before the client now."""
    return Proposal.objects.filter(request=request, state=ProposalState.PROPOSED).count()


def only_proposal(request: Request) -> bool:
    """Whether the acting coach, who sees no other proposals, is the only one who lies before the client."""
    with connection.cursor() as cursor:
        cursor.execute("select engagements_only_proposal(%s)", [request.pk])
        return bool(cursor.fetchone()[0])


def relation_between(client: Person, coach: Person) -> Finding | None:
    """What now stands between these two in the organisation, in the words for the client; None when nothing does.

    For a coaching that runs: a reorganisation may bring about what matching would not have allowed. What was there
    before they were matched is no news, so the line of today counts alone.
    """
    places = (place_of(client), place_of(coach))
    lines = Lines(lines_up(place.pk for place in places), {})
    facts = ClientFacts(**relation_facts(places[0], lines))  # type: ignore[arg-type]
    candidate = Candidate(**relation_facts(places[1], lines), capacity=1)  # type: ignore[arg-type]
    rules = policy_in_force().content.match
    found = match_findings(facts, candidate, told_to=ToldTo.CLIENT, rules=rules)
    return next((one for one in found if one.blocks and of_relation(one)), None)
