"""The facts that matching asks for, and its findings, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from klankbord.engagements.models import Engagement, Proposal, Request
from klankbord.engagements.rules.lifecycle import ProposalState
from klankbord.engagements.rules.match import Candidate, ClientFacts, ToldTo, match_findings, of_relation, steps_aside
from klankbord.people.api import Membership, Person, holders_of, lines_up
from klankbord.people.rules import folded
from klankbord.policy.rules.finding import Finding

# How many clients a coach takes on at the same time, until coaches say so themselves.
USUAL_CAPACITY = 6
# How many coaches a page shows in each list; the others are found by name.
AT_ONCE = 12


@dataclass(frozen=True)
class Suggestion:
    """A coach, seen from one request: what stands in the way, what to know, and whether already proposed."""

    coach: Person
    findings: tuple[Finding, ...]
    free_places: int
    proposal: Proposal | None

    @property
    def possible(self) -> bool:
        return not any(finding.blocks for finding in self.findings)


def _ancestors(path: str) -> tuple[str, ...]:
    parts = path.split("/")
    return tuple("/".join(parts[:depth]) for depth in range(1, len(parts)))


def _facts(person: Person, lines: Mapping[UUID, tuple[UUID, ...]]) -> dict[str, object]:
    return {
        "person_id": person.pk,
        "name": person.first_name,
        "unit_id": person.unit.path,
        "unit_path": _ancestors(person.unit.path),
        "manager_id": person.manager_id,
        "managers_up": lines.get(person.pk, ()),
        "languages": frozenset({person.language}),
        "external": person.external,
    }


def client_facts(person: Person) -> ClientFacts:
    """What matching needs to know about one person."""
    return ClientFacts(**_facts(person, lines_up([person.pk])))  # type: ignore[arg-type]


def suggestions(request: Request) -> list[Suggestion]:
    """Every coach for this request with the findings: those who can before others, most free places first."""
    coaches = list(holders_of(Membership.Role.COACH))
    lines = lines_up([request.client_id, *(coach.pk for coach in coaches)])
    busy = open_engagements(coach.pk for coach in coaches)
    client = ClientFacts(**_facts(request.client, lines))  # type: ignore[arg-type]
    proposals = {proposal.coach_id: proposal for proposal in Proposal.objects.filter(request=request)}
    found = [_suggestion(client, coach, lines, busy[coach.pk], proposals.get(coach.pk)) for coach in coaches]
    return sorted(found, key=lambda one: (not one.possible, -one.free_places, one.coach.sort_key))


@dataclass(frozen=True)
class Shortlist:
    """As many coaches as one reads; *more* counts those who fit in no list."""

    possible: list[Suggestion]
    impossible: list[Suggestion]
    more: int


def shortlist(found: Sequence[Suggestion], search: str = "") -> Shortlist:
    """The first of those who can and of those who cannot, or those whose name holds *search*.

    Whoever was proposed already always stands in it.
    """
    wanted = folded(search)
    named = [one for one in found if wanted in folded(one.coach.name)]
    ordered = sorted(named, key=lambda one: one.proposal is None)
    possible = [one for one in ordered if one.possible]
    impossible = [one for one in ordered if not one.possible]
    shown = (possible[:AT_ONCE], impossible[:AT_ONCE])
    return Shortlist(*shown, more=len(named) - sum(map(len, shown)))


def suggestion(request: Request, coach: Person, *, told_to: ToldTo = ToldTo.COORDINATOR) -> Suggestion:
    """The same for one coach, in the words of whoever is told."""
    lines = lines_up([request.client_id, coach.pk])
    client = ClientFacts(**_facts(request.client, lines))  # type: ignore[arg-type]
    proposal = Proposal.objects.filter(request=request, coach=coach).first()
    return _suggestion(client, coach, lines, open_engagements([coach.pk])[coach.pk], proposal, told_to=told_to)


def _suggestion(
    client: ClientFacts,
    coach: Person,
    lines: Mapping[UUID, tuple[UUID, ...]],
    busy: int,
    proposal: Proposal | None,
    *,
    told_to: ToldTo = ToldTo.COORDINATOR,
) -> Suggestion:
    candidate = Candidate(
        **_facts(coach, lines),  # type: ignore[arg-type]
        accepts_clients=True,
        open_engagements=busy,
        capacity=USUAL_CAPACITY,
    )
    return Suggestion(coach, tuple(match_findings(client, candidate, told_to=told_to)), candidate.free_places, proposal)


def open_engagements(coach_ids: Iterable[UUID]) -> Counter[UUID]:
    """How many coachings of each of these coaches run now, as far as the acting person may see them."""
    running = Engagement.objects.filter(coach_id__in=list(coach_ids), closed_on=None)
    return Counter(running.values_list("coach_id", flat=True))


def reasons_to_step_aside(coordinator: Person, request: Request) -> list[Finding]:
    """Why this coordinator had better leave the request to a colleague; empty when there is no reason."""
    lines = lines_up([coordinator.pk, request.client_id])
    return steps_aside(
        ClientFacts(**_facts(coordinator, lines)),  # type: ignore[arg-type]
        ClientFacts(**_facts(request.client, lines)),  # type: ignore[arg-type]
    )


def open_proposals(request: Request) -> int:
    """How many coaches lie before the client now."""
    return Proposal.objects.filter(request=request, state=ProposalState.PROPOSED).count()


def relation_between(client: Person, coach: Person) -> Finding | None:
    """What now stands between these two in the organisation, in the words for the client; None when nothing does.

    For a coaching that runs: a reorganisation may bring about what matching would not have allowed.
    """
    lines = lines_up([client.pk, coach.pk])
    facts = ClientFacts(**_facts(client, lines))  # type: ignore[arg-type]
    candidate = Candidate(**_facts(coach, lines), capacity=1)  # type: ignore[arg-type]
    found = match_findings(facts, candidate, told_to=ToldTo.CLIENT)
    return next((one for one in found if one.blocks and of_relation(one)), None)
