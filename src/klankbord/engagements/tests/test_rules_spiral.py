"""The learning spiral: turns in any order, and a picture in which nothing overlaps and nothing is missing."""

from itertools import combinations, pairwise
from math import dist

from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.rules.spiral import (
    CENTRE_X,
    CENTRE_Y,
    HEIGHT,
    STEPS,
    WIDTH,
    Step,
    Walked,
    dense_turns,
    draw,
    turn_for,
)

CHOSEN = st.tuples(st.sampled_from(STEPS), st.booleans())


def walk(*steps: Step) -> list[Walked]:
    """These steps, placed one after the other."""
    walked: list[Walked] = []
    for step in steps:
        walked.append(Walked(step, turn_for(walked, step)))
    return walked


def _placed(chosen: list[tuple[Step, bool]]) -> list[Walked]:
    walked: list[Walked] = []
    for step, anew in chosen:
        walked.append(Walked(step, turn_for(walked, step, anew=anew)))
    return walked


walks = st.lists(CHOSEN, max_size=30).map(_placed)


def test_a_turn_holds_steps_in_any_order() -> None:
    assert [one.turn for one in walk(Step.ALTERNATIVES, Step.ESSENTIALS, Step.LOOK_BACK)] == [1, 1, 1]


def test_a_step_that_lies_there_already_begins_the_next_turn() -> None:
    assert [one.turn for one in walk(Step.ACT, Step.LOOK_BACK, Step.ACT, Step.LOOK_BACK)] == [1, 1, 2, 2]


def test_acting_after_trying_out_is_a_new_turn() -> None:
    assert [one.turn for one in walk(Step.LOOK_BACK, Step.TRY_OUT, Step.ACT)] == [1, 1, 2]


def test_whoever_says_so_begins_a_new_turn() -> None:
    assert turn_for(walk(Step.ACT), Step.LOOK_BACK, anew=True) == 2
    assert turn_for([], Step.ESSENTIALS, anew=True) == 1


def test_turns_that_were_taken_away_are_not_counted() -> None:
    assert dense_turns([Walked(Step.ACT, 2), Walked(Step.ACT, 7)]) == [1, 2]


def test_the_first_step_lies_above_the_middle_and_the_second_to_its_right() -> None:
    act, back = draw(walk(Step.ACT, Step.LOOK_BACK)).points
    assert (act.x, act.y < CENTRE_Y) == (CENTRE_X, True)
    assert back.x > CENTRE_X


def test_one_dot_has_no_line_and_an_empty_picture_only_the_five_directions() -> None:
    assert draw(walk(Step.ACT)).path == draw([]).path == ""
    assert (len(draw([]).points), [spoke.step for spoke in draw([]).spokes]) == (0, list(STEPS))


def test_the_line_runs_from_the_first_dot_to_the_furthest_and_not_beyond() -> None:
    drawing = draw([Walked(Step.LOOK_BACK, 1), Walked(Step.ALTERNATIVES, 2)])
    first, *_between, last = drawing.path.removeprefix("M").split(" L")
    assert [first, last] == [f"{point.x} {point.y}" for point in drawing.points]


def test_numbers_give_way_when_the_turns_come_close() -> None:
    assert draw([Walked(Step.ACT, turn) for turn in range(1, 6)]).with_numbers
    assert not draw([Walked(Step.ACT, turn) for turn in range(1, 8)]).with_numbers


@given(walks)
def test_turns_never_go_back_and_hold_each_step_once(walked: list[Walked]) -> None:
    assert all(one.turn <= next_one.turn <= one.turn + 1 for one, next_one in pairwise(walked))
    assert len(set(walked)) == len(walked)


@given(walks)
def test_every_dot_lies_in_the_picture_with_its_number_and_no_two_touch(walked: list[Walked]) -> None:
    drawing = draw(walked)
    assert [point.number for point in drawing.points] == list(range(1, len(walked) + 1))
    for point in drawing.points:
        assert drawing.dot <= point.x <= WIDTH - drawing.dot
        assert drawing.dot <= point.y <= HEIGHT - drawing.dot
    for one, other in combinations(drawing.points, 2):
        assert dist((one.x, one.y), (other.x, other.y)) > 2 * drawing.dot


@given(walks)
def test_only_the_last_one_walked_is_where_somebody_is_now(walked: list[Walked]) -> None:
    assert [point.latest for point in draw(walked).points] == [False] * (len(walked) - 1) + [True] * bool(walked)


@given(walks)
def test_a_later_turn_lies_further_out(walked: list[Walked]) -> None:
    drawing, turns = draw(walked), dense_turns(walked)
    way = sorted(
        (turn * len(STEPS) + STEPS.index(one.step), dist((point.x, point.y), (CENTRE_X, CENTRE_Y)))
        for one, turn, point in zip(walked, turns, drawing.points, strict=True)
    )
    assert all(inner[1] < outer[1] for inner, outer in pairwise(way))
