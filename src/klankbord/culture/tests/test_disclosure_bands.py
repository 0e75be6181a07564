"""Rule 4 beside every way to fill bands."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import numpy as np

from klankbord.culture.disclosure.bands import FEWEST, _measured, _Of, _rows_can_be, _total_can_be
from klankbord.culture.disclosure.spread import POINTS
from klankbord.culture.disclosure.units import may_stand
from klankbord.culture.tests.test_disclosure_values import BAND, histogram


def test_in_one_row_bands_narrow_nobody_iff_rule_four_says_so() -> None:
    for n, sensitive in product((FEWEST - 1, FEWEST, 11, 13), (False, True)):
        known: dict[tuple[int, ...], set[tuple[int, ...]]] = defaultdict(set)
        every = list(product(*(range(n + 1) for _ in range(4))))
        for low, middle, four, five in every:
            if low + middle + four + five <= n:
                answers = (low, n - low - middle - four - five, middle, four, five)
                known[_told(answers)].add(answers)
        for told, worlds in known.items():
            total = np.zeros((len(_Of), 1), dtype=np.int64)
            total[[_Of.LOW, _Of.MIDDLE, _Of.HIGH, _Of.SUM], 0] = told
            may = bool(_total_can_be(total, np.array([sensitive]))[0])
            assert may == (n >= 10 and _narrows_nobody(worlds, sensitive)), told


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
        total = _measured(np.array(rows)[:, None]).sum(axis=0).T
        if not (_rows_can_be(total, np.array([False])) & _total_can_be(total, np.array([False])))[0]:
            continue
        allowed += 1
        for row, answer in product(range(3), range(1, 6)):
            assert _can_be(rows, row, answer), (rows, row, answer)
    assert allowed > 15


def _ways(many: int, total: int) -> set[tuple[int, int]]:
    """How many can be low and how many high, of so *many* people with this sum."""
    return {
        (low, high)
        for low in range(many + 1)
        for high in range(many - low + 1)
        if low + 3 * (many - low - high) + 4 * high <= total <= 2 * low + 3 * (many - low - high) + 5 * high
    }


def _row(many: int, total: int) -> dict[_Of, int]:
    """What is measured of so *many* people with this sum; bands are those of answers as much alike as can be."""
    answers = (
        histogram([total // many + (one < total % many) for one in range(many)]) if many else np.zeros(5, dtype=int)
    )
    return dict(zip(_Of, _measured(answers[None, None])[0, 0].tolist(), strict=True))


def test_what_is_measured_of_a_row_is_how_many_more_can_be_low_or_high_by_themselves_and_in_pairs() -> None:
    for many in range(1, 10):
        for total in range(many, 5 * many + 1):
            row, ways = _row(many, total), _ways(many, total)
            assert row[_Of.ROWS] == 1
            needs = row[_Of.NEEDS_LOW], row[_Of.NEEDS_HIGH]
            assert needs in ways
            left = many - sum(needs)
            for pairs in range(left // 2 + 1):
                for more, steps, odd, side in (
                    (row[_Of.MORE_LOW], row[_Of.PAIRS_LOW], row[_Of.ODD_LOW], (1, 0)),
                    (row[_Of.MORE_HIGH], row[_Of.PAIRS_HIGH], row[_Of.ODD_HIGH], (0, 1)),
                ):
                    start = needs[0] + pairs, needs[1] + pairs
                    alone = [q for q in range(left + 1) if (start[0] + q * side[0], start[1] + q * side[1]) in ways]
                    assert alone == list(range(len(alone))), (many, total, pairs)
                    if pairs <= steps:
                        assert alone[-1] == more + pairs, (many, total, pairs)
                    else:
                        assert alone[-1] >= left - 2 * pairs - odd, (many, total, pairs)


def test_so_much_is_left_to_spare_that_one_fixed_answer_or_two_take_no_more() -> None:
    """What the rule asks for beside what one answer takes off at most, of any row."""
    taken: dict[str, int] = defaultdict(int)
    for many in range(1, 9):
        for total, answer in product(range(many, 5 * many + 1), range(1, 6)):
            if many - 1 <= total - answer <= 5 * (many - 1):
                band = BAND[answer - 1]
                before, after = _spare(_row(many, total)), _spare(_row(many - 1, total - answer), band)
                for name, loss in before.items():
                    taken[name] = max(taken[name], loss - after[name])
    once, twice = _asked_for(False), _asked_for(True)
    assert taken.keys() == once.keys()
    for name, loss in taken.items():
        assert 0 < loss <= once[name], name
        assert twice[name] == 2 * once[name], name


def _spare(row: dict[_Of, int], fixed: int = -1) -> dict[str, int]:
    """By how much a row by itself meets each bound; with bands of nobody but the one whose band is *fixed*."""
    low, high = -int(fixed == 0) - row[_Of.NEEDS_LOW], -int(fixed == 2) - row[_Of.NEEDS_HIGH]
    return {
        "low": low,
        "high": high,
        "more low": row[_Of.MORE_LOW] - low + 2 * high,
        "more high": row[_Of.MORE_HIGH] - high + 2 * low,
        "pairs low": min(row[_Of.PAIRS_LOW] - low, row[_Of.PAIRS_LOW] - high),
        "pairs high": min(row[_Of.PAIRS_HIGH] - low, row[_Of.PAIRS_HIGH] - high),
        "middle low": -int(fixed == 1) - row[_Of.ODD_LOW],
        "middle high": -int(fixed == 1) - row[_Of.ODD_HIGH],
    }


def _asked_for(sensitive: bool) -> dict[str, int]:
    """How much more than nothing the rule asks for of each, where there is plenty of all the others."""
    plenty = dict.fromkeys(_Of, 10_000) | {_Of.NEEDS_LOW: 7, _Of.NEEDS_HIGH: 9, _Of.LOW: 107, _Of.HIGH: 109}
    few_pairs = {_Of.PAIRS_LOW: 0, _Of.PAIRS_HIGH: 0, _Of.ODD_LOW: 0, _Of.ODD_HIGH: 0}
    few_middles = {_Of.MIDDLE: 0, _Of.ODD_LOW: 1, _Of.ODD_HIGH: 1}
    bounds: dict[str, tuple[_Of, int, dict[_Of, int]]] = {
        "low": (_Of.LOW, 7, {}),
        "high": (_Of.HIGH, 9, {}),
        "more low": (_Of.MORE_LOW, 800, {_Of.LOW: 1007}),
        "more high": (_Of.MORE_HIGH, 800, {_Of.HIGH: 1009}),
        "pairs low": (_Of.PAIRS_LOW, 100, few_middles | {_Of.HIGH: 159}),
        "pairs high": (_Of.PAIRS_HIGH, 100, few_middles | {_Of.LOW: 157}),
        "middle low": (_Of.MIDDLE, 20, few_pairs | {_Of.ODD_LOW: 20}),
        "middle high": (_Of.MIDDLE, 20, few_pairs | {_Of.ODD_HIGH: 20}),
    }
    asked = {}
    for name, (measure, nothing, more) in bounds.items():
        totals = np.array(
            [[(plenty | more | {measure: nothing + extra})[one] for one in _Of] for extra in range(-99, 99)]
        )
        yes = _rows_can_be(totals.T, np.full(len(totals), sensitive))
        assert not yes[0], name
        asked[name] = int(yes.argmax()) - 99
        assert yes[yes.argmax() :].all(), name
    return asked


def _can_be(rows, fixed: int, answer: int) -> bool:
    """Whether somebody in row *fixed* can have given *answer*, with the sums of rows and the bands of all together."""
    together = {(0, 0)}
    wanted = np.sum(rows, axis=0)
    for number, row in enumerate(rows):
        many, total = int(row.sum()), int(row @ POINTS)
        if number == fixed:
            many, total = many - 1, total - answer
        ways = _ways(many, total)
        together = {(a + c, b + d) for a, b in together for c, d in ways}
    return (wanted[0] + wanted[1] - (answer < 3), wanted[3] + wanted[4] - (answer > 3)) in together
