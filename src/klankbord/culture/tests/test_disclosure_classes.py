"""Rule 2 beside every small table of atoms and classes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import numpy as np

from klankbord.culture.disclosure.classes import Rows, least_room, shown_classes
from klankbord.culture.disclosure.tree import NOWHERE, Tree
from klankbord.culture.tests.attacker import _reduced, _says_something


def tree_of(atoms: int) -> Tree:
    """The root, which is the first atom, and the others right under it."""
    return Tree.of([NOWHERE, *[0] * (atoms - 1)])


def rows_of(many: np.ndarray, sums: np.ndarray | None = None) -> Rows:
    """A table of one item; nobody is of an unknown class."""
    table = np.concatenate((many, np.zeros((len(many), 1), dtype=np.int64)), axis=1)[:, None, :]
    total = 3 * table if sums is None else np.concatenate((sums, np.zeros((len(many), 1), dtype=np.int64)), 1)[:, None]
    return Rows(table, total - table, 5 * table - total)


def only_for_the_root(table: Rows, k: int, least: int) -> bool:
    """Whether all classes may be shown for the whole organisation, beside the totals of all atoms."""
    tree, classes = tree_of(len(table.many)), np.arange(table.many.shape[2] - 1)
    may = np.arange(len(tree)) == 0
    size = table.many.sum(axis=(1, 2))
    found = shown_classes(tree, table, may, k=k, least=np.array([least]), size=size, among=classes)
    return bool(found.units[0]) and len(found.classes) == len(classes)


def tables(atoms: int, classes: int, most: int) -> Iterator[np.ndarray]:
    for flat in product(range(most + 1), repeat=atoms * classes):
        yield np.array(flat).reshape(atoms, classes)


def smallest_set(many: np.ndarray) -> int:
    """The fewest people about whom something follows from the totals of rows and columns, over all sets of cells."""
    cells = [(a, c) for a, c in np.ndindex(*many.shape) if many[a, c]]
    vectors = [[Fraction(int(a == row)) for a, _c in cells] for row in range(len(many))]
    vectors += [[Fraction(int(c == column)) for _a, c in cells] for column in range(many.shape[1])]
    basis = _reduced(vectors)
    sets = [[at for at, yes in enumerate(chosen) if yes] for chosen in product((0, 1), repeat=len(cells))]
    sizes = [
        int(sum(many[cells[at]] for at in some)) for some in sets if some and _says_something(basis, some, len(cells))
    ]
    return min(sizes, default=10**6)


def test_the_smallest_set_is_the_smallest_cut_in_every_small_table() -> None:
    for atoms, classes, most in ((2, 2, 3), (2, 3, 2), (3, 2, 2)):
        for many in tables(atoms, classes, most):
            rows = many.sum(axis=1)
            if not many.any() or (many.sum(axis=0) == 0).any():
                continue
            for k in (2, 3):
                if ((rows > 0) & (rows < k)).any():
                    continue
                assert only_for_the_root(rows_of(many), k, 0) == (smallest_set(many) >= k), (many, k)


def test_the_value_rule_for_cuts_is_exact_in_every_small_table() -> None:
    lot = np.random.default_rng(5)
    yes = no = 0
    for _turn in range(500):
        many = lot.integers(0, 4, (2, 2))
        if (many.sum(axis=0) == 0).any():
            continue
        leaning = lot.choice([1.5, 3.0, 4.5])
        sums = np.array([[np.clip(np.rint(lot.normal(leaning, 1.4, n)), 1, 5).sum() for n in row] for row in many])
        sums = sums.astype(np.int64)
        n, s = many.sum(axis=1), sums.sum(axis=1)
        if not (((s >= n + 4) & (s <= 5 * n - 4)) | (n == 0)).all():
            continue
        allowed = only_for_the_root(rows_of(many, sums), 1, 4)
        assert allowed == _nobody_is_narrowed(many, sums), (many, sums)
        yes, no = yes + allowed, no + (not allowed)
    assert min(yes, no) > 20, (yes, no)


def _nobody_is_narrowed(many: np.ndarray, sums: np.ndarray) -> bool:
    """Whether in some way to fill the cells of a 2 × 2 table each person has each answer."""
    possible: dict[tuple[int, int], set[int]] = {(a, c): set() for a, c in np.ndindex(2, 2) if many[a, c]}
    for first in range(many[0, 0], 5 * many[0, 0] + 1):
        cells = np.array([[first, sums[0].sum() - first], [sums[:, 0].sum() - first, 0]])
        cells[1, 1] = sums[1].sum() - cells[1, 0]
        if ((cells < many) | (cells > 5 * many)).any():
            continue
        for (a, c), seen in possible.items():
            rest, others = cells[a, c], many[a, c] - 1
            seen |= {v for v in range(1, 6) if others <= rest - v <= 5 * others}
    return all(len(seen) == 5 for seen in possible.values())


def test_room_is_how_far_a_sum_lies_above_all_ones_and_below_all_fives_and_an_own_answer_takes_four_of_it() -> None:
    counts = np.random.default_rng(3).integers(0, 9, (4, 2, 3, 5))
    rows = Rows.of(counts)
    assert (rows.many == counts.sum(axis=-1)).all()
    assert (rows.above == counts @ [0, 1, 2, 3, 4]).all()
    assert (rows.below == counts @ [4, 3, 2, 1, 0]).all()
    plain, sensitive = least_room(np.array([False, True]))
    assert (plain, sensitive - plain) == (4, 4)


def test_a_class_that_is_too_small_is_taken_together_with_the_next() -> None:
    many = np.array([[20, 20, 6, 2], [20, 20, 6, 1]])
    tree, may, size = tree_of(2), np.array([True, True]), np.array([95, 47])
    found = shown_classes(tree, rows_of(many), may, k=5, least=np.array([0]), size=size, among=np.arange(4))
    assert found.classes.tolist() == [0, 1]
    assert found.units.tolist() == [True, True]


def test_classes_that_fail_in_a_unit_are_shown_one_level_up() -> None:
    many = np.array([[0, 0], [8, 3], [9, 12]])
    found = shown_classes(
        tree_of(3), rows_of(many), np.ones(3, bool), k=5, least=np.array([0]), size=np.array([32, 11, 21]),
        among=np.arange(2),
    )  # fmt: skip
    assert found.classes.tolist() == [0, 1]
    assert found.units[0]
    assert not found.units[1]


def test_people_whose_class_nobody_knows_count_as_a_class_that_is_never_shown() -> None:
    table = rows_of(np.array([[9, 9], [9, 9]]))
    table.many[0, 0, -1], table.above[0, 0, -1], table.below[0, 0, -1] = 2, 4, 4
    size = np.array([38, 18])
    found = shown_classes(tree_of(2), table, np.ones(2, bool), k=5, least=np.array([0]), size=size, among=np.arange(2))
    assert len(found.classes) == 1


def test_people_whose_class_nobody_knows_are_no_obstacle_when_they_are_many() -> None:
    table = rows_of(np.array([[9, 9], [9, 9]]))
    table.many[:, 0, -1], table.above[:, 0, -1], table.below[:, 0, -1] = 6, 12, 12
    size = np.array([48, 24])
    found = shown_classes(tree_of(2), table, np.ones(2, bool), k=5, least=np.array([0]), size=size, among=np.arange(2))
    assert found.classes.tolist() == [0, 1]
    assert found.units.tolist() == [True, True]


def test_of_more_than_seven_classes_the_smallest_are_taken_together() -> None:
    many = np.array([[20, 9, 20, 20, 8, 20, 20, 20, 20, 20]])
    found = shown_classes(
        tree_of(1), rows_of(many), np.ones(1, bool), k=5, least=np.array([0]), size=many.sum(axis=1),
        among=np.arange(10),
    )  # fmt: skip
    assert found.classes.tolist() == [0, 2, 3, 5, 6, 7, 8]


def test_where_no_unit_may_show_classes_none_are_named() -> None:
    """An item without classes keeps its bands."""
    found = shown_classes(
        tree_of(1), rows_of(np.array([[9, 2]])), np.ones(1, bool), k=5, least=np.array([0]), size=np.array([11]),
        among=np.arange(2),
    )  # fmt: skip
    assert (found.classes.tolist(), found.units.tolist()) == ([], [False])
