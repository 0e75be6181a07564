"""The tree of units, and rolling up in it: what a unit may not show for itself goes to the unit above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Whole = NDArray[np.signedinteger]
type Yes = NDArray[np.bool_]
type Judge = Callable[[Whole, Whole], Yes]
"""Says of what units keep (units × columns × measures), and of which columns that is, whether it may stand alone."""

NOWHERE = -1


@dataclass(frozen=True)
class Level:
    """Units of one depth, in the order of their parents."""

    units: Whole
    parents: Whole
    starts: Whole

    def add_to_parents(self, target: Whole, values: Whole) -> None:
        """Add *values*, a row for each unit of this level, to the rows of their parents in *target*."""
        target[self.parents] += np.add.reduceat(values, self.starts, axis=0, dtype=target.dtype)


@dataclass(frozen=True)
class Tree:
    """A tree of units. ``parent`` holds for each unit the number of the one above it, ``NOWHERE`` for the root."""

    parent: Whole
    root: int
    levels: tuple[Level, ...]

    @classmethod
    def of(cls, parent: Sequence[int] | Whole) -> Tree:
        """The tree in which unit *i* lies under ``parent[i]``. Raises ``ValueError`` when it is not one tree."""
        above = np.asarray(parent, dtype=np.int64)
        roots = np.flatnonzero(above == NOWHERE)
        if len(roots) != 1 or (above < NOWHERE).any() or (above >= len(above)).any():
            raise ValueError("a tree has one root, and every other unit lies under a unit")
        order = np.argsort(above, kind="stable")
        first = np.searchsorted(above[order], np.arange(len(above) + 1))
        levels, found, reached = [], roots, 1
        while True:
            many = first[found + 1] - first[found]
            parents, many = found[many > 0], many[many > 0]
            if not len(parents):
                break
            starts = np.cumsum(many) - many
            units = order[np.repeat(first[parents] - starts, many) + np.arange(many.sum())]
            levels.append(Level(units, parents, starts))
            found, reached = units, reached + len(units)
        if reached < len(above):
            raise ValueError("some units lie under each other in a circle")
        return cls(above, int(roots[0]), tuple(levels))

    def __len__(self) -> int:
        """How many units there are."""
        return len(self.parent)

    def from_below(self) -> Iterator[Level]:
        """Every level but the root's, the deepest first."""
        return reversed(self.levels)

    def totals(self, own: Whole) -> Whole:
        """What units hold with everything under them, from what they hold themselves (units × …)."""
        whole = own.copy()
        for level in self.from_below():
            level.add_to_parents(whole, whole[level.units])
        return whole

    def nearest(self, marked: Yes) -> Whole:
        """For each unit the nearest marked one, itself or above it; ``NOWHERE`` where there is none. Any columns."""
        shape = (len(self), *(1,) * (marked.ndim - 1))
        near = np.where(marked, np.arange(len(self)).reshape(shape), NOWHERE)
        for level in self.levels:
            above = near[self.parent[level.units]]
            near[level.units] = np.where(marked[level.units], near[level.units], above)
        return near

    def marked_above(self, marked: Yes) -> Whole:
        """How many marked units lie above each unit, the root not counted."""
        count = np.zeros(len(self), dtype=np.int64)
        for level in self.levels:
            above = self.parent[level.units]
            count[level.units] = count[above] + (marked[above] & (above != self.root))
        return count

    def restricted(self, kept: Yes) -> tuple[Tree, Whole, Whole]:
        """The tree of the kept units only; which units those are; and for each old unit the new one it belongs to.

        The root has to be among them, so every unit belongs somewhere.
        """
        units = np.flatnonzero(kept)
        number = np.full(len(self), NOWHERE)
        number[units] = np.arange(len(units))
        near = self.nearest(kept)
        above = np.where(units == self.root, NOWHERE, number[near[self.parent[units]]])
        return Tree.of(above), units, number[near]


def roll_up(
    tree: Tree, own: Whole, may: Yes, holds: Judge, *, size: Whole, together: Sequence[Whole] | None = None
) -> tuple[Yes, Whole]:
    """Which units are shown, and what each shown unit keeps for itself (its *atom*): rule 1, for anything additive.

    *own* (units × columns × measures) is what each unit holds itself. From below: a unit is shown when it *may* be
    (units × columns) and what it keeps *holds*; otherwise what it keeps goes to the unit above it. Columns that belong
    *together* are shown by the same units. *size* (units) says which units are withdrawn first where the root's own
    part does not hold; a root that cannot be mended so is not shown, and the others stay.

    Theorem (linear). Sums over the units shown are, up to an invertible change, sums over their atoms: a unit is the
    sum of the atoms below and at it, and the atom is the unit less its maximal shown descendants. Atoms are disjoint,
    so a combination of them that is not nothing is about at least one whole atom, and the smallest set of people about
    which anything linear follows is the smallest atom that is not empty.

    Theorem (nothing is hidden without need). Let *holds* be true of nothing, and of whatever holds with anything added.
    Then no unit that is hidden can be shown beside the others: its atom would be what it kept when it was judged, which
    did not hold, or, for a unit withdrawn for the root, the root would be left with what did not hold.
    """
    columns = [np.array([one]) for one in range(own.shape[1])] if together is None else list(together)
    several = [one for one in columns if len(one) > 1]
    everything = np.arange(own.shape[1])
    keep, shown = own.copy(), np.zeros(may.shape, dtype=bool)
    for level in tree.from_below():
        kept = keep[level.units]
        fine = may[level.units] & holds(kept, everything)
        for one in several:
            fine[:, one] = fine[:, one].all(axis=1, keepdims=True)
        shown[level.units] = fine
        lost = np.where(fine[:, :, None], 0, kept)
        level.add_to_parents(keep, lost)
        keep[level.units] = kept - lost
    for one in columns:
        if may[tree.root, one].all():
            _mend_the_root(tree, shown, keep, one, holds=holds, size=size)
    return shown, keep


def _mend_the_root(tree: Tree, shown: Yes, keep: Whole, columns: Whole, *, holds: Judge, size: Whole) -> None:
    """Show the root, for columns that belong together; where what it keeps does not hold, withdraw as few as do.

    The shown units nearest below the root are withdrawn first, and of those the smallest. A unit that is withdrawn
    takes the shown units between it and the root along, which keep nothing themselves.
    """
    left = keep[tree.root, columns]
    wrong = ~holds(left[None], columns)[0]
    if not wrong.any():
        shown[tree.root, columns] = True
        return
    seen = shown[:, columns[0]]
    useful = np.flatnonzero(seen & keep[:, columns[wrong]].any(axis=(1, 2)))
    useful = useful[np.lexsort((useful, size[useful], tree.marked_above(seen)[useful]))]
    mended = holds(left + np.cumsum(keep[useful[:, None], columns], axis=0), columns).all(axis=1)
    if not mended.any():
        return
    taken = np.zeros(len(tree), dtype=np.int64)
    taken[useful[: int(mended.argmax()) + 1]] = 1
    gone = np.flatnonzero((tree.totals(taken) > 0) & seen & (np.arange(len(tree)) != tree.root))
    keep[tree.root, columns] += keep[gone[:, None], columns].sum(axis=0)
    keep[gone[:, None], columns] = 0
    shown[gone[:, None], columns] = False
    shown[tree.root, columns] = True
