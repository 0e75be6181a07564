"""Rules 1, 3 and 5: for which units the answers to an item are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klankbord.culture.disclosure.tree import Tree, Whole, Yes, roll_up, roll_up_what_fails

ROOM = 4
"""From the lowest answer to the highest: what a sum needs on either side so that nobody's answer is narrowed."""


def histograms(kind: Whole, values: NDArray[np.int8], kinds: int) -> Whole:
    """How often each answer 1–5 was given by each kind of person (kinds × items × 5).

    *kind* (persons) is a number below *kinds*; *values* is persons × items, 0 for no answer.
    """
    counts = np.zeros((kinds, values.shape[1], 5), dtype=np.int32)
    if len(kind):
        order = np.argsort(kind, kind="stable")
        there, starts = np.unique(kind[order], return_index=True)
        sorted_values = values[order]
        for answer in range(1, 6):
            given = np.add.reduceat(sorted_values == answer, starts, axis=0, dtype=np.int32)
            counts[there, :, answer - 1] = given
    return counts


def number_and_room(counts: Whole) -> tuple[Whole, Whole]:
    """How many answers, and how far their sum lies above 1 for everybody. *counts* ends in an axis of five answers."""
    three = counts[..., 2] + counts[..., 3]
    above = counts[..., 1] + 2 * counts[..., 2] + 3 * counts[..., 3] + 4 * counts[..., 4]
    return counts[..., 0] + counts[..., 1] + three + counts[..., 4], above


def may_stand(counts: Whole, k: int, sensitive: Yes) -> Yes:
    """Whether a set of answers may be known by its number and sum. *counts* ends in an axis of five answers.

    True of a set without any answer, and of one with at least *k* that passes the value rule. *sensitive* has the shape
    of what *counts* has before that axis, or one that fits it.

    Theorem (value rule). Let n people answer with whole numbers from 1 to 5 and let their sum S be all that is known. A
    person can have answered v iff the others can make up the rest: n − 1 ≤ S − v ≤ 5(n − 1). For all v from 1 to 5 at
    once that is n + 4 ≤ S ≤ 5n − 4. An insider takes the own answer w off first; of the others nothing is narrowed iff
    (n − 1) + 4 ≤ S − w ≤ 5(n − 1) − 4, and over everybody who may be that insider: S − max ≥ n + 3, S − min ≤ 5n − 9.

    Theorem (monotone). What may stand may stand with anything added: each answer adds at least 1 and at most 5. For the
    insider's version: S − max of a union is at least (S − max of the part that may stand) plus 1 for each added
    person, whoever has the maximum, and likewise on the other side.
    """
    many, above = number_and_room(counts)
    below = 4 * many - above
    if sensitive.any():
        there = counts > 0
        above = above - np.where(sensitive, 4 - there[..., ::-1].argmax(axis=-1), 0)
        below = below - np.where(sensitive, 4 - there.argmax(axis=-1), 0)
    return np.asarray((many == 0) | ((many >= k) & (above >= ROOM) & (below >= ROOM)))


@dataclass(frozen=True)
class Shown:
    """Which units are shown for which items (units × items), and what each keeps for itself (units × items × 5).

    ``enough`` (units × items) says where enough people answered, whatever they answered.
    """

    units: Yes
    atoms: Whole
    enough: Yes


def units_with_enough_people(tree: Tree, taking_part: Whole, k: int, useless: Yes | None = None) -> Yes:
    """The units that may be shown at all (units): rule 1 on *taking_part*, the people who answered anything.

    *useless* units are left out: no item could be shown for them anyway, and the unit above may take their people in.

    Why this comes before the rule for each item. What is shown of an item also shows how many answered it, so what is
    shown of two items may be put side by side. If nearly everybody answers everything, as is usual, then n of one item
    in one unit less n of another item in another unit is a number of people, and when every item had a set of units of
    its own it could be about fewer than *k*. And a unit that is shown for the one item that its manager skipped, and
    for no other, tells what the manager skipped. All sets for items lie within this one, so whatever is made of any
    figures of any items is constant over its atoms, and is about none or at least *k* of those who took part.
    """
    own = taking_part[:, None, None]
    size = tree.totals(taking_part)
    may = size[:, None] > 0
    if useless is not None:
        may &= ~useless[:, None]
    shown, _keep = roll_up(tree, own, may, lambda kept, _columns: _none_or_enough(kept, k), size=size)
    return shown[:, 0]


def _none_or_enough(kept: Whole, k: int) -> Yes:
    many = kept[..., 0]
    return np.asarray((many == 0) | (many >= k))


def shown_units(tree: Tree, own: Whole, *, k: int, sensitive: Yes, together: Sequence[Whole], size: Whole) -> Shown:
    """The units shown for each item. *own* is (units × items × 5), *together* the items that share one set (rule 5).

    An item about which not even the whole organisation may be shown has no units at all; it is taken out of *together*
    beforehand (:func:`sets_of_items`). *size* (units) is how many took part in each unit with everything under it.

    First numbers decide, and then what was answered: see :func:`roll_up_what_fails` for why in this order.
    """
    totals = tree.totals(own)
    may = np.broadcast_to(may_stand(totals[tree.root], k, sensitive), own.shape[:2])

    def enough(kept: Whole, _items: Whole) -> Yes:
        many = kept.sum(axis=-1)
        return np.asarray((many == 0) | (many >= k))

    def holds(kept: Whole, items: Whole) -> Yes:
        return may_stand(kept, k, sensitive[items])

    by_number, atoms = roll_up(tree, own, may, enough, size=size, together=together)
    by_number &= totals.any(axis=-1)
    shown, atoms = roll_up_what_fails(tree, atoms, by_number, holds, size=size, together=together)
    return Shown(shown, atoms, by_number)


def sets_of_items(items: int, scales: Sequence[Sequence[int]], possible: Yes) -> list[Whole]:
    """The items that share one set of units: those of a scale, and of scales that have an item in common.

    A scale with an item that is not *possible* (items) is shown nowhere, and so it binds nothing.
    """
    leader = np.arange(items)
    for scale in scales:
        if all(possible[item] for item in scale):
            joined = np.isin(leader, leader[list(scale)])
            leader[joined] = leader[joined].min()
    return [np.flatnonzero(leader == one) for one in np.unique(leader)]
