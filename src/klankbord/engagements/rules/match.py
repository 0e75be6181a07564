"""May this coach be proposed to this client, and what should be known before?

The hard rules protect the freedom to speak: nobody is coached by somebody who leads them, whom they lead, with
whom they share a manager, or whom they meet every day in their own unit. A coach who is employed elsewhere has
no place in the line or the units, and so passes those rules by having nothing to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from klankbord.policy.rules.content import MatchRules
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
    ``managers_up`` holds everybody above in the line, nearest first: the own manager, their manager, and so on.
    ``above_before`` holds who stood above at some moment of the years that still count, nearest first as (level,
    person) with level 1 for the own manager; whoever stands there now may be in it too. ``sensitive`` says whether a
    client's request touches on a sensitive theme, None when whoever looks may not know. ``began_with`` holds the
    coaches with whom this client began before, whatever came of it, and ``asks_for`` the coach asked for by name.
    """

    person_id: Key
    name: str
    unit_id: Key | None = None
    unit_path: tuple[Key, ...] = ()
    manager_id: Key | None = None
    managers_up: tuple[Key, ...] = ()
    languages: frozenset[str] = frozenset()
    external: bool = False
    above_before: tuple[tuple[int, Key], ...] = ()
    sensitive: bool | None = None
    began_with: frozenset[Key] = frozenset()
    asks_for: Key | None = None

    @property
    def line(self) -> frozenset[Key]:
        """Everybody above this person, the direct manager included, whichever of the two facts named them."""
        return self.line_within(0)

    def line_within(self, levels: int) -> frozenset[Key]:
        """Everybody at most so many levels above; 0 is the whole line."""
        own = () if self.manager_id is None else (self.manager_id,)
        up = self.managers_up if levels == 0 else self.managers_up[:levels]
        return frozenset((*own, *up)) - {self.person_id}

    def line_before(self, levels: int) -> frozenset[Key]:
        """Everybody who in the years that count stood at most so many levels above; 0 is the whole line."""
        counts = (who for level, who in self.above_before if levels == 0 or level <= levels)
        return frozenset(counts) - {self.person_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(ClientFacts):
    """A coach who might be proposed: the facts of a person, and whether there is room.

    ``open_engagements`` counts those running; ``capacity`` is how many the coach takes on at the same time.
    ``languages_known`` is False where the languages are a guess: then it is better to ask than to refuse. ``quality``
    is what the norms of policy have to say about this coach.
    """

    accepts_clients: bool = True
    languages_known: bool = False
    quality: tuple[Finding, ...] = ()
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
    "match.coach_led_client": _Sentence(
        Severity.BLOCKS,
        "match.no_line_relation",
        "{coach} gaf nog niet zo lang geleden leiding aan {client}, direct of via anderen.",
        "{coach} led {client} not so long ago, directly or through others.",
        "{coach} gaf nog niet zo lang geleden leiding aan jou, direct of via anderen.",
        "{coach} led you not so long ago, directly or through others.",
    ),
    "match.client_led_coach": _Sentence(
        Severity.BLOCKS,
        "match.no_line_relation",
        "{client} gaf nog niet zo lang geleden leiding aan {coach}, direct of via anderen.",
        "{client} led {coach} not so long ago, directly or through others.",
        "Jij gaf nog niet zo lang geleden leiding aan {coach}, direct of via anderen.",
        "You led {coach} not so long ago, directly or through others.",
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
    "match.same_unit_allowed": _Sentence(
        Severity.INFORMS,
        "match.other_unit",
        "{coach} en {client} werken in hetzelfde team of onderdeel. Jullie beleid staat dat toe.",
        "{coach} and {client} work in the same team or unit. Your policy allows that.",
        "{coach} en jij werken in hetzelfde team of onderdeel. Het beleid staat dat toe.",
        "{coach} and you work in the same team or unit. The policy allows that.",
    ),
    # SECURITY: the same words whether the two rounded off or parted after one talk, and whoever wished it. That they
    # began is in the outline; how it went is nobody's business. So every earlier beginning counts alike.
    "match.began_before": _Sentence(
        Severity.BLOCKS,
        "match.again",
        "{coach} en {client} zijn al eens samen begonnen. Opnieuw samen kan als {client} om {coach} vraagt.",
        "{coach} and {client} began together before. Together again is possible when {client} asks for {coach}.",
        "{coach} en jij zijn al eens samen begonnen. Opnieuw samen kan als je om {coach} vraagt.",
        "{coach} and you began together before. Together again is possible when you ask for {coach}.",
    ),
    "match.external_not_allowed": _Sentence(
        Severity.BLOCKS,
        "match.external",
        "{coach} komt van buiten. Volgens jullie beleid coacht iemand van binnen.",
        "{coach} comes from outside. By your policy somebody from inside coaches.",
        "{coach} komt van buiten. Volgens het beleid coacht iemand van binnen.",
        "{coach} comes from outside. By the policy somebody from inside coaches.",
    ),
    "match.external_if_sensitive": _Sentence(
        Severity.WARNS,
        "match.external",
        "{coach} komt van buiten. Volgens jullie beleid is dat er alleen voor wat gevoelig ligt. "
        "Of dat zo is, weet {client}.",
        "{coach} comes from outside. By your policy that is only for what is sensitive. {client} knows whether it is.",
        "{coach} komt van buiten. Volgens het beleid is dat er alleen voor wat gevoelig ligt.",
        "{coach} comes from outside. By the policy that is only for what is sensitive.",
    ),
    "match.takes_a_break": _Sentence(
        Severity.BLOCKS,
        "match.room",
        "{coach} neemt op dit moment geen [[nieuwe klanten]] aan.",
        "{coach} is not taking on [[new clients]] at the moment.",
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
    "match.no_language_together": _Sentence(
        Severity.BLOCKS,
        "match.language",
        "{coach} spreekt de taal niet waarin {client} wil praten.",
        "{coach} does not speak the language in which {client} wants to talk.",
        "{coach} spreekt de taal niet waarin je wilt praten.",
        "{coach} does not speak the language in which you want to talk.",
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


_TEMPLATE = MatchRules()


def match_findings(
    client: ClientFacts, coach: Candidate, *, told_to: ToldTo = ToldTo.COORDINATOR, rules: MatchRules = _TEMPLATE
) -> list[Finding]:
    """Everything that speaks against, or should be known about, proposing ``coach`` to ``client`` under ``rules``.

    Heaviest first. Empty means that nothing stands in the way and nothing needs saying. All reasons are given
    and not only the first, so that a coordinator does not run into them one after another.
    """
    if client.person_id == coach.person_id:
        return [_say("match.same_person", client, coach, told_to)]
    codes = [
        *_line_codes(client, coach, rules),
        *_nearness_codes(client, coach, rules),
        *_room_codes(coach),
        *_language_codes(client, coach),
        *_external_codes(client, coach, rules),
    ]
    found = [*(_say(code, client, coach, told_to) for code in codes), *coach.quality]
    return sorted(found, key=lambda finding: list(Severity).index(finding.severity))


def _line_codes(client: ClientFacts, coach: Candidate, rules: MatchRules) -> list[str]:
    """The line in both directions, as it is and as it was. Of external coaches too.

    Somebody hired as a temporary manager is in the line, whoever pays the wage.
    """
    codes = []
    for lower, upper, now, before in (
        (client, coach, "match.coach_leads_client", "match.coach_led_client"),
        (coach, client, "match.client_leads_coach", "match.client_led_coach"),
    ):
        if upper.person_id in lower.line_within(rules.line_levels):
            codes.append(now)
        elif rules.line_years and upper.person_id in lower.line_before(rules.line_levels):
            codes.append(before)
    return codes


def _nearness_codes(client: ClientFacts, coach: Candidate, rules: MatchRules) -> list[str]:
    codes = []
    if not (coach.external or client.external):
        if client.manager_id is not None and client.manager_id == coach.manager_id:
            codes.append("match.same_manager")
        if client.unit_id is not None and client.unit_id == coach.unit_id:
            codes.append("match.same_unit_allowed" if rules.same_unit else "match.same_unit")
        elif _shared_larger_units(client, coach):
            codes.append("match.same_directorate")
    if coach.person_id in client.began_with and client.asks_for != coach.person_id:
        codes.append("match.began_before")
    return codes


def _room_codes(coach: Candidate) -> list[str]:
    if not coach.accepts_clients:
        return ["match.takes_a_break"]
    return [] if coach.free_places else ["match.no_free_place"]


def _language_codes(client: ClientFacts, coach: Candidate) -> list[str]:
    if not (client.languages and coach.languages) or client.languages & coach.languages:
        return []
    return ["match.no_language_together" if coach.languages_known else "match.no_shared_language"]


def _external_codes(client: ClientFacts, coach: Candidate, rules: MatchRules) -> list[str]:
    if not coach.external:
        return []
    if rules.external or (rules.external_for_sensitive and client.sensitive):
        return ["match.from_elsewhere"]
    if rules.external_for_sensitive and client.sensitive is None:
        return ["match.external_if_sensitive"]
    return ["match.external_not_allowed"]


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
