"""Which class each person is in, from a table (csv or xlsx) of two columns: staff number and group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klankbord.core.wording import Wording
from klankbord.culture.rules.waves import MOST_CLASSES
from klankbord.people import workbook
from klankbord.people.api import Person
from klankbord.people.rules import normalised_staff_number
from klankbord.people.tables import Unreadable, csv_cells, find_headings, refuse_by_size

LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Column:
    code: str
    also: tuple[str, ...]


_COLUMNS = (
    _Column("staff_number", ("personeelsnummer", "staff number", "personeelsnr", "nummer", "number")),
    _Column("group", ("groep", "group", "klasse", "class")),
)


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one row (None: with the file), in both languages."""

    row: int | None
    sentence: Wording


@dataclass(frozen=True, slots=True)
class ClassFile:
    """What was read: the group of each person by id, or everything that is wrong. Never both."""

    groups: Mapping[str, str]
    errors: Sequence[RowError] = ()


_READING = {
    "too_large": ("Dit bestand is te groot.", "This file is too large."),
    "empty": ("Dit bestand is leeg.", "This file is empty."),
    "headings_missing": (
        "Er zijn geen kolommen ‘personeelsnummer’ en ‘groep’ gevonden.",
        "There are no columns ‘staff number’ and ‘group’.",
    ),
}
_UNREADABLE = ("Dit bestand is niet te lezen.", "This file cannot be read.")


def read_classes(content: bytes, people: Mapping[str, Person]) -> ClassFile:
    """The group of each person in the file. *people* are those there are, by staff number."""
    try:
        rows = _rows(content)
    except (Unreadable, workbook.Refused) as refused:
        code = refused.problem.code if isinstance(refused, Unreadable) else refused.code
        nl, en = _READING.get(code, _UNREADABLE)
        return ClassFile({}, [RowError(None, Wording(nl=nl, en=en))])
    groups: dict[str, str] = {}
    errors: list[RowError] = []
    for number, staff_number, group in rows:
        person = people.get(normalised_staff_number(staff_number))
        wrong = _wrong(staff_number, group, person, groups)
        if wrong is not None:
            errors.append(RowError(number, wrong))
        elif person is not None:
            groups[str(person.pk)] = group
    if not rows:
        errors.append(RowError(None, Wording(nl="Er staan geen mensen in.", en="There are no people in it.")))
    many = len(set(groups.values()))
    if many > MOST_CLASSES:
        nl = f"Er zijn {many} groepen. Het kunnen er hoogstens {MOST_CLASSES} zijn."
        errors.append(
            RowError(None, Wording(nl=nl, en=f"There are {many} groups. There can be {MOST_CLASSES} at most."))
        )
    return ClassFile({}, errors) if errors else ClassFile(groups)


def _rows(content: bytes) -> list[tuple[int, str, str]]:
    refuse_by_size(content)
    table = workbook.cells(content) if workbook.is_workbook(content) else csv_cells(content, _COLUMNS)
    numbered = enumerate(table, start=1)
    layout = find_headings(
        numbered, _COLUMNS, lambda places: tuple(one.code for one in _COLUMNS if one.code not in places)
    )
    said = ((number, layout.said(cells)) for number, cells in numbered if any(cells))
    return [(number, cells["staff_number"], cells["group"]) for number, cells in said]


def _wrong(staff_number: str, group: str, person: Person | None, groups: Mapping[str, str]) -> Wording | None:
    if not staff_number:
        return Wording(nl="Het personeelsnummer ontbreekt.", en="The staff number is missing.")
    if person is None:
        nl = f"Er is niemand met personeelsnummer {staff_number}."
        return Wording(nl=nl, en=f"There is nobody with staff number {staff_number}.")
    if str(person.pk) in groups:
        nl = f"Personeelsnummer {staff_number} staat er al."
        return Wording(nl=nl, en=f"Staff number {staff_number} is in it already.")
    if not group:
        return Wording(nl="De groep ontbreekt.", en="The group is missing.")
    if len(group) > LONGEST:
        nl = f"De naam van een groep is hoogstens {LONGEST} tekens lang."
        return Wording(nl=nl, en=f"The name of a group has {LONGEST} characters at most.")
    return None
