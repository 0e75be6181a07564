"""Reading a spreadsheet with coaches, coaching that runs and hours, and its words: headings, template, problems."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from klankbord.engagements.content_files import CONTENT
from klankbord.engagements.rules.spreadsheet import Kind, SheetProblem, SheetRow
from klankbord.people import workbook
from klankbord.people.content import Column, columns_from, problem_text
from klankbord.people.import_rows import FileProblem
from klankbord.people.rules import folded
from klankbord.people.staff_file import TemplateSheet, filled_template
from klankbord.people.tables import EXAMPLES, Layout, Unreadable, csv_cells, find_headings, refuse_by_size

ROW_LIMIT = 400
"""Most rows at one time: each is a question to somebody, and somebody looks it all through first."""


@dataclass(frozen=True, slots=True)
class SheetsFile:
    """What was read, or the problem that kept us from reading. `ignored` names sheets and columns not read."""

    rows: tuple[SheetRow, ...] = ()
    problem: FileProblem | None = None
    ignored: tuple[str, ...] = ()


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "spreadsheet.toml").read_text(encoding="utf-8"))


def _known(language: str) -> str:
    return "en" if language.lower().startswith("en") else "nl"


@cache
def _columns(kind: Kind, language: str) -> tuple[Column, ...]:
    return columns_from(_content()["sheets"][kind]["columns"], language)


def sheet_name(kind: Kind, language: str) -> str:
    """What a sheet of this kind is called."""
    return str(_content()["sheets"][kind][_known(language)])


def example_file(language: str) -> bytes:
    """An empty workbook with the three sheets, an example in each, and an explanation."""
    known = _known(language)
    sheets = [TemplateSheet(sheet_name(kind, known), _columns(kind, known)) for kind in Kind]
    return filled_template(_content()["template"][known], sheets)


def row_problem_text(problem: SheetProblem, kinds: Mapping[str, Kind], language: str) -> str:
    """What is wrong, where, and what to do. *kinds* says of what kind each sheet is."""
    chosen = _known(language)
    one = problem.problem
    columns = _columns(kinds[problem.sheet], chosen)
    heading = next((column.heading for column in columns if column.code == one.column), one.column)
    text = str(_content()["row"][one.code][chosen]).format_map(one.params)
    sheet = f"{problem.sheet}, " if problem.sheet else ""
    told = str(_content()["place"][chosen]).format(sheet=sheet, row=one.row, column=heading, text=text)
    return told[:1].upper() + told[1:]


def file_problem_text(problem: FileProblem, language: str) -> str:
    """Why a file cannot be read, and what to do."""
    own = _content()["file"].get(problem.code)
    return str(own[_known(language)]).format_map(problem.params) if own else problem_text(problem, language)


def read_sheets(content: bytes) -> SheetsFile:
    """The rows of every sheet that is one of ours. What a sheet is about follows from its headings."""
    try:
        return _read(content)
    except Unreadable as unreadable:
        return SheetsFile(problem=unreadable.problem)
    except workbook.Refused as refused:
        return SheetsFile(problem=FileProblem(refused.code))


def _read(content: bytes) -> SheetsFile:
    refuse_by_size(content)
    rows: list[SheetRow] = []
    ignored: list[str] = []
    recognised = False
    for name, table in _tables(content):
        found = _recognised(table)
        if found is None:
            ignored.append(name)
            continue
        recognised = True
        kind, layout, first = found
        ignored += layout.ignored
        rows += _rows(kind, name, layout, enumerate(table[first:], start=first + 1))
        if len(rows) > ROW_LIMIT:
            raise Unreadable(FileProblem("too_many_rows", {"limit": ROW_LIMIT}))
    if not rows:
        raise Unreadable(FileProblem("no_rows" if recognised else "no_sheet"))
    return SheetsFile(tuple(rows), ignored=tuple(one for one in ignored if one))


def _tables(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    if workbook.is_workbook(content):
        for name, table in workbook.sheets(content):
            yield name, list(table)
        return
    every = list(chain.from_iterable(_columns(kind, "nl") for kind in Kind))
    yield "", list(csv_cells(content, every))


def _recognised(table: Sequence[Sequence[str]]) -> tuple[Kind, Layout, int] | None:
    """Of what kind a table is, where its columns are, and after how many rows it begins. The fullest match wins."""
    found: list[tuple[int, Kind, Layout, int]] = []
    for kind in Kind:
        numbered = iter(enumerate(table, start=1))
        try:
            layout = find_headings(numbered, _columns(kind, "nl"), lambda places, kind=kind: _missing(kind, places))  # type: ignore[misc]
        except Unreadable as unreadable:
            if unreadable.problem.code == "heading_twice":
                raise
            continue
        begins = len(table) - sum(1 for _row in numbered)
        found.append((len(layout.places), kind, layout, begins))
    if not found:
        return None
    _count, kind, layout, begins = max(found, key=lambda one: one[0])
    return kind, layout, begins


def _missing(kind: Kind, places: Mapping[str, int]) -> tuple[str, ...]:
    needs = _content()["sheets"][kind]["needs"]
    missing = [code for code in needs if code not in places and not (code == "coach" and "coach_number" in places)]
    if kind is Kind.COACHES and not set(places) - {"coach", "coach_number"}:
        missing.append("themes")
    return tuple(missing)


def _rows(kind: Kind, name: str, layout: Layout, numbered: Iterator[tuple[int, Sequence[str]]]) -> Iterator[SheetRow]:
    for number, cells in numbered:
        said = layout.said(cells)
        if any(said.values()) and not {folded(word) for word in said.values()} & EXAMPLES:
            yield SheetRow(kind, name, number, said)
