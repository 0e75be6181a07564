"""Which units a staff file means: by path ("Ministerie/Directie Water") or by code with the code above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from klankbord.people.import_rows import Param, RowProblem, StaffRow
from klankbord.people.rules import (
    NAME_LIMIT,
    PATH_LIMIT,
    STAFF_NUMBER_LIMIT,
    UNIT_DEPTH_LIMIT,
    Unit,
    folded,
    rings,
    tidy,
    unit_depth,
    written_path,
)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that keeps its identity and gets another name, code or place in the tree."""

    before: Unit
    after: Unit


@dataclass(frozen=True, slots=True)
class _Definition:
    """What the file says of the unit with this code, and in which row it said so first."""

    row: int
    code: str
    name: str
    parent_code: str | None
    parent_path: tuple[str, ...]


def _fold(name: str) -> str:
    return folded(tidy(name))


def _key_of_code(code: str) -> str:
    return tidy(code).upper()


def path_parts(text: str) -> tuple[str, ...] | None:
    """The names in a written path, top first; None when the path is broken (an empty place in it)."""
    parts = tuple(tidy(part) for part in text.replace(">", "/").replace("\\", "/").split("/"))
    return parts if all(parts) else None


class UnitPlan:
    """Finds the unit of each row, and keeps the units that have to be made or changed for it.

    First the codes of the whole file are settled, then paths are followed from the top; a name that is not there yet
    becomes a new unit. Names compare without capitals and accents; the first spelling stays.
    """

    def __init__(self, units: Iterable[Unit], rows: Iterable[StaffRow], root: str | None = None) -> None:
        self._root = root
        self.before = {unit.key: unit for unit in units}
        self.after = dict(self.before)
        self.problems: list[RowProblem] = []
        self._by_code = {_key_of_code(unit.code): unit.key for unit in self.before.values() if unit.code}
        self._by_path: dict[str, str | RowProblem] = {}
        self._count = 0
        definitions = self._definitions(rows)
        self._below = self._siblings()
        self._settle(definitions)

    def unit_of(self, row: StaffRow, otherwise: str | None) -> str | None:
        """The key of the unit of this row; `otherwise` when the file has no column for it."""
        if row.unit_code and tidy(row.unit_code):
            return self._by_code.get(_key_of_code(row.unit_code))
        if row.unit is None:
            return self._root if row.unit_code is not None else otherwise or self._root
        if not tidy(row.unit):
            return self._root
        found = self._by_path.get(row.unit)
        if found is None:
            found = self._by_path[row.unit] = self._follow(row.row, row.unit)
        if isinstance(found, RowProblem):
            self.problems.append(replace(found, row=row.row))
            return None
        return found

    @property
    def added(self) -> tuple[Unit, ...]:
        """The units to make, each after the unit above it."""
        fresh = [unit for key, unit in self.after.items() if key not in self.before]
        return tuple(sorted(fresh, key=lambda unit: unit_depth(self.after, unit.key)))

    @property
    def changed(self) -> tuple[UnitChange, ...]:
        """The units that get another name, code or place."""
        pairs = ((unit, self.after[unit.key]) for unit in self.before.values())
        return tuple(UnitChange(before, after) for before, after in pairs if before != after)

    def _definitions(self, rows: Iterable[StaffRow]) -> dict[str, _Definition]:
        """What the file says of each code; every row must say the same."""
        found: dict[str, _Definition] = {}
        for row in rows:
            if not row.unit_code or not tidy(row.unit_code):
                continue
            meant = self._definition(row)
            known = found.setdefault(_key_of_code(meant.code), meant)
            if (_fold(known.name), known.parent_code, known.parent_path) != (
                _fold(meant.name),
                meant.parent_code,
                meant.parent_path,
            ):
                params: dict[str, Param] = {"code": meant.code, "other_row": known.row}
                self.problems.append(RowProblem(row.row, "unit_code", "unit_code_conflict", params))
        return found

    def _definition(self, row: StaffRow) -> _Definition:
        code = tidy(row.unit_code or "")
        if len(code) > STAFF_NUMBER_LIMIT:
            self.problems.append(RowProblem(row.row, "unit_code", "too_long", {"limit": STAFF_NUMBER_LIMIT}))
        parts = path_parts(row.unit) if row.unit and tidy(row.unit) else ()
        if parts is None or any(len(part) > NAME_LIMIT for part in parts):
            self.problems.append(RowProblem(row.row, "unit", "unit_path_broken", {"value": tidy(row.unit or "")}))
            parts = ()
        known = self._by_code.get(_key_of_code(code))
        name = parts[-1] if parts else self.before[known].name if known else code
        above = None if row.parent_code is None else _key_of_code(row.parent_code)
        return _Definition(row.row, code, name, above, parts[:-1] if above is None else ())

    def _settle(self, definitions: Mapping[str, _Definition]) -> None:
        """Give every defined code its unit, from the top down."""
        above = {code: one.parent_code or None for code, one in definitions.items()}
        for ring in rings(above):
            self._report_ring([definitions[code].name for code in ring], [definitions[code].row for code in ring])
        if self.problems:
            return
        for code in _top_down(above):
            if code in definitions:
                self._settle_one(code, definitions[code])
        # A unit of the file may hang under one that is not in the file and that hangs, in turn, under it.
        for ring in rings({unit.key: unit.parent for unit in self.after.values()}):
            rows = [definitions[code].row for code, key in self._by_code.items() if key in ring and code in definitions]
            self._report_ring([self.after[key].name for key in ring], rows)

    def _report_ring(self, names: list[str], rows: list[int]) -> None:
        params = {"names": " → ".join([*names, names[0]])}
        self.problems.append(RowProblem(min(rows, default=None), "parent_code", "unit_ring", params))

    def _settle_one(self, code: str, meant: _Definition) -> None:
        known = self._by_code.get(code)
        parent = self._parent_of(meant, self.before[known].parent if known else None)
        if isinstance(parent, RowProblem):
            self.problems.append(parent)
            return
        sibling = self._below.get((parent, _fold(meant.name)))
        if sibling is not None and sibling != known and (known or self.after[sibling].code):
            params = {"name": meant.name, "code": meant.code, "other_code": self.after[sibling].code}
            self.problems.append(RowProblem(meant.row, "unit_code", "unit_twice", params))
            return
        key = known or sibling or self._new_key()
        before = self.after.get(key)
        name = before.name if before and _fold(before.name) == _fold(meant.name) else meant.name
        self._place(Unit(key, name, parent, before.code if before and before.code else meant.code))
        self._by_code[code] = key
        if unit_depth(self.after, key) > UNIT_DEPTH_LIMIT or self._is_long(key):
            self.problems.append(RowProblem(meant.row, "parent_code", "unit_too_deep", {"limit": UNIT_DEPTH_LIMIT}))

    def _parent_of(self, meant: _Definition, otherwise: str | None) -> str | RowProblem | None:
        if meant.parent_code:
            found = self._by_code.get(meant.parent_code)
            params = {"value": meant.parent_code}
            return found or RowProblem(meant.row, "parent_code", "unit_parent_unknown", params)
        if meant.parent_path:
            return self._follow(meant.row, "/".join(meant.parent_path))
        return self._root if meant.parent_code is not None else otherwise or self._root

    def _follow(self, row: int, written: str) -> str | RowProblem:
        """The unit at the end of a path, made where it is not there yet."""
        parts = path_parts(written)
        if parts is None or any(len(part) > NAME_LIMIT for part in parts):
            return RowProblem(row, "unit", "unit_path_broken", {"value": tidy(written)})
        here = self._root
        if here is not None and _fold(parts[0]) == _fold(self.after[here].name):
            parts = parts[1:]
        if len(parts) + (here is not None) > UNIT_DEPTH_LIMIT or self._is_long(here, *parts):
            return RowProblem(row, "unit", "unit_too_deep", {"limit": UNIT_DEPTH_LIMIT})
        for name in parts:
            below = self._below.get((here, _fold(name)))
            if below is None:
                below = self._new_key()
                self._place(Unit(below, name, here))
            here = below
        return here or RowProblem(row, "unit", "unit_path_broken", {"value": tidy(written)})

    def _is_long(self, key: str | None, *parts: str) -> bool:
        """Whether the written path of these names under that unit is too long to keep."""
        return len("/".join([written_path(self.after, key), *parts])) > PATH_LIMIT

    def _place(self, unit: Unit) -> None:
        old = self.after.get(unit.key)
        if old is not None:
            self._below.pop((old.parent, _fold(old.name)), None)
        self.after[unit.key] = unit
        self._below[unit.parent, _fold(unit.name)] = unit.key

    def _siblings(self) -> dict[tuple[str | None, str], str]:
        return {(unit.parent, _fold(unit.name)): unit.key for unit in self.before.values()}

    def _new_key(self) -> str:
        self._count += 1
        return f"new-unit-{self._count}"


def _top_down(above: Mapping[str, str | None]) -> list[str]:
    """The codes in an order in which each comes after the one above it. There are no rings any more."""
    ordered: dict[str, None] = {}
    for code in above:
        climb: list[str] = []
        here: str | None = code
        while here is not None and here not in ordered:
            climb.append(here)
            here = above.get(here)
        ordered.update(dict.fromkeys(reversed(climb)))
    return list(ordered)
