"""What the rules say about a coach whom the coordinator puts at a row of a round by hand."""

from klankbord.engagements.models import MatchRow
from klankbord.engagements.queries.rounds import given_in, weighed_of
from klankbord.engagements.rules.match import match_findings
from klankbord.engagements.rules.rounds import PARTED_CLAUSE, ROOM, room_within
from klankbord.people.api import Person
from klankbord.policy.rules.finding import Finding, Severity


def against(*, row: MatchRow, coach: Person | None) -> list[Finding]:
    """What the rules say about this coach for this row of a round, room within the round included."""
    if coach is None:
        return []
    weighed = weighed_of([row])
    place = weighed.column.get(coach.pk)
    if place is None:
        return [_no_coach(coach.first_name)]
    facts = weighed.facts
    candidate = facts.candidates[place]
    found = match_findings(facts.clients[0], candidate, rules=facts.rules)
    if (0, place) in facts.again:
        found.insert(0, _parted(facts.clients[0].name, candidate.name))
    if not any(one.clause == ROOM for one in found):
        found += room_within(candidate, given_in(row.round, besides=row)[coach.pk])
    return found


def _no_coach(name: str) -> Finding:
    return Finding(
        code="round.no_coach",
        severity=Severity.BLOCKS,
        nl="{coach} is niet meer beschikbaar als coach.",
        en="{coach} is not available as a coach any more.",
        clause="match.client_chooses",
        names=(("coach", name),),
    )


def _parted(client: str, coach: str) -> Finding:
    return Finding(
        code="round.parted",
        severity=Severity.BLOCKS,
        nl="{coach} lag al eens voor bij {client}, en dat werd het niet.",
        en="{coach} was proposed to {client} before, and it came to nothing.",
        clause=PARTED_CLAUSE,
        names=(("client", client), ("coach", coach)),
    )
