"""Carrying out the plan of a staff file: a fixed number of statements, whether it is about ten people or 100,000."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from uuid import UUID, uuid4

from django.db import connection
from procrastinate.contrib.django import app as jobs
from procrastinate.types import JSONDict

from klankbord.core.tenant import current_scope
from klankbord.people.import_rules import Change, ImportPlan
from klankbord.people.mailing import mails_are_held
from klankbord.people.models import Account, Membership, Person, Unit
from klankbord.people.rules import Role, Staff, StaffMember, search_key, written_path
from klankbord.people.rules import Unit as PlannedUnit
from klankbord.privacy.models import AuditRow

AT_ONCE = 5_000
"""Most rows in one statement."""

type Ids = Mapping[str, UUID]


@dataclass(frozen=True)
class _Known:
    """What the keys of a plan stand for in the database: ids of people and units, accounts by address, the top unit."""

    ids: Ids
    accounts: Mapping[str, UUID]
    root: str | None


_VACATE = """
update people_person set account_id = null, email = id::text || '@' where id = any(%s::uuid[])
"""
# SECURITY: whoever is still signed in under the old address would otherwise become the next person who gets it.
_SIGN_OUT = """
update people_account a set password = '!' || gen_random_uuid()
from people_person p where p.account_id = a.id and p.id = any(%s::uuid[])
"""
_COLUMNS = "id, name, sort_key, email, account, staff_number, unit, manager, language, employer"
_PEOPLE = f"""
unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::text[], %s::uuid[], %s::uuid[], %s::text[],
       %s::text[]) as v({_COLUMNS})
"""
_ADD = f"""
insert into people_person (organisation_id, id, name, sort_key, email, account_id, staff_number, unit_id, manager_id,
                           language, employer, active)
select (select nullif(current_setting('klankbord.organisation'), '')::uuid), {_COLUMNS}, true from {_PEOPLE}
"""  # noqa: S608 - our own words only
_CHANGE = f"""
update people_person p
set name = v.name, sort_key = v.sort_key, email = v.email, account_id = coalesce(v.account, p.account_id),
    staff_number = v.staff_number, unit_id = v.unit, manager_id = v.manager, language = v.language,
    employer = v.employer, active = true, guest = false
from {_PEOPLE} where p.id = v.id
"""  # noqa: S608 - our own words only
_LEAVE = "update people_person set active = false where id = any(%s::uuid[])"


def carry_out(plan: ImportPlan, staff: Staff) -> None:
    """Make the staff as the plan says. *staff* is the staff that the plan was made from; the plan has no problems."""
    ids = {unit.key: UUID(unit.key) for unit in staff.units}
    ids |= {member.key: UUID(member.key) for member in staff.members}
    ids |= {unit.key: uuid4() for unit in plan.new_units}
    ids |= {addition.member.key: uuid4() for addition in plan.additions}
    _place_units(plan, staff, ids)
    newcomers = [addition.member for addition in plan.additions]
    moved = [change for change in plan.changes if change.before.email != change.after.email]
    addresses = [one.email for one in newcomers] + [change.after.email for change in moved]
    _vacate_addresses(moved, addresses)
    accounts = _accounts(addresses)
    known = _Known(ids, accounts, staff.root)
    _write(_ADD, newcomers, known)
    _write(_CHANGE, [change.after for change in plan.changes], known)
    _run(_LEAVE, [UUID(member.key) for member in plan.leavers])
    _set_roles(plan, ids)
    _leave_trail([("person.change_address", UUID(change.before.key), {}) for change in moved])
    _tell_old_addresses(moved)


def _run(statement: str, *columns: Sequence[object]) -> None:
    """One statement over columns of equal length; none when there are no rows."""
    if columns[0]:
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(column) for column in columns])


# --- Units ----------------------------------------------------------------------------------------------------------


def _place_units(plan: ImportPlan, staff: Staff, ids: Ids) -> None:
    """Make new units, and give every unit that moved, or lies under one that moved, its new path."""
    before = {unit.key: unit for unit in staff.units}
    after = before | {change.after.key: change.after for change in plan.changed_units}
    after |= {unit.key: unit for unit in plan.new_units}
    touched = [key for key in before if _differs(key, before, after)]
    known = list(Unit.objects.filter(pk__in=[ids[key] for key in touched]))
    # Two units may trade names, and a path belongs to one unit at any moment: first everything out of the way.
    for unit in known:
        unit.path = f"~{unit.pk}"
    Unit.objects.bulk_update(known, ["path"], batch_size=AT_ONCE)
    made = [_row_of(one, after, ids) for one in plan.new_units]
    rows = {row.pk: row for row in (_row_of(after[key], after, ids) for key in touched)}
    Unit.objects.bulk_create(made, batch_size=AT_ONCE)
    Unit.objects.bulk_update(rows.values(), ["name", "code", "path", "parent"], batch_size=AT_ONCE)


def _differs(key: str, before: Mapping[str, PlannedUnit], after: Mapping[str, PlannedUnit]) -> bool:
    return before[key] != after[key] or written_path(before, key) != written_path(after, key)


def _row_of(unit: PlannedUnit, units: Mapping[str, PlannedUnit], ids: Ids) -> Unit:
    return Unit(
        id=ids[unit.key],
        organisation_id=current_scope().organisation_id,
        parent_id=ids[unit.parent] if unit.parent else None,
        name=unit.name,
        path=written_path(units, unit.key),
        code=unit.code,
    )


# --- People ---------------------------------------------------------------------------------------------------------


def _vacate_addresses(moved: Sequence[Change], wanted: Iterable[str]) -> None:
    """End what was signed in under an old address; and where somebody else now gets it, free it first."""
    _run(_SIGN_OUT, [UUID(change.before.key) for change in moved])
    claimed = set(wanted)
    _run(_VACATE, [UUID(change.before.key) for change in moved if change.before.email in claimed])


def _tell_old_addresses(moved: Sequence[Change]) -> None:
    """Mail the address that somebody had until now.

    SECURITY: whoever reads mail at the new address can sign in as that person. The person must hear of it at a place
    that whoever changed the address does not choose.
    """
    if mails_are_held():
        return
    organisation = str(current_scope().organisation_id)
    task = jobs.configure_task("people.tell_old_address")
    for some in batched(moved, AT_ONCE):
        told: list[JSONDict] = [
            {"organisation": organisation, "person": change.before.key, "address": change.before.email}
            for change in some
        ]
        task.batch_defer(*told)


def _accounts(emails: Sequence[str]) -> dict[str, UUID]:
    """The account of each address, made where there is none yet."""
    known: dict[str, UUID] = {}
    for some in batched(emails, AT_ONCE):
        known |= _known_accounts(some)
        fresh = [Account(email=email, password=f"!{uuid4()}") for email in some if email not in known]
        # Another organisation may bring in the same address at this very moment.
        Account.objects.bulk_create(fresh, ignore_conflicts=True)
        known |= _known_accounts([account.email for account in fresh])
    return known


def _known_accounts(emails: Iterable[str]) -> dict[str, UUID]:
    return dict(Account.objects.filter(email__in=list(emails)).values_list("email", "id"))


def _place(member: StaffMember, known: _Known) -> UUID:
    key = member.unit or known.root
    if key is None:
        raise ValueError("an organisation has a unit at the top since the day it was founded")
    return known.ids[key]


def _write(statement: str, members: Iterable[StaffMember], known: _Known) -> None:
    """Add or change people. References are checked at the end, so a manager may come after whom they manage."""
    for some in batched(members, AT_ONCE):
        _run(
            statement,
            [known.ids[one.key] for one in some],
            [one.name for one in some],
            [search_key(one.name) for one in some],
            [one.email for one in some],
            [known.accounts.get(one.email) for one in some],
            [one.staff_number for one in some],
            [_place(one, known) for one in some],
            [known.ids[one.manager] if one.manager else None for one in some],
            [one.language for one in some],
            [one.employer for one in some],
        )


# --- Roles ----------------------------------------------------------------------------------------------------------


def _set_roles(plan: ImportPlan, ids: Ids) -> None:
    """Give and take roles. Whoever leaves loses them: somebody who returns gets none by having had them once."""
    given: list[tuple[UUID, Role]] = []
    taken: list[tuple[UUID, Role]] = []
    for addition in plan.additions:
        given += [(ids[addition.member.key], role) for role in addition.member.roles]
    for change in plan.changes:
        person = ids[change.after.key]
        given += [(person, role) for role in change.after.roles - change.before.roles]
        taken += [(person, role) for role in change.before.roles - change.after.roles]
    for member in plan.leavers:
        taken += [(ids[member.key], role) for role in member.roles]
    organisation_id = current_scope().organisation_id
    rows = [Membership(organisation_id=organisation_id, person_id=person, role=str(role)) for person, role in given]
    Membership.objects.bulk_create(rows, batch_size=AT_ONCE)
    for role in {role for _, role in taken}:
        people = [person for person, its_role in taken if its_role == role]
        Membership.objects.filter(person__in=people, role=str(role)).delete()
    _leave_trail([("role.give", person, {"role": str(role)}) for person, role in given])
    _leave_trail([("role.take", person, {"role": str(role)}) for person, role in taken])


def _leave_trail(rows: Iterable[tuple[str, UUID, dict[str, str]]]) -> None:
    """An audit row for each person concerned, many at a time: each of them may see who did this."""
    scope = current_scope()
    made = (
        AuditRow(
            organisation_id=scope.organisation_id,
            actor_id=scope.person_id,
            owner_id=person,
            verb=verb,
            subject=Person._meta.label_lower,
            subject_id=person,
            detail=detail,
        )
        for verb, person, detail in rows
    )
    for some in batched(made, AT_ONCE):
        AuditRow.objects.bulk_create(some)
