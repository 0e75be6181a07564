"""A plan in words, as much of it as somebody reads: the numbers whole, the lists from their beginning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klankbord.people.content import change_text, problem_text
from klankbord.people.import_rules import Change, ImportPlan
from klankbord.people.queries import LookedAt
from klankbord.people.rules import StaffMember, Unit, written_path
from klankbord.people.wording import ROLE_NAMES

SHOWN = 50
"""How many of each list are shown."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody who comes in."""

    name: str
    email: str
    unit: str
    roles: str


@dataclass(frozen=True)
class Changed:
    """Somebody of whom something changes; each change is (what, from, to) in words."""

    name: str
    fields: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Part:
    """One list of the preview: how many there are, the first of them, and how many are not shown."""

    count: int
    shown: Sequence[object]

    @property
    def rest(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Preview:
    """Everything the page of a staff file shows."""

    problems: Part
    additions: Part
    changes: Part
    leavers: Part
    units: Part
    unchanged: int
    ignored: Sequence[str]
    may_be_carried_out: bool
    changes_nothing: bool
    mark: str


def preview_of(found: LookedAt, language: str) -> Preview:
    """The words for a plan."""
    plan = found.plan
    units = {unit.key: unit for unit in (*found.staff.units, *plan.new_units)}
    units |= {change.after.key: change.after for change in plan.changed_units}
    return Preview(
        problems=_part(plan.problems, [problem_text(one, language) for one in plan.problems[:SHOWN]]),
        additions=_part(plan.additions, [_newcomer(one.member, units) for one in plan.additions[:SHOWN]]),
        changes=_part(plan.changes, [_changed(one, language) for one in plan.changes[:SHOWN]]),
        leavers=_part(plan.leavers, [member.name for member in plan.leavers[:SHOWN]]),
        units=_part((*plan.new_units, *plan.changed_units), _unit_paths(plan, units)),
        unchanged=plan.unchanged,
        ignored=found.ignored,
        may_be_carried_out=plan.may_be_carried_out,
        changes_nothing=plan.changes_nothing,
        mark=plan.mark if plan.may_be_carried_out else "",
    )


def _part(every: Sequence[object], shown: Sequence[object]) -> Part:
    return Part(len(every), shown)


def _newcomer(member: StaffMember, units: Mapping[str, Unit]) -> Newcomer:
    roles = ", ".join(str(ROLE_NAMES[role]) for role in sorted(member.roles))
    return Newcomer(member.name, member.email, written_path(units, member.unit), roles)


def _changed(change: Change, language: str) -> Changed:
    return Changed(change.after.name, [change_text(field, language) for field in change.fields])


def _unit_paths(plan: ImportPlan, units: Mapping[str, Unit]) -> Sequence[str]:
    keys = [unit.key for unit in plan.new_units] + [change.after.key for change in plan.changed_units]
    return [written_path(units, key) for key in keys[:SHOWN]]
