"""A staff file of a large organisation that does not exist: the same people, units and managers on every run."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass

HEADINGS = ("personeelsnummer", "naam", "e-mailadres", "afdeling", "leidinggevende", "rollen")
DIRECTORATES, DEPARTMENTS, TEAMS = 20, 12, 10
"""20 directorates of 12 departments of 10 teams: 2,660 units."""

FIRST_NAMES = (
    "Aisha", "Anna", "Bart", "Bas", "Bilal", "Bram", "Carla", "Chantal", "Daan", "David", "Dewi", "Dirk", "Elif",
    "Els", "Emma", "Erik", "Esra", "Eva", "Femke", "Floor", "Frank", "Gijs", "Hanna", "Hans", "Hassan", "Ilse",
    "Ingrid", "Iris", "Jaap", "Jan", "Janneke", "Jeroen", "Jesse", "Joost", "Julia", "Karin", "Kees", "Khadija",
    "Koen", "Lars", "Laura", "Lieke", "Linda", "Lotte", "Maaike", "Mark", "Meral", "Mehmet", "Mila", "Mohamed",
    "Nadia", "Niels", "Nienke", "Noah", "Omar", "Paul", "Peter", "Piet", "Rachid", "Rob", "Roos", "Ruth", "Sander",
    "Sanne", "Sara", "Sem", "Simone", "Stijn", "Sven", "Tess", "Thijs", "Tim", "Tineke", "Willem", "Wouter", "Yara",
    "Yusuf", "Zeynep",
)  # fmt: skip
SURNAMES = (
    "Aydin", "Bakker", "Bax", "Beekman", "Berg", "Blom", "Boer", "Bos", "Bosch", "Bouwman", "Brouwer", "Bruin",
    "Demir", "Dekker", "Dijk", "Dijkstra", "Driessen", "Evers", "Gerritsen", "Graaf", "Groen", "Haan", "Hendriks",
    "Hermans", "Heuvel", "Hoekstra", "Huisman", "Jacobs", "Jansen", "Janssen", "Jong", "Kaya", "Klein", "Kok",
    "Koning", "Koster", "Kramer", "Kuiper", "Kuipers", "Lange", "Leeuw", "Linden", "Maas", "Martens", "Meer",
    "Meijer", "Molenaar", "Mulder", "Nguyen", "Peeters", "Peters", "Post", "Postma", "Prins", "Sanders", "Schipper",
    "Scholten", "Schouten", "Singh", "Smeets", "Smit", "Smits", "Timmermans", "Veen", "Veenstra", "Verbeek",
    "Verhoeven", "Vermeulen", "Visser", "Vliet", "Vos", "Vries", "Wal", "Willems", "Wit", "Wolters", "Yilmaz",
    "Zwart",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the file."""

    number: str
    name: str
    email: str
    unit: str
    manager: str
    role: str = ""


def cast() -> list[Row]:
    """The people whose pages are measured. Marieke coaches from another directorate than Johan's."""
    projects = f"{unit_path(0, 0)}/Projecten"
    return [
        Row("C100", "Anton Visser", "anton@waterland.example", unit_path(0, 0), "D1"),
        Row("C101", "Johan de Wit", "johan@waterland.example", projects, "C100"),
        Row("C102", "Marieke Bos", "marieke@waterland.example", unit_path(1, 0, 0), "D2", "coach"),
        Row("C103", "Fatima el Amrani", "fatima@waterland.example", unit_path(2, 0, 0), "D3", "coördinator"),
        Row("C104", "Els Dijkstra", "els@waterland.example", unit_path(2, 0, 1), "D3", "beheerder"),
    ]


def unit_path(directorate: int, department: int | None = None, team: int | None = None) -> str:
    """The way down to a unit, as a staff file writes it."""
    parts = [f"Directie {directorate + 1}"]
    if department is not None:
        parts.append(f"Afdeling {department + 1}")
    if team is not None:
        parts.append(f"Team {team + 1}")
    return "/".join(parts)


def rows(people: int) -> Iterator[Row]:
    """So many people: the cast, the heads of directorates, departments and teams, and everybody in a team.

    Every two hundredth is a coach. Whoever heads something has the head of what lies above as manager.
    """
    chance = random.Random(1)  # noqa: S311 - names, not secrets
    yield from cast()
    heads = list(_heads(chance))
    yield from heads
    places = [(d, p, t) for d in range(DIRECTORATES) for p in range(DEPARTMENTS) for t in range(TEAMS)]
    for count in range(max(people - len(heads) - len(cast()), 0)):
        d, p, t = places[count % len(places)]
        number = f"P{count + 1}"
        role = "coach" if count % 200 == 0 else ""
        yield Row(number, *_name(chance, number.lower()), unit_path(d, p, t), f"T{d + 1}-{p + 1}-{t + 1}", role)


def _heads(chance: random.Random) -> Iterator[Row]:
    for d in range(DIRECTORATES):
        yield Row(f"D{d + 1}", *_name(chance, f"d{d + 1}"), unit_path(d), "")
        for p in range(DEPARTMENTS):
            number = f"A{d + 1}-{p + 1}"
            yield Row(number, *_name(chance, number.lower()), unit_path(d, p), f"D{d + 1}")
            for t in range(TEAMS):
                lead = f"T{d + 1}-{p + 1}-{t + 1}"
                yield Row(lead, *_name(chance, lead.lower()), unit_path(d, p, t), number)


def _name(chance: random.Random, number: str) -> tuple[str, str]:
    first, last = chance.choice(FIRST_NAMES), chance.choice(SURNAMES)
    return f"{first} {last}", f"{first}.{last}.{number}@waterland.example".lower()


def staff_file(people: int) -> bytes:
    """The file as a personnel system would save it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows((row.number, row.name, row.email, row.unit, row.manager, row.role) for row in rows(people))
    return text.getvalue().encode()
