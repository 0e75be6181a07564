"""Taking in a staff file, beside the least it could cost: the same rows by COPY into a table without any rules."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.installation import Finished, as_owner, klankbord
from benchmarks.staff import rows, staff_file

ORGANISATION = "waterland"


@dataclass(frozen=True)
class Import:
    """What an import took. *again* is the same file once more, which changes nothing."""

    people: int
    first: Finished
    again: Finished
    floor_seconds: float


def take_in(data: Path, people: int) -> Import:
    """Found the organisation and take in everybody with `klankbord import-people`, start of the command included."""
    from klankbord.people.actions import found_organisation

    found_organisation(
        slug=ORGANISATION,
        name="Waterland",
        administrator_name="Beheer van Waterland",
        administrator_email="beheer@waterland.example",
    )
    path = data.with_name("staff.csv")
    path.write_bytes(staff_file(people))
    first = klankbord(data, "import-people", str(path), "--organisation", ORGANISATION)
    again = klankbord(data, "import-people", str(path), "--organisation", ORGANISATION)
    return Import(sum(1 for _ in rows(people)), first, again, _copy(data, people))


def _copy(data: Path, people: int) -> float:
    """Seconds for the same rows by COPY into a bare table."""
    with as_owner(data) as connection:
        connection.execute("create table floor_of_import (a text, b text, c text, d text, e text, f text)")
        started = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy("copy floor_of_import from stdin") as copy:
            for row in rows(people):
                copy.write_row((row.number, row.name, row.email, row.unit, row.manager, row.role))
        seconds = time.perf_counter() - started
        connection.execute("drop table floor_of_import")
    return seconds
