"""`python -m benchmarks.ballots`: how many answers a second two cores take in; opening, counting and publishing.

Answers are cast as a page will do it, one transaction each, with row security, the vault and two databases; by one
process and by two at once. The floor is a bare insert of a row of the same size by one connection, each in a
transaction of its own, in the same run and in turns: no right that is deleted, no key, no seal, no Django.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import psycopg
import typer

from benchmarks import machine
from benchmarks.importing import ORGANISATION, take_in
from benchmarks.installation import as_owner, fresh_folder, installed, klankbord

if TYPE_CHECKING:
    from klankbord.core.models import Organisation
    from klankbord.culture.models import Wave

RESULTS = Path(__file__).with_name("results-ballots.txt")
TURNS = 4


@dataclass
class Found:
    """What was measured: seconds for single things, and ballots a second in turns."""

    people: int = 0
    cast: int = 0
    opening: float = 0
    counting: float = 0
    publishing: float = 0
    one: list[float] = field(default_factory=list)
    two: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


def run(
    people: Annotated[int, typer.Option(help="How many people the organisation has; more than 2,700.")] = 10_000,
    times: Annotated[int, typer.Option(help="How many ballots one process casts in a turn.")] = 600,
    keep: Annotated[bool, typer.Option(help="Write the figures to results-ballots.txt.")] = True,
) -> None:
    """Build an organisation, ask everybody, answer, close, and take everything away again."""
    load = os.getloadavg()[0]
    with fresh_folder() as data:
        klankbord(data, "build")
        with installed(data):
            facts = machine.facts(data)
            take_in(data, people)
            found = _measure(data, times)
    text = _written(facts, load, times, found)
    sys.stdout.write(text)
    if keep:
        RESULTS.write_text(text, encoding="utf-8")


def _measure(data: Path, times: int) -> Found:
    from klankbord.core.models import Organisation

    organisation = Organisation.objects.get(slug=ORGANISATION)
    found = Found()
    started = time.perf_counter()
    wave = _opened(organisation)
    found.opening = time.perf_counter() - started
    given = _links(data, organisation, wave)
    found.people = len(given)
    with as_owner(data) as owner, multiprocessing.get_context("spawn").Pool(2, _begin) as pool:
        owner.execute("create table floor_of_ballots (id uuid primary key, wave uuid, unit uuid, sealed bytea)")
        owner.execute("alter table floor_of_ballots alter column sealed set storage plain")
        pool.map(_cast_all, [(organisation.id, given[:20]), (organisation.id, given[20:40])], 1)
        at = 40
        for _ in range(TURNS):
            parts = [given[at + turn * times : at + (turn + 1) * times] for turn in range(3)]
            at += 3 * times
            found.bare.append(_bare(owner, times))
            found.one.append(_a_second(pool, organisation, parts[:1]))
            found.two.append(_a_second(pool, organisation, parts[1:]))
    found.cast = at
    found.counting, found.publishing = _ended(organisation, wave)
    return found


def _opened(organisation: Organisation) -> Wave:
    from klankbord.core import clock
    from klankbord.core.tenant import acting_in
    from klankbord.core.wording import Wording
    from klankbord.culture.actions import draft_wave, open_wave
    from klankbord.culture.rules.waves import WavePlan
    from klankbord.people.actions import give_role
    from klankbord.people.mailing import without_mail
    from klankbord.people.models import Membership
    from klankbord.people.queries import first_administrator

    title = Wording(nl="Hoe leren wij?", en="How do we learn?")
    today = clock.today()
    plan = WavePlan(kind="full", title=title, opens=today, closes=today + timedelta(days=14))
    with acting_in(organisation.id):
        administrator = first_administrator()
    if administrator is None:
        raise SystemExit("there is no administrator")
    with without_mail(), acting_in(organisation.id, administrator.pk):
        give_role(person=administrator, role=Membership.Role.COORDINATOR)
        return open_wave(wave=draft_wave(once=uuid.uuid4(), plan=plan, contact=administrator))


def _links(data: Path, organisation: Organisation, wave: Wave) -> list[str]:
    """Everybody's link. Only here: nobody in the product can ask for all of them."""
    from klankbord.culture.ballots import token_of

    with as_owner(data) as owner:
        rows = owner.execute("select id from culture_invitation order by random()").fetchall()
    return [token_of(wave, row[0]) for row in rows]


def _begin() -> None:
    import django

    django.setup()


def _cast_all(work: tuple[uuid.UUID, Sequence[str]]) -> int:
    from klankbord.core.tenant import acting_in
    from klankbord.culture.actions import Received, cast_ballot
    from klankbord.culture.instrument import instrument
    from klankbord.privacy import vault

    organisation, given = work
    values = {one.id: 1 + number % 5 for number, one in enumerate(instrument().rated)}
    words = {instrument().open_questions[0].id: "Meer tijd om van elkaar te leren, en iemand die vraagt hoe het gaat."}
    for one in given:
        vault.forget_keys()
        with acting_in(organisation):
            if cast_ballot(given=one, values=values, words=words) is not Received.IN_THE_BOX:
                raise SystemExit("an answer was not taken in")
    return len(given)


def _a_second(pool: Any, organisation: Organisation, parts: Sequence[Sequence[str]]) -> float:
    """Ballots a second, each part cast by a process of its own."""
    started = time.perf_counter()
    many: int = sum(pool.map(_cast_all, [(organisation.id, part) for part in parts], 1))
    return many / (time.perf_counter() - started)


def _bare(owner: psycopg.Connection, times: int) -> float:
    sealed = os.urandom(3929)
    started = time.perf_counter()
    for _ in range(times):
        owner.execute(
            "insert into floor_of_ballots values (%s, %s, %s, %s)", [uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), sealed]
        )
    return times / (time.perf_counter() - started)


def _ended(organisation: Organisation, wave: Wave) -> tuple[float, float]:
    """Seconds for closing and counting, and for making and writing the figures."""
    from klankbord.core.tenant import acting_in
    from klankbord.culture.actions import close_wave, count_wave, publish_wave
    from klankbord.culture.publishing import made_of
    from klankbord.people.queries import first_administrator

    with acting_in(organisation.id):
        administrator = first_administrator()
    with acting_in(organisation.id, administrator.pk if administrator else None):
        close_wave(wave=wave)
    started = time.perf_counter()
    with acting_in(organisation.id):
        count_wave(wave=wave)
    counted = time.perf_counter()
    with acting_in(organisation.id):
        publish_wave(wave=wave, whole=made_of(wave).to_write())
    return counted - started, time.perf_counter() - counted


def _median(rates: Sequence[float]) -> float:
    return sorted(rates)[len(rates) // 2]


def _written(facts: Sequence[str], load: float, times: int, found: Found) -> str:
    bare, one, two = (_median(rates) for rates in (found.bare, found.one, found.two))
    lines = [
        "The ballot box, measured with `python -m benchmarks.ballots`; what it means stands in README.md",
        "",
        *facts,
        f"{load:.1f} processes wanted a processor before it began, {os.getloadavg()[0]:.1f} at its end",
        f"{TURNS} turns of {times} for each process; the median turn",
        "",
        f"{'':44}{'a second':>9}{'ratio':>8}",
        f"{'a bare insert of the same size, floor':44}{bare:>9.0f}{'':>8}",
        f"{'answers taken in by one process':44}{one:>9.0f}{bare / one:>8.1f}",
        f"{'answers taken in by two processes':44}{two:>9.0f}{bare / two:>8.1f}",
        "",
        f"Opening for {found.people} people {found.opening:.1f} s; counting {found.cast} ballots"
        f" {found.counting:.1f} s; making and writing the figures {found.publishing:.1f} s",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    typer.run(run)
