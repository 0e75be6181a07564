"""`python -m benchmarks`: build the organisation, measure, and write results.txt beside this file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benchmarks import machine
from benchmarks.importing import take_in
from benchmarks.installation import as_owner, fresh_folder, installed, klankbord
from benchmarks.results import RESULTS, Found, written
from benchmarks.starting import Fetched, first_visit, serving

if TYPE_CHECKING:
    from benchmarks.pages import Measured


def say(line: str) -> None:
    """Tell whoever waits how far it is."""
    sys.stderr.write(f"{line}\n")


def run(
    people: Annotated[int, typer.Option(help="How many people the organisation has; more than 2,700.")] = 100_000,
    engagements: Annotated[int, typer.Option(help="How many engagements, beside Johan's.")] = 2_000,
    waiting: Annotated[int, typer.Option(help="How many requests wait for a proposal.")] = 300,
    times: Annotated[int, typer.Option(help="How often each page is asked for.")] = 200,
    keep: Annotated[bool, typer.Option(help="Write the figures to results.txt.")] = True,
) -> None:
    """Measure everything. It takes some five minutes and nothing of it stays behind but the figures."""
    load = os.getloadavg()[0]
    with fresh_folder() as data:
        say("Building what browsers get…")
        klankbord(data, "build")
        fresh, visit = _first_start(data.with_name("empty"))
        with installed(data):
            facts = machine.facts(data)
            say(f"Taking in {people:,} people…")
            took = take_in(data, people)
            pages = _pages(data, engagements, waiting, times)
        say("Starting on what was built…")
        with serving(data) as (_, seconds):
            pass
        text = written(Found(facts, load, os.getloadavg()[0], took, pages, times, fresh, seconds, visit))
    sys.stdout.write(text)
    if keep:
        RESULTS.write_text(text, encoding="utf-8")


def _first_start(data: Path) -> tuple[float, list[Fetched]]:
    say("Starting on an empty folder…")
    with serving(data) as (port, seconds):
        return seconds, first_visit(port)


def _pages(data: Path, engagements: int, waiting: int, times: int) -> Sequence[Measured]:
    # Models can be imported once Django is there, which is since the installation is.
    from benchmarks import bulk, johan, pages
    from klankbord.core.models import Organisation

    bulk.open_the_owners_door()
    organisation = Organisation.objects.get(slug="waterland")
    guide = johan.Person.objects.using(bulk.OWNER).get(email="els@waterland.example")
    say(f"Telling Johan's story, and {engagements:,} others in bulk…")
    engagement = johan.tell(organisation, guide.pk)
    bulk.fill(organisation, engagements, waiting)
    with as_owner(data) as owner:
        # What autovacuum does by itself within minutes after so much news.
        owner.execute("vacuum analyze")
    found = []
    for address in pages.addresses(organisation, engagement, guide):
        say(f"Measuring: {address.name}")
        found.append(pages.measure(address, times))
    return found


if __name__ == "__main__":
    typer.run(run)
