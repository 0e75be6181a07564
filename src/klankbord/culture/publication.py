"""The publication of a wave: every figure that is shown, made once, the same for everybody. Pure; no database.

``publish(wave)`` makes it. ``publication.cells()`` and ``publication.withheld()`` go through it,
``publication.cell(…)`` looks one figure up, ``publication.write(file)`` and ``read(file)`` turn it into JSON and back;
the format is described in ``docs/reference/publication.md`` and by ``publication.schema.json`` beside this file. Its
arrays cannot be written to.

**What a cell says.** ``n`` is how many in the unit, with everything under it, answered the item; ``mean`` is their
exact mean. ``low`` and ``high`` hold the mean with 95 % certainty: mean ± t·σ·√(1/n)·√(1 − n/N), with σ the pooled
deviation within teams (rounded up: ``disclosure.spread``), t Student's on its degrees of freedom, and N how many people
the unit has. So where everybody answered there is nothing left to be uncertain of, for "this team today". When nobody
says how large units are (:attr:`Wave.staff`), N is taken to be without end and the interval is wider. For comparing
with another time that is the one to use: :func:`klankbord.culture.statistics.team_interval`.

A scale's mean is the average of the means of its items, its n the least of theirs, and its half width the average of
theirs or less, as far as its published alpha allows: see ``disclosure`` for why a scale is no figure of its own. A
scale is withheld where one of its items is.

**Withheld** is every item and scale in every unit in which somebody answered anything, and for a crossed attribute
every class in each of them, unless it is a cell. It says nothing of whether anybody in it answered that item.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from itertools import pairwise
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from klankbord.culture.disclosure import NOWHERE, SMALLEST, Answers, Protected, Tree, protect

type Whole = NDArray[np.signedinteger]
type Real = NDArray[np.float64]

VERSION = 1
RULES: Mapping[str, int] = {"tree": 1, "cut": 1, "value": 1, "bands": 1}
"""Which version of each rule made this. A rule that changes gets a new number; old publications keep theirs."""
CERTAINTY = 0.95
WIDEST = 1e9
EVERYBODY = -1
"""In the arrays: the class of a figure about everyone."""
NOTHING = "{}"
"""The cells of a unit of which nothing is told, as columns in JSON."""
GZIP = zlib.MAX_WBITS + 16
"""What zlib calls the format of gzip."""


@dataclass(frozen=True)
class Wave:
    """What was asked, of whom, and what they answered.

    ``units`` are the codes of the units, in the order of ``tree`` and ``answers.unit``; ``items`` those of the columns
    of ``answers.values``. ``scales`` name their items. ``attribute`` is the one that is crossed, ``classes`` its values
    by number. ``staff`` says how many people sit in each unit itself, for the intervals; None when that is not known.
    """

    units: tuple[str, ...]
    tree: Tree
    items: tuple[str, ...]
    answers: Answers
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sensitive: frozenset[str] = frozenset()
    attribute: str | None = None
    classes: tuple[str, ...] = ()
    staff: Whole | None = None

    def __post_init__(self) -> None:
        """Refuse names that lead nowhere."""
        named = {item for scale in self.scales.values() for item in scale} | self.sensitive
        if named - set(self.items):
            raise ValueError(f"nothing was asked by the name of {', '.join(sorted(named - set(self.items)))}")
        if set(self.scales) & set(self.items) or not all(self.scales.values()):
            raise ValueError("a scale has a name of its own and at least one item")
        if len(self.units) != len(self.tree) or len(self.classes) != self.answers.groups:
            raise ValueError("names and numbers do not belong together")

    def members(self) -> list[list[int]]:
        """The items of each scale, by number."""
        number = {item: place for place, item in enumerate(self.items)}
        return [[number[item] for item in scale] for scale in self.scales.values()]


@dataclass(frozen=True)
class Cell:
    """One figure: of a unit with everything under it, and of everyone (``group`` None) or one class in it."""

    unit: str
    group: str | None
    item: str
    n: int
    mean: float
    low: float
    high: float
    bands: tuple[int, int, int] | None


@dataclass(frozen=True)
class Publication:
    """Everything that is shown of one wave. Each array has a place for each cell, in the order in which they are told.

    ``unit``, ``group`` and ``item`` are numbers of ``units``, ``classes`` (``EVERYBODY`` for everyone) and ``names``.
    ``bands`` is cells × 3, −1 where they are not shown. ``hidden`` is withheld × 3: unit, group and item.
    """

    k: int
    units: tuple[str, ...]
    items: tuple[str, ...]
    scales: Mapping[str, tuple[str, ...]]
    sensitive: tuple[str, ...]
    attribute: str | None
    classes: tuple[str, ...]
    unit: Whole
    group: Whole
    item: Whole
    n: Whole
    mean: Real
    low: Real
    high: Real
    bands: Whole
    hidden: Whole

    def __post_init__(self) -> None:
        """Nobody changes a publication."""
        for array in vars(self).values():
            if isinstance(array, np.ndarray):
                array.setflags(write=False)

    def __len__(self) -> int:
        """How many cells there are."""
        return len(self.n)

    @property
    def names(self) -> tuple[str, ...]:
        """What figures are of: the items, and then the scales."""
        return (*self.items, *self.scales)

    def cells(self) -> Iterator[Cell]:
        """Every cell, by unit, class and item."""
        return map(self._cell, range(len(self)))

    def cell(self, unit: str, item: str, group: str | None = None) -> Cell | None:
        """The figure of an item or scale in a unit, for everyone or one class; None when it is not shown."""
        place = self._places.get((unit, group, item))
        return None if place is None else self._cell(place)

    def withheld(self) -> Iterator[tuple[str, str | None, str]]:
        """Unit, class (None for everyone) and item of what somebody could have answered and is not shown."""
        names = self.names
        for unit, group, item in self.hidden.tolist():
            yield self.units[unit], self._class(group), names[item]

    def write(self, file: IO[str]) -> None:
        """Write it as JSON, a cell a line."""
        for piece in _json(self):
            file.write(piece)

    def text(self) -> str:
        """The same as one text."""
        return "".join(_json(self))

    def packed(self) -> bytes:
        """The same in UTF-8 and as gzip packs it: of a large organisation a hundred megabytes become less than ten."""
        packer = zlib.compressobj(level=1, wbits=GZIP)
        pieces = [packer.compress(piece.encode()) for piece in _json(self)]
        return b"".join([*pieces, packer.flush()])

    def by_unit(self) -> Iterator[tuple[str, str, str]]:
        """Every unit of which something is told or withheld, with its cells and what is withheld in it.

        Both are columns in JSON and hold what the whole publication says, without the unit: for who reads that alone.
        Of rows, each with all names in it, it would be twice as long.
        """
        told, cells, withheld = self._told_columns, dict(_runs(self.unit)), dict(_runs(self.hidden[:, 0]))
        everything = [(group, item) for group in range(EVERYBODY, len(self.classes)) for item in range(len(self.names))]
        all_of_it = self._withheld(everything)
        for number, unit in enumerate(self.units):
            (start, end), (first, last) = cells.get(number, (0, 0)), withheld.get(number, (0, 0))
            if last - first == len(everything):  # as in most small units
                yield unit, NOTHING, all_of_it
            elif end > start or last > first:
                of_unit = _columns({name: column[start:end] for name, column in told.items()})
                yield unit, of_unit, self._withheld(self.hidden[first:last, 1:].tolist())

    def _withheld(self, missing: Sequence[Sequence[int]]) -> str:
        """These classes and items, as columns."""
        classes, names = self._told_classes, self._told_names
        return _columns(
            {"class": [classes[group] for group, _ in missing], "item": [names[item] for _, item in missing]}
        )

    @cached_property
    def _told_classes(self) -> list[str]:
        """Each class as text; the last, which is at ``EVERYBODY``, is everyone."""
        return [_told(one) for one in (*self.classes, None)]

    @cached_property
    def _told_names(self) -> list[str]:
        return [_told(name) for name in self.names]

    def _class(self, group: int) -> str | None:
        return None if group == EVERYBODY else self.classes[group]

    def _cell(self, place: int) -> Cell:
        bands = self.bands[place].tolist()
        return Cell(
            self.units[self.unit[place]],
            self._class(int(self.group[place])),
            self.names[self.item[place]],
            int(self.n[place]),
            float(self.mean[place]),
            float(self.low[place]),
            float(self.high[place]),
            None if bands[0] < 0 else (bands[0], bands[1], bands[2]),
        )

    @cached_property
    def _told_columns(self) -> dict[str, list[str]]:
        """What is told of each cell besides its unit, as text."""
        names, classes = self._told_names, self._told_classes
        bands = np.full(len(self), "null", dtype=object)
        shown = self.bands[:, 0] >= 0
        bands[shown] = [f"[{low}, {middle}, {high}]" for low, middle, high in self.bands[shown].tolist()]
        return {
            "class": [classes[group] for group in self.group.tolist()],
            "item": [names[item] for item in self.item.tolist()],
            "n": _numbers(self.n),
            "mean": _numbers(self.mean),
            "low": _numbers(self.low),
            "high": _numbers(self.high),
            "bands": bands.tolist(),
        }

    @cached_property
    def _places(self) -> dict[tuple[str, str | None, str], int]:
        where = zip(self.unit.tolist(), self.group.tolist(), self.item.tolist(), strict=True)
        names = self.names
        return {(self.units[u], self._class(g), names[i]): place for place, (u, g, i) in enumerate(where)}


# --- making ---------------------------------------------------------------------------------------------------------


def publish(wave: Wave, k: int = SMALLEST) -> Publication:
    """Everything of *wave* that may be shown. Raises ``ValueError`` when *k* is below 5."""
    return written(wave, judged(wave, k), k)


def judged(wave: Wave, k: int = SMALLEST) -> Protected:
    """What may be shown of *wave*, not yet written as a publication. Raises ``ValueError`` when *k* is below 5."""
    sensitive = np.array([item in wave.sensitive for item in wave.items], dtype=bool)
    return protect(wave.tree, wave.answers, scales=wave.members(), sensitive=sensitive, k=k)


def written(wave: Wave, may: Protected, k: int = SMALLEST, narrower: Mapping[str, float] | None = None) -> Publication:
    """The publication of what was :func:`judged`.

    *narrower* says of scales what part of the average width of their items their own intervals have, 1 where it does
    not. It has to follow from what is published: see ``beside.narrower``.
    """
    part = narrower or {}
    members = [(items, part.get(scale, 1.0)) for scale, items in zip(wave.scales, wave.members(), strict=True)]
    figures = _Figures.of(may, members, _sizes(wave))
    unit, group, item = np.nonzero(figures.shown)
    at = (unit, group, item)
    half = figures.half[at]
    mean = figures.mean[at]
    hidden = np.argwhere((may.taking_part > 0)[:, None, None] & ~figures.shown).astype(np.int32)
    hidden[:, 1] -= 1
    return Publication(
        k=k,
        units=wave.units,
        items=wave.items,
        scales=dict(wave.scales),
        sensitive=tuple(one for one in wave.items if one in wave.sensitive),
        attribute=wave.attribute,
        classes=wave.classes,
        unit=unit.astype(np.int32),
        group=group.astype(np.int32) - 1,
        item=item.astype(np.int32),
        n=figures.many[at],
        mean=mean.round(4),
        low=np.clip(mean - half, 1, 5).round(4),
        high=np.clip(mean + half, 1, 5).round(4),
        bands=_bands(may, unit, group, item),
        hidden=hidden,
    )


def _sizes(wave: Wave) -> Real | None:
    """How many people each unit has, with everything under it; None when that is not known."""
    return None if wave.staff is None else wave.tree.totals(np.asarray(wave.staff)).astype(float)


@dataclass(frozen=True)
class _Figures:
    """Units × (everyone and then the classes) × (items and then scales)."""

    shown: NDArray[np.bool_]
    many: Whole
    mean: Real
    half: Real

    @classmethod
    def of(cls, may: Protected, members: Sequence[tuple[Sequence[int], float]], sizes: Real | None) -> _Figures:
        """The figures of items as protected, and those of scales from them: their items, and how much narrower."""
        shown = np.concatenate((may.units[:, None], may.classes.transpose(0, 2, 1)), axis=1)
        many = np.concatenate((may.many[:, None], may.class_many.transpose(0, 2, 1)), axis=1)
        sums = np.concatenate((may.sums[:, None], may.class_sums.transpose(0, 2, 1)), axis=1)
        mean = sums / np.maximum(many, 1)
        certain = (may.freedom > 0) & (may.deviation > 0)
        # Without a deviation nothing is certain: the width is then the whole range, and not nothing.
        width = np.where(certain, stdtrit(np.maximum(may.freedom, 1), (1 + CERTAINTY) / 2) * may.deviation, WIDEST)
        half = np.divide(width, np.sqrt(np.maximum(many, 1)))
        if sizes is not None:
            share = may.many / np.maximum(sizes, 1)[:, None]
            half[:, 0] *= np.sqrt(np.clip(1 - share, 0, 1))
        return cls(
            np.concatenate([shown, *(shown[:, :, one].all(axis=2, keepdims=True) for one, _part in members)], axis=2),
            np.concatenate([many, *(many[:, :, one].min(axis=2, keepdims=True) for one, _part in members)], axis=2),
            np.concatenate([mean, *(mean[:, :, one].mean(axis=2, keepdims=True) for one, _part in members)], axis=2),
            np.concatenate(
                [half, *(part * half[:, :, one].mean(axis=2, keepdims=True) for one, part in members)], axis=2
            ),
        )


def _bands(may: Protected, unit: Whole, group: Whole, item: Whole) -> Whole:
    bands = np.full((len(unit), 3), -1, dtype=np.int32)
    candidates = np.flatnonzero((group == 0) & (item < may.bands.shape[1]))
    place = candidates[may.bands[unit[candidates], item[candidates]]]
    bands[place] = may.band_counts[unit[place], item[place]]
    return bands


# --- as text --------------------------------------------------------------------------------------------------------


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _columns(columns: Mapping[str, Iterable[str]]) -> str:
    told = [f'"{name}": [{", ".join(column)}]' for name, column in columns.items()]
    return f"{{{', '.join(told)}}}"


def _numbers(values: Real | Whole) -> list[str]:
    """As text, of which there are few: figures have four decimals."""
    different, which = np.unique(values, return_inverse=True)
    told = np.array([f"{one:.10g}" for one in different.tolist()], dtype=object)
    found: list[str] = told[which].tolist()
    return found


def _runs(unit: Whole) -> Iterator[tuple[int, tuple[int, int]]]:
    """Each unit in the order in which they are told, with the first place of it and the one after its last."""
    starts = np.flatnonzero(np.diff(unit, prepend=-1))
    return zip(unit[starts].tolist(), pairwise([*starts.tolist(), len(unit)]), strict=True)


def _json(made: Publication) -> Iterator[str]:
    scales = {name: list(items) for name, items in made.scales.items()}
    yield f'{{"version": {VERSION}, "k": {made.k}, "rules": {_told(dict(RULES))},\n'
    yield f' "items": {_told(list(made.items))},\n "scales": {_told(scales)},\n'
    yield f' "sensitive": {_told(list(made.sensitive))},\n'
    units = [f'{{"unit": {_told(unit)}, "attribute": ' for unit in made.units]
    groups = [f'{_told(made.attribute)}, "class": {_told(one)}, ' for one in made.classes]
    groups.append('null, "class": null, ')
    yield ' "cells": ['
    yield from _apart(_cell_lines(made, units, groups))
    yield '],\n "withheld": ['
    yield from _apart(_withheld_lines(made, units, groups))
    yield "]}\n"


def _cell_lines(made: Publication, units: list[str], groups: list[str]) -> Iterator[str]:
    """A line for each, but all lines of a unit at once."""
    _class, *columns = made._told_columns.values()
    lines = [
        f'{groups[group]}"item": {item}, "n": {n}, "mean": {mean}, "low": {low}, "high": {high}, "bands": {bands}}}'
        for group, item, n, mean, low, high, bands in zip(made.group.tolist(), *columns, strict=True)
    ]
    for number, (start, end) in _runs(made.unit):
        unit = units[number]
        yield unit + f",\n  {unit}".join(lines[start:end])


def _withheld_lines(made: Publication, units: list[str], groups: list[str]) -> Iterator[str]:
    """The same of what is withheld: in most units that is everything."""
    lines = [[f'{group}"item": {_told(name)}}}' for name in made.names] for group in groups]
    whole = [line for of_class in (lines[-1], *lines[:-1]) for line in of_class]
    for number, (start, end) in _runs(made.hidden[:, 0]):
        unit = units[number]
        if end - start == len(whole):
            yield unit + f",\n  {unit}".join(whole)
        else:
            yield ",\n  ".join([unit + lines[group][item] for _u, group, item in made.hidden[start:end].tolist()])


def _apart(pieces: Iterator[str]) -> Iterator[str]:
    first = next(pieces, None)
    if first is not None:
        yield f"\n  {first}"
        for piece in pieces:
            yield f",\n  {piece}"


def read(file: IO[str]) -> Publication:
    """The publication in a JSON *file*. Units and classes are numbered in the order in which they are first named.

    Raises ``ValueError`` for another version. What the schema asks for is not looked at again.
    """
    told = json.load(file)
    if told.get("version") != VERSION:
        raise ValueError(f"this is version {told.get('version')} of the format; version {VERSION} can be read")
    cells, withheld = told["cells"], told["withheld"]
    units = {one: number for number, one in enumerate(dict.fromkeys(row["unit"] for row in (*cells, *withheld)))}
    called = dict.fromkeys(row["class"] for row in (*cells, *withheld) if row["class"] is not None)
    classes: dict[str | None, int] = {one: number for number, one in enumerate(called)}
    names = {one: number for number, one in enumerate((*told["items"], *told["scales"]))}
    where = [[(units[r["unit"]], classes.get(r["class"], NOWHERE), names[r["item"]]) for r in rows]
             for rows in (cells, withheld)]  # fmt: skip
    unit, group, item = np.array(where[0], dtype=np.int32).reshape(-1, 3).T
    attribute = next((row["attribute"] for row in (*cells, *withheld) if row["attribute"] is not None), None)
    return Publication(
        k=told["k"],
        units=tuple(units),
        items=tuple(told["items"]),
        scales={name: tuple(items) for name, items in told["scales"].items()},
        sensitive=tuple(told["sensitive"]),
        attribute=attribute,
        classes=tuple(called),
        unit=unit.copy(),
        group=group.copy(),
        item=item.copy(),
        n=np.array([row["n"] for row in cells], dtype=np.int64),
        mean=np.array([row["mean"] for row in cells], dtype=float),
        low=np.array([row["low"] for row in cells], dtype=float),
        high=np.array([row["high"] for row in cells], dtype=float),
        bands=np.array([row["bands"] or (-1, -1, -1) for row in cells], dtype=np.int32).reshape(-1, 3),
        hidden=np.array(where[1], dtype=np.int32).reshape(-1, 3),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the format."""
    text = resources.files("klankbord.culture").joinpath("publication.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
