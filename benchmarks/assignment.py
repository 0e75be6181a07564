"""`python -m benchmarks.assignment`: how long it takes to match a whole group at once, and how much memory.

Beside it, in the same run and in turns, scipy's plain `linear_sum_assignment` on the same group: a dense matrix with a
column for every place and a cost for every pair that outweighs everything where a pair may not be. It knows of no
lowest fit, no waiting and no spreading, so it is no floor but a neighbour. Every measurement is a process of its own:
that is the only honest way to see a peak of memory.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks import machine
from klankbord.engagements.rules.assignment import Group, assign, what_would_help

RESULTS = Path(__file__).with_name("results-assignment.txt")
LIMIT_S, LIMIT_MB = 10, 2_000
# Requests, coaches, and how many places there are for a hundred requests.
SIZES = ((40, 35, 150), (500, 120, 120), (5_000, 1_000, 200), (5_000, 1_000, 100), (5_000, 1_000, 40))


@dataclass(frozen=True)
class Measured:
    """One way to match one group: seconds (the best of the turns), peak in MB, and what came of it."""

    seconds: float
    megabytes: float
    placed: int
    total: int
    floor: int
    helping: float


def group_of(requests: int, coaches: int, places: int) -> Group:
    """A group as there might be one: themes and places that fit more or less, units in which nobody coaches, languages.

    One in ten asks for a language that one coach in twelve speaks, so somebody always has to wait.
    """
    chance = np.random.default_rng(requests + places)
    themes = chance.integers(0, 2, (requests, 12)) @ chance.integers(0, 2, (coaches, 12)).T
    near = chance.integers(0, 4, requests)[:, None] == chance.integers(0, 4, coaches)[None, :]
    fit = themes * 8 + near * 20 + chance.integers(0, 5, (requests, coaches))
    elsewhere = chance.integers(0, 60, requests)[:, None] != chance.integers(0, 60, coaches)[None, :]
    speaks = (chance.random(requests) < 0.1)[:, None] <= (chance.random(coaches) < 0.08)[None, :]
    usual = requests * places / 100 / coaches
    room = chance.integers(0, round(2 * usual) + 1, coaches)
    return Group.of(elsewhere & speaks, fit, room, waiting=chance.integers(0, 120, requests))


def _ours(group: Group) -> Measured:
    began = time.perf_counter()
    answer = assign(group)
    took = time.perf_counter() - began
    kinds = {str(kind): np.random.default_rng(kind).random(len(group.fit)) < 0.5 for kind in range(5)}
    began = time.perf_counter()
    what_would_help(group, answer, kinds)
    helping = time.perf_counter() - began
    return Measured(took, _peak(), answer.placed, answer.total, answer.floor or 0, helping)


def _plain(group: Group) -> Measured:
    from scipy.optimize import linear_sum_assignment

    began = time.perf_counter()
    place = np.repeat(np.arange(group.fit.shape[1]), group.places)
    never = float(group.fit.max() * len(group.fit) + 1)
    costs = np.where(group.possible, (group.fit.max() - group.fit).astype(float), never)[:, place]
    rows, columns = linear_sum_assignment(costs)
    took = time.perf_counter() - began
    real = group.possible[rows, place[columns]]
    fits = group.fit[rows, place[columns]][real]
    return Measured(took, _peak(), int(real.sum()), int(fits.sum()), int(fits.min()), 0)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _apart(way: str, size: tuple[int, int, int], times: int) -> Measured:
    """Measured in a process of its own, the quickest of *times*."""
    found = []
    for _turn in range(times):
        command = [sys.executable, "-m", "benchmarks.assignment", "--one", way, *map(str, size)]
        said = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append(Measured(**json.loads(said.stdout)))
    return min(found, key=lambda one: one.seconds)


def run(
    times: Annotated[int, typer.Option(help="How often each is done.")] = 3,
    keep: Annotated[bool, typer.Option(help="Write the figures to results-assignment.txt.")] = True,
) -> None:
    """Match groups of several sizes in both ways, and compare."""
    load = os.getloadavg()[0]
    measured = [(size, _apart("ours", size, times), _apart("plain", size, times)) for size in SIZES]
    text = _written(measured, load)
    typer.echo(text)
    if keep:
        RESULTS.write_text(text)


def _written(measured: list[tuple[tuple[int, int, int], Measured, Measured]], load: float) -> str:
    head = [
        "requests",
        "coaches",
        "places",
        "placed",
        "seconds",
        "plain",
        "ratio",
        "MB",
        "plain",
        "helps",
        "lowest",
        "plain",
    ]
    lines = ["".join(f"{word:>9}" for word in head)]
    for (requests, coaches, places), ours, plain in measured:
        if ours.placed != plain.placed:
            raise SystemExit("the two ways do not place as many people")
        cells = [requests, coaches, f"{places}%", ours.placed, f"{ours.seconds:.2f}", f"{plain.seconds:.2f}"]
        cells += [f"{ours.seconds / plain.seconds:.2f}", f"{ours.megabytes:.0f}", f"{plain.megabytes:.0f}"]
        cells += [f"{ours.helping:.2f}", ours.floor, plain.floor]
        lines.append("".join(f"{cell:>9}" for cell in cells))
    worst = max(ours.seconds for _size, ours, _plain in measured)
    most = max(ours.megabytes for _size, ours, _plain in measured)
    met = "met" if worst < LIMIT_S and most < LIMIT_MB else "MISSED"
    return "\n".join(
        [
            "Matching a whole group, measured with `python -m benchmarks.assignment`; what it means: README.md",
            "",
            *machine.computer(),
            f"{load:.1f} processes wanted a processor before it began, {os.getloadavg()[0]:.1f} at its end",
            "seconds: the quickest of the turns; MB: the peak of the process; lowest: the fit of the least fortunate",
            "",
            *lines,
            "",
            f"At most {worst:.1f} s and {most:.0f} MB; aimed at: {LIMIT_S} s and {LIMIT_MB} MB: {met}",
            "",
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        asked = group_of(*map(int, sys.argv[3:6]))
        typer.echo(json.dumps(vars({"ours": _ours, "plain": _plain}[sys.argv[2]](asked))))
    else:
        typer.run(run)
