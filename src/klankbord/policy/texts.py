"""The texts of policy, read from ``content/`` and typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klankbord.core.content_files import by_id, read_content
from klankbord.core.wording import Wording

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """A rule in words: what a finding names as the clause that decided."""

    id: str
    wording: Wording


@cache
def policy_clauses() -> tuple[PolicyClause, ...]:
    """The rules in words."""
    return read_content(
        CONTENT, "clauses", lambda file: file.each("clause", lambda t: PolicyClause(t.string("id"), t.own_wording()))
    )


def policy_clause(clause_id: str) -> PolicyClause:
    """The rule with this id. Raises ``KeyError`` for an id that is not in the file."""
    return by_id(policy_clauses(), clause_id)
