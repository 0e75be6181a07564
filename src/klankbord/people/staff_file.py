"""Reading a staff file (csv or xlsx) as people really save them, and writing spreadsheets that are safe to open.

Reading judges only the file: whether it can be read and which column is which. What the cells say is judged in
`import_rules`. Nothing here touches the database or the disk.
"""

from __future__ import annotations

import codecs
import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from klankbord.people import workbook
from klankbord.people.content import columns, template_words
from klankbord.people.import_rows import FileProblem, StaffRow
from klankbord.people.rules import folded, tidy

SIZE_LIMIT = 25_000_000
"""Largest file we read, in bytes."""

ROW_LIMIT = 200_000
"""Most people in one file."""

_HEADING_WITHIN = 10
"""A title or a date may stand above the headings; after this many rows we stop looking."""

_EXAMPLE_NUMBERS = frozenset({"voorbeeld", "example"})


@dataclass(frozen=True, slots=True)
class StaffFile:
    """What was read: rows, or the problem that kept us from reading. Never both.

    `ignored` names the columns that we did not read, in the words of the file.
    """

    rows: tuple[StaffRow, ...] = ()
    problem: FileProblem | None = None
    ignored: tuple[str, ...] = ()


class _Unreadable(Exception):
    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_staff_file(content: bytes) -> StaffFile:
    """The rows of a csv or xlsx file. What kind it is follows from its bytes, not from its name."""
    try:
        return _read(content)
    except _Unreadable as unreadable:
        return StaffFile(problem=unreadable.problem)
    except workbook.Refused as refused:
        return StaffFile(problem=FileProblem(refused.code))


def _read(content: bytes) -> StaffFile:
    if len(content) > SIZE_LIMIT:
        raise _Unreadable(FileProblem("too_large", {"limit": SIZE_LIMIT // 1_000_000}))
    if not content.strip():
        raise _Unreadable(FileProblem("empty"))
    table = workbook.cells(content) if workbook.is_workbook(content) else _csv_cells(content)
    numbered = enumerate(table, start=1)
    layout = _find_headings(numbered)
    rows: list[StaffRow] = []
    for number, row_cells in numbered:
        row = layout.row(number, row_cells)
        if row is not None:
            rows.append(row)
        if len(rows) > ROW_LIMIT:
            raise _Unreadable(FileProblem("too_many_rows", {"limit": ROW_LIMIT}))
    if not rows:
        raise _Unreadable(FileProblem("no_rows"))
    return StaffFile(rows=tuple(rows), ignored=layout.ignored)


# --- Headings -------------------------------------------------------------------------------------------------------


def _heading_key(text: str) -> str:
    return "".join(letter for letter in folded(text) if letter.isalnum())


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column stands where."""

    places: dict[str, int]
    ignored: tuple[str, ...]

    def row(self, number: int, cells: Sequence[str]) -> StaffRow | None:
        """One row of people, or None when it is empty or the example of our own template."""
        said = {code: cells[place] if place < len(cells) else "" for code, place in self.places.items()}
        if not any(said.values()) or folded(said.get("staff_number", "")) in _EXAMPLE_NUMBERS:
            return None
        parts = [said.pop(part, "") for part in ("first_name", "infix", "last_name")]
        name = said.pop("name", "") or " ".join(part for part in parts if part)
        return StaffRow(row=number, name=name, email=said.pop("email", ""), **said)


def _find_headings(numbered: Iterator[tuple[int, Sequence[str]]]) -> _Layout:
    """Read up to and including the headings. Without a row that has them all, say which are missing."""
    best: _Layout | None = None
    for number, cells in numbered:
        if not any(cells):
            continue
        layout = _layout(cells)
        if _has_a_name(layout) and "email" in layout.places:
            return layout
        if best is None or len(layout.places) > len(best.places):
            best = layout
        if number >= _HEADING_WITHIN:
            break
    if best is None:
        raise _Unreadable(FileProblem("empty"))
    missing = [] if _has_a_name(best) else ["name"]
    missing += [] if "email" in best.places else ["email"]
    raise _Unreadable(FileProblem("headings_missing", {"missing": tuple(missing)}))


def _has_a_name(layout: _Layout) -> bool:
    return "name" in layout.places or "last_name" in layout.places


def _layout(cells: Sequence[str]) -> _Layout:
    """The columns of this row of headings. Our own heading wins from another word for the same thing."""
    places: dict[str, int] = {}
    used: set[int] = set()
    keys = [_heading_key(cell) for cell in cells]
    for column in columns("nl"):
        own = {_heading_key(word) for word in column.also[:2]}
        every = {_heading_key(word) for word in column.also}
        for words in (own, every):
            found = [place for place, key in enumerate(keys) if key and key in words]
            if len(found) > 1:
                params = {"first": cells[found[0]], "second": cells[found[1]]}
                raise _Unreadable(FileProblem("heading_twice", params))
            if found:
                places[column.code] = found[0]
                used.add(found[0])
                break
    ignored = tuple(cell for place, cell in enumerate(cells) if cell and place not in used)
    return _Layout(places, ignored)


# --- csv ------------------------------------------------------------------------------------------------------------

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _decoded(content: bytes) -> str:
    """Text in UTF-8 or UTF-16, or else in the code page of Windows, in which Excel saves a plain csv."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _Unreadable(FileProblem("unreadable"))


def _delimiter(text: str) -> tuple[str, bool]:
    """What stands between the cells, and whether the first line only announces it ("sep=;", as Excel writes).

    It is the mark with which we know most of the headings; counting marks would be fooled by commas in names.
    """
    lines = [line for line in text[:50_000].splitlines() if line.strip()][:_HEADING_WITHIN]
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) <= 5:
        return (first[4:] or "\t"), True
    known = {_heading_key(word) for column in columns("nl") for word in column.also}

    def headings(mark: str) -> int:
        return max((sum(_heading_key(cell) in known for cell in line.split(mark)) for line in lines), default=0)

    return max(";\t,", key=headings), False


def _csv_cells(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    mark, announced = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield [] if announced and number == 1 else [tidy(cell) for cell in cells]
    except csv.Error:
        raise _Unreadable(FileProblem("unreadable_row", {"row": number + 1})) from None


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


def template_workbook(language: str) -> bytes:
    """An empty staff file with headings, one example row that an import skips, and a sheet that explains."""
    words = template_words(language)
    offered = [column for column in columns(language) if column.example is not None]
    book = _Book()
    sheet = book.book.add_worksheet(words["sheet"])
    for place, column in enumerate(offered):
        sheet.set_column(place, place, max(len(column.heading), len(column.example or ""), 10) + 2, book.text)
        sheet.write_string(0, place, column.heading, book.head)
        sheet.write_string(1, place, column.example or "", book.text)
    sheet.freeze_panes(1, 0)
    explanation = book.book.add_worksheet(words["explanation"])
    explanation.set_column(0, 0, 28)
    explanation.set_column(1, 1, 90)
    explanation.write_string(0, 0, words["title"], book.head)
    lines = [(line, "") for line in words["lines"]]
    for number, (line, _) in enumerate(lines, start=2):
        explanation.write_string(number, 0, line)
    start = len(lines) + 3
    explanation.write_string(start, 0, words["heading"], book.head)
    explanation.write_string(start, 1, words["meaning"], book.head)
    for number, column in enumerate(offered, start=start + 1):
        explanation.write_string(number, 0, column.heading, book.wrapped)
        explanation.write_string(number, 1, column.meaning, book.wrapped)
    return book.finished()
