"""Rule 6: how far answers lie apart, pooled over the organisation, and told no more precisely than narrows nobody."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations_with_replacement

import numpy as np

from klankbord.culture.disclosure.tree import Whole

STEP = 0.1
"""Standard deviations are rounded up to a multiple of this."""
GAP, WIDE_GAP = 6, 24


def pooled_deviation(rows: Whole, atoms: Whole, sensitive: bool, *, apart: int = 0, banded: bool = False) -> float:
    """The pooled standard deviation within atoms, rounded up, for one item.

    *atoms* (atoms × 5) are the answers in each atom. *rows* (rows × 5) are the same answers divided as finely as sums
    are known (atoms by class, or just the atoms). *apart* is as in ``bands``: how many points sums of rows may move.

    The mean square within atoms is (Σx² − ΣS²/n)/(N − G) over G atoms and N answers. All but Σx² follows from what is
    shown, so a deviation tells Σx². It is therefore told as the upper end of a class of values, never exactly.

    Theorem. Of rows with known n and S, Σx² can have values from the flattest to the most uneven way to make up the
    sums, with gaps of at most 6: taking one point from an answer x and giving it to an answer y < x − 1 lowers Σx² by
    2(x − y − 1) ≤ 6, and such steps lead from the most uneven to the flattest. So if for each answer in each row the
    range that is left once it is fixed shares more than 6 with the class, nobody's answer is narrowed. For a sensitive
    item two answers are fixed, the insider's and another. Classes begin and end where this holds; what lies beyond the
    first and the last is told as if it lay at the end. With fewer than two atoms there is nothing to pool, and the
    widest that can be is told.

    Where the item is shown by class, a table with a fixed answer is reached along at most four circles (see
    ``classes``). Half the answers on a circle of 2c go up a point and half go down, which changes Σx² by at most 6c. So
    the range loses 24c on either side, and its gaps are at most 6c: circles lead from any table to any other, also with
    an answer fixed. Beside bands (*banded*) the classes are four times as wide; that this is enough is not proven but
    tested, by the attacker.
    """
    many, sums = rows.sum(axis=1), rows @ np.arange(1, 6)
    there = many > 0
    many, sums = many[there], sums[there]
    sizes = atoms.sum(axis=1)
    means = atoms @ np.arange(1, 6)
    means, sizes = means[sizes > 0], sizes[sizes > 0]
    free = int(sizes.sum()) - len(sizes)
    between = float((means**2 / sizes).sum())
    squares = int((rows @ np.arange(1, 6) ** 2).sum())
    most = int(_most(many, sums).sum())
    widest = float(np.sqrt((most - between) / free))
    if len(sizes) < 2:
        return widest
    low, high = _range(many, sums, sensitive, apart)
    gap = max(WIDE_GAP if banded else GAP, 3 * apart // 4)
    for deviation in _ends(low + gap, high - gap, between, free, gap):
        if squares <= between + free * deviation**2 + 1e-9:
            return deviation
    return widest


def _ends(low: float, high: float, between: float, free: int, gap: int) -> list[float]:
    """The deviations at which classes end: multiples of ``STEP``, where Σx² lies in the range, at least *gap* apart."""
    ends, last = [], -np.inf
    for number in range(1, 41):
        squares = between + free * (number * STEP) ** 2
        if low <= squares <= high and squares - last >= gap:
            ends.append(round(number * STEP, 1))
            last = squares
    return ends


def _range(many: Whole, sums: Whole, sensitive: bool, apart: int) -> tuple[int, int]:
    """Between which values Σx² can be, whoever's answer is fixed at whatever it is."""
    flat, uneven = _flattest(many, sums), _most(many, sums)
    times = 2 if sensitive else 1
    if apart:
        lost = 3 * apart * times
        return int(flat.sum()) + lost, int(uneven.sum()) - lost
    return int(flat.sum()) + _lost(many, sums, flat, times, _flattest), int(uneven.sum()) - _lost(
        many, sums, uneven, times, _most
    )


def _lost(many: Whole, sums: Whole, whole: Whole, times: int, end: Callable[[Whole, Whole], Whole]) -> int:
    """By how much an end of the range moves at most when one answer, or with *times* 2 two of them, is fixed."""
    one = np.max([abs(end(many - 1, sums - v) + v * v - whole) for v in range(1, 6)], axis=0)
    if times == 1:
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
