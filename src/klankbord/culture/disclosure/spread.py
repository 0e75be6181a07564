"""Rule 6: how far answers lie apart, pooled over the organisation, and told no more precisely than narrows nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from klankbord.culture.disclosure.tree import Whole

STEP = 0.1
"""Standard deviations are rounded up to a multiple of this."""
GAP = 6
POINTS = np.arange(1, 6)
TURNS, TINY = 8, 1e-5


@dataclass(frozen=True)
class Pooled:
    """A pooled standard deviation as it is told, and on how many degrees of freedom; both 0 where there is none."""

    deviation: float
    freedom: int


def pooled_deviation(
    atoms: Whole, sensitive: bool, *, banded: Whole | None = None, crossed: Margins | None = None
) -> Pooled:
    """The pooled standard deviation within atoms for one item, or somewhat more.

    *atoms* (atoms × 5) are the answers in each atom. *banded* (atoms) is the number of the part with bands that each
    atom lies in, −1 for none. *crossed* is there for an item that is shown by class; that has no bands.

    The mean square within atoms is (Σx² − ΣS²/n)/(N − G) over G atoms and N answers. All but Σx² follows from what is
    shown, so a deviation tells Σx², which is why it is never told exactly: it is told as the upper end of a class of
    values. The classes follow from what is shown. Pooled are the atoms without bands and those that are a part with
    bands by themselves. Atoms that share their bands with others are left out, and nothing is told of their squares.

    Theorem. Of rows with known n and S, Σx² can have values from the flattest to the most uneven way to make up the
    sums, with gaps of at most 6: taking one point from an answer x and giving it to an answer y < x − 1 lowers Σx² by
    2(x − y − 1) ≤ 6, and such steps lead from the most uneven to the flattest. Of an atom with known bands b1, b2, b3
    and S as well, there are t = S − b1 − 3·b2 − 4·b3 twos and fives together; Σx² is b1 + 9·b2 + 16·b3 + 3t and 6 for
    each five, of which there can be from t − b1 (or none) to the least of t and b3, all numbers in between included.
    One fixed answer moves either end of that by one five, for it says of one person in a band which of the two it is.
    So if for each answer in each row the range that is left once it is fixed shares more than 6 with the class,
    nobody's answer is narrowed: whoever is in the pool has what is left of the range, and whoever is not leaves the
    pool as it is. For a sensitive item two answers are fixed, the insider's and another. Classes begin and end where
    this holds; what lies beyond the first and the last is told as if it lay at the end. With fewer than two atoms, or
    where the range has no room for two classes, the most that all the sums and bands allow is told, which anybody
    could reckon.

    Where the item is shown by class, sums of the rows (the people of one class in one atom) are not shown, only those
    of atoms and of classes in blocks (see ``classes``), and the classes of the deviation follow from those. Theorem. Of
    all tables with these sums, with any real numbers in them, Σ S²/n is least where a row's mean is a number of its
    atom and a number of its class in the block together. Where these means lie between 1 and 5 (a row beyond is put
    there, which is a whole sum, and the others are reckoned again) there is a table of whole numbers that rounds each
    row up or down and keeps all sums (transport tables have whole corners). Its Σ S²/n is more by at most 1/n for each
    row, for what is linear cancels; and its flattest answers have n/4 more. So the least that Σx² can be is at most Σ
    n·m² + N/4 and one for each row; and the most is at least 6S − 5N and four less for each row, since 6x − 5 − x² = (x
    − 1)(5 − x) ≤ 4. From any such table one with a fixed answer is reached along at most four circles. Half the answers
    on a circle of 2c go up a point and half go down, which changes Σx² by at most 6c. So the range loses 24c on either
    side, and its gaps are at most 6c: circles lead from any table to any other, also with an answer fixed.
    """
    part = np.full(len(atoms), -1) if banded is None else banded
    there = atoms.any(axis=1)
    atoms, part = atoms[there], part[there]
    inside = part >= 0
    alone = inside & (np.bincount(part[inside], minlength=max(part.max(initial=0) + 1, 1))[part] == 1)
    pool = ~inside | alone
    between, free = _between(atoms[pool])
    low, high, gap = _left(atoms[~inside], atoms[alone], sensitive) if crossed is None else crossed.left(sensitive)
    ends = [between + free * end**2 for end in _ends(low + gap, high - gap, between, free, gap)]
    if pool.sum() < 2 or not ends:
        between, free = _between(atoms)
        told = _most_in_bands(atoms[inside], part[inside]) + _most_of(atoms[~inside])
    else:
        most = _most_of(atoms[~inside]) + _range_in_bands(atoms[alone])[1]
        squares = int((atoms[pool] @ POINTS**2).sum())
        told = next((end for end in ends if squares <= end + 1e-9), most)
    return Pooled(float(np.sqrt(max(told - between, 0.0) / free)) if free else 0.0, free)


@dataclass(frozen=True)
class Margins:
    """What is known of an item that is shown by class. SECURITY: nothing of a row but how many people it has.

    ``many`` (atoms × classes) is how many answered, ``sums`` (atoms) the sum of each atom, ``block`` (atoms) the number
    of the block each lies in, and ``class_sums`` (blocks × classes) the sums of classes there. The classes are those
    that are shown, and the last is everybody else, and all of an atom that lies in no block.
    """

    many: Whole
    sums: Whole
    block: Whole
    class_sums: Whole

    @classmethod
    def of(cls, rows: Whole, block: Whole) -> Margins:
        """From the answers of each row (atoms × classes × 5); atoms in which nobody answered are left out.

        *block* is −1 for an atom above which no unit shows classes.
        """
        there, outside = rows.any(axis=(1, 2)), block < 0
        rows = rows.copy()
        rows[outside, -1], rows[outside, :-1] = rows[outside].sum(axis=1), 0
        rows = rows[there]
        _blocks, block = np.unique(block[there], return_inverse=True)
        sums = rows @ POINTS
        class_sums = np.zeros((int(block.max(initial=-1)) + 1, rows.shape[1]), dtype=np.int64)
        np.add.at(class_sums, block, sums)
        return cls(rows.sum(axis=2), sums.sum(axis=1), block, class_sums)

    def left(self, sensitive: bool) -> tuple[float, float, int]:
        """Between which values Σx² can be whoever's answer is fixed, and the widest gap; none where that is unknown."""
        length = self.many.shape[1]
        lost, gap = 24 * length * (2 if sensitive else 1), max(GAP, 6 * length)
        means, there = self._means(), self.many > 0
        if means is None:
            return 0.0, 0.0, gap
        people, rows = int(self.many.sum()), int(there.sum())
        low = float((self.many * means**2)[there].sum()) + people / 4 + rows
        high = 6 * int(self.sums.sum()) - 5 * people - 4 * rows
        return low + lost, high - lost, gap

    def _means(self) -> NDArray[np.float64] | None:
        """For each row the number of its atom and the number of its class together, that make up all sums.

        A row that would lie beyond 1 or 5 is put there, and the others are reckoned again. None where it does not end.
        """
        means, free = np.zeros(self.many.shape), self.many > 0
        for _turn in range(TURNS):
            found = self._fitted(np.where(free, self.many, 0).astype(float), np.where(free, 0.0, self.many * means))
            means = np.where(free, found, means)
            beyond = free & ((means < 1 - TINY) | (means > 5 + TINY))
            if not beyond.any():
                break
            means, free = np.where(beyond, np.clip(means, 1, 5), means), free & ~beyond
        else:
            return None
        made = self.many * means
        class_sums = np.zeros(self.class_sums.shape)
        np.add.at(class_sums, self.block, made)
        right = np.abs(made.sum(axis=1) - self.sums).max() < TINY and np.abs(class_sums - self.class_sums).max() < TINY
        return means if right else None

    def _fitted(self, many: NDArray[np.float64], settled: NDArray[np.float64]) -> NDArray[np.float64]:
        """The means of rows of so *many* people, beside rows with *settled* sums."""
        whole = np.maximum(many.sum(axis=1), 1)
        atom, part = (self.sums - settled.sum(axis=1)) / whole, many / whole[:, None]
        length = self.many.shape[1]
        system, wanted = np.zeros((len(self.class_sums), length, length)), self.class_sums.astype(float)
        np.add.at(system, self.block, many[:, :, None] * (np.eye(length) - part[:, None, :]))
        np.subtract.at(wanted, self.block, many * atom[:, None] + settled)
        of_class = (np.linalg.pinv(system, hermitian=True) @ wanted[:, :, None])[:, :, 0][self.block]
        means: NDArray[np.float64] = (atom - (part * of_class).sum(axis=1))[:, None] + of_class
        return means


def _between(atoms: Whole) -> tuple[float, int]:
    """ΣS²/n over atoms, and how many degrees of freedom are left within them."""
    many = atoms.sum(axis=1)
    return float(((atoms @ POINTS) ** 2 / many).sum()), int(many.sum()) - len(many)


def _left(rows: Whole, alone: Whole, sensitive: bool) -> tuple[int, int, int]:
    """Between which values Σx² of atoms can be, whoever's answer is fixed at whatever it is; and the widest gap.

    *rows* have no bands, those *alone* have bands of their own.
    """
    many, sums = rows.sum(axis=1), rows @ POINTS
    low, high = _range(*_distinct(many, sums), sensitive) if len(rows) else (0, 0)
    least, most = _range_in_bands(alone)
    lost = GAP * (2 if sensitive else 1) if len(alone) else 0
    return low + least + lost, high + most - lost, GAP


def _range_in_bands(alone: Whole) -> tuple[int, int]:
    """Between which values Σx² of atoms with bands of their own can be, together."""
    low, middle, high = alone[:, :2].sum(axis=1), alone[:, 2], alone[:, 3:].sum(axis=1)
    upper = alone[:, 1] + alone[:, 4]
    fixed = low + 9 * middle + 16 * high + 3 * upper
    fewest, most = np.maximum(upper - low, 0), np.minimum(upper, high)
    return int((fixed + 6 * fewest).sum()), int((fixed + 6 * most).sum())


def _most_in_bands(atoms: Whole, part: Whole) -> int:
    """The most that Σx² can be with what is shown of the parts with bands: as many fives as the sums allow."""
    together = np.array([np.bincount(part, weights=answer) for answer in atoms.T]).astype(np.int64).reshape(5, -1)
    return _range_in_bands(together.T)[1]


def _most_of(rows: Whole) -> float:
    """The most that Σx² can be with the sums of rows."""
    many, sums = rows.sum(axis=1), rows @ POINTS
    return float(_most(many[many > 0], sums[many > 0]).sum())


def _ends(low: float, high: float, between: float, free: int, gap: int) -> list[float]:
    """The deviations at which classes end: multiples of ``STEP``, where Σx² lies in the range, at least *gap* apart."""
    ends, last = [], -np.inf
    for number in range(1, 41):
        squares = between + free * (number * STEP) ** 2
        if low <= squares <= high and squares - last >= gap:
            ends.append(round(number * STEP, 1))
            last = squares
    return ends


def _distinct(many: Whole, sums: Whole) -> tuple[Whole, Whole, Whole]:
    """The different rows, and how often there is each."""
    pairs, times = np.unique(many * (5 * int(many.max()) + 1) + sums, return_counts=True)
    return *np.divmod(pairs, 5 * int(many.max()) + 1), times


def _range(many: Whole, sums: Whole, times: Whole, sensitive: bool) -> tuple[int, int]:
    """Between which values Σx² can be, whoever's answer is fixed at whatever it is. Each row is there *times* times."""
    flat, uneven = _flattest(many, sums), _most(many, sums)
    low, high = int(flat @ times), int(uneven @ times)
    fixed = 2 if sensitive else 1
    twice = np.repeat(np.arange(len(times)), np.minimum(times, fixed))
    many, sums, flat, uneven = many[twice], sums[twice], flat[twice], uneven[twice]
    return low + _lost(many, sums, flat, fixed, _flattest), high - _lost(many, sums, uneven, fixed, _most)


def _lost(many: Whole, sums: Whole, whole: Whole, fixed: int, end: Callable[[Whole, Whole], Whole]) -> int:
    """By how much an end of the range moves at most when one answer, or two of them, is *fixed*."""
    one = np.max([abs(end(many - 1, sums - v) + v * v - whole) for v in range(1, 6)], axis=0)
    if fixed == 1:
        return int(one.max())
    lost = int(np.sort(one)[-2:].sum())
    for v, w in combinations_with_replacement(range(1, 6), 2):
        rest = sums - v - w
        can_be = (rest >= many - 2) & (rest <= 5 * (many - 2))
        both = abs(end(many - 2, rest) + v * v + w * w - whole)[can_be]
        lost = max(lost, int(both.max(initial=0)))
    return lost


def _flattest(many: Whole, sums: Whole) -> Whole:
    """The least Σx² of *many* answers with these sums."""
    each, rest = np.divmod(sums, np.maximum(many, 1))
    least: Whole = (many - rest) * each**2 + rest * (each + 1) ** 2
    return least


def _most(many: Whole, sums: Whole) -> Whole:
    """The most Σx² of *many* answers from 1 to 5 with these sums."""
    fives, rest = np.divmod(sums - many, 4)
    most: Whole = 25 * fives + (1 + rest) ** 2 + many - fives - 1
    return most
