"""What would happen if this staff file were taken in: a plan to look at first, and to carry out whole or not at all.

The plan is made in memory from the staff as it stands and the rows as they were written. Planning the same file again
after carrying it out gives an empty plan. Everything is looked up in dictionaries: 100,000 rows take seconds.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain

from klankbord.people.import_rows import Param, RowProblem, StaffRow
from klankbord.people.import_units import UnitChange, UnitPlan
from klankbord.people.rules import (
    LANGUAGES,
    NAME_LIMIT,
    STAFF_NUMBER_LIMIT,
    Role,
    Staff,
    StaffMember,
    Unit,
    folded,
    is_email,
    language_from_word,
    natural_name,
    normalised_email,
    normalised_staff_number,
    rings,
    role_from_word,
    says_no_role,
    tidy,
    written_path,
)


@dataclass(frozen=True, slots=True)
class Addition:
    """Somebody new. `member.key` is a name inside this plan ("row-12"); other members may point to it as manager."""

    row: int
    member: StaffMember


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that becomes different, in words for the preview (a path, a name, codes of roles)."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody we know of whom something changes. `row` is None when it follows from another row."""

    row: int | None
    before: StaffMember
    after: StaffMember
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything a staff file would do, or everything that is wrong with it: never some of both.

    Carry it out in this order: new units (each after its parent), changed units, additions, changes, leavers; set
    managers last, because somebody's manager may be an addition too.
    """

    problems: tuple[RowProblem, ...] = ()
    additions: tuple[Addition, ...] = ()
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    leavers: tuple[StaffMember, ...] = ()
    new_units: tuple[Unit, ...] = ()
    changed_units: tuple[UnitChange, ...] = ()

    @property
    def may_be_carried_out(self) -> bool:
        """Whether nothing is wrong with the file."""
        return not self.problems

    @property
    def mark(self) -> str:
        """A fingerprint of everything this plan would do: whoever agreed to a plan agreed to the one with this mark."""
        whole = sha256()
        parts: tuple[Iterable[object], ...] = (self.new_units, self.changed_units, self.additions, self.changes)
        for one in chain(*parts, self.leavers):
            whole.update(repr(one).encode())
        return whole.hexdigest()

    @property
    def changes_nothing(self) -> bool:
        """Whether the staff already is as the file says."""
        parts = (self.additions, self.changes, self.leavers, self.new_units, self.changed_units)
        return self.may_be_carried_out and not any(parts)


@dataclass(slots=True)
class _Entry:
    """A row on its way to a member: who it is about and what was understood so far."""

    row: StaffRow
    number: str
    email: str
    leaves: bool
    before: StaffMember | None = None
    after: StaffMember = field(default_factory=lambda: StaffMember("", "", ""))


def plan_import(
    current: Staff, rows: Sequence[StaffRow], *, today: datetime.date, complete: bool = False
) -> ImportPlan:
    """The plan for these rows.

    `complete` declares that the file holds everybody: whoever is not in it leaves. Otherwise they stay untouched.
    `today` decides whether a last working day has passed.
    """
    return _Planning(current, rows, today, complete).plan()


class _Planning:
    """The steps of one plan, in order. Each looks at all rows once and adds what is wrong to `problems`."""

    def __init__(self, current: Staff, rows: Sequence[StaffRow], today: datetime.date, complete: bool) -> None:
        self.current = current
        self.today = today
        self.problems: list[RowProblem] = []
        self.units = UnitPlan(current.units, rows, current.root)
        self.entries = [self._read(row) for row in rows]
        self._recognise()
        listed = {entry.before.key for entry in self.entries if entry.before}
        self.unlisted = [member for member in current.members if member.key not in listed and not member.left]
        self.leavers = [one.before for one in self.entries if one.leaves and one.before and not one.before.left]
        if complete:
            self.leavers += self.unlisted
            self.unlisted = []
        self.staying = [entry for entry in self.entries if not entry.leaves]
        self.leaving_keys = {member.key for member in self.leavers}
        self._former = [member for member in current.members if member.left and member.key not in listed]

    def plan(self) -> ImportPlan:
        """Everything the rows do, or the problems in the order of the file."""
        for entry in self.staying:
            entry.after = self._understood(entry)
        self._check_addresses()
        self._find_managers()
        orphans = [member for member in self.unlisted if member.manager in self.leaving_keys]
        self._check_lines()
        self._check_administrator()
        problems = self.problems + self.units.problems
        if problems:
            return ImportPlan(problems=tuple(sorted(problems, key=lambda problem: problem.row or 0)))
        changes = [self._change(entry.row.row, entry.before, entry.after) for entry in self.staying if entry.before]
        changes += [self._change(None, member, replace(member, manager=None)) for member in orphans]
        return ImportPlan(
            additions=tuple(Addition(one.row.row, one.after) for one in self.staying if one.before is None),
            changes=tuple(change for change in changes if change.fields),
            unchanged=sum(not change.fields for change in changes),
            leavers=tuple(self.leavers),
            new_units=self.units.added,
            changed_units=self.units.changed,
        )

    def _report(self, row: StaffRow, column: str, code: str, **params: Param) -> None:
        self.problems.append(RowProblem(row.row, column, code, params))

    # Who is it about?

    def _read(self, row: StaffRow) -> _Entry:
        left = has_left(row.left or "", self.today)
        if left is None:
            self._report(row, "left", "left_unreadable", value=tidy(row.left or ""))
        number = normalised_staff_number(row.staff_number or "")
        return _Entry(row, number, normalised_email(row.email), leaves=bool(left))

    def _recognise(self) -> None:
        """Match each row with the member it is about: by staff number, or by address when one of the two has none."""
        by_number = {member.staff_number: member for member in self.current.members if member.staff_number}
        by_email = {member.email: member for member in self.current.members}
        numbers: dict[str, int] = {}
        persons: dict[str, int] = {}
        for entry in self.entries:
            if entry.number:
                earlier = numbers.setdefault(entry.number, entry.row.row)
                if earlier != entry.row.row:
                    self._report(entry.row, "staff_number", "number_twice", value=entry.number, other_row=earlier)
                    continue
            known = by_number.get(entry.number)
            if known is None:
                same_address = by_email.get(entry.email)
                if same_address and not (entry.number and same_address.staff_number):
                    known = same_address
            if known is not None:
                earlier = persons.setdefault(known.key, entry.row.row)
                if earlier != entry.row.row:
                    self._report(entry.row, "email", "person_twice", name=known.name, other_row=earlier)
                    continue
                entry.before = known

    # What does the row say?

    def _understood(self, entry: _Entry) -> StaffMember:
        before, row = entry.before, entry.row
        employer = tidy(row.employer) if row.employer is not None else before.employer if before else ""
        if len(employer) > NAME_LIMIT:
            self._report(row, "employer", "too_long", limit=NAME_LIMIT)
        if len(entry.number) > STAFF_NUMBER_LIMIT:
            self._report(row, "staff_number", "too_long", limit=STAFF_NUMBER_LIMIT)
        return StaffMember(
            key=before.key if before else f"row-{row.row}",
            name=self._name(row),
            email=self._email(entry),
            staff_number=entry.number or (before.staff_number if before else ""),
            unit=self.units.unit_of(row, before.unit if before else None),
            manager=before.manager if before else None,
            roles=self._roles(row, before),
            language=self._language(row, before),
            employer=employer,
        )

    def _name(self, row: StaffRow) -> str:
        name = natural_name(row.name)
        if not name:
            self._report(row, "name", "name_missing")
        elif len(name) > NAME_LIMIT:
            self._report(row, "name", "too_long", limit=NAME_LIMIT)
        return name

    def _email(self, entry: _Entry) -> str:
        if not entry.email:
            self._report(entry.row, "email", "email_missing")
        elif not is_email(entry.email):
            self._report(entry.row, "email", "email_malformed", value=tidy(entry.row.email))
        return entry.email

    def _roles(self, row: StaffRow, before: StaffMember | None) -> frozenset[Role]:
        """An empty cell keeps the roles somebody has: most are given on screen, and a file must not take them away."""
        words = [tidy(word) for word in re.split(r"[,;/+\n]", row.roles or "") if tidy(word)]
        if not words:
            return before.roles if before else frozenset()
        for word in words:
            if role_from_word(word) is None and not says_no_role(word):
                self._report(row, "roles", "role_unknown", value=word)
        return frozenset(role for role in map(role_from_word, words) if role is not None)

    def _language(self, row: StaffRow, before: StaffMember | None) -> str:
        word = tidy(row.language or "")
        if not word:
            return before.language if before else LANGUAGES[0]
        language = language_from_word(word)
        if language is None:
            self._report(row, "language", "language_unknown", value=word)
        return language or LANGUAGES[0]

    # Do the rows agree with each other, and with those who are not in the file?

    def _check_addresses(self) -> None:
        """One address, one person, as things will stand: an address gives entry, so it never moves between people."""
        listed: dict[str, int] = {}
        taken = {member.email: member for member in self.unlisted}
        former = {member.email: member for member in (*self._former, *self.leavers)}
        for entry in self.staying:
            if not entry.email:
                continue
            earlier = listed.setdefault(entry.email, entry.row.row)
            if earlier != entry.row.row:
                self._report(entry.row, "email", "email_twice", value=entry.email, other_row=earlier)
            elif entry.email in taken:
                self._report(entry.row, "email", "email_taken", value=entry.email, name=taken[entry.email].name)
            elif entry.email in former:
                self._report(entry.row, "email", "email_of_former", value=entry.email, name=former[entry.email].name)

    def _find_managers(self) -> None:
        staying = [entry.after for entry in self.staying] + self.unlisted
        keys = {member.key for member in staying}
        by_number = {member.staff_number: member.key for member in staying if member.staff_number}
        by_email = {member.email: member.key for member in staying}
        gone = self.leavers + self._former
        gone_words = {member.staff_number for member in gone} | {member.email for member in gone}
        for entry in self.staying:
            written = entry.row.manager
            if written is None:
                if entry.after.manager not in keys:
                    entry.after = replace(entry.after, manager=None)
                continue
            word = normalised_email(written) if "@" in written else normalised_staff_number(written)
            found = by_email.get(word) or by_number.get(word) if word else None
            entry.after = replace(entry.after, manager=found)
            if found == entry.after.key:
                self._report(entry.row, "manager", "own_manager")
            elif word and found is None:
                code = "manager_left" if word in gone_words else "manager_unknown"
                self._report(entry.row, "manager", code, value=tidy(written))

    def _check_lines(self) -> None:
        """Nobody may lead, through others, the one who leads them."""
        above = {member.key: member.manager for member in self.unlisted}
        above |= {entry.after.key: entry.after.manager for entry in self.staying}
        found = [ring for ring in rings(above) if len(ring) > 1]
        if not found:
            return
        entries = {entry.after.key: entry for entry in self.staying}
        names = {member.key: member.name for member in self.unlisted} | {k: e.after.name for k, e in entries.items()}
        for ring in found:
            in_file = [entries[key].row.row for key in ring if key in entries]
            chain = " → ".join(names[key] for key in (*ring, ring[0]))
            self.problems.append(RowProblem(min(in_file, default=None), "manager", "manager_ring", {"names": chain}))

    def _check_administrator(self) -> None:
        def anyone(members: Iterable[StaffMember]) -> bool:
            return any(Role.ADMINISTRATOR in member.roles and not member.left for member in members)

        if anyone(self.current.members) and not (
            anyone(self.unlisted) or anyone(entry.after for entry in self.staying)
        ):
            self.problems.append(RowProblem(None, "roles", "no_administrator_left"))

    # What becomes different?

    def _change(self, row: int | None, before: StaffMember, after: StaffMember) -> Change:
        if before == after:
            return Change(row, before, after, ())
        fields = tuple(
            FieldChange(name, self._words(name, before, self.units.before), self._words(name, after, self.units.after))
            for name in ("name", "email", "staff_number", "unit", "manager", "roles", "language", "employer", "left")
            if getattr(before, name) != getattr(after, name)
        )
        return Change(row, before, after, fields)

    def _words(self, name: str, member: StaffMember, units: Mapping[str, Unit]) -> str:
        if name == "unit":
            return written_path(units, member.unit)
        if name == "manager":
            return self._names.get(member.manager or "", "")
        if name == "roles":
            return ", ".join(sorted(member.roles))
        if name == "left":
            return "yes" if member.left else "no"
        return str(getattr(member, name))

    @property
    def _names(self) -> dict[str, str]:
        """Names by key, for the words of a change of manager; made once."""
        if not hasattr(self, "_name_of"):
            self._name_of = {member.key: member.name for member in self.current.members}
            self._name_of |= {entry.after.key: entry.after.name for entry in self.staying}
        return self._name_of


_YES = frozenset({"ja", "j", "yes", "y", "x", "1", "true", "waar", "uit dienst", "left"})
_NO = frozenset({"", "-", "nee", "n", "no", "0", "false", "onwaar", "in dienst"})
_DATE = re.compile(r"(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))(?:[T ][\d:.]+)?")


def has_left(written: str, today: datetime.date) -> bool | None:
    """What a cell under "uit dienst" means: a word, or the last day in service, which still counts as in service.

    Dates are read as 2026-12-31 or 31-12-2026, day first as the Dutch write it. None when it cannot be understood.
    """
    word = folded(tidy(written))
    if word in _YES or word in _NO:
        return word in _YES
    day = day_from(word)
    return None if day is None else day < today


def day_from(written: str) -> datetime.date | None:
    """A day written as 2026-12-31 or 31-12-2026, day first as the Dutch write it. None when it is no such day."""
    match = _DATE.fullmatch(tidy(written).upper())
    if match is None:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
