"""The teams of Waterland around the people of the stories, from ``content/staff.toml``."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from klankbord.core.content_files import ContentFile, Table, read_content
from klankbord.demo.cast import WATERLAND
from klankbord.demo.tales import CONTENT

FIRST_NUMBER = 2_001
"""Where the staff numbers of the teams begin; those of the stories lie below."""


@dataclass(frozen=True, slots=True)
class Department:
    """The people of one department, in its unit itself and in teams: its path is ``id``, *manager* a staff number."""

    id: str
    manager: str
    staff: int
    teams: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Teams:
    """All teams, and the names to draw from."""

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    departments: tuple[Department, ...]


def teams_file() -> bytes:
    """The staff file with the teams of Waterland, as its administrator would upload it."""
    written = (CONTENT / f"{WATERLAND}.csv").read_text(encoding="utf-8")
    header, *_people = written.splitlines()
    return "".join(f"{row}\n" for row in (header, *_rows(read_content(CONTENT, "staff", _teams), written))).encode()


def _teams(file: ContentFile) -> Teams:
    return Teams(file.strings("first_names"), file.strings("last_names"), file.each("department", _department))


def _department(table: Table) -> Department:
    sizes = (one.rpartition(" ") for one in table.strings("teams"))
    return Department(
        id=table.string("id"),
        manager=table.string("manager"),
        staff=table.number("staff") if table.has("staff") else 0,
        teams=tuple((name, int(many)) for name, _space, many in sizes),
    )


def _rows(teams: Teams, written: str) -> Iterator[str]:
    """Of each team first who leads it, and then the others."""
    names = _names(teams.first_names, teams.last_names)
    fresh = ((name, address) for name, address in names if f";{address};" not in written)
    number = FIRST_NUMBER
    for department in teams.departments:
        for team, many in (("", department.staff), *department.teams):
            leader, unit = str(number), f"{department.id}/{team}" if team else department.id
            for place in range(many):
                name, address = next(fresh)
                manager = leader if place and team else department.manager
                yield f"{number};{name};{address};{unit};{manager};;nl;"
                number += 1


def _names(first: Sequence[str], last: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every name once, with its address, in an order that is drawn, and always the same."""
    names = [(one, other) for one in first for other in last]
    random.Random("the staff of the demo").shuffle(names)  # noqa: S311 - a story, and no secret
    for one, other in names:
        address = f"{one}.{other}".lower().replace(" ", "")
        yield f"{one} {other}", f"{address}@{WATERLAND}.example"
