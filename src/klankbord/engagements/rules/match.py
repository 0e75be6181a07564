"""May this coach be proposed to this client, and what should be known before?

The hard rules protect the freedom to speak: nobody is coached by somebody who leads them, whom they lead, with
whom they share a manager, or whom they meet every day in their own unit. A coach who is employed elsewhere has
no place in the line or the units, and so passes those rules by having nothing to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from klankbord.policy.rules.finding import Finding, Severity

type Key = UUID | int | str


class ToldTo(StrEnum):
    """Who reads the finding: the coordinator reads two names, the client reads a name and "jij"."""

    COORDINATOR = "coordinator"
    CLIENT = "client"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFacts:
    """What matching needs to know about a person.

    ``unit_path`` holds the units above the own unit, the whole organisation first, the own unit not included.
    ``managers_up`` holds everybody above in the line: the own manager, their manager, and so on.
    """

    person_id: Key
    name: str
    unit_id: Key | None = None
    unit_path: tuple[Key, ...] = ()
    manager_id: Key | None = None
    managers_up: tuple[Key, ...] = ()
    languages: frozenset[str] = frozenset()
    external: bool = False

    @property
    def line(self) -> frozenset[Key]:
        """Everybody above this person, the direct manager included, whichever of the two facts named them."""
        own = () if self.manager_id is None else (self.manager_id,)
        return frozenset((*own, *self.managers_up)) - {self.person_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(ClientFacts):
    """A coach who might be proposed: the facts of a person, and whether there is room.

    ``open_engagements`` counts those running; ``capacity`` is how many the coach takes on at the same time.
    """

    accepts_clients: bool = True
    open_engagements: int = 0
    capacity: int = 0

    @property
    def free_places(self) -> int:
        """How many clients still fit. Never below zero: a coach who took one more on is full, no less."""
        return max(0, self.capacity - self.open_engagements)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One reason in two perspectives and two languages."""

    severity: Severity
    clause: str
    nl: str
    en: str
    nl_you: str
    en_you: str


_SENTENCES = {
    "match.same_person": _Sentence(
        Severity.BLOCKS,
        "match.two_people",
        "{coach} vraagt zelf om coaching en kan niet de eigen coach zijn.",
        "{coach} is the one asking and cannot be their own coach.",
        "Je kunt niet je eigen coach zijn.",
        "You cannot be your own coach.",
    ),
    "match.coach_leads_client": _Sentence(
        Severity.BLOCKS,
        "match.no_line_relation",
        "{coach} geeft leiding aan {client}, direct of via anderen. Daarom kan {coach} hier niet coachen.",
        "{coach} leads {client}, directly or through others. So {coach} cannot coach here.",
        "{coach} geeft leiding aan jou, direct of via anderen. Met je coach moet je vrij kunnen praten.",
        "{coach} leads you, directly or through others. With your coach you need to be able to talk freely.",
    ),
    "match.client_leads_coach": _Sentence(
        Severity.BLOCKS,
        "match.no_line_relation",
        "{client} geeft leiding aan {coach}, direct of via anderen. Daarom kan {coach} hier niet coachen.",
        "{client} leads {coach}, directly or through others. So {coach} cannot coach here.",
        "Jij geeft leiding aan {coach}, direct of via anderen. Dan is het voor jullie allebei lastig vrij te praten.",
        "You lead {coach}, directly or through others. That makes it hard for both of you to talk freely.",
    ),
    "match.same_manager": _Sentence(
        Severity.BLOCKS,
        "match.no_line_relation",
        "{coach} en {client} vallen onder dezelfde leidinggevende.",
        "{coach} and {client} report to the same manager.",
        "{coach} en jij vallen onder dezelfde leidinggevende.",
        "{coach} and you report to the same manager.",
    ),
    "match.same_unit": _Sentence(
        Severity.BLOCKS,
        "match.other_unit",
        "{coach} en {client} werken in hetzelfde team of onderdeel.",
        "{coach} and {client} work in the same team or unit.",
        "{coach} en jij werken in hetzelfde team of onderdeel.",
        "{coach} and you work in the same team or unit.",
    ),
    "match.takes_a_break": _Sentence(
        Severity.BLOCKS,
        "match.room",
        "{coach} neemt op dit moment geen nieuwe klanten aan.",
        "{coach} is not taking on new clients at the moment.",
        "{coach} begint nu met niemand nieuw.",
        "{coach} is not starting with anyone new right now.",
    ),
    "match.no_free_place": _Sentence(
        Severity.BLOCKS,
        "match.room",
        "{coach} heeft nu geen plaats vrij.",
        "{coach} has no free place now.",
        "{coach} heeft nu geen plaats vrij.",
        "{coach} has no free place now.",
    ),
    "match.no_shared_language": _Sentence(
        Severity.WARNS,
        "match.language",
        "{coach} en {client} noemen geen taal die ze allebei spreken. Vraag na of dat klopt.",
        "{coach} and {client} name no language that both speak. Ask whether that is right.",
        "{coach} en jij noemen geen taal die jullie allebei spreken. Klopt dat?",
        "{coach} and you name no language that you both speak. Is that right?",
    ),
    "match.same_directorate": _Sentence(
        Severity.INFORMS,
        "match.other_unit",
        "{coach} en {client} werken in een ander team, maar binnen hetzelfde grotere onderdeel.",
        "{coach} and {client} work in different teams within the same larger unit.",
        "{coach} werkt in een ander team dan jij, maar binnen hetzelfde grotere onderdeel.",
        "{coach} works in another team than you, within the same larger unit.",
    ),
    "match.from_elsewhere": _Sentence(
        Severity.INFORMS,
        "match.other_unit",
        "{coach} werkt niet bij deze organisatie.",
        "{coach} does not work for this organisation.",
        "{coach} werkt niet bij jouw organisatie.",
        "{coach} does not work for your organisation.",
    ),
}

MATCH_CODES = frozenset(_SENTENCES)
MATCH_CLAUSES = frozenset(sentence.clause for sentence in _SENTENCES.values())


def match_findings(client: ClientFacts, coach: Candidate, *, told_to: ToldTo = ToldTo.COORDINATOR) -> list[Finding]:
    """Everything that speaks against, or should be known about, proposing ``coach`` to ``client``.

    Heaviest first. Empty means that nothing stands in the way and nothing needs saying. All reasons are given
    and not only the first, so that a coordinator does not run into them one after another.
    """
    if client.person_id == coach.person_id:
        return [_say("match.same_person", client, coach, told_to)]
    codes = [*_relation_codes(client, coach), *_room_codes(coach), *_softer_codes(client, coach)]
    found = [_say(code, client, coach, told_to) for code in codes]
    return sorted(found, key=lambda finding: list(Severity).index(finding.severity))


def _relation_codes(client: ClientFacts, coach: Candidate) -> list[str]:
    codes = []
    # Asked of external coaches too: somebody hired as a temporary manager is in the line, whoever pays the wage.
    if coach.person_id in client.line:
        codes.append("match.coach_leads_client")
    if client.person_id in coach.line:
        codes.append("match.client_leads_coach")
    if coach.external or client.external:
        return codes
    if client.manager_id is not None and client.manager_id == coach.manager_id:
        codes.append("match.same_manager")
    if client.unit_id is not None and client.unit_id == coach.unit_id:
        codes.append("match.same_unit")
    return codes


def _room_codes(coach: Candidate) -> list[str]:
    if not coach.accepts_clients:
        return ["match.takes_a_break"]
    return [] if coach.free_places else ["match.no_free_place"]


def _softer_codes(client: ClientFacts, coach: Candidate) -> list[str]:
    codes = []
    if client.languages and coach.languages and not client.languages & coach.languages:
        codes.append("match.no_shared_language")
    if coach.external:
        codes.append("match.from_elsewhere")
    elif client.unit_id != coach.unit_id and _shared_larger_units(client, coach):
        codes.append("match.same_directorate")
    return codes


def _shared_larger_units(client: ClientFacts, coach: Candidate) -> frozenset[Key]:
    """Units both belong to, without the top one: the whole organisation is shared by everybody and says nothing."""
    return _below_the_top(client) & _below_the_top(coach)


def _below_the_top(person: ClientFacts) -> frozenset[Key]:
    if person.unit_id is None:
        return frozenset()
    return frozenset((*person.unit_path, person.unit_id)[1:])


def of_relation(finding: Finding) -> bool:
    """Whether it is about how the two stand to one another, and not about room or language."""
    return finding.clause in ("match.two_people", "match.no_line_relation", "match.other_unit")


def _say(code: str, client: ClientFacts, coach: Candidate, told_to: ToldTo) -> Finding:
    sentence = _SENTENCES[code]
    to_client = told_to is ToldTo.CLIENT
    return Finding(
        code=code,
        severity=sentence.severity,
        nl=sentence.nl_you if to_client else sentence.nl,
        en=sentence.en_you if to_client else sentence.en,
        clause=sentence.clause,
        names=(("client", client.name), ("coach", coach.name)),
    )


def steps_aside(coordinator: ClientFacts, client: ClientFacts, *, judges: bool = False) -> list[Finding]:
    """Reasons why this coordinator should hand this client's request to a colleague. Empty when there are none.

    ``judges`` says that the coordinator decides about the client in another capacity: an appraisal, a
    disciplinary matter, a case at HR. The product warns and does not block: a small organisation may have one
    coordinator only, and then an open word with the client is the better way.
    """
    reason = _reason_to_step_aside(coordinator, client, judges=judges)
    if reason is None:
        return []
    code, nl, en = reason
    return [
        Finding(
            code=code,
            severity=Severity.WARNS,
            nl=f"{nl} Draag deze aanvraag liever over aan een collega.",
            en=f"{en} It is better to hand this request to a colleague.",
            clause="match.coordinator_steps_aside",
            names=(("coordinator", coordinator.name), ("client", client.name)),
        )
    ]


def _reason_to_step_aside(
    coordinator: ClientFacts, client: ClientFacts, *, judges: bool
) -> tuple[str, str, str] | None:
    if coordinator.person_id == client.person_id:
        return ("aside.own_request", "Dit is je eigen aanvraag.", "This is your own request.")
    if coordinator.person_id in client.line:
        return ("aside.leads_client", "Je geeft leiding aan {client}.", "You lead {client}.")
    if client.person_id in coordinator.line:
        return ("aside.led_by_client", "{client} geeft leiding aan jou.", "{client} leads you.")
    if judges:
        return (
            "aside.judges_client",
            "Je beslist in een andere rol over {client}.",
            "In another role you decide about {client}.",
        )
    return None
