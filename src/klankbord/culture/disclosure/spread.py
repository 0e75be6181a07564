"""Rule 6: how far answers lie apart, pooled over the organisation, and told no more precisely than narrows nobody."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations_with_replacement

import numpy as np

from klankbord.culture.disclosure.tree import Whole

STEP = 0.1
"""Standard deviations are rounded up to a multiple of this."""
GAP = 6


def pooled_deviation(
    rows: Whole, atoms: Whole, sensitive: bool, *, apart: int = 0, banded: Whole | None = None
) -> float:
    """The pooled standard deviation within atoms for one item, or somewhat more.

    *atoms* (atoms × 5) are the answers in each atom. *rows* (atoms × rows × 5) are the same answers divided as finely
    as sums are known (by class, or a single row). *apart* is as in ``bands``: how many points sums of rows may move.
    *banded* (atoms) is the number of the part with bands that each atom lies in, −1 for none.

    The mean square within atoms is (Σx² − ΣS²/n)/(N − G) over G atoms and N answers. All but Σx² follows from what is
    shown, so a deviation tells Σx², which is why it is never told exactly. For atoms in a part with bands it is told as
    the most that the bands allow: that is known already. For the other atoms it is told as the upper end of a class of
    values; the classes follow from what is shown.

    Theorem. Of rows with known n and S, Σx² can have values from the flattest to the most uneven way to make up the
    sums, with gaps of at most 6: taking one point from an answer x and giving it to an answer y < x − 1 lowers Σx² by
    2(x − y − 1) ≤ 6, and such steps lead from the most uneven to the flattest. So if for each answer in each row the
    range that is left once it is fixed shares more than 6 with the class, nobody's answer is narrowed. For a sensitive
    item two answers are fixed, the insider's and another. Classes begin and end where this holds; what lies beyond the
    first and the last is told as if it lay at the end. With fewer than two atoms there is nothing to pool, and the most
    that can be is told. People in parts with bands are not in that sum, and the others have no bands.

    Where the item is shown by class, a table with a fixed answer is reached along at most four circles (see
    ``classes``). Half the answers on a circle of 2c go up a point and half go down, which changes Σx² by at most 6c. So
    the range loses 24c on either side, and its gaps are at most 6c: circles lead from any table to any other, also with
    an answer fixed. That holds beside classes or beside bands; beside both it is tested and not proven.
    """
    inside = np.full(len(atoms), -1) if banded is None else banded
    means, sizes = atoms @ np.arange(1, 6), atoms.sum(axis=1)
    there = sizes > 0
    between = float((means[there] ** 2 / sizes[there]).sum())
    free = int(sizes.sum()) - int(there.sum())
    other = (inside < 0) & there
    squares = _most_in_bands(atoms[inside >= 0], inside[inside >= 0])
    squares += _told(rows[other].reshape(-1, 5), atoms[other], sensitive, apart)
    return float(np.sqrt(max(squares - between, 0.0) / free))


def _told(rows: Whole, atoms: Whole, sensitive: bool, apart: int) -> float:
    """Σx² of these answers as it is told: the end of its class."""
    many, sums = rows.sum(axis=1), rows @ np.arange(1, 6)
    many, sums = many[many > 0], sums[many > 0]
    most = float(_most(many, sums).sum())
    if len(atoms) < 2:
        return most
    means, sizes = atoms @ np.arange(1, 6), atoms.sum(axis=1)
    between, free = float((means**2 / sizes).sum()), int(sizes.sum()) - len(sizes)
    low, high = _range(*_distinct(many, sums), sensitive, apart)
    gap = max(GAP, 3 * apart // 4)
    squares = int((rows @ np.arange(1, 6) ** 2).sum())
    ends = (between + free * end**2 for end in _ends(low + gap, high - gap, between, free, gap))
    return next((end for end in ends if squares <= end + 1e-9), most)


def _most_in_bands(atoms: Whole, part: Whole) -> float:
    """The most that Σx² can be with what is shown of the parts with bands: as many fives as the sums allow."""
    bands = np.stack((atoms[:, :2].sum(axis=1), atoms[:, 2], atoms[:, 3:].sum(axis=1), atoms @ np.arange(1, 6)))
    low, middle, high, total = np.array([np.bincount(part, weights=one) for one in bands]).astype(np.int64)
    upper = total - low - 3 * middle - 4 * high
    fives = np.minimum(upper, high)
    return float((low + 3 * (upper - fives) + 9 * middle + 16 * high + 9 * fives).sum())


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


def _range(many: Whole, sums: Whole, times: Whole, sensitive: bool, apart: int) -> tuple[int, int]:
    """Between which values Σx² can be, whoever's answer is fixed at whatever it is. Each row is there *times* times."""
    flat, uneven = _flattest(many, sums), _most(many, sums)
    low, high = int(flat @ times), int(uneven @ times)
    fixed = 2 if sensitive else 1
    if apart:
        return low + 3 * apart * fixed, high - 3 * apart * fixed
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
    return np.where(fives >= many, 25 * many, 25 * fives + (1 + rest) ** 2 + many - fives - 1)
