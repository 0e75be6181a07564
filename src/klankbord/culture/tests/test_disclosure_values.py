"""Rules 3, 4 and 6 beside every set of answers there can be."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement, pairwise, product

import numpy as np

from klankbord.culture.disclosure.bands import _measured, _Of, _rows_can_be, _total_can_be
from klankbord.culture.disclosure.spread import GAP, STEP, _distinct, _ends, _range, pooled_deviation
from klankbord.culture.disclosure.units import may_stand

ALL = {1, 2, 3, 4, 5}
POINTS = np.arange(1, 6)


def histogram(answers) -> np.ndarray:
    return np.bincount(answers, minlength=6)[1:]


def test_an_outsider_can_exclude_nothing_iff_the_value_rule_says_so() -> None:
    for n in range(1, 8):
        possible: dict[int, set[int]] = defaultdict(set)
        every = list(combinations_with_replacement(range(1, 6), n))
        for answers in every:
            possible[sum(answers)] |= set(answers)
        for answers in every:
            stands = bool(may_stand(histogram(answers), 1, np.array(False)))
            assert stands == (possible[sum(answers)] == ALL), answers


def test_an_insider_can_exclude_nothing_iff_the_rule_for_sensitive_items_says_so() -> None:
    for n in range(2, 8):
        possible: dict[int, set[int]] = defaultdict(set)
        for others in combinations_with_replacement(range(1, 6), n - 1):
            possible[sum(others)] |= set(others)
        for answers in combinations_with_replacement(range(1, 6), n):
            insiders = all(possible[sum(answers) - own] == ALL for own in set(answers))
            assert bool(may_stand(histogram(answers), 1, np.array(True))) == insiders, answers


def test_what_may_stand_may_stand_with_anything_added() -> None:
    lot = np.random.default_rng(4)
    seen = 0
    for _turn in range(4000):
        one, more = (lot.integers(0, 4, 5) * lot.integers(0, 2, 5) for _ in range(2))
        for sensitive in (np.array(False), np.array(True)):
            if one.any() and may_stand(one, 5, sensitive):
                seen += 1
                assert may_stand(one + more, 5, sensitive), (one, more)
    assert seen > 500


def test_in_one_row_bands_narrow_nobody_iff_rule_four_says_so() -> None:
    for n, sensitive in product((10, 11, 13), (False, True)):
        known: dict[tuple[int, ...], set[tuple[int, ...]]] = defaultdict(set)
        every = list(product(*(range(n + 1) for _ in range(4))))
        for low, middle, four, five in every:
            if low + middle + four + five <= n:
                answers = (low, n - low - middle - four - five, middle, four, five)
                known[_told(answers)].add(answers)
        for told, worlds in known.items():
            total = np.zeros((len(_Of), 1), dtype=np.int64)
            total[[_Of.LOW, _Of.MIDDLE, _Of.HIGH, _Of.SUM], 0] = told
            assert bool(_total_can_be(total, np.array([sensitive]))[0]) == _narrows_nobody(worlds, sensitive), told


def _told(answers) -> tuple[int, ...]:
    one, two, three, four, five = answers
    return one + two, three, four + five, one + 2 * two + 3 * three + 4 * four + 5 * five


def _narrows_nobody(worlds: set[tuple[int, ...]], sensitive: bool) -> bool:
    """To the letter of rule 4 nobody knows of all others, either; for each insider in each world the rest is open."""
    low, middle, high, _sum = _told(next(iter(worlds)))
    if max(low, middle, high) >= low + middle + high - 1:
        return False
    if not all(any(world[at] for world in worlds) for at in range(5)):
        return False
    if not sensitive:
        return True
    for own in range(5):
        mine = [[number - (at == own) for at, number in enumerate(world)] for world in worlds if world[own]]
        if mine and not all(any(world[at] for world in mine) for at in range(5)):
            return False
    return True


def test_with_several_rows_bands_narrow_nobody_where_the_rule_says_so() -> None:
    """Every way to fill the rows, for rows drawn by lot; the rule is sufficient, and of use."""
    lot = np.random.default_rng(2)
    allowed = 0
    for _turn in range(60):
        rows = [lot.multinomial(int(lot.integers(6, 26)), lot.dirichlet(np.ones(5) * 3)) for _ in range(3)]
        if not all(may_stand(row, 5, np.array(False)) for row in rows):
            continue
        total = _measured(np.array(rows)[None, None])[0].T
        if not (_rows_can_be(total, np.array([False]), np.array([0])) & _total_can_be(total, np.array([False])))[0]:
            continue
        allowed += 1
        for row, answer in product(range(3), range(1, 6)):
            assert _can_be(rows, row, answer), (rows, row, answer)
    assert allowed > 15


def _can_be(rows, fixed: int, answer: int) -> bool:
    """Whether somebody in row *fixed* can have given *answer*, with the sums of rows and the bands of all together."""
    together = {(0, 0)}
    wanted = np.sum(rows, axis=0)
    for number, row in enumerate(rows):
        many, total = int(row.sum()), int(row @ POINTS)
        if number == fixed:
            many, total = many - 1, total - answer
        ways = {
            (low, high)
            for low in range(many + 1)
            for high in range(many - low + 1)
            if low + 3 * (many - low - high) + 4 * high <= total <= 2 * low + 3 * (many - low - high) + 5 * high
        }
        together = {(a + c, b + d) for a, b in together for c, d in ways}
    return (wanted[0] + wanted[1] - (answer < 3), wanted[3] + wanted[4] - (answer > 3)) in together


def _squares(many: int, total: int) -> int:
    """Every Σx² that *many* answers with this sum can have, as bits."""
    ways = {(0, 0): 1}
    for _person in range(many):
        more: dict[tuple[int, int], int] = defaultdict(int)
        for (number, points), bits in ways.items():
            for answer in range(1, 6):
                more[number + 1, points + answer] |= bits << answer**2
        ways = more
    return ways.get((many, total), 0)


def test_the_pooled_deviation_leaves_everybody_every_answer() -> None:
    lot = np.random.default_rng(3)
    told = 0
    for _turn in range(25):
        rows = np.array([lot.multinomial(int(lot.integers(5, 10)), lot.dirichlet(np.ones(5) * 2)) for _ in range(8)])
        rows = rows[may_stand(rows, 5, np.array(False))]
        if len(rows) < 2:
            continue
        many, sums = rows.sum(axis=1), rows @ POINTS
        between, free = float((sums**2 / many).sum()), int(many.sum()) - len(many)
        low, high = _range(*_distinct(many, sums), False, 0)
        ends = _ends(low + GAP, high - GAP, between, free, GAP)
        told += len(ends)
        classes = [-np.inf, *(between + free * end**2 + 1e-9 for end in ends), np.inf]
        can_be = [_squares(int(n), int(s)) for n, s in zip(many, sums, strict=True)]
        for fixed, answer in product(range(len(rows)), range(1, 6)):
            bits = _squares(int(many[fixed]) - 1, int(sums[fixed]) - answer) << answer**2
            for number, other in enumerate(can_be):
                bits = _sums(bits, other) if number != fixed else bits
            values = np.flatnonzero([int(bit) for bit in bin(bits)[:1:-1]])
            for start, end in pairwise(classes):
                assert ((values > start) & (values <= end)).any(), (rows, fixed, answer, start, end)
    assert told > 50, "hardly any deviation was told: the test looks at nothing"


def _sums(one: int, other: int) -> int:
    bits, at = 0, 0
    while other:
        if other & 1:
            bits |= one << at
        other, at = other >> 1, at + 1
    return bits


def _deviation(rows, sensitive: bool, **more) -> float:
    return pooled_deviation(rows[:, None], rows, sensitive, **more)


def test_the_deviation_that_is_told_is_never_too_small_and_hardly_too_large() -> None:
    rows = np.random.default_rng(1).multinomial(20, [0.1, 0.2, 0.3, 0.3, 0.1], 40)
    sums, squares = rows @ POINTS, rows @ POINTS**2
    exact = np.sqrt((squares.sum() - (sums**2 / 20).sum()) / (rows.sum() - 40))
    assert exact <= _deviation(rows, False) <= exact + STEP
    assert exact <= _deviation(rows, True) <= exact + STEP


def test_that_all_agree_is_not_told_by_the_deviation() -> None:
    """Everybody answers 3 in every team: the means allow that, so only the deviation could tell it."""
    alike = np.array([[0, 0, 8, 0, 0]] * 6)
    nearly = np.array([[0, 2, 4, 2, 0], *[[0, 0, 8, 0, 0]] * 5])
    for sensitive in (False, True):
        assert _deviation(alike, sensitive) == _deviation(nearly, sensitive) >= 0.6


def test_the_deviation_of_one_team_alone_is_never_told() -> None:
    one, other = np.array([[2, 10, 20, 10, 2]]), np.array([[12, 0, 20, 0, 12]])
    assert _deviation(one, False) == _deviation(other, False)


def test_of_parts_with_bands_the_deviation_tells_only_what_the_bands_tell() -> None:
    one, other = np.array([[4, 6, 20, 6, 4], [5, 5, 10, 5, 5]]), np.array([[0, 10, 20, 10, 0], [5, 5, 10, 5, 5]])
    together = {"banded": np.array([0, 0])}
    assert _deviation(one, False, **together) == _deviation(other, False, **together) > 1
    assert _deviation(one, False) > _deviation(other, False)
