"""Organisations drawn by lot, small enough to attack."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import numpy as np

from klankbord.culture.disclosure import Answers, Tree
from klankbord.culture.disclosure.units import may_stand
from klankbord.culture.publication import Publication, Wave, judged, publish
from klankbord.culture.tests.attacker import Attacker, Kind


def wave_of(seed: int, *, people: int, units: int, classes: int = 0, items: int = 3, answers: float = 0.9) -> Wave:
    """An organisation with leaning answers, so that every rule has work; one item is sensitive, two make a scale."""
    lot = np.random.default_rng(seed)
    parents = [-1, *(int(lot.integers(0, unit)) for unit in range(1, units))]
    unit = lot.integers(0, units, people)
    leaning = lot.choice([1.3, 2.5, 3.2, 3.8, 4.7], units)
    raw = leaning[unit][:, None] + lot.normal(0, lot.choice([0.4, 0.9, 1.4]), (people, items))
    values = np.clip(np.rint(raw), 1, 5).astype(np.int8)
    values[lot.random(values.shape) > answers] = 0
    group = lot.integers(-1, classes, people) if classes else None
    names = tuple(f"item{number + 1}" for number in range(items))
    return Wave(
        units=tuple(f"u{number}" for number in range(units)),
        tree=Tree.of(parents),
        items=names,
        answers=Answers(unit, values, group, classes),
        scales={"trust": names[:2]} if items > 1 else {},
        sensitive=frozenset(names[-1:]),
        attribute="years" if classes else None,
        classes=tuple("abcdefgh"[:classes]),
    )


def told(made: Publication) -> dict[str, Any]:
    """The publication as whoever downloads it has it."""
    file = io.StringIO()
    made.write(file)
    found: dict[str, Any] = json.loads(file.getvalue())
    return found


def parents_of(wave: Wave) -> dict[str, str | None]:
    """Under which unit each lies."""
    above = wave.tree.parent.tolist()
    return {code: None if above[at] < 0 else wave.units[above[at]] for at, code in enumerate(wave.units)}


def kinds_of(wave: Wave) -> list[Kind]:
    """Unit and class of each person."""
    group = wave.answers.group
    classes = [None] * len(wave.answers.unit) if group is None else [wave.classes[g] if g >= 0 else "?" for g in group]
    return [(wave.units[unit], one) for unit, one in zip(wave.answers.unit, classes, strict=True)]


def taking_part(wave: Wave) -> dict[Kind, int]:
    """How many of each kind answered anything."""
    kinds = kinds_of(wave)
    return Counter(kind for kind, row in zip(kinds, wave.answers.values, strict=True) if row.any())


def attacker_of(wave: Wave, publication: dict[str, Any]) -> Attacker:
    """Somebody who has the publication, the tree, and who answered which item."""
    kinds = kinds_of(wave)
    answered = {
        item: Counter(kind for kind, value in zip(kinds, wave.answers.values[:, at], strict=True) if value)
        for at, item in enumerate(wave.items)
    }
    return Attacker(publication, parents_of(wave), answered)


def failed_parts(wave: Wave, publication: dict[str, Any], item: str) -> list[dict[str, Any]]:
    """Number and sum of every part that has people enough, is withheld by itself and does not pass the value rule."""
    at, may = wave.items.index(item), judged(wave, publication["k"])
    shown = {cell["unit"] for cell in publication["cells"] if cell["item"] == item and cell["class"] is None}
    home = wave.tree.nearest(may.enough[:, [at]])[:, 0]
    parts = []
    for unit in np.flatnonzero(may.enough[:, at]):
        values = wave.answers.values[home[wave.answers.unit] == unit, at].astype(int)
        counts = np.bincount(values[values > 0], minlength=6)[1:]
        if wave.units[unit] not in shown and not may_stand(counts, publication["k"], np.array(item in wave.sensitive)):
            part = {wave.units[one] for one in np.flatnonzero(home == unit)}
            many = int(counts.sum())
            cell = {"item": item, "n": many, "mean": float(counts @ np.arange(1, 6)) / many}
            parts.append(cell | {"part": part, "unit": None, "class": None})
    return parts


def insiders(wave: Wave, item: str) -> set[tuple[Kind, int]]:
    """Kind and answer of everybody who answered *item*."""
    values = wave.answers.values[:, wave.items.index(item)]
    return {(kind, int(value)) for kind, value in zip(kinds_of(wave), values, strict=True) if value}


def published(seed: int, **how: Any) -> tuple[Wave, dict[str, Any]]:
    """A wave and its publication."""
    wave = wave_of(seed, **how)
    return wave, told(publish(wave))
