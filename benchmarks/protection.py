"""`python -m benchmarks.protection`: how long it takes to decide which figures may be shown, and to publish them.

The floor, in the same run and in turns: plain means of all items in all units with everything under them, without any
protection; a sum over people and one up the tree, which nothing that reports by unit can do without. Every measurement
is a process of its own: that is the only honest way to see a peak of memory. Seconds are those of one processor, of
which it uses no second, so that it makes no difference what else the machine does.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks import machine
from klankbord.culture.disclosure import Answers, Tree, protect
from klankbord.culture.publication import Wave, publish

RESULTS = Path(__file__).with_name("results-protection.txt")
LIMIT_PROTECT_S, LIMIT_PUBLISH_S, LIMIT_MB = 1, 5, 500
# People, units, classes of the attribute that is crossed (0 for none).
SIZES = ((1_200, 60, 0), (1_200, 60, 4), (10_000, 800, 0), (100_000, 20_000, 0), (100_000, 20_000, 4))
ITEMS, SCALE = 30, 4


@dataclass(frozen=True)
class Measured:
    """Seconds of a processor for each (the best of the turns), peak in MB, and how much is shown."""

    floor: float
    protecting: float
    publishing: float
    megabytes: float
    units: int
    shown: int
    cells: int


def wave_of(people: int, units: int, classes: int) -> Wave:
    """A wave as there might be one: six units under each, people mostly in the lowest, teams that lean one way.

    Seven in ten answer, one in twenty answers is "I do not know", a fifth of the items is sensitive, four are a scale.
    """
    lot = np.random.default_rng(people + units + classes)
    parents = [-1, *((unit - 1) // 6 for unit in range(1, units))]
    unit = lot.integers(units // 7, units, people)
    leaning = lot.normal(3.5, 0.4, (units, ITEMS))
    values = np.clip(np.rint(leaning[unit] + lot.normal(0, 1, (people, ITEMS))), 1, 5).astype(np.int8)
    values[lot.random(values.shape) < 0.05] = 0
    values[lot.random(people) > 0.7] = 0
    group = lot.choice(classes, people, p=_shares(classes)) if classes else None
    items = tuple(f"item{number + 1}" for number in range(ITEMS))
    return Wave(
        units=tuple(f"U{number}" for number in range(units)),
        tree=Tree.of(parents),
        items=items,
        answers=Answers(unit, values, group, classes),
        scales={f"scale{at // SCALE + 1}": items[at : at + SCALE] for at in range(0, ITEMS - SCALE + 1, SCALE)},
        sensitive=frozenset(items[::5]),
        attribute="years" if classes else None,
        classes=tuple(f"class {number}" for number in range(classes)),
    )


def _shares(classes: int) -> np.ndarray:
    """Some classes are large and some small, as they are."""
    parts = np.arange(classes, 0, -1)
    return parts / parts.sum()


def _plain(wave: Wave) -> np.ndarray:
    """The mean of every item in every unit with everything under it."""
    answers, units = wave.answers, len(wave.tree)
    person, item = np.nonzero(answers.values)
    place = answers.unit[person] * ITEMS + item
    many = np.bincount(place, minlength=units * ITEMS).reshape(units, ITEMS)
    sums = np.bincount(place, weights=answers.values[person, item], minlength=units * ITEMS).reshape(units, ITEMS)
    return wave.tree.totals(sums) / np.maximum(wave.tree.totals(many), 1)


def _one(people: int, units: int, classes: int, times: int) -> Measured:
    wave = wave_of(people, units, classes)
    sensitive = np.array([item in wave.sensitive for item in wave.items])

    def protecting() -> None:
        protect(wave.tree, wave.answers, scales=wave.members(), sensitive=sensitive)

    def publishing() -> None:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
            publish(wave).write(file)

    best = [1e9, 1e9, 1e9]
    for _turn in range(times):
        for at, work in enumerate((lambda: _plain(wave), protecting, publishing)):
            best[at] = min(best[at], _seconds(work))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    made = publish(wave)
    answered = {unit for unit, _group, _item in made.withheld()} | {cell.unit for cell in made.cells()}
    return Measured(*best, peak, len(answered), len({cell.unit for cell in made.cells()}), len(made))


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _apart(size: tuple[int, int, int], times: int) -> Measured:
    """Measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.protection", "--one", *map(str, size), str(times)]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(said.stdout))


def run(
    times: Annotated[int, typer.Option(help="How often each is done.")] = 5,
    keep: Annotated[bool, typer.Option(help="Write the figures to results-protection.txt.")] = True,
) -> None:
    """Protect and publish waves of several sizes, and compare with plain means."""
    load = os.getloadavg()[0]
    text = _written([(size, _apart(size, times)) for size in SIZES], load)
    typer.echo(text)
    if keep:
        RESULTS.write_text(text)


def _written(measured: list[tuple[tuple[int, int, int], Measured]], load: float) -> str:
    head = ["people", "units", "classes", "means", "protect", "ratio", "publish", "MB", "answered", "shown", "cells"]
    lines = ["".join(f"{word:>9}" for word in head)]
    for (people, units, classes), one in measured:
        cells = [people, units, classes, f"{one.floor:.3f}", f"{one.protecting:.3f}"]
        cells += [f"{one.protecting / one.floor:.1f}", f"{one.publishing:.2f}", f"{one.megabytes:.0f}"]
        cells += [one.units, one.shown, one.cells]
        lines.append("".join(f"{cell:>9}" for cell in cells))
    _size, aim = measured[3]
    met = aim.protecting < LIMIT_PROTECT_S and aim.publishing < LIMIT_PUBLISH_S and aim.megabytes < LIMIT_MB
    return "\n".join(
        [
            "Protecting and publishing a wave, measured with `python -m benchmarks.protection`; its meaning: README.md",
            "",
            *machine.computer(),
            f"{load:.1f} processes wanted a processor before it began, {os.getloadavg()[0]:.1f} at its end",
            f"{ITEMS} items; seconds: of one processor, the quickest of the turns; MB: the peak of the process",
            "means: the floor; protect: the rules; publish: the rules, all figures and the file",
            "answered: units in which somebody did; shown: units with a figure",
            "",
            *lines,
            "",
            f"100,000 people in 20,000 units: {aim.protecting:.2f} s, published in {aim.publishing:.2f} s, "
            f"{aim.megabytes:.0f} MB; aimed at: {LIMIT_PROTECT_S} s, {LIMIT_PUBLISH_S} s and {LIMIT_MB} MB: "
            f"{'met' if met else 'MISSED'}",
            "",
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        typer.echo(json.dumps(vars(_one(*map(int, sys.argv[2:6])))))
    else:
        typer.run(run)
