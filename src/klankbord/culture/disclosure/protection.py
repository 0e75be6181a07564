"""All rules in their order, for all items: from answers to which figures are shown, and those figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klankbord.culture.disclosure.bands import shown_bands
from klankbord.culture.disclosure.classes import Crossed, Rows, least_room, shown_classes
from klankbord.culture.disclosure.spread import pooled_deviation
from klankbord.culture.disclosure.tree import Tree, Whole, Yes
from klankbord.culture.disclosure.units import (
    POINTS,
    histograms,
    may_stand,
    sets_of_items,
    shown_units,
    units_with_enough_people,
)

SMALLEST = 5
"""An organisation may ask for larger sets of people than this, never for smaller ones."""
CIRCLES = 8
"""An answer by class is moved along at most four circles, which pass each class twice at most: see ``bands``."""


@dataclass(frozen=True)
class Answers:
    """Who answered what, a row for each person who was given a sheet.

    ``unit`` (persons) is where they sit. ``values`` (persons × items) is 1–5, 0 for no answer. ``group`` (persons) is
    the number of the class each belongs to, ``NOWHERE`` where that is not known; None when nothing is crossed. There
    are ``groups`` classes.
    """

    unit: Whole
    values: NDArray[np.int8]
    group: Whole | None = None
    groups: int = 0

    def __post_init__(self) -> None:
        """Refuse what does not belong together."""
        if self.values.ndim != 2 or self.unit.shape != self.values.shape[:1]:
            raise ValueError("the arrays are not of the same people")
        if self.values.size and not (self.values.min() >= 0 and self.values.max() <= 5):
            raise ValueError("answers are whole numbers from 1 to 5, and 0 for none")
        if self.group is not None and (self.group.shape != self.unit.shape or (self.group >= self.groups).any()):
            raise ValueError("the classes are not of the same people")


@dataclass(frozen=True)
class Protected:
    """What may be shown. Axes: units as in the tree, items as in the answers, classes by number.

    ``taking_part`` (units) is how many in each unit answered anything. ``many`` and ``sums`` are filled where ``units``
    (units × items) says that they are shown, and are 0 elsewhere; so are ``class_many`` and ``class_sums`` for
    ``classes`` (units × items × classes), and ``band_counts`` for ``bands`` (units × items). ``deviation`` (items) is
    the pooled deviation within teams, rounded up, on ``freedom`` (items) degrees of freedom; 0 for an item that is
    shown nowhere.
    """

    taking_part: Whole
    units: Yes
    many: Whole
    sums: Whole
    classes: Yes
    class_many: Whole
    class_sums: Whole
    bands: Yes
    band_counts: Whole
    deviation: NDArray[np.float64]
    freedom: Whole


def protect(
    tree: Tree,
    answers: Answers,
    *,
    scales: Sequence[Sequence[int]] = (),
    sensitive: Yes | None = None,
    k: int = SMALLEST,
) -> Protected:
    """Apply rules 1 to 6. *scales* are lists of items, *sensitive* (items) says which are; *k* is at least 5.

    Raises ``ValueError`` when *k* is lower.
    """
    if k < SMALLEST:
        raise ValueError(f"k is at least {SMALLEST}")
    items = answers.values.shape[1]
    secret = np.zeros(items, dtype=bool) if sensitive is None else np.asarray(sensitive, dtype=bool)
    answered = answers.values.any(axis=1)
    taking_part = tree.totals(np.bincount(answers.unit[answered], minlength=len(tree)))
    useless = np.zeros(len(tree), dtype=bool)
    while True:
        base = units_with_enough_people(tree, np.bincount(answers.unit[answered], minlength=len(tree)), k, useless)
        if not base[tree.root] or not items:
            return _nothing(taking_part, items, answers.groups)
        small, units, home = tree.restricted(base)
        moved = Answers(home[answers.unit], answers.values, answers.group, answers.groups)
        work = _Work(small, moved, scales, secret=secret, k=k, size=taking_part[units])
        # A unit that no item is shown for keeps the unit above it from being shown, and gives nothing for it.
        more = units[~work.shown.units.any(axis=1)]
        if not len(more):
            return work.done(units, taking_part)
        useless[more] = True


def _nothing(taking_part: Whole, items: int, groups: int) -> Protected:
    units = len(taking_part)
    two, three, counts = (units, items), (units, items, groups), np.int64
    return Protected(
        taking_part=taking_part,
        units=np.zeros(two, dtype=bool),
        many=np.zeros(two, dtype=counts),
        sums=np.zeros(two, dtype=counts),
        classes=np.zeros(three, dtype=bool),
        class_many=np.zeros(three, dtype=counts),
        class_sums=np.zeros(three, dtype=counts),
        bands=np.zeros(two, dtype=bool),
        band_counts=np.zeros((units, items, 3), dtype=counts),
        deviation=np.zeros(items),
        freedom=np.zeros(items, dtype=counts),
    )


class _Work:
    """One wave on the tree of the units that may be shown at all."""

    def __init__(
        self, tree: Tree, answers: Answers, scales: Sequence[Sequence[int]], *, secret: Yes, k: int, size: Whole
    ) -> None:
        """Count, and see for which units items are shown."""
        self.tree, self.answers, self.secret, self.k, self.size = tree, answers, secret, k, size
        self.own = histograms(answers.unit, answers.values, len(tree))
        total = self.own.sum(axis=0)
        possible = may_stand(total, k, secret) & total.any(axis=-1)
        self.together = sets_of_items(answers.values.shape[1], scales, possible)
        self.shown = shown_units(tree, self.own, k=k, sensitive=secret, together=self.together, size=size)
        self.crossed = [Crossed(np.zeros(len(tree), dtype=bool), np.array([], dtype=np.int64)) for _ in self.together]
        self.apart = np.zeros(len(secret), dtype=np.int64)

    def _cross(self, group: Whole) -> None:
        self.rows = self._by_class(group, self.answers.values)
        root = self.tree.root
        everybody = np.ones(len(self.tree), dtype=bool)
        anything = self._by_class(group, self.answers.values.any(axis=1, keepdims=True).astype(np.int8))
        classes = np.arange(self.answers.groups)
        base = shown_classes(
            self.tree, anything, everybody, k=self.k, least=np.zeros(1, dtype=np.int64), size=self.size, among=classes
        )
        for number, items in enumerate(self.together):
            if not len(base.classes) or not self.shown.units[root, items].all():
                continue
            units = self.shown.units[:, items].any(axis=1)
            near = self.tree.nearest(np.repeat(units[:, None], len(items), axis=1))
            rows, least = self.rows.at(near, items), least_room(self.secret[items])
            may, among = units & base.units, base.classes
            found = shown_classes(self.tree, rows, may, k=self.k, least=least, size=self.size, among=among)
            self.crossed[number] = found
            if len(found.classes):
                self.apart[items] = CIRCLES * (len(found.classes) + 1)

    def _by_class(self, group: Whole, values: NDArray[np.int8]) -> Rows:
        """How many of each class answered and their room, for each unit itself; the last class is the unknown one."""
        units, items, classes = len(self.tree), values.shape[1], self.answers.groups + 1
        person, item = np.nonzero(values)
        place = (self.answers.unit[person] * items + item) * classes + np.where(group < 0, classes - 1, group)[person]
        value = values[person, item].astype(np.int64)
        shape, length = (units, items, classes), units * items * classes
        many = np.bincount(place, minlength=length).reshape(shape)
        above = np.bincount(place, weights=value - 1, minlength=length).astype(np.int64).reshape(shape)
        return Rows(many, above, 4 * many - above)

    def done(self, units: Whole, taking_part: Whole) -> Protected:
        """Everything together, on the whole tree of which *units* are those of this one."""
        if self.answers.group is not None and self.answers.groups:
            self._cross(self.answers.group)
        whole = _nothing(taking_part, len(self.secret), self.answers.groups)
        totals = np.where(self.shown.units[:, :, None], self.tree.totals(self.own), 0)
        whole.units[units] = self.shown.units
        whole.many[units] = totals.sum(axis=-1)
        whole.sums[units] = totals @ POINTS
        bands = self._bands()
        whole.bands[units] = bands
        low, middle, high = totals[..., 0] + totals[..., 1], totals[..., 2], totals[..., 3] + totals[..., 4]
        whole.band_counts[units] = np.where(bands[:, :, None], np.stack((low, middle, high), axis=-1), 0)
        self._fill_classes(whole, units)
        self._fill_deviations(whole, bands)
        return whole

    def _fill_classes(self, whole: Protected, units: Whole) -> None:
        """Write down which classes are shown, how many answered and the sum of what they answered."""
        if not any(len(one.classes) for one in self.crossed):
            return
        many, above = self.tree.totals(self.rows.many), self.tree.totals(self.rows.above)
        for items, crossed in zip(self.together, self.crossed, strict=True):
            for group in crossed.classes:
                number = many[:, items, group]
                there = crossed.units[:, None] & (number > 0)
                where = (units[:, None], items, group)
                whole.classes[where] = there
                whole.class_many[where] = np.where(there, number, 0)
                whole.class_sums[where] = np.where(there, number + above[:, items, group], 0)

    def _rows(self, items: Whole) -> Whole:
        """The answers that units keep to *items*, in rows: the atom, or its classes (units × items × rows × 5)."""
        if self.answers.group is None or not self.apart[items].any():
            return self.shown.atoms[:, items, None, :]
        classes = self.answers.groups + 1
        group = np.where(self.answers.group < 0, classes - 1, self.answers.group)
        near = self.tree.nearest(self.shown.units[:, items])
        shape = (len(self.tree), len(items), classes, 5)
        person, item = np.nonzero(self.answers.values[:, items])
        value = self.answers.values[person, items[item]]
        place = ((near[self.answers.unit[person], item] * len(items) + item) * classes + group[person]) * 5 + value - 1
        return np.bincount(place, minlength=int(np.prod(shape))).reshape(shape)

    def _bands(self) -> Yes:
        bands = np.zeros(self.shown.units.shape, dtype=bool)
        for crossed in (False, True):
            for items in np.array_split(np.flatnonzero((self.apart > 0) == crossed), 4 if crossed else 1):
                if len(items):
                    may = self.shown.units[:, items]
                    bands[:, items] = shown_bands(
                        self.tree,
                        self._rows(items),
                        may,
                        sensitive=self.secret[items],
                        apart=self.apart[items],
                        size=self.size,
                    )
        return bands

    def _fill_deviations(self, whole: Protected, bands: Yes) -> None:
        for item in np.flatnonzero(self.shown.units[self.tree.root]):
            atoms, rows = self.shown.atoms[:, item], self._rows(np.array([item])).reshape(-1, 5)
            whole.deviation[item] = pooled_deviation(
                rows, atoms, bool(self.secret[item]), apart=int(self.apart[item]), banded=bool(bands[:, item].any())
            )
            whole.freedom[item] = int(atoms.sum()) - int(atoms.any(axis=1).sum())
