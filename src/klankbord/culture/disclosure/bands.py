"""Rule 4: distributions in three bands, low (1–2), middle (3) and high (4–5)."""

from __future__ import annotations

from enum import IntEnum, auto

import numpy as np

from klankbord.culture.disclosure.tree import Tree, Whole, Yes, roll_up

FEWEST = 10
"""Distributions are of at least this many answers."""


class _Of(IntEnum):
    """What is added up over the rows of a unit: see :func:`_measured`."""

    ROWS = 0
    LOW = auto()
    MIDDLE = auto()
    HIGH = auto()
    SUM = auto()
    NEEDS_LOW = auto()
    NEEDS_HIGH = auto()
    MORE_LOW = auto()
    MORE_HIGH = auto()
    PAIRS_LOW = auto()
    PAIRS_HIGH = auto()
    ODD_LOW = auto()
    ODD_HIGH = auto()


def shown_bands(tree: Tree, atoms: Whole, may: Yes, *, sensitive: Yes, size: Whole) -> Yes:
    """Which units show bands for which items (units × items).

    *atoms* (units × items × 5) are the answers that units keep for themselves. *may* (units × items) says where the
    item is shown. These items are not shown by class: beside classes there is room for hardly any bands, and the few
    there are would keep the deviation from being told (``spread``).

    What is known of a unit with bands, less its maximal descendants with bands (*its part*), is the bands of the part
    and the sum of each atom in it, which is called a row here. Parts are disjoint and so judged one by one; a part that
    does not hold rolls up.

    Theorem (one row). Let b1, b2, b3 answers lie in the bands and S be their sum, and write t = S − b1 − 3·b2 − 4·b3
    for the number of twos and fives. All that is known is 0 ≤ t ≤ b1 + b3. A person can have answered each of the five
    iff each band has one and 0 < t < b1 + b3: with t = 0 there are only ones and fours. Then no band holds n − 1
    either, of which the last person would know of everybody. An insider with a sensitive item takes the own answer
    off first; then each band needs two and 2 ≤ t ≤ b1 + b3 − 2.

    Theorem (several rows). Fix one answer v in one row; what is left to be made up are rows of n people with sum S, and
    the bands less one. Write d = 3n − S. In a row with d > 0 let ⌈d/2⌉ be low, with d < 0 ⌈−d/2⌉ high, and the m others
    in the middle: its sum can then be made up. From there two middles may become a low and a high one, and one middle
    a low one as long as 2·high − low > −d, or a high one as long as 2·low − high > d. With p of the first and q of the
    second kind of step (only low, or only high) the sum can be made up iff 2p + q ≤ m and q ≤ s + p, with s the slack
    of that inequality at the start. So the most q for each p is a concave function of whole numbers, and the most q of
    all rows for p in all is found by taking the largest steps first: with u = min(s, m), a row has ⌊(m − u)/3⌋ steps
    of + 1 and then at worst steps of − 2. As long as p is within the steps of + 1, all rows together reach Σu + p;
    beyond them at least Σm − Σ((m − u) mod 3) − 2p, which is to say that the middles left are no fewer than the
    remainders. :func:`_rows_can_be` asks for this with enough to spare: one fixed answer changes what a row needs by at
    most one, its bands by one, its slack by two, and so the first bound by at most seven.
    """

    def holds(kept: Whole, items: Whole) -> Yes:
        total, secret = kept.transpose(2, 0, 1), sensitive[items]
        nothing, alone = ~kept.any(axis=-1), total[_Of.ROWS] <= 1
        return np.asarray(nothing | (_total_can_be(total, secret) & (alone | _rows_can_be(total, secret))))

    shown, _keep = roll_up(tree, _measured(atoms), may, holds, size=size)
    return shown


def _measured(rows: Whole) -> Whole:
    """What :class:`_Of` names, for each unit and item; what several rows hold is the sum of this."""
    low, middle, high = rows[..., 0] + rows[..., 1], rows[..., 2], rows[..., 3] + rows[..., 4]
    many = low + middle + high
    lack = 2 * rows[..., 0] + rows[..., 1] - rows[..., 3] - 2 * rows[..., 4]
    needs_low, needs_high = (np.maximum(lack, 0) + 1) // 2, (np.maximum(-lack, 0) + 1) // 2
    left = many - needs_low - needs_high
    more_low = np.minimum(2 * needs_high - needs_low + lack, left)
    more_high = np.minimum(2 * needs_low - needs_high - lack, left)
    pairs_low, odd_low = np.divmod(left - more_low, 3)
    pairs_high, odd_high = np.divmod(left - more_high, 3)
    measures = {
        _Of.ROWS: many > 0,
        _Of.LOW: low,
        _Of.MIDDLE: middle,
        _Of.HIGH: high,
        _Of.SUM: 3 * many - lack,
        _Of.NEEDS_LOW: needs_low,
        _Of.NEEDS_HIGH: needs_high,
        _Of.MORE_LOW: more_low,
        _Of.MORE_HIGH: more_high,
        _Of.PAIRS_LOW: pairs_low,
        _Of.PAIRS_HIGH: pairs_high,
        _Of.ODD_LOW: odd_low,
        _Of.ODD_HIGH: odd_high,
    }
    measured = np.empty((*rows.shape[:2], len(_Of)), dtype=np.int32)
    for one, values in measures.items():
        measured[:, :, one] = values
    return measured


def _total_can_be(total: Whole, sensitive: Yes) -> Yes:
    """Rule 4 to the letter, for all of a part together; with a sensitive item also for whoever is inside."""
    low, middle, high = total[_Of.LOW], total[_Of.MIDDLE], total[_Of.HIGH]
    many = low + middle + high
    least = np.where(sensitive, 2, 1)
    upper = total[_Of.SUM] - low - 3 * middle - 4 * high
    fine = (many >= FEWEST) & (np.minimum(np.minimum(low, middle), high) >= least)
    return np.asarray(fine & (upper >= least) & (low + high - upper >= least))


def _rows_can_be(total: Whole, sensitive: Yes) -> Yes:
    """Whether any answer in any row can still be any of the five, with several rows. Sufficient, not necessary."""
    times = np.where(sensitive, 2, 1)
    spare_low = total[_Of.LOW] - total[_Of.NEEDS_LOW]
    spare_high = total[_Of.HIGH] - total[_Of.NEEDS_HIGH]
    both = np.minimum(spare_low, spare_high)
    enough = (spare_low >= 2 * times) & (spare_high >= 2 * times)
    slack = (spare_low - 2 * spare_high <= total[_Of.MORE_LOW] - 7 * times) & (
        spare_high - 2 * spare_low <= total[_Of.MORE_HIGH] - 7 * times
    )
    early = both <= np.minimum(total[_Of.PAIRS_LOW], total[_Of.PAIRS_HIGH]) - 4 * times
    odd = np.maximum(total[_Of.ODD_LOW], total[_Of.ODD_HIGH])
    middles = total[_Of.MIDDLE] >= odd + 3 * times
    return np.asarray(enough & slack & (early | middles))
