"""Rules 3 and 6 beside every set of answers there can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations_with_replacement, pairwise, product
from typing import Any

import numpy as np
import pytest

from klankbord.culture.disclosure.bands import _measured, _total_can_be
from klankbord.culture.disclosure.spread import GAP, POINTS, STEP, Margins, _ends, _left, pooled_deviation
from klankbord.culture.disclosure.units import may_stand

ALL = {1, 2, 3, 4, 5}
BAND = (0, 0, 1, 2, 2)


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


def test_an_item_is_judged_the_same_beside_one_that_is_sensitive_as_by_itself() -> None:
    every = np.array(
        [histogram(answers) for n in range(4, 9) for answers in combinations_with_replacement(range(1, 6), n)]
    )
    both = may_stand(np.stack((every, every), axis=1), 5, np.array([False, True]))
    for place, sensitive in enumerate((False, True)):
        assert (both[:, place] == may_stand(every, 5, np.array([sensitive]))).all()
    assert (both[:, 0] & ~both[:, 1]).any()


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


type Fact = tuple[int, int, tuple[int, int, int] | None]
"""How many there are, their sum, and how many are low, in the middle and high, where that is known."""


@cache
def _squares(many: int, total: int, bands: tuple[int, int, int] | None) -> int:
    """Every Σx² that *many* answers with this sum (and bands) can have, as bits."""
    if bands is not None:
        low, middle, high = bands
        least = low + 3 * middle + 4 * high
        there = [(total - least - fives, fives) for fives in range(high + 1) if 0 <= total - least - fives <= low]
        squares = {low + 3 * twos + 9 * middle + 16 * high + 9 * fives for twos, fives in there}
        return sum(1 << one for one in squares) if min(bands) >= 0 else 0
    ways = {(0, 0): 1}
    for _person in range(many):
        more: dict[tuple[int, int], int] = defaultdict(int)
        for (number, points), bits in ways.items():
            for answer in range(1, 6):
                more[number + 1, points + answer] |= bits << answer**2
        ways = more
    return ways.get((many, total), 0)


@pytest.mark.parametrize(
    ("rows", "alone", "sensitive", "turns"),
    [(8, 0, False, 25), (5, 3, False, 20), (0, 5, False, 20), (2, 3, True, 12), (5, 0, True, 5)],
)
def test_the_pooled_deviation_leaves_everybody_every_answer(rows: int, alone: int, sensitive: bool, turns: int) -> None:
    """Every Σx² there can be when somebody's answer is fixed (and an insider's): so far they reach, and so close."""
    lot = np.random.default_rng(3)
    told = 0
    for _turn in range(turns):
        by_sum = _drawn(lot, rows, least=5, may=lambda row: bool(may_stand(row, 5, np.array(sensitive))))
        by_band = _drawn(lot, alone, least=12, may=lambda row: _may_have_bands(row, sensitive))
        atoms = np.concatenate((by_sum, by_band))
        many, sums = atoms.sum(axis=1), atoms @ POINTS
        between, free = float((sums**2 / many).sum()), int(many.sum()) - len(many)
        low, high, gap = _left(by_sum, by_band, sensitive)
        ends = [between + free * end**2 for end in _ends(low + gap, high - gap, between, free, gap)]
        told += len(ends)
        classes = list(pairwise([-np.inf, *(end + 1e-9 for end in ends), np.inf]))
        facts: list[Fact] = [(int(one.sum()), int(one @ POINTS), None) for one in by_sum]
        facts += [(int(one.sum()), int(one @ POINTS), _in_bands(one)) for one in by_band]
        places = list(product(range(len(facts)), range(1, 6)))
        for fixed in combinations_with_replacement(places, 2) if sensitive else ([place] for place in places):
            if sensitive and not atoms[fixed[0][0], fixed[0][1] - 1]:
                continue  # nobody there is the insider who gave this answer
            values = _can_be_squares(facts, fixed)
            assert values[0] <= low, (atoms, fixed)
            assert values[-1] >= high, (atoms, fixed)
            assert np.diff(values).max() <= GAP, (atoms, fixed)
            for start, end in classes:
                assert ((values > start) & (values <= end)).any(), (atoms, fixed, start, end)
    assert told > 20, "hardly any deviation was told: the test looks at nothing"


def _can_be_squares(facts: list[Fact], fixed: Iterable[tuple[int, int]]) -> Any:
    """Every Σx² of all rows together when these people (a row and an answer each) gave these answers."""
    rest, known = list(facts), 0
    for row, answer in fixed:
        many, total, bands = rest[row]
        if bands is not None:
            bands = tuple(number - (band == BAND[answer - 1]) for band, number in enumerate(bands))  # type: ignore[assignment]
        rest[row], known = (many - 1, total - answer, bands), known + answer**2
    bits = 1 << known
    for one in rest:
        bits = _sums(bits, _squares(*one))
    return np.flatnonzero([int(bit) for bit in bin(bits)[:1:-1]])


def _drawn(lot: np.random.Generator, many: int, *, least: int, may: Callable[[Any], bool]) -> Any:
    """So many rows with answers by lot, each of which *may* be there."""
    rows: list[Any] = []
    while len(rows) < many:
        row = lot.multinomial(int(lot.integers(least, least + 4)), lot.dirichlet(np.ones(5) * 3))
        if may(row):
            rows.append(row)
    return np.array(rows, dtype=np.int64).reshape(-1, 5)


def _in_bands(row) -> tuple[int, int, int]:
    return int(row[0] + row[1]), int(row[2]), int(row[3] + row[4])


def _may_have_bands(row, sensitive: bool) -> bool:
    return bool(_total_can_be(_measured(row[None, None])[0].T, np.array([sensitive]))[0])


def _sums(one: int, other: int) -> int:
    bits, at = 0, 0
    while other:
        if other & 1:
            bits |= one << at
        other, at = other >> 1, at + 1
    return bits


def _deviation(rows, sensitive: bool, **more) -> float:
    return pooled_deviation(rows, sensitive, **more).deviation


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


def test_atoms_that_share_their_bands_are_left_out_of_the_deviation() -> None:
    lot = np.random.default_rng(5)
    teams = lot.multinomial(20, [0.1, 0.2, 0.3, 0.3, 0.1], 20)
    part = np.array([0, 0, 0, *range(1, 18)])
    shared = np.array([[0, 8, 4, 8, 0], [4, 4, 4, 4, 4], [8, 0, 4, 0, 8]])
    wide, narrow = teams.copy(), teams.copy()
    wide[:3], narrow[:3] = shared[[2, 2, 1]], shared[[0, 0, 1]]
    found = [pooled_deviation(one, False, banded=part) for one in (wide, narrow)]
    assert found[0] == found[1]
    rest = teams[3:]
    exact = np.sqrt(((rest @ POINTS**2).sum() - ((rest @ POINTS) ** 2 / 20).sum()) / (rest.sum() - 17))
    assert exact <= found[0].deviation <= exact + STEP
    assert found[0].freedom == rest.sum() - 17


def test_where_all_atoms_share_their_bands_only_what_the_bands_tell_is_told() -> None:
    one, other = np.array([[4, 6, 20, 6, 4], [5, 5, 10, 5, 5]]), np.array([[0, 10, 20, 10, 0], [5, 5, 10, 5, 5]])
    together = {"banded": np.array([0, 0])}
    assert _deviation(one, False, **together) == _deviation(other, False, **together) > 1
    assert _deviation(one, False) > _deviation(other, False)


def test_with_a_small_pool_or_beyond_the_last_class_the_most_that_sums_and_bands_allow_is_told() -> None:
    banded, plain = [[6, 0, 6, 0, 6]], [[10, 0, 0, 0, 10]]
    few, mild = np.array(banded * 2 + plain), np.array([[5, 1, 6, 1, 5]] * 2 + [[0, 0, 20, 0, 0]])
    together = np.array([0, 0, -1])
    exact = np.sqrt(((few @ POINTS**2).sum() - ((few @ POINTS) ** 2 / few.sum(axis=1)).sum()) / (few.sum() - 3))
    for atoms in (few, mild):
        assert _deviation(atoms, False, banded=together) == pytest.approx(exact)
    many = np.array(banded * 6 + plain * 6)
    exact = np.sqrt(((many @ POINTS**2).sum() - ((many @ POINTS) ** 2 / many.sum(axis=1)).sum()) / (many.sum() - 12))
    assert _deviation(many, False, banded=np.array([*range(6), *[-1] * 6])) == pytest.approx(exact)


# --- beside classes -------------------------------------------------------------------------------------------------


def _by_lot(lot: np.random.Generator, atoms: int, classes: int, least: int, most: int) -> Any:
    """Answers of rows (atoms × classes × 5)."""
    return np.array(
        [
            [lot.multinomial(int(lot.integers(least, most)), lot.dirichlet(np.ones(5) * 2)) for _ in range(classes)]
            for _ in range(atoms)
        ]
    )


def test_beside_classes_the_deviation_follows_from_what_is_shown_and_the_squares() -> None:
    """Points that move along a circle change the sums of rows, which nobody is told, and nothing else that is told."""
    lot = np.random.default_rng(8)
    moved = 0
    for turn in range(300):
        rows = _by_lot(lot, 3, 2, 2, 12)
        other = rows.copy()
        for atom, group, up in ((0, 0, 1), (0, 1, -1), (1, 1, 1), (1, 0, -1)):
            can = [x for x in range(5) if other[atom, group, x] and 0 <= x + up < 5]
            if not can:
                break
            start = can[turn % len(can)]
            other[atom, group, start] -= 1
            other[atom, group, start + up] += 1
        else:
            one, two = (Margins.of(table, np.zeros(3, dtype=np.int64)) for table in (rows, other))
            assert (one.sums == two.sums).all()
            assert (one.class_sums == two.class_sums).all()
            assert one.left(False) == two.left(False)
            if ((rows @ POINTS**2).sum()) == ((other @ POINTS**2).sum()):
                moved += 1
                told = [
                    pooled_deviation(table.sum(axis=1), False, crossed=Margins.of(table, np.zeros(3, dtype=np.int64)))
                    for table in (rows, other)
                ]
                assert told[0] == told[1]
    assert moved > 20


def test_of_an_atom_in_no_block_only_its_own_sum_is_known() -> None:
    rows = _by_lot(np.random.default_rng(12), 6, 3, 4, 12)
    known = Margins.of(rows, np.array([0, 0, 0, 0, -1, -1]))
    mixed = rows.copy()
    mixed[4] = rows[4][[2, 0, 1]]
    again = Margins.of(mixed, np.array([0, 0, 0, 0, -1, -1]))
    assert (known.many[4:, :-1] == 0).all()
    for name in ("many", "sums", "block", "class_sums"):
        assert (getattr(known, name) == getattr(again, name)).all()


def test_beside_classes_the_most_even_means_lie_where_answers_do_and_keep_every_sum() -> None:
    lot = np.random.default_rng(10)
    at_an_end = {1: 0, 5: 0}
    for _turn in range(100):
        leaning = lot.dirichlet([6, 1, 0.3, 0.3, 1], (2, 2)) if lot.random() < 0.5 else lot.dirichlet([1] * 5, (2, 2))
        rows = np.array([[lot.multinomial(int(lot.integers(5, 12)), one) for one in atom] for atom in leaning])
        known = Margins.of(rows[..., :: lot.choice([1, -1])], np.zeros(2, dtype=np.int64))
        means = known._means()
        if means is None:
            continue
        assert means.min() > 1 - 1e-4
        assert means.max() < 5 + 1e-4
        made = known.many * means
        np.testing.assert_allclose(made.sum(axis=1), known.sums, atol=1e-4)
        np.testing.assert_allclose(made.sum(axis=0), known.class_sums[0], atol=1e-4)
        for end in at_an_end:
            at_an_end[end] += bool((np.abs(means - end) < 1e-9).any())
    assert min(at_an_end.values()) > 3


def test_beside_classes_every_answer_leaves_the_whole_range() -> None:
    """Two atoms and two classes: every table with the known sums, and every answer fixed in each row."""
    lot = np.random.default_rng(9)
    looked = 0
    while looked < 40:
        rows = _by_lot(lot, 2, 2, 5, 9)
        many, sums = rows.sum(axis=2), rows @ POINTS
        whole = Margins.of(rows, np.zeros(2, dtype=np.int64))
        low, high, _gap = whole.left(False)
        if (low, high) == (0.0, 0.0):
            continue
        low, high = low - 48, high + 48  # as far as it reaches before the four circles
        squares = set()
        for moved in range(-40, 41):
            table = sums + moved * np.array([[1, -1], [-1, 1]])
            bits = 1
            for number, total in zip(many.ravel().tolist(), table.ravel().tolist(), strict=True):
                bits = _sums(bits, _squares(number, total, None)) if number <= total <= 5 * number else 0
            squares |= set(np.flatnonzero([int(bit) for bit in bin(bits)[:1:-1]]).tolist()) if bits else set()
        looked += 1
        assert min(squares) <= low, rows
        assert max(squares) >= high, rows


def test_beside_classes_every_answer_leaves_every_class_of_the_deviation() -> None:
    """Two teams and two classes: in every row everybody can have given every answer, whatever class is told."""
    lot = np.random.default_rng(11)
    looked = 0
    while looked < 200:
        sizes, leaning = ((3, 22), (4, 18)), lot.dirichlet(np.ones(5) * 2, 4)
        rows = np.array([[lot.multinomial(sizes[a][c], leaning[2 * a + c]) for c in range(2)] for a in range(2)])
        many, atoms = rows.sum(axis=2), rows.sum(axis=1)
        low, high, gap = Margins.of(rows, np.zeros(2, dtype=np.int64)).left(False)
        between, free = float(((atoms @ POINTS) ** 2 / atoms.sum(axis=1)).sum()), int(atoms.sum()) - 2
        ends = [between + free * end**2 for end in _ends(low + gap, high - gap, between, free, gap)]
        classes = list(pairwise([-np.inf, *(end + 1e-9 for end in ends), np.inf]))
        tables = [rows @ POINTS + moved * np.array([[1, -1], [-1, 1]]) for moved in range(-20, 21)]
        tables = [table for table in tables if (table >= many).all() and (table <= 5 * many).all()]
        for fixed, answer in product(product(range(2), repeat=2), range(1, 6)) if ends else ():
            values = _squares_with(many, tables, fixed, answer)
            looked += bool(len(values))
            for start, end in classes if len(values) else ():
                assert ((values > start) & (values <= end)).any(), (rows, fixed, answer, start, end)


def _squares_with(many: Any, tables: list[Any], fixed: tuple[int, ...], answer: int) -> Any:
    """Every Σx² there can be in any of the tables when somebody in the row *fixed* gave this answer."""
    found = 0
    for table in tables:
        bits = 1 << answer**2
        for row in product(range(2), repeat=2):
            here = row == fixed
            bits = _sums(bits, _squares(int(many[row]) - here, int(table[row]) - here * answer, None))
        found |= bits
    return np.flatnonzero([int(bit) for bit in bin(found)[:1:-1]]) if found else np.array([])


def test_beside_classes_the_deviation_is_hardly_too_large_where_there_are_many_teams() -> None:
    lot = np.random.default_rng(10)
    rows = np.stack(
        (lot.multinomial(14, [0.05, 0.15, 0.3, 0.4, 0.1], 60), lot.multinomial(2, [0, 0.1, 0.3, 0.4, 0.2], 60)), axis=1
    )
    atoms = rows.sum(axis=1)
    exact = np.sqrt(((atoms @ POINTS**2).sum() - ((atoms @ POINTS) ** 2 / 16).sum()) / (atoms.sum() - 60))
    told = pooled_deviation(atoms, False, crossed=Margins.of(rows, np.zeros(60, dtype=np.int64))).deviation
    assert exact <= told <= exact + STEP
