"""Matching a whole group: the answer is as good as one that looked at every possibility, and as an exact solver's."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from klankbord.engagements.rules import assignment
from klankbord.engagements.rules.assignment import FULL, UNPLACED, Assignment, Group, Help, assign, what_would_help


@st.composite
def groups(draw: st.DrawFn) -> Group:
    """Small groups, from nobody to eight requests and five coaches, often with too few places."""
    requests, coaches = draw(st.integers(0, 8)), draw(st.integers(0, 5))
    cells = requests * coaches
    possible = draw(st.lists(st.integers(0, 3), min_size=cells, max_size=cells))
    fit = draw(st.lists(st.integers(0, 6), min_size=cells, max_size=cells))
    places = draw(st.lists(st.integers(0, 4), min_size=coaches, max_size=coaches))
    taken = draw(st.lists(st.integers(0, 3), min_size=coaches, max_size=coaches))
    waiting = draw(st.lists(st.integers(0, 9), min_size=requests, max_size=requests))
    shape = (requests, coaches)
    return Group.of(
        np.array(possible, dtype=int).reshape(shape) > 0,
        np.array(fit, dtype=int).reshape(shape),
        np.array(places, dtype=int),
        taken=np.array(taken, dtype=int),
        waiting=np.array(waiting, dtype=int),
    )


def _worth(group: Group, answer: Assignment) -> tuple[int, int, int, int, int]:
    """What an answer comes to, in the order in which the wishes count."""
    placed = np.flatnonzero(answer.coach != UNPLACED)
    fits = group.fit[placed, answer.coach[placed]]
    counts = np.bincount(answer.coach[placed], minlength=group.fit.shape[1])
    weight = sum(_weight(group, coach, nth) for coach, many in enumerate(counts) for nth in range(1, many + 1))
    return len(placed), int(fits.min(initial=99)), int(group.waiting[placed].sum()), int(fits.sum()), -weight


def _weight(group: Group, coach: int, nth: int) -> int:
    room = max(1, int(group.places[coach] + group.taken[coach]))
    return min(FULL, FULL * (int(group.taken[coach]) + nth) // room)


def _every_possibility(group: Group) -> tuple[int, int, int, int, int]:
    """The best of all assignments, by going through them all; for each lowest fit apart, for it does not add up."""
    best = (0, 99, 0, 0, 0)
    for floor in range(7):

        @cache
        def rest(request: int, used: tuple[int, ...], floor: int = floor) -> tuple[int, int, int, int]:
            if request == len(group.fit):
                return (0, 0, 0, 0)
            ways = [rest(request + 1, used)]
            for coach, many in enumerate(used):
                fit = int(group.fit[request, coach])
                if group.possible[request, coach] and fit >= floor and many < group.places[coach]:
                    further = rest(request + 1, (*used[:coach], many + 1, *used[coach + 1 :]))
                    own = (1, int(group.waiting[request]), fit, -_weight(group, coach, many + 1))
                    ways.append(tuple(a + b for a, b in zip(own, further, strict=True)))  # type: ignore[arg-type]
            return max(ways)

        placed, waited, total, weight = rest(0, (0,) * group.fit.shape[1])
        if placed:
            best = max(best, (placed, floor, waited, total, weight))
    return best


@settings(max_examples=150, deadline=None)
@given(groups())
def test_no_possibility_is_better(group: Group) -> None:
    answer = assign(group)
    worth = _worth(group, answer)
    assert worth == _every_possibility(group)
    assert (answer.placed, answer.total) == (worth[0], worth[3])
    assert answer.floor == (worth[1] if worth[0] else None)


@settings(max_examples=100, deadline=None)
@given(groups())
def test_nobody_gets_whom_they_may_not_have_and_no_coach_more_than_there_is_room_for(group: Group) -> None:
    coach = assign(group).coach
    placed = np.flatnonzero(coach != UNPLACED)
    assert group.possible[placed, coach[placed]].all()
    assert (np.bincount(coach[placed], minlength=len(group.places)) <= group.places).all()


def _chance(seed: int, requests: int, coaches: int, levels: int) -> Group:
    chance = np.random.default_rng(seed)
    return Group.of(
        chance.random((requests, coaches)) < 0.6,
        chance.integers(0, levels, (requests, coaches)),
        chance.integers(0, 2 * requests // coaches + 1, coaches),
    )


def _exact(group: Group, most: int) -> int:
    """The best sum with as many people and no fit below the floor, by a solver for whole numbers."""
    row, column = np.nonzero(group.possible)
    every = np.arange(len(row))
    once = coo_array((np.ones(len(row)), (row, every)), shape=(len(group.fit), len(row)))
    room = coo_array((np.ones(len(row)), (column, every)), shape=(len(group.places), len(row)))
    found = milp(
        -group.fit[row, column].astype(float),
        integrality=np.ones(len(row)),
        bounds=(0, 1),
        constraints=[
            LinearConstraint(vstack([once, room]).tocsr(), -np.inf, np.append(np.ones(len(group.fit)), group.places)),
            LinearConstraint(np.ones((1, len(row))), most, most),
        ],
    )
    assert found.success
    best: float = -found.fun
    return round(best)


@pytest.mark.parametrize("seed", range(6))
def test_the_sum_is_that_of_an_exact_solver(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # One candidate each to begin with, and everybody the same: the prices have to bring in the others.
    monkeypatch.setattr(assignment, "BEGIN_WITH", 1)
    monkeypatch.setattr(assignment, "_guessed_prices", lambda values: np.zeros(len(values.places) - 1, dtype=int))
    group = _chance(seed, 60, 14, (5, 40, 400)[seed % 3])
    answer = assign(group)
    assert answer.floor is not None
    above = Group.of(group.possible & (group.fit >= answer.floor), group.fit, group.places)
    assert answer.total == _exact(above, answer.placed)
    assert answer.rounds > 0


def test_the_least_fortunate_goes_before_the_sum() -> None:
    # Together 9 + 0 is more than 4 + 4. Nobody would explain the 0 to the one who got it.
    answer = assign(Group.of(np.ones((2, 2)), np.array([[9, 4], [4, 0]]), np.ones(2)))
    assert answer.coach.tolist() == [1, 0]
    assert (answer.floor, answer.total) == (4, 8)


def test_who_waited_longest_does_not_wait_again() -> None:
    group = Group.of(np.ones((3, 1)), np.full((3, 1), 5), np.array([1]), waiting=np.array([3, 30, 8]))
    assert assign(group).coach.tolist() == [UNPLACED, 0, UNPLACED]


def test_equal_fits_are_spread_over_the_room_that_coaches_have() -> None:
    # The first has four of six places taken; the second and third are idle, and the third has twice the room.
    group = Group.of(np.ones((4, 3)), np.full((4, 3), 5), np.array([2, 2, 4]), taken=np.array([4, 0, 0]))
    assert np.bincount(assign(group).coach, minlength=3).tolist() == [0, 1, 3]


def test_the_same_group_gets_the_same_answer() -> None:
    group = _chance(3, 80, 12, 3)
    assert all((assign(group).coach == assign(group).coach).all() for _ in range(3))


@settings(max_examples=100, deadline=None)
@given(groups(), st.lists(st.booleans(), min_size=8, max_size=8))
def test_as_many_places_as_are_said_help_as_many_people_and_more_places_help_nobody(
    group: Group, fits: list[bool]
) -> None:
    kind = np.array(fits[: len(group.fit)], dtype=bool)
    answer = assign(group)
    said = sum(one.places for one in what_would_help(group, answer, {"kind": kind}))
    for places in range(said + 2):
        wider = Group.of(
            np.concatenate((group.possible, kind[:, None]), axis=1),
            np.concatenate((group.fit, np.zeros((len(group.fit), 1), dtype=int)), axis=1),
            np.append(group.places, places),
        )
        assert assign(wider).placed == answer.placed + min(places, said)


def test_a_place_helps_that_is_taken_by_somebody_else() -> None:
    # The second can go to the first coach only, who has taken the first; a new coach fits the first alone.
    group = Group.of(np.array([[1], [1]]), np.array([[5], [5]]), np.array([1]), waiting=np.array([9, 0]))
    answer = assign(group)
    assert answer.coach.tolist() == [0, UNPLACED]
    kinds = {"for the first": np.array([True, False]), "for nobody": np.array([False, False])}
    assert what_would_help(group, answer, kinds) == [Help("for the first", 1)]


def test_what_does_not_belong_together_is_refused() -> None:
    with pytest.raises(ValueError, match="same requests"):
        Group.of(np.ones((2, 2)), np.ones((2, 3)), np.ones(2))
    with pytest.raises(ValueError, match="negative"):
        Group.of(np.ones((1, 1)), np.array([[-1]]), np.ones(1))
    with pytest.raises(ValueError, match="exactly"):
        assign(Group.of(np.ones((2, 1)), np.ones((2, 1)), np.ones(1), waiting=np.array([0, 2**50])))
