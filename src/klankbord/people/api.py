"""What other apps may use of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.people.actions import forget_lines, found_organisation, notify
from klankbord.people.actions.staff_import import STAFF_CHANGED, NotAsSeen, apply_staff_rows
from klankbord.people.content import problem_text
from klankbord.people.models import Membership, Person, Unit
from klankbord.people.queries import (
    first_administrator,
    found_people,
    holders_of,
    led_by,
    lines_up,
    past_lines,
    person_for,
    reports_of,
)
from klankbord.people.rules import is_email
from klankbord.people.staff_file import read_staff_file

__all__ = [
    "STAFF_CHANGED",
    "ImportOutcome",
    "Membership",
    "Person",
    "Unit",
    "forget_lines",
    "found_organisation",
    "found_people",
    "holders_of",
    "import_staff",
    "is_email",
    "led_by",
    "lines_up",
    "notify",
    "past_lines",
    "person_for",
    "reports_of",
]


@dataclass(frozen=True)
class ImportOutcome:
    """What came of a staff file: taken in or not, and that in words, a line each."""

    accepted: bool
    lines: Sequence[str]


def import_staff(*, slug: str, content: bytes) -> ImportOutcome:
    """Take in a staff file outside of the screen, in the name of the organisation's first administrator."""
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        return ImportOutcome(accepted=False, lines=[f"There is no organisation called {slug}."])
    language = organisation.language
    file = read_staff_file(content)
    if file.problem:
        return ImportOutcome(accepted=False, lines=[problem_text(file.problem, language)])
    with acting_in(organisation.id):
        administrator = first_administrator()
    if administrator is None:
        return ImportOutcome(accepted=False, lines=[f"{organisation.name} has no administrator."])
    try:
        with acting_in(organisation.id, administrator.pk):
            plan = apply_staff_rows(rows=file.rows)
    except NotAsSeen as refused:
        lines = [problem_text(problem, language) for problem in refused.plan.problems]
        return ImportOutcome(accepted=False, lines=lines)
    counts = f"{len(plan.additions)} new, {len(plan.changes)} changed, {len(plan.leavers)} left"
    return ImportOutcome(accepted=True, lines=[f"{organisation.name}: {counts}, {plan.unchanged} as they were."])
