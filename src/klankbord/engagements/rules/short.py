"""The short route: one talk, four lines, no goal and no rating. It may grow."""

from collections.abc import Iterable

from klankbord.engagements.rules.agreement import Clause
from klankbord.policy.rules.finding import Finding, Severity

OF_ONE_TALK = "short-"
"""How the ids of the four lines begin, so that an agreement of one talk is known by its clauses."""


def is_of_one_talk(clauses: Iterable[Clause]) -> bool:
    """Whether these are lines of one talk, and nothing besides. Of nothing at all it is not."""
    ids = [clause.id for clause in clauses]
    return bool(ids) and all(one.startswith(OF_ONE_TALK) for one in ids)


def other_route() -> Finding:
    """What is said to somebody who takes a step of the route these two did not choose."""
    return Finding(
        code="course.other_route",
        severity=Severity.BLOCKS,
        nl="Jullie doen het anders: dit hoort bij een coaching van één gesprek.",
        en="You do it differently: this belongs to a coaching of one talk.",
        clause="course.dance",
    )
