"""The figures as text: a table that a person reads, with what was aimed at beside what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.importing import Import
from benchmarks.starting import Fetched

if TYPE_CHECKING:
    from benchmarks.pages import Measured

RESULTS = Path(__file__).with_name("results.txt")
PAGE_LIMIT_MS = 50
FIRST_VISIT_KB, FIRST_VISIT_REQUESTS = 60, 3
IMPORT_LIMIT_S = 30
START_LIMIT_S = 5


@dataclass(frozen=True)
class Found:
    """Everything one run measured."""

    machine: Sequence[str]
    load_before: float
    load_after: float
    people: Import
    pages: Sequence[Measured]
    requests_each: int
    fresh_start: float
    start: float
    first_visit: Sequence[Fetched]


def written(found: Found) -> str:
    """All of it, as the file has it."""
    parts = [_about(found), _pages(found.pages), _import(found.people), _starting(found), _visit(found.first_visit)]
    return "\n\n".join(parts) + "\n"


def _about(found: Found) -> str:
    lines = ["Klankbord, measured with `python -m benchmarks`; what the columns mean stands in README.md", ""]
    return "\n".join(
        [
            *lines,
            *found.machine,
            f"{found.load_before:.1f} processes wanted a processor before it began, {found.load_after:.1f} at its end",
            f"{found.requests_each} requests for each page, after a warm-up",
        ]
    )


def _met(met: bool) -> str:
    return "met" if met else "MISSED"


def _pages(pages: Sequence[Measured]) -> str:
    head = (
        f"{'page':<30}{'p10 ms':>8}{'p50 ms':>8}{'p95 ms':>8}{'floor p10':>11}{'ratio':>7}{'queries':>9}{'kB':>7}"
        f"{'gzip':>7}  p95 < {PAGE_LIMIT_MS}"
    )
    lines = [
        f"{one.address.name:<30}{one.times.quick:>8.1f}{one.times.median:>8.1f}{one.times.slow:>8.1f}"
        f"{one.floor.quick:>11.1f}{one.ratio:>7.1f}{one.questions:>9}{one.raw_kb:>7.1f}{one.sent_kb:>7.1f}"
        f"  {_met(one.times.slow < PAGE_LIMIT_MS)}"
        for one in pages
    ]
    return "\n".join([head, "-" * len(head), *lines])


def _import(people: Import) -> str:
    first, again = people.first, people.again
    return "\n".join(
        [
            f"Import of {people.people:,} people, the start of the command included",
            f"  the first time      {first.seconds:6.1f} s, {people.people / first.seconds:,.0f} people a second, "
            f"{first.peak_mb:.0f} MB at most; under {IMPORT_LIMIT_S} s: {_met(first.seconds < IMPORT_LIMIT_S)}",
            f"  the same file again {again.seconds:6.1f} s, {again.peak_mb:.0f} MB at most, nothing to change",
            f"  floor               {people.floor_seconds:6.1f} s, COPY of the same rows into a bare table "
            f"(ratio {first.seconds / people.floor_seconds:.0f})",
        ]
    )


def _starting(found: Found) -> str:
    return "\n".join(
        [
            "From `klankbord serve` to the first page in hand",
            f"  on an empty folder     {found.fresh_start:5.1f} s",
            f"  on this organisation   {found.start:5.1f} s; "
            f"under {START_LIMIT_S} s: {_met(found.start < START_LIMIT_S)}",
        ]
    )


def _visit(visit: Sequence[Fetched]) -> str:
    total = sum(one.sent for one in visit) / 1000
    # The icon of the tab is fetched aside, and no page waits for it.
    shown = [one for one in visit if not one.path.endswith((".svg", ".ico"))]
    lines = [f"  {one.sent / 1000:6.1f} kB  {one.path}" for one in visit]
    return "\n".join(
        [
            "First visit of all: the page to sign in on, compressed as it goes over the line",
            *lines,
            f"  {total:6.1f} kB in {len(visit)} requests; under {FIRST_VISIT_KB} kB: {_met(total < FIRST_VISIT_KB)}, "
            f"{FIRST_VISIT_REQUESTS} requests and the icon: {_met(len(shown) <= FIRST_VISIT_REQUESTS)}",
        ]
    )
