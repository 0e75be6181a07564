"""All rules in their order, for all items: from answers to which figures are shown, and those figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klankbord.culture.disclosure.bands import shown_bands
from klankbord.culture.disclosure.classes import Crossed, Rows, least_room, shown_classes
from klankbord.culture.disclosure.spread import Margins, pooled_deviation
from klankbord.culture.disclosure.tree import Tree, Whole, Yes
from klankbord.culture.disclosure.units import (
    histograms,
    may_stand,
    number_and_room,
    sets_of_items,
    shown_units,
    units_with_enough_people,
)

SMALLEST = 5
"""An organisation may ask for larger sets of people than this, never for smaller ones."""


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

    ``taking_part`` (units) is how many in each unit answered anything, and ``counted`` (units) says where that may be
    told: all figures lie within those units. ``enough`` (units × items) says where enough people answered an item for a
    figure, whatever they answered; it is for who checks the rules, and not told. ``many`` and ``sums`` are filled where
    ``units`` (units × items) says that they are shown, and are 0 elsewhere; so are ``class_many`` and ``class_sums``
    for ``classes`` (units × items × classes), and ``band_counts`` for ``bands`` (units × items). ``deviation`` (items)
    is the pooled deviation within teams, rounded up, on ``freedom`` (items) degrees of freedom; 0 for an item that is
    shown nowhere.
    """

    taking_part: Whole
    counted: Yes
    enough: Yes
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
    own_people = np.bincount(answers.unit[answered], minlength=len(tree))
    taking_part = tree.totals(own_people)
    counts = histograms(answers.unit, answers.values, len(tree))
    useless = np.zeros(len(tree), dtype=bool)
    while True:
        base = units_with_enough_people(tree, own_people, k, useless)
        if not base[tree.root] or not items:
            return _nothing(taking_part, items, answers.groups)
        small, units, home = tree.restricted(base)
        moved = Answers(home[answers.unit], answers.values, answers.group, answers.groups)
        own = tree.gathered(counts, np.broadcast_to(base[:, None], counts.shape[:2]))[units]
        work = _Work(small, moved, own, scales, secret=secret, k=k, size=taking_part[units])
        # A unit in which too few answered each item keeps the unit above it from being shown, and gives nothing for it.
        # SECURITY: by numbers alone. One that goes for what was answered there would tell that of it.
        more = units[~work.shown.enough.any(axis=1)]
        if not len(more):
            return work.done(units, taking_part)
        useless[more] = True


def _nothing(taking_part: Whole, items: int, groups: int) -> Protected:
    units = len(taking_part)
    two, three, counts = (units, items), (units, items, groups), np.int32
    return Protected(
        taking_part=taking_part,
        counted=np.zeros(units, dtype=bool),
        enough=np.zeros(two, dtype=bool),
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
        self,
        tree: Tree,
        answers: Answers,
        own: Whole,
        scales: Sequence[Sequence[int]],
        *,
        secret: Yes,
        k: int,
        size: Whole,
    ) -> None:
        """See for which units items are shown. *own* is how often each answer was given (units × items × 5)."""
        self.tree, self.answers, self.own, self.secret, self.k, self.size = tree, answers, own, secret, k, size
        total = own.sum(axis=0)
        possible = may_stand(total, k, secret) & total.any(axis=-1)
        self.together = sets_of_items(answers.values.shape[1], scales, possible)
        self.shown = shown_units(tree, own, k=k, sensitive=secret, together=self.together, size=size)
        self.crossed = [Crossed(np.zeros(len(tree), dtype=bool), np.array([], dtype=np.int64)) for _ in self.together]
        self.by_block: dict[int, tuple[Whole, Whole]] = {}

    def _cross(self, group: Whole) -> None:
        """See which units show classes. A last class holds the people whose class nobody knows."""
        units, classes = len(self.tree), self.answers.groups + 1
        kind = self.answers.unit * classes + np.where(group < 0, classes - 1, group)
        counts = histograms(kind, self.answers.values, units * classes)
        self.by_class = counts.reshape(units, classes, -1, 5).swapaxes(1, 2)
        self.rows = self.tree.gathered(self.by_class, self.shown.units)
        answered = self.answers.values.any(axis=1)
        people = np.bincount(kind[answered], minlength=units * classes).reshape(units, 1, classes)
        anything, among = Rows(people, people, people), np.arange(self.answers.groups)
        every, none = np.ones(units, dtype=bool), np.zeros(1, dtype=np.int64)
        base = shown_classes(self.tree, anything, every, k=self.k, least=none, size=self.size, among=among)
        for number, items in enumerate(self.together):
            if len(base.classes) and self.shown.units[self.tree.root, items].all():
                may = self.shown.units[:, items].any(axis=1) & base.units
                rows, least = Rows.of(self.rows[:, items]), least_room(self.secret[items])
                found = shown_classes(self.tree, rows, may, k=self.k, least=least, size=self.size, among=base.classes)
                self.crossed[number] = found
                if len(found.classes):
                    block = self.tree.nearest(found.units)
                    self.by_block.update(dict.fromkeys(items.tolist(), (found.classes, block)))

    def done(self, units: Whole, taking_part: Whole) -> Protected:
        """Everything together, on the whole tree of which *units* are those of this one."""
        if self.answers.group is not None and self.answers.groups:
            self._cross(self.answers.group)
        whole = _nothing(taking_part, len(self.secret), self.answers.groups)
        totals = np.where(self.shown.units[:, :, None], self.tree.totals(self.own), 0)
        whole.counted[units] = True
        whole.enough[units], whole.units[units] = self.shown.enough, self.shown.units
        many, above = number_and_room(totals)
        whole.many[units], whole.sums[units] = many, many + above
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
        many, above = number_and_room(self.tree.totals(self.by_class))
        for items, crossed in zip(self.together, self.crossed, strict=True):
            for group in crossed.classes:
                number = many[:, items, group]
                there = crossed.units[:, None] & (number > 0)
                where = (units[:, None], items, group)
                whole.classes[where] = there
                whole.class_many[where] = np.where(there, number, 0)
                whole.class_sums[where] = np.where(there, number + above[:, items, group], 0)

    def _by_class(self, item: int) -> Margins | None:
        """What is known of an item that is shown by class: the shown ones, and all others together."""
        if item not in self.by_block:
            return None
        classes, block = self.by_block[item]
        rows = self.rows[:, item]
        others = rows.sum(axis=1, keepdims=True) - rows[:, classes].sum(axis=1, keepdims=True)
        return Margins.of(np.concatenate((rows[:, classes], others), axis=1), block)

    def _bands(self) -> Yes:
        """An item that is shown by class has no bands: see rule 4."""
        bands = np.zeros(self.shown.units.shape, dtype=bool)
        items = np.array([item for item in range(bands.shape[1]) if item not in self.by_block], dtype=np.int64)
        may, atoms = self.shown.units[:, items], self.shown.atoms[:, items]
        bands[:, items] = shown_bands(self.tree, atoms, may, sensitive=self.secret[items], size=self.size)
        return bands

    def _fill_deviations(self, whole: Protected, bands: Yes) -> None:
        part = self.tree.nearest(bands)
        for item in np.flatnonzero(self.shown.units[self.tree.root]):
            found = pooled_deviation(
                self.shown.atoms[:, item],
                bool(self.secret[item]),
                banded=part[:, item],
                crossed=self._by_class(int(item)),
            )
            whole.deviation[item], whole.freedom[item] = found.deviation, found.freedom
