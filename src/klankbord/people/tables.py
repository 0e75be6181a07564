"""Reading tables (csv or xlsx) as people really save them: which row holds the headings, and which column is which.

It knows nothing of what the cells mean. Nothing here touches the database or the disk.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from klankbord.people.import_rows import FileProblem
from klankbord.people.rules import folded, tidy

SIZE_LIMIT = 25_000_000
"""Largest file we read, in bytes."""

HEADING_WITHIN = 10
"""A title or a date may stand above the headings; after this many rows we stop looking."""

EXAMPLES = frozenset({"voorbeeld", "example"})
"""Who stands in the example row of our own templates."""


class Unreadable(Exception):
    """This file is not read; the problem says why."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Heading(Protocol):
    """A column by its code, and every heading that means it; our own two come first."""

    @property
    def code(self) -> str:
        """The name we give it."""

    @property
    def also(self) -> tuple[str, ...]:
        """The headings that mean it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column stands where. `ignored` names the columns that we did not read, in the words of the file."""

    places: Mapping[str, int]
    ignored: tuple[str, ...]

    def said(self, cells: Sequence[str]) -> dict[str, str]:
        """What one row says, by code of the column."""
        return {code: cells[place] if place < len(cells) else "" for code, place in self.places.items()}


def refuse_by_size(content: bytes) -> None:
    """Raise :class:`Unreadable` for a file that is too large, or has nothing in it."""
    if len(content) > SIZE_LIMIT:
        raise Unreadable(FileProblem("too_large", {"limit": SIZE_LIMIT // 1_000_000}))
    if not content.strip():
        raise Unreadable(FileProblem("empty"))


def heading_key(text: str) -> str:
    """A heading without capitals, accents, spaces and punctuation."""
    return "".join(letter for letter in folded(text) if letter.isalnum())


def layout_of(cells: Sequence[str], columns: Sequence[Heading]) -> Layout:
    """The columns of this row of headings. Our own heading wins from another word for the same thing."""
    places: dict[str, int] = {}
    used: set[int] = set()
    keys = [heading_key(cell) for cell in cells]
    for column in columns:
        own = {heading_key(word) for word in column.also[:2]}
        every = {heading_key(word) for word in column.also}
        for words in (own, every):
            found = [place for place, key in enumerate(keys) if key and key in words]
            if len(found) > 1:
                params = {"first": cells[found[0]], "second": cells[found[1]]}
                raise Unreadable(FileProblem("heading_twice", params))
            if found:
                places[column.code] = found[0]
                used.add(found[0])
                break
    ignored = tuple(cell for place, cell in enumerate(cells) if cell and place not in used)
    return Layout(places, ignored)


def find_headings(
    numbered: Iterator[tuple[int, Sequence[str]]],
    columns: Sequence[Heading],
    missing: Callable[[Mapping[str, int]], tuple[str, ...]],
) -> Layout:
    """Read up to and including the headings. Raises :class:`Unreadable`, which says which are missing."""
    best: Layout | None = None
    for number, cells in numbered:
        if not any(cells):
            continue
        layout = layout_of(cells, columns)
        if not missing(layout.places):
            return layout
        if best is None or len(layout.places) > len(best.places):
            best = layout
        if number >= HEADING_WITHIN:
            break
    if best is None:
        raise Unreadable(FileProblem("empty"))
    raise Unreadable(FileProblem("headings_missing", {"missing": missing(best.places)}))


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
    raise Unreadable(FileProblem("unreadable"))


def _delimiter(text: str, columns: Sequence[Heading]) -> tuple[str, bool]:
    """What stands between the cells, and whether the first line only announces it ("sep=;", as Excel writes).

    It is the mark with which we know most of the headings; counting marks would be fooled by commas in names.
    """
    lines = [line for line in text[:50_000].splitlines() if line.strip()][:HEADING_WITHIN]
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) <= 5:
        return (first[4:] or "\t"), True
    known = {heading_key(word) for column in columns for word in column.also}

    def headings(mark: str) -> int:
        return max((sum(heading_key(cell) in known for cell in line.split(mark)) for line in lines), default=0)

    return max(";\t,", key=headings), False


def csv_cells(content: bytes, columns: Sequence[Heading]) -> Iterator[list[str]]:
    """The rows of a csv file, every cell tidied. Raises :class:`Unreadable`."""
    text = _decoded(content)
    mark, announced = _delimiter(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield [] if announced and number == 1 else [tidy(cell) for cell in cells]
    except csv.Error:
        raise Unreadable(FileProblem("unreadable_row", {"row": number + 1})) from None
