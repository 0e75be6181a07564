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

    def gathered(self, own: Whole, shown: Yes) -> Whole:
        """What units hold (units × columns × …), given to the nearest unit that is *shown* (units × columns).

        What has no such unit above it stays with the root.
        """
        keep = own.copy()
        stays = shown.reshape(shown.shape + (1,) * (own.ndim - 2))
        for level in self.from_below():
            kept = keep[level.units]
            lost = np.where(stays[level.units], 0, kept)
            level.add_to_parents(keep, lost)
            keep[level.units] = kept - lost
        return keep

    def nearest(self, marked: Yes) -> Whole:
        """For each unit the nearest marked one, itself or above it; ``NOWHERE`` where there is none. Any columns."""
        shape = (len(self), *(1,) * (marked.ndim - 1))
        near = np.where(marked, np.arange(len(self)).reshape(shape), NOWHERE)
        for level in self.levels:
            above = near[self.parent[level.units]]
            near[level.units] = np.where(marked[level.units], near[level.units], above)
        return near

    def marked_above(self, marked: Yes) -> Whole:
        """How many marked units lie above each unit."""
        count = np.zeros(len(self), dtype=np.int64)
        for level in self.levels:
            above = self.parent[level.units]
            count[level.units] = count[above] + marked[above]
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
    part does not hold; a root that cannot be mended so is not shown, and the others stay. Small units go before large
    ones: a team that can be shown is shown, whatever that means for the units above it, but for what the root needs.

    Theorem (linear). Sums over the units shown are, up to an invertible change, sums over their atoms: a unit is the
    sum of the atoms below and at it, and the atom is the unit less its maximal shown descendants. Atoms are disjoint,
    so a combination of them that is not nothing is about at least one whole atom, and the smallest set of people about
    which anything linear follows is the smallest atom that is not empty.

    Theorem (nothing is hidden without need). Let *holds* be true of nothing, and of whatever holds with anything added
    (so whatever lies in what does not hold, does not hold or is nothing). Then no hidden unit can be shown beside the
    others: its atom would be what it kept when it was judged, which did not hold. For a unit withdrawn for the root:
    the root would be left with what it kept before, or a part of that.
    """
    columns = [np.array([one]) for one in range(own.shape[1])] if together is None else list(together)
    several = [one for one in columns if len(one) > 1]
    shown, keep = _from_below(tree, own, may, holds, several=several, columns=np.arange(own.shape[1]))
    for one in columns:
        if not may[tree.root, one].all():
            continue
        if holds(keep[None, tree.root, one], one).all():
            shown[tree.root, one] = True
        else:
            mended = _mend_the_root(tree, own, may, one, holds=holds, size=size)
            if mended is not None:
                shown[:, one], keep[:, one] = mended
    return shown, keep


def _from_below(
    tree: Tree, own: Whole, may: Yes, holds: Judge, *, several: Sequence[Whole], columns: Whole
) -> tuple[Yes, Whole]:
    """Which units below the root are shown, and what each of them and the root keeps. *own* holds these *columns*."""
    keep, shown = own.copy(), np.zeros(may.shape, dtype=bool)
    for level in tree.from_below():
        kept = keep[level.units]
        fine = may[level.units] & holds(kept, columns)
        for one in several:
            fine[:, one] = fine[:, one].all(axis=1, keepdims=True)
        shown[level.units] = fine
        lost = np.where(fine[:, :, None], 0, kept)
        level.add_to_parents(keep, lost)
        keep[level.units] = kept - lost
    return shown, keep


TRIES = 50
"""How often units are withdrawn for the root before all are. Each time one level more joins in."""


def _mend_the_root(
    tree: Tree, own: Whole, may: Yes, columns: Whole, *, holds: Judge, size: Whole
) -> tuple[Yes, Whole] | None:
    """Show the root, for *columns* that belong together, by withdrawing as few units as do; None when that fails.

    The shown units nearest below the root go first, and of those the smallest. A unit that goes takes those between it
    and the root along, which keep nothing themselves. What it kept may let a unit in between be shown after all, so
    everything is rolled up again. Bans that turn out not to be needed are lifted.
    """
    part, together = own[:, columns], [np.arange(len(columns))]
    banned = np.zeros(len(tree), dtype=bool)

    def without(bans: Yes) -> tuple[Yes, Whole, bool]:
        shown, keep = _from_below(
            tree, part, may[:, columns] & ~bans[:, None], holds, several=together, columns=columns
        )
        return shown, keep, bool(holds(keep[None, tree.root], columns).all())

    shown, keep, fine = without(banned)
    for attempt in range(TRIES):
        more = _to_withdraw(tree, shown[:, 0], keep, columns, holds=holds, size=size)
        if not more.any():
            return None
        # In the end there is always the root by itself.
        banned |= more if attempt < TRIES - 1 else np.arange(len(tree)) != tree.root
        shown, keep, fine = without(banned)
        if fine:
            break
    if not fine:
        return None
    for unit in np.flatnonzero(banned) if banned.sum() <= TRIES else ():
        lifted = banned & (np.arange(len(tree)) != unit)
        again = without(lifted)
        if again[2]:
            banned, (shown, keep, _fine) = lifted, again
    shown[tree.root] = True
    return shown, keep


def _to_withdraw(tree: Tree, seen: Yes, keep: Whole, columns: Whole, *, holds: Judge, size: Whole) -> Yes:
    """The units to withdraw next: the first in turn with which the root's part would hold; none when it never will."""
    left = keep[tree.root]
    wrong = ~holds(left[None], columns)[0]
    useful = np.flatnonzero(seen & keep[:, wrong].any(axis=(1, 2)))
    useful = useful[np.lexsort((useful, size[useful], tree.marked_above(seen)[useful]))]
    mended = holds(left + np.cumsum(keep[useful], axis=0), columns).all(axis=1)
    taken = np.zeros(len(tree), dtype=np.int64)
    if mended.any():
        taken[useful[: int(mended.argmax()) + 1]] = 1
    gone: Yes = (tree.totals(taken) > 0) & seen & (np.arange(len(tree)) != tree.root)
    return gone


def roll_up_what_fails(
    tree: Tree, atoms: Whole, shown: Yes, holds: Judge, *, size: Whole, together: Sequence[Whole] | None = None
) -> tuple[Yes, Whole]:
    """Which of the units *shown* (units × columns) a value rule leaves, and what each of them keeps.

    *atoms* is what they keep, and which units those are was decided by numbers of people alone (:func:`roll_up`).
    *holds* is the value rule, true of nothing. An atom that fails goes to the unit above it, which is shown if what it
    keeps *besides* holds; where it keeps nothing besides, if all that came to it holds.

    SECURITY: numbers first, and what failed apart. The rules are no secret and it is mostly known how many of a team
    answered, so a team of six that is withheld made 27 points or more, or 9 or less. When such a team was added to four
    people before anything was judged, and the ten of them held with a sum of 31, those four had answered 1, all of
    them. And when a team that holds was added to three people because those were too few, it was known that it holds.

    Theorem. Let R be what a shown unit keeps besides what failed. What R answered can be anything that R might have
    answered with its number and sum alone. Proof. Sums of R and of what failed are known together at most, and the true
    sums are among the possible ones; so whoever wants to exclude something of R excludes it for its true sum as well.
    That one holds, and R was not chosen by what anybody in it answered. So nothing follows about a set of fewer people
    than R, which has enough, and of nobody in it an answer can be excluded.

    About what failed itself more may follow: see what is not promised, in ``disclosure``.
    """
    columns = [np.array([one]) for one in range(atoms.shape[1])] if together is None else list(together)
    every, several = np.arange(atoms.shape[1]), [one for one in columns if len(one) > 1]
    left, failed = shown.copy(), np.zeros_like(atoms)

    def judged(units: Whole) -> Yes:
        own, came = atoms[units], failed[units]
        fine = holds(np.where(own.any(axis=-1, keepdims=True), own, came), every)
        for one in several:
            fine[:, one] = fine[:, one].all(axis=1, keepdims=True)
        return fine

    for level in tree.from_below():
        left[level.units] &= judged(level.units)
        lost = np.where(left[level.units][:, :, None], 0, atoms[level.units] + failed[level.units])
        level.add_to_parents(failed, lost)
    keep = np.where(left[:, :, None], atoms + failed, 0)
    keep[tree.root] = atoms[tree.root] + failed[tree.root]
    fine = judged(np.array([tree.root]))[0]
    for one in columns:
        if shown[tree.root, one].all() and not fine[one].all():
            own = atoms[tree.root, one]
            rest = np.where(own.any(axis=-1, keepdims=True), own, failed[tree.root, one])
            _cover_the_root(tree, left, keep, one, rest=rest, holds=holds, size=size)
    return left, keep


def _cover_the_root(
    tree: Tree, left: Yes, keep: Whole, columns: Whole, *, rest: Whole, holds: Judge, size: Whole
) -> None:
    """Withdraw what covers the *rest* of a root, which failed; everything, if that is not enough. In place."""
    part = keep[:, columns]
    bare = part.copy()
    bare[tree.root] = rest
    below = left[:, columns[0]] & (np.arange(len(tree)) != tree.root)
    gone = _to_withdraw(tree, below, bare, columns, holds=holds, size=size)
    if not gone.any():
        gone = below
    part[tree.root] += part[gone].sum(axis=0, dtype=part.dtype)
    part[gone] = 0
    left[np.ix_(gone, columns)] = False
    keep[:, columns] = part
    left[tree.root, columns] = bool(holds(part[None, tree.root], columns).all())
