"""`python -m benchmarks.publishing`: the whole job that publishes a wave, as it runs after closing, on a database.

From sealed answers to rows that people read: opening the answers, the rules, all figures, what stands beside them, and
writing; of a first wave, and of a second one that is compared with the first. Each is a process of its own, because
that is the only honest way to see a peak of memory. Seconds are of a processor: of this process and of the one that
PostgreSQL has for it, of which neither uses a second one, so that it makes no difference what else the machine does.

The floor, in the same run and in turns: the same answers from a bare table, not sealed, plain means of all sentences in
all units, and a row for each unit by COPY. No rule, no interval, no row security, no Django.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import psycopg
import typer

from benchmarks import machine
from benchmarks.installation import as_owner, environment, fresh_folder, installed, klankbord

if TYPE_CHECKING:
    from klankbord.core.models import Organisation
    from klankbord.culture.models import Wave

RESULTS = Path(__file__).with_name("results-publishing.txt")
LIMIT_S, LIMIT_MB = 5, 500
ANSWERING, SKIPPED, BELOW = 0.7, 0.05, 6
"""Who answers, what is not known, and how many units lie under each: as in ``benchmarks.protection``."""
DAYS = (date(2026, 3, 2), date(2026, 9, 7))


@dataclass(frozen=True)
class Measured:
    """Seconds of a processor for this process and for PostgreSQL, peak in MB, and how much was written."""

    python: float
    database: float
    megabytes: float
    rows: int

    @property
    def seconds(self) -> float:
        """Both together."""
        return self.python + self.database


# --- an organisation and its waves ----------------------------------------------------------------------------------


def _organisation(data: Path, people: int, units: int) -> Organisation:
    """So many people in a tree of units, mostly in the lowest: rows in bulk, as the owner."""
    from klankbord.people.actions import found_organisation

    made, _administrator = found_organisation(
        slug="waterland",
        name="Waterland",
        administrator_name="Beheer van Waterland",
        administrator_email="beheer@waterland.example",
    )
    lot = np.random.default_rng(people)
    ids = [uuid.UUID(bytes=lot.bytes(16)) for _ in range(units)]
    seats = lot.integers(units // (BELOW + 1), units, people).tolist()
    with as_owner(data) as owner, owner.cursor() as cursor:
        (ids[0], top), *_others = cursor.execute("select id, path from people_unit").fetchall()
        paths: list[str] = [top]
        with cursor.copy("copy people_unit (id, organisation_id, parent_id, name, path, code) from stdin") as copy:
            for number in range(1, units):
                above = (number - 1) // BELOW
                paths.append(f"{paths[above]}/u{number}")
                copy.write_row((ids[number], made.pk, ids[above], f"U{number}", paths[number], ""))
        copied = (
            "copy people_person (id, organisation_id, staff_number, name, sort_key, email, language, unit_id, employer,"
            " active, guest) from stdin"
        )
        with cursor.copy(copied) as copy:
            for number, seat in enumerate(seats):
                who, address = f"Collega {number}", f"c{number}@waterland.example"
                row = (uuid.UUID(bytes=lot.bytes(16)), made.pk, f"s{number}", who, who.lower(), address)
                copy.write_row((*row, "nl", ids[seat], "", True, False))
        owner.execute("vacuum analyze")
    return made


def _closed_wave(data: Path, organisation: Organisation, day: date, seed: int) -> Wave:
    """A wave of everybody as it lies there after counting: closed, with its sealed answers and its invitations."""
    from django.db import connections

    from klankbord.culture.models import Wave

    connections.settings["owner"] = {**connections.settings["default"], "USER": "klankbord_owner"}
    wave = Wave(
        organisation_id=organisation.pk,
        kind=Wave.Kind.FULL,
        instrument_version=1,
        title_nl="Hoe leren wij?",
        title_en="How do we learn?",
        opens=day,
        closes=day,
        closed_on=day,
        state="closed",
    )
    with as_owner(data) as owner:
        ((wave.contact_id,),) = owner.execute("select id from people_person where staff_number = '1'").fetchall()
        wave.save(using="owner", force_insert=True)
        owner.execute(
            "insert into culture_waveunit (id, organisation_id, wave_id, unit_id, parent_id, name, path)"
            " select gen_random_uuid(), organisation_id, %s, id, parent_id, name, path from people_unit",
            [wave.pk],
        )
        owner.execute(
            "insert into culture_invitation (id, organisation_id, wave_id, person_id, unit_id, by, letters)"
            " select gen_random_uuid(), organisation_id, %s, id, unit_id, 'mail', 1 from people_person",
            [wave.pk],
        )
        units = [row[0] for row in owner.execute("select unit_id from people_person order by unit_id").fetchall()]
        _write_answers(owner, wave, units, seed)
        owner.execute("vacuum analyze")
    return wave


def _write_answers(owner: psycopg.Connection, wave: Wave, units: Sequence[uuid.UUID], seed: int) -> None:
    """The answers of those who answer, sealed; and the same in a bare table, for the floor."""
    from klankbord.culture.models.ballot import ANSWER_LABEL
    from klankbord.privacy import vault

    lot = np.random.default_rng(seed)
    numbers = {unit: place for place, unit in enumerate(dict.fromkeys(units))}
    values = _answers(lot, np.array([numbers[one] for one in units]), len(numbers), len(wave.rated))
    said = ["".join(map(str, row)) for row in values.tolist()]
    answering = np.flatnonzero(lot.random(len(units)) < ANSWERING).tolist()
    with owner.cursor() as cursor:
        cursor.execute("create table if not exists floor_of_answers (wave int, unit uuid, digits text)")
        with cursor.copy("copy floor_of_answers from stdin") as copy:
            for place in answering:
                copy.write_row((seed, units[place], said[place]))
        copied = "copy culture_answer (id, organisation_id, wave_id, unit_id, sealed) from stdin"
        with cursor.copy(copied) as copy:
            for place in answering:
                one = uuid.uuid4()
                sealed = vault.seal_text(wave.answers_scope, ANSWER_LABEL, one, f"00{said[place]}")
                copy.write_row((one, wave.organisation_id, wave.pk, units[place], sealed))


def _answers(lot: np.random.Generator, unit: np.ndarray, units: int, items: int) -> np.ndarray:
    """Persons × sentences: teams lean one way, people agree more or less with everything, and some leave some out."""
    leaning = lot.normal(3.5, 0.4, (units, items))
    own = lot.normal(0, 0.6, (len(unit), 1))
    values = np.clip(np.rint(leaning[unit] + own + lot.normal(0, 0.8, (len(unit), items))), 1, 5).astype(np.int8)
    values[lot.random(values.shape) < SKIPPED] = 0
    return values


# --- measuring ------------------------------------------------------------------------------------------------------


class _Undone(Exception):
    """What was measured is taken back, to be measured again."""


def _job(organisation_id: uuid.UUID, wave_id: uuid.UUID, *, keep: bool) -> Measured:
    """What ``culture.finish`` does with a wave that is counted."""
    import django

    django.setup()
    from django.db import connection

    from klankbord.core.tenant import acting_in
    from klankbord.culture.actions import publish_wave
    from klankbord.culture.models import Wave
    from klankbord.culture.publishing import made_of

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    before, began = _used(backend), time.process_time()
    rows = 0
    try:
        with acting_in(organisation_id):
            wave = Wave.objects.get(pk=wave_id)
            publish_wave(wave=wave, whole=made_of(wave).to_write())
            if not keep:
                raise _Undone
    except _Undone:
        pass
    seconds, database = time.process_time() - began, _used(backend) - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    if keep:
        with as_owner(Path(os.environ["KLANKBORD_DATA"])) as owner:
            found = owner.execute("select count(*) from culture_publishedunit where wave_id = %s", [wave_id]).fetchone()
            rows = found[0] if found else 0
    return Measured(seconds, database, peak, rows)


def _floor(seed: int) -> Measured:
    """The same answers from a bare table, plain means in all units with everything under them, and a row for each."""
    from klankbord.culture.disclosure import NOWHERE, Tree

    with as_owner(Path(os.environ["KLANKBORD_DATA"])) as owner, owner.cursor() as cursor:
        backend = owner.info.backend_pid
        before, began = _used(backend), time.process_time()
        rows = cursor.execute("select id, parent_id from people_unit order by path").fetchall()
        number = {unit: place for place, (unit, _parent) in enumerate(rows)}
        tree = Tree.of([number.get(parent, NOWHERE) for _unit, parent in rows])
        said = cursor.execute("select unit, digits from floor_of_answers where wave = %s", [seed]).fetchall()
        unit = np.array([number[one] for one, _digits in said])
        digits = np.frombuffer("".join(one for _unit, one in said).encode(), dtype=np.uint8)
        values = (digits - ord("0")).reshape(len(unit), -1)
        shape = (len(tree), values.shape[1])
        person, item = np.nonzero(values)
        place, cells = unit[person] * shape[1] + item, shape[0] * shape[1]
        many = tree.totals(np.bincount(place, minlength=cells).reshape(shape))
        sums = tree.totals(np.bincount(place, weights=values[person, item], minlength=cells).reshape(shape))
        means = (sums / np.maximum(many, 1)).round(4).tolist()
        cursor.execute("create temp table floor_of_figures (unit uuid, n text, means text)")
        with cursor.copy("copy floor_of_figures from stdin") as copy:
            for (one, _parent), counts, row in zip(rows, many.tolist(), means, strict=True):
                copy.write_row((one, json.dumps(counts), json.dumps(row)))
        seconds, database = time.process_time() - began, _used(backend) - before
    return Measured(seconds, database, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, len(rows))


def _used(process: int) -> float:
    """Seconds of a processor that another process has used so far."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _apart(data: Path, *what: object) -> Measured:
    """Measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.publishing", *map(str, what)]
    around = environment(data, KLANKBORD_ROLE="app", DJANGO_SETTINGS_MODULE="klankbord.config.settings")
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=around)
    return Measured(**json.loads(said.stdout))


def run(
    people: Annotated[int, typer.Option(help="How many people the organisation has.")] = 100_000,
    units: Annotated[int, typer.Option(help="How many units they sit in.")] = 20_000,
    times: Annotated[int, typer.Option(help="How often each is done.")] = 3,
    keep: Annotated[bool, typer.Option(help="Write the figures to results-publishing.txt.")] = True,
) -> None:
    """Build an organisation with two waves, publish them, and take everything away again."""
    load = os.getloadavg()[0]
    measured: list[tuple[str, list[Measured], list[Measured]]] = []
    with fresh_folder() as data:
        klankbord(data, "build")
        with installed(data):
            facts = machine.facts(data)
            organisation = _organisation(data, people, units)
            for seed, day in enumerate(DAYS, start=1):
                wave = _closed_wave(data, organisation, day, seed)
                jobs, floors = [], []
                for turn in range(times):
                    floors.append(_apart(data, "--floor", seed))
                    last = "keep" if turn == times - 1 else "undo"
                    jobs.append(_apart(data, "--one", organisation.pk, wave.pk, last))
                measured.append((("first", "second")[seed - 1], jobs, floors))
    text = _written(facts, load, (people, units, times), measured)
    typer.echo(text)
    if keep:
        RESULTS.write_text(text, encoding="utf-8")


def _written(
    facts: Sequence[str],
    load: float,
    size: tuple[int, int, int],
    measured: Sequence[tuple[str, list[Measured], list[Measured]]],
) -> str:
    people, units, times = size
    head = ["wave", "floor", "job", "ratio", "python", "database", "MB", "floor MB", "rows"]
    lines = ["".join(f"{word:>10}" for word in head)]
    met = []
    for name, jobs, floors in measured:
        best, floor = min(jobs, key=lambda one: one.seconds), min(one.seconds for one in floors)
        peak, floor_peak = max(one.megabytes for one in jobs), max(one.megabytes for one in floors)
        cells = [name, f"{floor:.2f}", f"{best.seconds:.2f}", f"{best.seconds / floor:.1f}", f"{best.python:.2f}"]
        cells += [f"{best.database:.2f}", f"{peak:.0f}", f"{floor_peak:.0f}", str(jobs[-1].rows)]
        lines.append("".join(f"{cell:>10}" for cell in cells))
        met.append(f"{name} {'met' if best.seconds < LIMIT_S and peak < LIMIT_MB else 'MISSED'}")
    return "\n".join(
        [
            "Publishing a wave through the database, measured with `python -m benchmarks.publishing`; its meaning:"
            " README.md",
            "",
            *facts,
            f"{load:.1f} processes wanted a processor before it began, {os.getloadavg()[0]:.1f} at its end",
            f"{people} people in {units} units; seconds: of a processor, the quickest of {times} turns; MB: the most",
            "job: from sealed answers to rows that people read; python and database: its two parts",
            "",
            *lines,
            "",
            f"aimed at: {LIMIT_S} s and {LIMIT_MB} MB: {', '.join(met)}",
            "",
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        found = _job(uuid.UUID(sys.argv[2]), uuid.UUID(sys.argv[3]), keep=sys.argv[4] == "keep")
        typer.echo(json.dumps(asdict(found)))
    elif sys.argv[1:2] == ["--floor"]:
        typer.echo(json.dumps(asdict(_floor(int(sys.argv[2])))))
    else:
        typer.run(run)
