"""What a staff file says in one row, and what may be wrong with it: the shapes shared by reading and planning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

type Param = str | int | tuple[str, ...]
"""What fills a place in a sentence. A tuple holds codes of columns, shown by their headings."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One row as it was written, tidied but not judged.

    `row` is the number a spreadsheet shows beside it. None means that the file has no such column, so that what we know
    stays; an empty text means that the cell was empty.
    """

    row: int
    name: str
    email: str
    staff_number: str | None = None
    unit: str | None = None
    unit_code: str | None = None
    parent_code: str | None = None
    manager: str | None = None
    roles: str | None = None
    language: str | None = None
    employer: str | None = None
    left: str | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something in the file that has to change first. `row` is None for what concerns the file as a whole."""

    row: int | None
    column: str
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file cannot be read at all."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
