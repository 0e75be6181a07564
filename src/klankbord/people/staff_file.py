"""Reading a staff file (csv or xlsx) as people really save them, and writing spreadsheets that are safe to open.

Reading judges only the file: whether it can be read and which column is which. What the cells say is judged in
`import_rules`. Nothing here touches the database or the disk.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from klankbord.people import workbook
from klankbord.people.content import Column, columns, template_words
from klankbord.people.import_rows import FileProblem, StaffRow
from klankbord.people.rules import folded
from klankbord.people.tables import EXAMPLES, Unreadable, csv_cells, find_headings, refuse_by_size

ROW_LIMIT = 200_000
"""Most people in one file."""


@dataclass(frozen=True, slots=True)
class StaffFile:
    """What was read: rows, or the problem that kept us from reading. Never both.

    `ignored` names the columns that we did not read, in the words of the file.
    """

    rows: tuple[StaffRow, ...] = ()
    problem: FileProblem | None = None
    ignored: tuple[str, ...] = ()


def read_staff_file(content: bytes) -> StaffFile:
    """The rows of a csv or xlsx file. What kind it is follows from its bytes, not from its name."""
    try:
        return _read(content)
    except Unreadable as unreadable:
        return StaffFile(problem=unreadable.problem)
    except workbook.Refused as refused:
        return StaffFile(problem=FileProblem(refused.code))


def _read(content: bytes) -> StaffFile:
    refuse_by_size(content)
    known = columns("nl")
    table = workbook.cells(content) if workbook.is_workbook(content) else csv_cells(content, known)
    numbered = enumerate(table, start=1)
    layout = find_headings(numbered, known, _missing)
    rows: list[StaffRow] = []
    for number, row_cells in numbered:
        row = _row(number, layout.said(row_cells))
        if row is not None:
            rows.append(row)
        if len(rows) > ROW_LIMIT:
            raise Unreadable(FileProblem("too_many_rows", {"limit": ROW_LIMIT}))
    if not rows:
        raise Unreadable(FileProblem("no_rows"))
    return StaffFile(rows=tuple(rows), ignored=layout.ignored)


def _missing(places: Mapping[str, int]) -> tuple[str, ...]:
    name = () if "name" in places or "last_name" in places else ("name",)
    return (*name, *(() if "email" in places else ("email",)))


def _row(number: int, said: dict[str, str]) -> StaffRow | None:
    """One row of people, or None when it is empty or the example of our own template."""
    if not any(said.values()) or folded(said.get("staff_number", "")) in EXAMPLES:
        return None
    parts = [said.pop(part, "") for part in ("first_name", "infix", "last_name")]
    name = said.pop("name", "") or " ".join(part for part in parts if part)
    return StaffRow(row=number, name=name, email=said.pop("email", ""), **said)


# --- Writing --------------------------------------------------------------------------------------------------------

type Cell = str | int | float | Decimal | bool | datetime.date | datetime.datetime | None

_CELL_LIMIT = 32_767
"""Most characters Excel keeps in one cell."""


class _Book:
    """A workbook in memory in which text is only ever text."""

    def __init__(self) -> None:
        self._stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self._stream, options)
        self.head: Format = self.book.add_format({"bold": True, "bottom": 1})
        self.text: Format = self.book.add_format({"num_format": "@"})
        self.wrapped: Format = self.book.add_format({"text_wrap": True, "valign": "top"})
        # SECURITY: without this mark a name such as =HYPERLINK(…) runs as a formula once somebody edits the cell or
        # saves the sheet as csv.
        self.quoted: Format = self.book.add_format({"quote_prefix": True})
        self._date: Format = self.book.add_format({"num_format": "dd-mm-yyyy"})
        self._moment: Format = self.book.add_format({"num_format": "dd-mm-yyyy hh:mm"})

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        """One cell; a moment loses its time zone, which a spreadsheet does not know."""
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float | Decimal):
            sheet.write_number(row, column, float(cell))
        elif isinstance(cell, datetime.datetime):
            sheet.write_datetime(row, column, cell.replace(tzinfo=None), self._moment)
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(row, column, cell, self._date)
        else:
            text = cell if len(cell) <= _CELL_LIMIT else cell[: _CELL_LIMIT - 1] + "…"
            sheet.write_string(row, column, text, self.quoted if text[:1] in "=+-@\t\r" else None)

    def finished(self) -> bytes:
        """The bytes of the file."""
        self.book.close()
        return self._stream.getvalue()


def rows_to_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet_name: str = "") -> bytes:
    """A list as a spreadsheet to download: headings that stay in sight, filters, readable widths.

    Text stays text, whatever it begins with. Numbers and dates stay numbers and dates.
    """
    book = _Book()
    sheet = book.book.add_worksheet(sheet_name[:31] or None)
    widths = [len(heading) for heading in headings]
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, book.head)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            book.write(sheet, count, column, cell)
            if count <= 200 and column < len(widths):
                widths[column] = max(widths[column], len(str(cell if cell is not None else "")))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, 8), 60))
    sheet.freeze_panes(1, 0)
    if headings:
        sheet.autofilter(0, 0, count, len(headings) - 1)
    return book.finished()


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One sheet to fill in: its name, and its columns in the language of the reader."""

    name: str
    columns: Sequence[Column]


def template_workbook(language: str) -> bytes:
    """An empty staff file with headings, one example row that an import skips, and a sheet that explains."""
    words = template_words(language)
    return filled_template(words, [TemplateSheet(words["sheet"], columns(language))])


def filled_template(words: Mapping[str, Any], sheets: Sequence[TemplateSheet]) -> bytes:
    """Sheets with headings and an example row, and one that explains them; *words* are those of a template."""
    book = _Book()
    offered = [(one, [column for column in one.columns if column.example is not None]) for one in sheets]
    for one, known in offered:
        sheet = book.book.add_worksheet(one.name)
        for place, column in enumerate(known):
            sheet.set_column(place, place, max(len(column.heading), len(column.example or ""), 10) + 2, book.text)
            sheet.write_string(0, place, column.heading, book.head)
            sheet.write_string(1, place, column.example or "", book.text)
        sheet.freeze_panes(1, 0)
    explanation = book.book.add_worksheet(words["explanation"])
    explanation.set_column(0, 0, 28)
    explanation.set_column(1, 1, 90)
    explanation.write_string(0, 0, words["title"], book.head)
    for number, line in enumerate(words["lines"], start=2):
        explanation.write_string(number, 0, line)
    start = len(words["lines"]) + 3
    for one, known in offered:
        explanation.write_string(start, 0, words["heading"] if len(sheets) == 1 else one.name, book.head)
        explanation.write_string(start, 1, words["meaning"], book.head)
        for number, column in enumerate(known, start=start + 1):
            explanation.write_string(number, 0, column.heading, book.wrapped)
            explanation.write_string(number, 1, column.meaning, book.wrapped)
        start += len(known) + 2
    return book.finished()
