"""Units and answers from files, for `klankbord protect`: read as a whole, or refused with everything that is wrong.

``units.csv`` has the columns ``code``, ``parent`` and ``name``; the one root has no parent. ``answers.csv`` has a row
for each person: ``unit``, columns whose name begins with ``item`` (1–5, empty for no answer) and at most one other
column, the attribute that is crossed. ``scales.json`` names the items of each scale. A csv may have commas or
semicolons, and is in UTF-8.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from klankbord.culture.disclosure import NOWHERE, Answers, Tree
from klankbord.culture.publication import Wave

MOST_CLASSES = 12
"""A column with more different values is no attribute, but something else that was left in the file."""
ENOUGH = 1_000
"""After so many problems a file is not read any further."""
_ANSWERS: Mapping[str, int] = {"": 0, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_NO = -1


@dataclass(frozen=True)
class Problem:
    """Something in a file that has to be mended first; line 0 is the file as a whole."""

    file: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        """The problem in a sentence, with its place."""
        line = f", line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{line}{column}: {self.text}"


class BadFiles(Exception):
    """The files cannot be used; ``problems`` says what is wrong with them, in the order of files and lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems."""
        super().__init__("; ".join(map(str, problems[:3])))
        self.problems = list(problems)


@dataclass
class _Table:
    """A csv file: its heading, and where each problem found in it goes."""

    path: Path
    problems: list[Problem]
    heading: list[str] = field(default_factory=list)

    def wrong(self, text: str, line: int = 0, column: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(self.path.name, line, column, text))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row after the heading with the line it begins on, cells without spaces around them."""
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._read(file.read())
        except OSError as error:
            self.wrong(f"it cannot be read: {(error.strerror or 'no reason given').lower()}.")
        except UnicodeDecodeError:
            self.wrong("it is not text in UTF-8; save it as CSV UTF-8.")

    def _read(self, text: str) -> Iterator[tuple[int, list[str]]]:
        first = text.split("\n", 1)[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
        try:
            self.heading = [cell.strip() for cell in next(reader, [])]
            before = reader.line_num
            for row in reader:
                line, before = before + 1, reader.line_num
                if len(self.problems) >= ENOUGH:
                    return
                if not any(row):
                    continue
                if len(row) == len(self.heading):
                    yield line, [cell.strip() for cell in row]
                else:
                    self.wrong(f"it has {_times(len(row), 'cell')}, and the heading has {len(self.heading)}.", line)
        except csv.Error as error:
            self.wrong(f"it is no proper csv from here on: {error}.", reader.line_num)

    def column(self, name: str) -> int:
        """Where the column of this name is; notes a problem when there is none."""
        if name in self.heading:
            return self.heading.index(name)
        self.wrong(f"there is no column '{name}'.", 1)
        return _NO

    def same_names(self) -> bool:
        """Notes columns without a name and columns of the same name; whether there are any."""
        before = len(self.problems)
        for place, name in enumerate(self.heading):
            if not name:
                self.wrong(f"column {place + 1} has no name.", 1)
            elif name in self.heading[:place]:
                self.wrong("there are two columns of this name.", 1, name)
        return len(self.problems) > before


def read_wave(units: Path, answers: Path, scales: Path | None = None, sensitive: Sequence[str] = ()) -> Wave:
    """The wave in these files. Raises :class:`BadFiles` with all that is wrong, up to ``ENOUGH`` problems."""
    problems: list[Problem] = []
    codes, tree = _read_units(units, problems)
    found = _read_answers(answers, codes, problems)
    named = _read_scales(scales, found.items, problems) if scales else {}
    strange = [item for item in sensitive if item not in found.items]
    problems += [Problem("--sensitive", 0, "", f"there is no item '{one}' in {answers.name}.") for one in strange]
    if problems or tree is None:
        raise BadFiles(problems)
    numbers = {group: place for place, group in enumerate(sorted(set(found.groups) - {""}))}
    group = np.array([numbers.get(one, NOWHERE) for one in found.groups], dtype=np.int64) if found.attribute else None
    values = np.frombuffer(b"".join(found.values), dtype=np.int8).reshape(-1, len(found.items))
    return Wave(
        units=tuple(codes),
        tree=tree,
        items=tuple(found.items),
        answers=Answers(np.array(found.units, dtype=np.int64), values, group, len(numbers)),
        scales=named,
        sensitive=frozenset(sensitive),
        attribute=found.attribute,
        classes=tuple(numbers),
    )


# --- units ----------------------------------------------------------------------------------------------------------


def _read_units(path: Path, problems: list[Problem]) -> tuple[dict[str, int], Tree | None]:
    """The number of each unit by its code, and their tree unless there is a problem with it."""
    table, before = _Table(path, problems), len(problems)
    codes: dict[str, int] = {}
    parents: list[tuple[int, str, str]] = []
    columns: tuple[int, int] | None = None
    for line, row in table.rows():
        columns = columns or (table.column("code"), table.column("parent"))
        if _NO in columns:
            return codes, None
        code, parent = row[columns[0]], row[columns[1]]
        if not code:
            table.wrong("the unit has no code.", line, "code")
        elif code in codes:
            table.wrong(f"unit '{code}' is on line {parents[codes[code]][0]} already.", line, "code")
        else:
            codes[code] = len(codes)
            parents.append((line, code, parent))
    if not parents and len(problems) == before:
        table.wrong("there are no units in it.")
    _look_at_parents(table, codes, parents)
    if len(problems) > before:
        return codes, None
    return codes, Tree.of([codes.get(parent, NOWHERE) for _line, _code, parent in parents])


def _look_at_parents(table: _Table, codes: Mapping[str, int], parents: Sequence[tuple[int, str, str]]) -> None:
    roots = [(line, code) for line, code, parent in parents if not parent]
    for line, _code, parent in parents:
        if parent and parent not in codes:
            table.wrong(f"there is no unit '{parent}'.", line, "parent")
    for line, code in roots[1:]:
        text = f"'{code}' has no parent, and neither has '{roots[0][1]}'; only one unit may have none."
        table.wrong(text, line, "parent")
    if parents and not roots:
        table.wrong("every unit has a parent; the one at the top should have none.")
    reached = {code for _line, code in roots}
    waiting = [(line, code, parent) for line, code, parent in parents if parent in codes]
    under: dict[str, list[str]] = {}
    for _line, code, parent in waiting:
        under.setdefault(parent, []).append(code)
    # What hangs under an unknown parent is no circle; it was told already.
    todo = [*reached, *(code for _line, code, parent in parents if parent and parent not in codes)]
    while todo:
        todo += (below := under.pop(todo.pop(), []))
        reached.update(below)
    for line, code, parent in waiting:
        if roots and code not in reached:
            table.wrong(f"'{code}' lies under '{parent}', which lies under '{code}' in the end.", line, "parent")


# --- answers --------------------------------------------------------------------------------------------------------


@dataclass
class _Found:
    items: list[str] = field(default_factory=list)
    attribute: str | None = None
    units: list[int] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def _read_answers(path: Path, codes: Mapping[str, int], problems: list[Problem]) -> _Found:
    table, found = _Table(path, problems), _Found()
    places: list[int] = []
    unit = other = _NO
    for line, row in table.rows():
        if not places:
            unit, places, other = _columns(table, found)
            if unit == _NO or not places:
                return found
        values = [_ANSWERS.get(row[place], _NO) for place in places]
        if _NO in values:
            _tell_answers(table, line, row, places)
            continue
        # Without any unit the problem is in the other file, and has been told.
        if codes and row[unit] not in codes:
            table.wrong(f"there is no unit '{row[unit]}'." if row[unit] else "the unit is missing.", line, "unit")
            continue
        found.units.append(codes.get(row[unit], NOWHERE))
        found.values.append(bytes(values))
        if other != _NO:
            found.groups.append(row[other])
    if not found.units and not any(one.file == path.name for one in problems):
        table.wrong("there are no answers in it.")
    many = len(set(found.groups) - {""})
    if many > MOST_CLASSES:
        text = f"it has {many} different values; an attribute has at most {MOST_CLASSES} classes."
        table.wrong(text, 1, found.attribute or "")
    return found


def _columns(table: _Table, found: _Found) -> tuple[int, list[int], int]:
    """Where the unit, the items and the attribute are; notes what is wrong with the heading."""
    wrong = table.same_names()
    unit = table.column("unit")
    places = [place for place, name in enumerate(table.heading) if name.startswith("item")]
    others = [place for place, name in enumerate(table.heading) if name and place != unit and place not in places]
    found.items = [table.heading[place] for place in places]
    if not places:
        table.wrong("there is no column whose name begins with 'item'.", 1)
    for place in others[1:]:
        table.wrong(
            f"beside '{table.heading[others[0]]}' this is a second attribute; only one may be crossed.",
            1,
            table.heading[place],
        )
    if wrong or len(others) > 1:
        return _NO, [], _NO
    found.attribute = table.heading[others[0]] if others else None
    return unit, places, others[0] if others else _NO


def _tell_answers(table: _Table, line: int, row: Sequence[str], places: Sequence[int]) -> None:
    for place in places:
        if row[place] not in _ANSWERS:
            table.wrong(f"'{row[place]}' is no whole number from 1 to 5.", line, table.heading[place])


# --- scales ---------------------------------------------------------------------------------------------------------


def _read_scales(path: Path, items: Sequence[str], problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    def wrong(text: str, line: int = 0, column: str = "") -> None:
        problems.append(Problem(path.name, line, column, text))

    try:
        text = path.read_text("utf-8-sig")
        told = json.loads(text)
    except OSError as error:
        wrong(f"it cannot be read: {(error.strerror or 'no reason given').lower()}.")
        return {}
    except UnicodeDecodeError:
        wrong("it is not text in UTF-8.")
        return {}
    except json.JSONDecodeError as error:
        wrong(f"it is no proper JSON here: {error.msg.lower()}.", error.lineno, str(error.colno))
        return {}
    if not isinstance(told, dict):
        wrong('it should be an object with a list of items for each scale: {"trust": ["item1", "item2"]}.', 1, "1")
        return {}
    for name, members in told.items():
        for fault, word in _faults(name, members, items):
            wrong(fault, *_place(text, name, word))
    return {name: tuple(members) for name, members in told.items() if isinstance(members, list)}


def _faults(name: str, members: object, items: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """What is wrong with a scale, and with which word of it."""
    if name in items or not name:
        yield f"'{name}' is an item; a scale has a name of its own." if name else "a scale has no name.", None
    if not isinstance(members, list) or not members or not all(isinstance(one, str) for one in members):
        yield f"scale '{name}' should be a list of items.", None
        return
    for place, item in enumerate(members):
        if items and item not in items:
            yield f"scale '{name}' names '{item}', which is no item of the answers.", item
        if item in members[:place]:
            yield f"scale '{name}' names '{item}' twice.", item


def _place(text: str, name: str, word: str | None) -> tuple[int, str]:
    """Line and column of a scale's name, or of a word after it."""
    at = max(text.find(json.dumps(name, ensure_ascii=False)), 0)
    if word is not None:
        at = max(text.find(json.dumps(word, ensure_ascii=False), at + 1), at)
    return text.count("\n", 0, at) + 1, str(at - text.rfind("\n", 0, at))


def _times(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
