"""Whoever knows the rules and asks why a figure is missing: every table that gives the same publication.

Of small organisations all tables there can be are published, and those of which the very same is shown and withheld are
laid together. What they have in common is all that anybody can know, also who has read the program.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from klankbord.culture.disclosure import Answers, protect
from klankbord.culture.disclosure.tree import Tree, roll_up
from klankbord.culture.disclosure.units import may_stand, shown_units, units_with_enough_people

POINTS = np.arange(1, 6)


def rows_of(many: int) -> Any:
    """Answers of so many people for every sum there is; which answers make a sum does not matter here."""
    rows = np.zeros((4 * many + 1, 5), dtype=np.int32)
    for above, row in enumerate(rows):
        fives, rest = divmod(above, 4)
        row[4] = fives
        row[rest] += rest > 0
        row[0] = many - row.sum()
    return rows


def open_answers(sums: Any, many: int) -> Any:
    """Which of the five answers somebody can have given, for each of these sums of so many people."""
    return np.stack([(many - 1 <= sums - v) & (sums - v <= 5 * (many - 1)) for v in POINTS], axis=1)


@pytest.mark.parametrize(
    ("parents", "people", "own"),
    [
        ([-1, 0, 1, 1], [0, 3, 3, 4], [0, 2, 3, 4]),  # somebody above the teams skipped it, and two are too few
        ([-1, 0, 0], [4, 6, 6], [4, 6, 6]),
        ([-1, 0, 0], [5, 5, 5], [5, 5, 5]),
        ([-1, 0, 1], [5, 5, 5], [5, 5, 5]),
        ([-1, 0, 1, 1], [0, 5, 5, 5], [0, 5, 5, 5]),
        ([-1, 0, 0, 2], [0, 5, 5, 5], [0, 5, 5, 5]),
    ],
)
def test_why_a_figure_is_missing_tells_nothing_of_anybody_whose_own_part_did_not_fail(parents, people, own) -> None:
    """*people* took part in each unit itself, *own* of them answered this item. k is as small as the smallest unit."""
    tree, k = Tree.of(parents), min(filter(None, people))
    size = tree.totals(np.array(people))
    small, units, home = tree.restricted(units_with_enough_people(tree, np.array(people), k))
    size = size[units]
    with_people = [unit for unit, many in enumerate(own) if many]
    which = np.array(list(product(*(range(4 * own[unit] + 1) for unit in with_people))))
    counts = np.zeros((len(units), len(which), 5), dtype=np.int32)
    for unit, row in zip(with_people, which.T, strict=True):
        counts[home[unit]] += rows_of(own[unit])[row]
    plain, every = np.zeros(len(which), dtype=bool), np.ones((len(units), len(which)), dtype=bool)
    alone = [np.array([one]) for one in range(len(which))]
    shown = shown_units(small, counts, k=k, sensitive=plain, together=alone, size=size)
    seen = np.where(shown.units, small.totals(counts) @ POINTS, -1).T
    _different, same = np.unique(seen, axis=0, return_inverse=True)
    order = np.argsort(same.ravel(), kind="stable")
    starts = np.flatnonzero(np.diff(same.ravel()[order], prepend=-1))
    assert len(starts) > 100

    by_number, atoms = roll_up(small, counts, every, lambda kept, _items: _enough(kept, k), size=size)
    passes = may_stand(atoms, k, plain)
    for unit, row in zip(with_people, which.T, strict=True):
        can = np.logical_or.reduceat(open_answers(row + own[unit], own[unit])[order], starts, axis=0)
        part = small.nearest(by_number)[home[unit]]
        fine = np.logical_or.reduceat(passes[part, np.arange(len(which))][order], starts)
        assert can[fine].all(), (unit, seen[order[starts[np.flatnonzero(fine & ~can.all(axis=1))[0]]]])


def _enough(kept: Any, k: int) -> Any:
    many = kept.sum(axis=-1)
    return (many == 0) | (many >= k)


def test_what_a_team_that_failed_made_of_a_sum_is_not_left_to_the_others() -> None:
    """Four people without a team, and a team of seven that nearly agrees: they were shown together, as eleven.

    The team made 32 or more of their sum of 36, so the four had answered 1. Now a team that does not agree covers them,
    and is withheld for their number, whatever it answered.
    """
    unit = np.array([0] * 5 + [1] * 7 + [2] * 6 + [3] * 8)
    first = [0, 1, 1, 1, 1, *[5] * 6, 2, *[2, 4, 3] * 2, *[2, 4] * 4]
    second = [3, 2, 4, 3, 3, *[2, 4, 3] * 7]  # by which it is known how many of each team took part
    values = np.array([first, second], dtype=np.int8).T
    may = protect(Tree.of([-1, 0, 0, 0]), Answers(unit, values))
    assert may.units.tolist() == [[True, True], [False, True], [False, True], [True, True]]
    assert may.many[0, 0] - may.many[3, 0] == 4 + 7 + 6
