"""Somebody with everything in hand attacks the publications of organisations drawn by lot, and finds nothing.

And finds something as soon as one hidden figure is opened, which shows two things: that the attack can succeed, and
that nothing was hidden without need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from klankbord.culture.disclosure import Answers, Tree
from klankbord.culture.publication import Wave, judged, publish
from klankbord.culture.tests.attacker import Attacker, Kind
from klankbord.culture.tests.organisations import (
    attacker_of,
    failed_parts,
    insiders,
    kinds_of,
    published,
    taking_part,
    told,
    wave_of,
)

PLAIN = {"people": 60, "units": 8}
WITH_CLASSES = {"people": 90, "units": 5, "classes": 2, "items": 2}


def found(wave: Wave, publication: dict[str, Any], *, inside: int = 3, forced: bool = False) -> list[str]:
    """The first that an attacker of any kind finds; of the insiders some are asked.

    Intervals tell nothing that holds in a publication that was *forced*.
    """
    attacker, lot = attacker_of(wave, publication), np.random.default_rng(0)
    response = [] if forced else [wave.units[at] for at in np.flatnonzero(judged(wave, publication["k"]).counted)]
    ways: list[Callable[[], list[str]]] = [lambda: attacker.small_sets_of_any(taking_part(wave), response)]
    for item in wave.items:
        knowing = replace(attacker, failed=failed_parts(wave, publication, item))
        ways += [partial(knowing.small_sets, item), partial(knowing.impossible, item)]
    ways += [partial(attacker.small_sets, item) for item in wave.items]
    ways += [partial(attacker.impossible, item) for item in wave.items]
    if not forced:
        ways += [partial(attacker.impossible, item, None, _squares(wave, attacker, item)) for item in wave.items]
    for item in sorted(wave.sensitive):
        some = sorted(insiders(wave, item), key=str)
        ways += [partial(attacker.impossible, item, some[at]) for at in lot.permutation(len(some))[:inside]]
    return next((finds for way in ways if (finds := way())), [])


def _squares(wave: Wave, attacker: Attacker, item: str) -> tuple[list[Kind], float, float] | None:
    """What the deviation tells, for who knows the rule: a sum of squares within a tenth below it.

    Where the truth is lower still, the deviation is the lowest that is told, and says no more than that.
    """
    told_squares = attacker.squares(item)
    if not told_squares:
        return None
    some, least, most = told_squares
    values = wave.answers.values[:, wave.items.index(item)].astype(int)
    truth = sum(int(value) ** 2 for kind, value in zip(kinds_of(wave), values, strict=True) if kind in set(some))
    assert truth <= most
    return some, least if least <= truth else 0, most


@pytest.mark.parametrize("seed", range(8))
def test_nothing_follows_from_what_is_shown_of_an_organisation(seed: int) -> None:
    wave, publication = published(seed, **PLAIN)
    assert publication["cells"]
    assert found(wave, publication) == []


@pytest.mark.parametrize("seed", range(6))
def test_nothing_follows_from_what_is_shown_by_class_as_well(seed: int) -> None:
    wave, publication = published(seed + 100, **WITH_CLASSES)
    assert any(cell["class"] for cell in publication["cells"])
    assert found(wave, publication) == []


@pytest.mark.parametrize("seed", range(6))
def test_nothing_follows_where_many_skip_what_is_asked(seed: int) -> None:
    """Then units have too few answers to each item, and response and figures have to be of the same units."""
    wave, publication = published(seed + 500, people=70, units=10, items=2, answers=0.55)
    assert found(wave, publication) == []


def test_response_is_told_of_the_units_within_which_figures_lie_and_of_no_others() -> None:
    """Of a team of six each item was answered by four; the unit above it has three people of its own, and a figure."""
    unit, values = (
        np.array([0] * 10 + [1] * 3 + [2] * 6),
        np.tile(np.arange(1, 6, dtype=np.int8), 8)[:38].reshape(19, 2),
    )
    values[13:15, 0] = values[15:17, 1] = 0
    wave = Wave(("all", "unit", "team"), Tree.of([-1, 0, 1]), ("item1", "item2"), Answers(unit, values))
    publication, may = told(publish(wave)), judged(wave)
    assert {cell["unit"] for cell in publication["cells"]} == {"all", "unit"}
    assert may.counted.tolist() == [True, True, False]
    attacker = attacker_of(wave, publication)
    assert attacker.small_sets_of_any(taking_part(wave), ["all", "unit"]) == []
    assert attacker.small_sets_of_any(taking_part(wave), ["all", "team"])


def test_nothing_follows_from_bands_in_organisations_that_are_large_enough_for_them() -> None:
    bands: Counter[bool] = Counter()
    for seed in range(4):
        wave, publication = published(seed + 200, people=220, units=9, items=2)
        bands.update(cell["bands"] is not None for cell in publication["cells"])
        assert found(wave, publication) == []
    assert bands[True] > 10


def test_whatever_hidden_figure_is_opened_something_follows() -> None:
    """Of an item by itself, answered by everybody: opening any one figure that is hidden is found out."""
    opened: Counter[str] = Counter()
    for seed in range(8):
        wave = wave_of(seed + 300, people=50, units=9, items=1, answers=1.0)
        wave = Wave(wave.units, wave.tree, wave.items, wave.answers, sensitive=frozenset(wave.items[: seed % 2]))
        publication = told(publish(wave))
        for hidden in publication["withheld"]:
            opened["sensitive" if seed % 2 else "plain"] += 1
            opening = publication | {"cells": [*publication["cells"], _opened(wave, hidden)]}
            assert found(wave, opening, inside=1000, forced=True), hidden
    assert min(opened.values()) > 10


def test_whatever_set_of_figures_of_a_scale_is_opened_something_follows() -> None:
    opened = 0
    for seed in range(8):
        wave = wave_of(seed + 400, people=70, units=8, items=3, answers=1.0)
        wave = Wave(wave.units, wave.tree, wave.items, wave.answers, scales={"trust": wave.items})
        publication = told(publish(wave))
        hidden = {row["unit"]: row for row in publication["withheld"]}
        for row in hidden.values():
            opened += 1
            cells = [_opened(wave, row | {"item": item}) for item in wave.items]
            assert found(wave, publication | {"cells": [*publication["cells"], *cells]}, forced=True), row
    assert opened > 10


def test_bands_that_are_opened_where_they_are_hidden_are_found_out() -> None:
    """One row of ten or more: there rule 4 is exact, so wherever bands are hidden, showing them narrows somebody."""
    opened = 0
    for seed in range(60):
        lot = np.random.default_rng(seed)
        values = lot.choice(5, size=(int(lot.integers(10, 16)), 1), p=lot.dirichlet(np.ones(5) * 0.7)) + 1
        wave = Wave(("all",), Tree.of([-1]), ("item1",), Answers(np.zeros(len(values), int), values.astype(np.int8)))
        publication = told(publish(wave))
        for cell in publication["cells"]:
            answers = Counter(values[:, 0].tolist())
            bands = [answers[1] + answers[2], answers[3], answers[4] + answers[5]]
            if cell["bands"] is None and max(bands) < len(values) - 1:
                opened += 1
                assert found(wave, publication | {"cells": [cell | {"bands": bands}]}, forced=True), bands
            elif cell["bands"] is not None:
                assert cell["bands"] == bands
    assert opened > 10


def test_a_class_that_is_opened_where_it_is_hidden_is_found_out() -> None:
    """Two teams and two classes, with two of the second class in the first team: a combination is about few people."""
    unit = np.array([1] * 10 + [2] * 10)
    group = np.array([0] * 8 + [1] * 2 + [1] * 8 + [0] * 2)
    values = np.tile(np.array([[1], [2], [3], [4], [5]], dtype=np.int8), (4, 1))
    wave = Wave(
        ("all", "north", "south"),
        Tree.of([-1, 0, 0]),
        ("item1",),
        Answers(unit, values, group, 2),
        attribute="years",
        classes=("few", "many"),
    )
    publication = told(publish(wave))
    assert not [cell for cell in publication["cells"] if cell["class"]]
    assert found(wave, publication) == []
    cells = [_opened(wave, {"unit": "all", "class": name, "item": "item1"}) for name in wave.classes]
    assert found(wave, publication | {"cells": [*publication["cells"], *cells]}, forced=True)


def _opened(wave: Wave, hidden: dict[str, Any]) -> dict[str, Any]:
    """The figure that was hidden, as it would have been shown."""
    above = wave.tree.parent
    inside = []
    for unit in wave.answers.unit:
        at = int(unit)
        while at >= 0 and wave.units[at] != hidden["unit"]:
            at = int(above[at])
        inside.append(at >= 0)
    chosen = np.array(inside)
    if hidden.get("class") and wave.answers.group is not None:
        chosen &= wave.answers.group == wave.classes.index(hidden["class"])
    values = wave.answers.values[chosen, wave.items.index(hidden["item"])]
    answers = values[values > 0]
    cell = {"attribute": wave.attribute, "class": None, "low": 1, "high": 5, "bands": None}
    return cell | hidden | {"n": len(answers), "mean": float(answers.mean())}
