"""Rule 2: one background attribute, crossed with the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from klankbord.culture.disclosure.tree import Tree, Whole, Yes, roll_up, roll_up_what_fails
from klankbord.culture.disclosure.units import ROOM, number_and_room

MOST = 7
"""More classes than this are never shown: the smallest are taken together. There are 2**classes cuts to look at."""


@dataclass(frozen=True)
class Crossed:
    """Which units show which classes: *units* (units × columns of a set of items) and *classes*, which of them."""

    units: Yes
    classes: Whole


@dataclass(frozen=True)
class Rows:
    """What units keep for themselves, by class: how many answered, and how far above 1 and below 5 they are in sum.

    Each is units × items × classes. The last class is of those whose class nobody knows; it is never shown.
    """

    many: Whole
    above: Whole
    below: Whole

    @classmethod
    def of(cls, counts: Whole) -> Rows:
        """From how often each answer was given (units × items × classes × 5)."""
        many, above = number_and_room(counts)
        return cls(many, above, 4 * many - above)


def shown_classes(tree: Tree, rows: Rows, may: Yes, *, k: int, least: Whole, size: Whole, among: Whole) -> Crossed:
    """Which units show which classes of those *among*, for items that share one set of units.

    *rows* holds what the shown units keep for themselves; *may* (units) says which are shown; *least* (items) is what
    each cut has to leave on either side: 4, 8 for a sensitive item, 0 where only numbers are known.

    Theorem (cut). Known are sums over atoms and, for every unit that shows classes, over each class in it. Units that
    show classes divide the organisation in blocks: a unit less its maximal descendants that show classes. Within a
    block draw a vertex for each atom, one for each class that is shown and one for all others together (which follow by
    subtraction), and each respondent as an edge from atom to class. A linear combination of what is known gives a
    vertex a number and an edge the difference of its ends. Where it is not zero, the vertices with one of the numbers
    and all others are the two sides of a cut whose edges it contains; and every cut can be had. So the smallest set
    about which anything follows is the smallest cut that is not empty: none may have fewer than *k* edges.

    Theorem (value rule for cuts). Of a cut one knows the sum over the edges that go forward less the sum over those
    that go back; with 6 − x for the latter it is a sum over all n of them. An answer on an edge can be v iff there is a
    whole flow with that edge fixed, the others between 1 and 5, and the known sums at the vertices. By Hoffman's
    theorem (1960) there is one iff no cut forbids it, and a cut through that edge forbids none of the five iff
    n + 4 ≤ S ≤ 5n − 4. So a value rule for each cut is exact for whoever stands outside. For an insider 8 on either
    side is enough, because the own answer is at most 4 above or below.

    How all cuts are looked at: choose the classes on one side (2**classes ways); then each atom chooses its own side,
    which is a sum over atoms of the lesser of two numbers. When no atom has people on both sides, the cut that is not
    empty goes around whole atoms, about which rules 1 and 3 have spoken. Sums over atoms add up, so blocks roll up like
    units do: where a cut does not hold, the classes are shown one level up.

    Classes are taken together from the smallest, for the organisation as a whole: of all ways the one is chosen that
    shows the classes of the whole organisation and, of those, has the most cells.
    """
    best, most = Crossed(np.zeros(len(tree), dtype=bool), among[:0]), (False, 0)
    for shown in _ways(among, rows.many):
        own = _cuts(_columns(rows, shown))
        held = own.shape[1]

        def enough(kept: Whole, _items: Whole) -> Yes:
            many = kept[..., : kept.shape[-1] // 2]
            return np.asarray(((many == 0) | (many >= k)).all(axis=-1))

        def holds(kept: Whole, items: Whole) -> Yes:
            many, left = kept[..., : kept.shape[-1] // 2], kept[..., kept.shape[-1] // 2 :]
            return np.asarray(((many == 0) | ((many >= k) & (left >= least[items, None]))).all(axis=-1))

        columns, together = np.repeat(may[:, None], held, axis=1), [np.arange(held)]
        by_number, blocks = roll_up(tree, own, columns, enough, size=size, together=together)
        units = roll_up_what_fails(tree, blocks, by_number, holds, size=size, together=together)[0][:, 0]
        found = (bool(units[tree.root]), int(units.sum()) * len(shown))
        if found > most:
            best, most = Crossed(units, shown), found
    return best


def _ways(among: Whole, many: Whole) -> Iterator[Whole]:
    """All classes, all but the two smallest, all but the three smallest, and so on to the largest alone.

    All but one is left out when nothing else joins that one: it would follow by subtraction.
    """
    sizes = many.sum(axis=(0, 1))
    largest = among[np.lexsort((among, -sizes[among]))][:MOST]
    for number in range(len(largest), 0, -1):
        shown = np.sort(largest[:number])
        others = np.delete(sizes, shown)
        if len(others[others > 0]) != 1 or others[-1] > 0:
            yield shown


def _columns(rows: Rows, shown: Whole) -> Rows:
    """The classes shown and, in a last column, all others together; without it when there is nobody in it."""
    parts = []
    for part in (rows.many, rows.above, rows.below):
        others = part.sum(axis=2) - part[:, :, shown].sum(axis=2)
        parts.append(np.concatenate((part[:, :, shown], others[:, :, None]), axis=2))
    if not parts[0][:, :, -1].any():
        parts = [part[:, :, :-1] for part in parts]
    return Rows(*parts)


def _cuts(rows: Rows) -> Whole:
    """For every choice of classes the people, and the room to the limit, in the smallest cut: units × items × choices.

    The first half of the last axis counts people, the second half the room. Without a second class nothing is cut.
    """
    classes = rows.many.shape[2]
    choices = np.arange(1, 2**classes - 1)
    chosen = (choices[None, :] >> np.arange(classes)[:, None]) & 1
    people = np.minimum(rows.many @ chosen, rows.many @ (1 - chosen))
    room = np.minimum(rows.above @ (1 - chosen), rows.below @ chosen)
    return np.concatenate((people, room), axis=2)


def least_room(sensitive: Yes) -> Whole:
    """What each cut has to leave on either side, for each item."""
    return np.where(sensitive, 2 * ROOM, ROOM)
