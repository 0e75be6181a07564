"""The publication: what its figures are, what it says of what it does not show, and its form as JSON."""

from __future__ import annotations

import gzip
import io
import json
import re
from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest
from scipy.stats import t

from klankbord.culture.beside import Means, narrower, reliability
from klankbord.culture.disclosure import Answers, Tree
from klankbord.culture.models.published import rows_of
from klankbord.culture.publication import NOTHING, Publication, Wave, judged, publish, read, schema, written
from klankbord.culture.tests.organisations import told, wave_of

FIVE = np.array([1, 2, 3, 4, 5], dtype=np.int8)


def two_teams() -> Wave:
    """Ten people in each of two teams, and a third team in which nobody answered."""
    values = np.tile(FIVE, 4)[:, None].repeat(2, axis=1)
    values[0, 1] = 0
    return Wave(
        units=("all", "north", "south", "empty"),
        tree=Tree.of([-1, 0, 0, 0]),
        items=("item1", "item2"),
        answers=Answers(np.repeat([1, 2], 10), values),
        scales={"trust": ("item1", "item2")},
    )


def test_a_cell_has_the_number_and_the_exact_mean_of_a_unit_with_everything_under_it() -> None:
    made = publish(two_teams())
    cell = made.cell("north", "item2")
    assert cell is not None
    assert (cell.n, cell.mean) == (9, round(29 / 9, 4))
    assert [(one.unit, one.n) for one in made.cells() if one.item == "item1"] == [
        ("all", 20),
        ("north", 10),
        ("south", 10),
    ]


def test_a_scale_is_the_average_of_what_is_shown_of_its_items() -> None:
    made = publish(two_teams())
    one, two, scale = (made.cell("north", name) for name in ("item1", "item2", "trust"))
    assert one is not None
    assert two is not None
    assert scale is not None
    assert scale.n == 9
    assert scale.mean == round((3 + 29 / 9) / 2, 4)
    assert scale.high - scale.low == pytest.approx((one.high - one.low + two.high - two.low) / 2, abs=2e-4)
    assert scale.bands is None


def test_the_interval_of_a_scale_holds_the_truth_as_often_as_it_says_and_is_narrower_than_those_of_its_items() -> None:
    """Forty teams of fourteen, with a truth that is known: what everybody would say who could have been in them."""
    lot, items = np.random.default_rng(6), ("item1", "item2", "item3", "item4")
    level = lot.normal(3.3, 0.3, (40, 1, 1))

    def answers(people: int) -> Any:
        person = lot.normal(0, 0.6, (40, people, 1))
        return np.clip(np.rint(level + person + lot.normal(0, 0.8, (40, people, 4))), 1, 5).astype(np.int8)

    truth, teams = answers(4000).mean(axis=(1, 2)), 14
    wave = Wave(
        units=("all", *(f"team {number}" for number in range(40))),
        tree=Tree.of([-1] + [0] * 40),
        items=items,
        answers=Answers(np.repeat(np.arange(1, 41), teams), answers(teams).reshape(-1, 4)),
        scales={"trust": items},
    )
    may = judged(wave)
    part = narrower(wave, may, reliability(wave, may))
    assert 0.6 < part["trust"] < 0.95
    made = written(wave, may, narrower=part)
    cells = [made.cell(unit, "trust") for unit in wave.units[1:]]
    assert all(cells)
    held = [cell.low <= true <= cell.high for cell, true in zip(cells, truth, strict=True) if cell]
    assert sum(held) >= 37, "it promises 95 in a hundred"
    of_items = publish(wave).cell("team 1", "trust")
    assert of_items is not None
    assert cells[0] is not None
    ratio = (cells[0].high - cells[0].low) / (of_items.high - of_items.low)
    assert ratio == pytest.approx(part["trust"], abs=1e-3)


def test_items_of_a_scale_are_shown_by_the_same_units_and_so_are_those_of_scales_that_meet() -> None:
    for seed in range(10):
        wave = wave_of(seed, people=80, units=8, items=4, answers=0.8)
        made = publish(replace(wave, scales={"one": ("item1", "item2"), "two": ("item2", "item3")}))
        units = {item: {cell.unit for cell in made.cells() if cell.item == item and cell.n} for item in made.names}
        assert units["item1"] == units["item2"] == units["item3"] == units["one"] == units["two"]


def test_the_interval_has_the_pooled_deviation_and_nothing_of_the_team_itself() -> None:
    wave = two_teams()
    alike = Answers(wave.answers.unit, np.where(np.arange(20)[:, None] < 10, 3, wave.answers.values).astype(np.int8))
    made = publish(replace(wave, answers=alike))
    north, south = made.cell("north", "item1"), made.cell("south", "item1")
    assert north is not None
    assert south is not None
    assert north.high - north.low == pytest.approx(south.high - south.low, abs=1e-3)


def test_where_everybody_answered_there_is_nothing_left_to_be_uncertain_of() -> None:
    lot = np.random.default_rng(1)
    values = lot.integers(1, 6, (200, 1)).astype(np.int8)
    wave = Wave(("all", *"abcd"), Tree.of([-1, 0, 0, 0, 0]), ("item1",), Answers(np.repeat([1, 2, 3, 4], 50), values))
    known = publish(replace(wave, staff=np.array([0, 50, 100, 100, 200])))
    first, second = known.cell("a", "item1"), known.cell("b", "item1")
    assert first is not None
    assert second is not None
    assert first.low == first.mean == first.high
    half = (second.high - second.low) / 2
    deviation = half * sqrt(50) / t.ppf(0.975, 196) / sqrt(1 - 0.5)
    exact = sqrt(values.reshape(4, 50).var(axis=1, ddof=1).mean())
    assert exact <= deviation <= 1.3 * exact
    unknown = publish(wave).cell("b", "item1")
    assert unknown is not None
    assert unknown.high - unknown.low == pytest.approx((second.high - second.low) * sqrt(2), abs=2e-4)


def test_withheld_is_everything_that_somebody_could_have_answered_and_is_not_shown() -> None:
    made = publish(wave_of(5, people=40, units=7, classes=2))
    shown = {(cell.unit, cell.group, cell.item) for cell in made.cells()}
    withheld = set(made.withheld())
    assert not shown & withheld
    assert len(withheld) == len(made.hidden)
    units = {unit for unit, _group, _item in shown | withheld}
    groups = (None, *made.classes)
    assert shown | withheld == {(unit, group, item) for unit in units for group in groups for item in made.names}


def test_a_unit_nobody_answered_in_is_neither_shown_nor_withheld() -> None:
    made = publish(two_teams())
    assert "empty" not in {cell.unit for cell in made.cells()} | {unit for unit, _group, _item in made.withheld()}


def test_a_small_unit_does_not_tell_which_items_were_skipped_in_it() -> None:
    wave = two_teams()
    unit = np.append(wave.answers.unit, 3)
    values = np.vstack((wave.answers.values, [[4, 0]])).astype(np.int8)
    made = publish(replace(wave, answers=Answers(unit, values)))
    assert {item for one, _group, item in made.withheld() if one == "empty"} == {"item1", "item2", "trust"}


def test_a_unit_is_not_shown_for_the_one_item_that_its_manager_skipped() -> None:
    """By the rule for one item it could be: of item 2 the unit keeps nobody itself. That would tell of the manager."""
    values = np.vstack((np.tile(FIVE, 8)[:, None].repeat(2, axis=1), [[4, 0]])).astype(np.int8)
    wave = Wave(
        units=("all", "other", "north", "east", "west"),
        tree=Tree.of([-1, 0, 0, 2, 2]),
        items=("item1", "item2"),
        answers=Answers(np.array([*[1] * 10, *[0] * 10, *[3] * 10, *[4] * 10, 2]), values),
    )
    shown = {(cell.unit, cell.item) for cell in publish(wave).cells()}
    assert shown == {(unit, item) for unit in ("all", "other", "east", "west") for item in wave.items}


def test_an_item_hardly_anybody_answered_is_withheld_with_its_scale_and_binds_nothing() -> None:
    wave = two_teams()
    values = wave.answers.values.copy()
    values[3:, 1] = 0
    made = publish(replace(wave, answers=Answers(wave.answers.unit, values)))
    assert {cell.item for cell in made.cells()} == {"item1"}


def test_without_enough_people_everything_is_withheld() -> None:
    wave = two_teams()
    made = publish(replace(wave, answers=Answers(wave.answers.unit[:4], wave.answers.values[:4])))
    assert len(made) == 0
    assert {unit for unit, _group, _item in made.withheld()} == {"all", "north"}


def test_an_organisation_may_ask_for_more_and_never_for_less() -> None:
    assert len(publish(two_teams(), 11)) == 3
    with pytest.raises(ValueError, match="at least 5"):
        publish(two_teams(), 4)


def test_the_same_wave_gets_the_same_publication_and_nobody_changes_it() -> None:
    first, second = publish(wave_of(3, people=80, units=8)), publish(wave_of(3, people=80, units=8))
    assert first.text() == second.text()
    with pytest.raises(ValueError, match="read-only"):
        first.mean[0] = 5.0


def test_what_is_written_is_read_back() -> None:
    made = publish(wave_of(11, people=120, units=8, classes=2))
    again = read(io.StringIO(made.text()))
    assert list(again.cells()) == list(made.cells())
    assert list(again.withheld()) == list(made.withheld())
    assert again.attribute == "years"
    with pytest.raises(ValueError, match="version 2"):
        read(io.StringIO('{"version": 2}'))


@pytest.mark.parametrize("classes", [0, 3])
def test_what_is_told_unit_by_unit_is_what_the_whole_tells(classes: int) -> None:
    for seed in range(4):
        made = publish(wave_of(seed, people=120, units=14, classes=classes))
        for publication in (made, read(io.StringIO(made.text()))):
            by_unit, whole = list(publication.by_unit()), told(publication)
            for number, part in enumerate(("cells", "withheld"), start=1):
                rows = [
                    {"unit": one[0], "attribute": row["class"] and made.attribute, **row}
                    for one in by_unit
                    for row in rows_of(json.loads(one[number]))
                ]
                assert sorted(rows, key=_place) == sorted(whole[part], key=_place)
        assert any(cells == NOTHING for _unit, cells, _withheld in made.by_unit())


def _place(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["unit"], row["class"] or "", row["item"]


def test_it_is_packed_to_the_letter() -> None:
    made = publish(wave_of(3, people=60, units=6))
    assert gzip.decompress(made.packed()).decode() == made.text()


def test_means_read_unit_by_unit_are_those_of_the_whole() -> None:
    made = publish(wave_of(2, people=200, units=14, classes=2))
    by_unit = [(unit, cells) for unit, cells, _withheld in made.by_unit() if cells != NOTHING]
    again, whole = Means.read(by_unit, made.items, made.scales), Means.of(made)
    places = [whole.units.index(unit) for unit in again.units]
    assert 1 < len(places) < len(made.units)
    np.testing.assert_array_equal(again.mean, whole.mean[places])
    np.testing.assert_array_equal(again.many, whole.many[places])
    others = np.delete(np.arange(len(whole.units)), places)
    assert np.isnan(whole.mean[others]).all()


def test_names_with_quotes_and_letters_of_all_kinds_are_written_properly() -> None:
    wave = replace(two_teams(), units=('alle "collega\'s"', "één\\twee", "south\n", "empty"))
    assert {cell["unit"] for cell in told(publish(wave))["cells"]} == set(wave.units[:3])


@pytest.mark.parametrize("classes", [0, 2])
def test_every_publication_is_what_the_schema_says(classes: int) -> None:
    for seed in range(5):
        assert faults(told(publish(wave_of(seed, people=90, units=6, classes=classes))), schema()) == []


def test_the_schema_refuses_what_is_no_publication() -> None:
    good = told(publish(two_teams()))
    cell = good["cells"][0]
    for bad in (
        good | {"version": 2},
        good | {"k": 4},
        good | {"extra": 1},
        {key: value for key, value in good.items() if key != "withheld"},
        good | {"cells": [cell | {"n": 4}]},
        good | {"cells": [cell | {"mean": 5.5}]},
        good | {"cells": [cell | {"bands": [1, 2]}]},
        good | {"cells": [{key: value for key, value in cell.items() if key != "bands"}]},
    ):
        assert faults(bad, schema()), bad


def test_names_that_lead_nowhere_are_refused() -> None:
    wave = two_teams()
    with pytest.raises(ValueError, match="item9"):
        replace(wave, scales={"trust": ("item9",)})
    with pytest.raises(ValueError, match="item9"):
        replace(wave, sensitive=frozenset({"item9"}))
    for scales in ({"item1": ("item2",)}, {"trust": ()}):
        with pytest.raises(ValueError, match="scale"):
            replace(wave, scales=scales)


KNOWN = {
    "$schema", "title", "description", "$defs", "$ref", "type", "const", "required", "properties", "items",
    "additionalProperties", "minimum", "maximum", "minItems", "maxItems", "uniqueItems",
}  # fmt: skip
KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


def faults(value: Any, rule: dict[str, Any], root: dict[str, Any] | None = None, at: str = "") -> list[str]:
    """What is wrong with *value* by the part of JSON Schema that ours uses; a word it does not know is a fault too."""
    root = root or rule
    found = [f"{at}: the schema says {word}" for word in rule.keys() - KNOWN]
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].removeprefix("#/$defs/")]
    types = [rule["type"]] if isinstance(rule.get("type"), str) else rule.get("type", [])
    if types and not any(isinstance(value, KINDS[one]) for one in types):
        return [*found, f"{at}: {value!r} is no {types}"]
    if "const" in rule and value != rule["const"]:
        found.append(f"{at}: {value!r} is not {rule['const']!r}")
    if isinstance(value, int | float) and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
        found.append(f"{at}: {value} is out of range")
    if isinstance(value, list):
        return found + _faults_of_list(value, rule, root, at)
    if isinstance(value, dict):
        return found + _faults_of_object(value, rule, root, at)
    return found


def _faults_of_list(value: list[Any], rule: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    found = []
    if not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)):
        found.append(f"{at}: {len(value)} of them")
    if rule.get("uniqueItems") and len(set(value)) < len(value):
        found.append(f"{at}: the same twice")
    for place, one in enumerate(value):
        found += faults(one, rule.get("items", {}), root, f"{at}/{place}")
    return found


def _faults_of_object(value: dict[str, Any], rule: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    found = [f"{at}: no {name}" for name in rule.get("required", ()) if name not in value]
    more = rule.get("additionalProperties", {})
    for name, one in value.items():
        part = rule.get("properties", {}).get(name, more)
        found += [f"{at}/{name}: not known"] if part is False else faults(one, part, root, f"{at}/{name}")
    return found


def test_the_reference_page_shows_a_publication_that_is_right() -> None:
    from tests.architecture.source_code import ROOT

    page = (ROOT / "docs/reference/publication.md").read_text("utf-8")
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example is not None
    assert faults(json.loads(example[1]), schema()) == []
    assert isinstance(read(io.StringIO(example[1])), Publication)
    for name in (*schema()["properties"], *schema()["$defs"]["cell"]["properties"]):
        assert f"`{name}`" in page, name
