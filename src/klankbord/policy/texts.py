"""The texts of policy, read from ``content/`` and typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klankbord.core.content_files import Table, by_id, read_content
from klankbord.core.wording import Language, Wording
from klankbord.policy.rules.content import PolicyContent
from klankbord.policy.rules.values import Kind, Option, RuleValue

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a policy: what it is called, what it is for, and the text to begin with."""

    id: str
    title: Wording
    purpose: Wording
    text: Wording


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """A rule in words: what a finding names as the clause that decided, and the part of the policy it belongs to."""

    id: str
    section: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class FormOfGuidance:
    """Coaching or what looks like it: what it is, when it fits, and who does it."""

    id: str
    name: Wording
    what: Wording
    when: Wording
    who: Wording


@dataclass(frozen=True, slots=True)
class Body:
    """A professional body or quality mark, by the name it goes by in both languages."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Help that may fit better than coaching, and when. ``urgent`` ones stand first and stay in sight."""

    id: str
    name: Wording
    fits: Wording
    contact: Wording | None
    urgent: bool


# --- the doors ------------------------------------------------------------------------------------------------------


@cache
def sections() -> tuple[Section, ...]:
    """The parts of a policy, in order."""
    return read_content(CONTENT, "sections", lambda file: file.each("section", _section))


def section(section_id: str) -> Section:
    """The part with this id. Raises ``KeyError``."""
    return by_id(sections(), section_id)


def template(language: Language) -> PolicyContent:
    """The policy an organisation begins with: every part has a text, every rule its usual value."""
    return PolicyContent(texts={one.id: one.text.text(language) for one in sections()})


@cache
def policy_clauses() -> tuple[PolicyClause, ...]:
    """The rules in words."""
    return read_content(CONTENT, "clauses", lambda file: file.each("clause", _clause))


def policy_clause(clause_id: str) -> PolicyClause:
    """The rule with this id. Raises ``KeyError`` for an id that is not in the file."""
    return by_id(policy_clauses(), clause_id)


def clause_shown(clause_id: str, language: Language) -> tuple[str, str]:
    """A clause as somebody reads it, and the id of the part of the policy where it belongs. Raises ``KeyError``."""
    clause = policy_clause(clause_id)
    return clause.wording.text(language), clause.section


@cache
def forms_of_guidance() -> tuple[FormOfGuidance, ...]:
    """Coaching, and what stands beside it."""
    return read_content(CONTENT, "forms", lambda file: file.each("form", _form))


@cache
def rule_values() -> tuple[RuleValue, ...]:
    """Every rule value but the word for whoever is coached, in the order of the parts."""
    return read_content(CONTENT, "values", lambda file: file.each("value", _value))


@cache
def bodies() -> dict[str, str]:
    """The bodies whose accreditation a policy may ask for: id and name."""
    found = read_content(CONTENT, "bodies", lambda file: file.each("body", _body))
    return {one.id: one.name for one in found}


@cache
def places_for_help() -> dict[str, Wording]:
    """Each kind of guidance and other help of which a policy may say where to find it: id and name.

    Mentor and training stand among the forms; urgent help has the same number everywhere.
    """
    forms = {one.id: one.name for one in forms_of_guidance()}
    apart = ("mentor", "training")
    return forms | {one.id: one.name for one in neighbours() if not one.urgent and one.id not in apart}


@cache
def neighbours() -> tuple[Neighbour, ...]:
    """Neighbouring help, the urgent ones first."""
    found = read_content(CONTENT, "neighbours", lambda file: file.each("neighbour", _neighbour))
    return tuple(sorted(found, key=lambda neighbour: not neighbour.urgent))


# --- one reader for each kind of table ------------------------------------------------------------------------------


def _section(table: Table) -> Section:
    return Section(table.string("id"), table.wording("title"), table.wording("purpose"), table.wording("text"))


def _clause(table: Table) -> PolicyClause:
    return PolicyClause(table.string("id"), table.string("section"), table.own_wording())


def _form(table: Table) -> FormOfGuidance:
    return FormOfGuidance(
        id=table.string("id"),
        name=table.wording("name"),
        what=table.wording("what"),
        when=table.wording("when"),
        who=table.wording("who"),
    )


def _value(table: Table) -> RuleValue:
    kind = table.choice("kind", Kind)
    return RuleValue(
        id=table.string("id"),
        section=table.string("section"),
        kind=kind,
        name=table.wording("name"),
        does=table.wording("does"),
        said=table.wording("said"),
        zero=table.wording_or_none("zero"),
        none=table.wording_or_none("none"),
        low=table.number("low") if kind.is_number else 0,
        high=table.number("high") if kind.is_number else 0,
        options=table.each("option", _option) if kind is Kind.CHOICE else (),
    )


def _option(table: Table) -> Option:
    return Option(table.string("id"), table.wording("name"), table.wording("said"))


def _body(table: Table) -> Body:
    return Body(table.string("id"), table.string("name"))


def _neighbour(table: Table) -> Neighbour:
    return Neighbour(
        id=table.string("id"),
        name=table.wording("name"),
        fits=table.wording("fits"),
        contact=table.wording_or_none("contact"),
        urgent=table.flag("urgent"),
    )
