"""The texts of policy, read from ``content/`` and typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klankbord.core.content_files import Table, by_id, read_content
from klankbord.core.wording import Wording

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """A rule in words: what a finding names as the clause that decided; ``section`` is its part of the policy page."""

    id: str
    section: str
    wording: Wording


@cache
def policy_clauses() -> tuple[PolicyClause, ...]:
    """The rules in words."""
    return read_content(CONTENT, "clauses", lambda file: file.each("clause", _clause))


def _clause(table: Table) -> PolicyClause:
    return PolicyClause(table.string("id"), table.string("section"), table.own_wording())


def policy_clause(clause_id: str) -> PolicyClause:
    """The rule with this id. Raises ``KeyError`` for an id that is not in the file."""
    return by_id(policy_clauses(), clause_id)
