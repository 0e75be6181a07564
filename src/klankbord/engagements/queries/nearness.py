"""Who came to stand near whom while a coaching runs: found for everybody at once, and shown to coordinators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from klankbord.engagements.models import CameNear
from klankbord.engagements.queries.matching_facts import PLACE, Lines, Place, relation_facts
from klankbord.engagements.rules.match import Candidate, ClientFacts, ToldTo, match_findings, of_relation
from klankbord.people.api import Membership, Person, holders_of, lines_up
from klankbord.policy.api import policy_in_force
from klankbord.policy.rules.content import MatchRules
from klankbord.policy.rules.finding import Finding


@dataclass(frozen=True)
class Near:
    """A running engagement of two who stand near each other now; *settled* when both said to go on all the same."""

    engagement_id: UUID
    client_id: UUID
    coach_id: UUID
    code: str
    settled: bool
    aside: tuple[UUID, ...]


def near_now() -> list[Near]:
    """Every running engagement of this organisation whose two stand near each other, in five queries.

    For the worker, which acts as nobody: to whoever acts as a person the database tells nothing here.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from engagements_running_pairs()")
        pairs = cursor.fetchall()
    if not pairs:
        return []
    rules = policy_in_force().content.match
    places = _places({person for pair in pairs for person in pair[1:3]})
    # Only how they stand now: what was before the match was weighed there, and what is over need not be raised.
    lines = Lines(lines_up(places), {})
    found = []
    for engagement_id, client_id, coach_id, client_goes_on, coach_goes_on, aside in pairs:
        finding = _relation(places[client_id], places[coach_id], lines, rules, ToldTo.CLIENT)
        if finding is not None:
            settled = client_goes_on == coach_goes_on == finding.code
            found.append(Near(engagement_id, client_id, coach_id, finding.code, settled, tuple(aside)))
    return found


def _places(person_ids: Iterable[UUID]) -> dict[UUID, Place]:
    rows = Person.objects.filter(pk__in=list(person_ids)).values_list(*PLACE)
    return {row[0]: Place(*row) for row in rows}


def _relation(client: Place, coach: Place, lines: Lines, rules: MatchRules, told_to: ToldTo) -> Finding | None:
    facts = ClientFacts(**relation_facts(client, lines))  # type: ignore[arg-type]
    candidate = Candidate(**relation_facts(coach, lines), capacity=1)  # type: ignore[arg-type]
    found = match_findings(facts, candidate, told_to=told_to, rules=rules)
    return next((one for one in found if one.blocks and of_relation(one)), None)


def nearness_of(pairs: Iterable[tuple[UUID, UUID]], told_to: ToldTo) -> dict[tuple[UUID, UUID], Finding]:
    """What the rules say of each pair of client and coach as they stand now, in three queries for any number."""
    wanted = list(pairs)
    if not wanted:
        return {}
    people = {person for pair in wanted for person in pair}
    rules, places = policy_in_force().content.match, _places(people)
    lines = Lines(lines_up(people), {})
    found = {
        (client, coach): _relation(places[client], places[coach], lines, rules, told_to) for client, coach in wanted
    }
    return {pair: finding for pair, finding in found.items() if finding is not None}


@dataclass(frozen=True)
class Raised:
    """A nearness as a coordinator reads it: the row, and what the rule says as they stand today; None when over."""

    row: CameNear
    finding: Finding | None


def nearness_listed(coordinator: Person, *, search: str = "", resolved: bool = False) -> QuerySet[CameNear]:
    """What was raised with coordinators and is open, or was resolved in the last month. Newest first.

    SECURITY: whoever is one of the two, or stepped aside, is left out by the row policy; here again, so that a person
    with two roles reads it in one place only.
    """
    rows = CameNear.objects.exclude(client=coordinator).exclude(coach=coordinator)
    over = Q(resolved_on__isnull=False) | Q(engagement__closed_on__isnull=False)
    for word in search.split():
        rows = rows.filter(Q(client__name__icontains=word) | Q(coach__name__icontains=word))
    rows = rows.filter(over) if resolved else rows.exclude(over)
    return rows.select_related("engagement", "client__unit", "coach__unit").order_by(
        "-found_on", "client__sort_key", "pk"
    )


def open_nearness_count(coordinator: Person) -> int:
    """How many of them are open for this coordinator."""
    return nearness_listed(coordinator).count()


def raised(rows: Sequence[CameNear]) -> list[Raised]:
    """The same with the rule in words, in three queries for any number of rows."""
    people = {person for row in rows for person in (row.client_id, row.coach_id)}
    if not people:
        return []
    rules, places = policy_in_force().content.match, _places(people)
    lines = Lines(lines_up(people), {})
    return [
        Raised(row, _relation(places[row.client_id], places[row.coach_id], lines, rules, ToldTo.COORDINATOR))
        for row in rows
    ]


def coordinators_to_ask(client: Person, coach: Person) -> list[Person]:
    """The coordinators with whom the two may talk about how they came to stand near each other."""
    return [one for one in holders_of(Membership.Role.COORDINATOR) if one.pk not in (client.pk, coach.pk)]
