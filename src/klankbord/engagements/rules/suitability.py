"""Does coaching fit here? The patterns of improper use, and when a count of them may be told."""

from __future__ import annotations

from enum import StrEnum

from klankbord.policy.rules.finding import Finding, Severity

CLAUSE = "fit.client_decides"

FEWEST = 5
"""Below this many people a count is told in the same words as none."""


class Pattern(StrEnum):
    """What coaching may be used for that it is not meant for. The value is stored, so it never changes."""

    FILE = "file"
    PLASTER = "plaster"
    STATUS = "status"
    IMPOSSIBLE = "impossible"
    NO_CHOICE = "no_choice"


def may_be_told(count: int) -> int | None:
    """The count as it is published: from five people on, otherwise nothing. None and zero look the same."""
    return count if count >= FEWEST else None


def somebody_to_read(readers: int) -> list[Finding]:
    """Whether there is a coordinator who may read what a client passes on. Empty when there is."""
    if readers:
        return []
    return [
        Finding(
            code="fit.nobody_reads",
            severity=Severity.BLOCKS,
            nl="Er is nu geen coördinator die dit kan lezen. Je kunt het wel zelf met iemand bespreken.",
            en="There is no coordinator who can read this now. You can talk about it with somebody yourself.",
            clause=CLAUSE,
        )
    ]
