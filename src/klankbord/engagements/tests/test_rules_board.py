"""When the board is open, the way over it, and a thought that two people touch."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.board_texts import board_fields
from klankbord.engagements.models import Field
from klankbord.engagements.models import Moment as StoredMoment
from klankbord.engagements.rules.board import (
    FOLDED_FROM,
    STEPS_SHOWN,
    Gate,
    Hours,
    Moment,
    Plan,
    field_after,
    folded,
    gate,
    hours_of,
    last_steps,
    moment_of,
    path,
)

TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)
TALK = Hours(TEN, TEN + timedelta(minutes=60))
MOMENTS = st.integers(-300, 300).map(lambda minutes: TEN + timedelta(minutes=minutes))
OPENINGS = st.none() | MOMENTS
FIELDS = st.sampled_from([field.value for field in Field])
HALF_PAST = TEN + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        (None, None, Gate.SHUT),
        (HALF_PAST, None, Gate.WAITING),
        (None, HALF_PAST, Gate.INVITED),
        (HALF_PAST, HALF_PAST, Gate.OPEN),
        (TEN - timedelta(days=1), HALF_PAST, Gate.INVITED),
    ],
)
def test_during_the_talk_the_board_opens_when_both_opened_it_during_this_talk(mine, theirs, found) -> None:
    assert gate(HALF_PAST, TALK, mine=mine, theirs=theirs) is found


@given(MOMENTS, OPENINGS, OPENINGS)
def test_before_and_after_the_talk_the_board_is_open_whoever_opened_it(now, mine, theirs) -> None:
    if not TALK.holds(now):
        assert gate(now, TALK, mine=mine, theirs=theirs) is Gate.OPEN


@given(MOMENTS, OPENINGS, OPENINGS)
def test_both_find_the_board_open_or_neither_does(now, mine, theirs) -> None:
    seen = gate(now, TALK, mine=mine, theirs=theirs)
    other = gate(now, TALK, mine=theirs, theirs=mine)
    assert (seen is Gate.OPEN) is (other is Gate.OPEN)
    assert (seen is Gate.WAITING) is (other is Gate.INVITED)


@given(MOMENTS, OPENINGS, OPENINGS)
def test_a_talk_that_does_not_take_place_shuts_nothing(now, mine, theirs) -> None:
    hours = hours_of(TEN, 60, cancelled=True)
    assert gate(now, hours, mine=mine, theirs=theirs) is Gate.OPEN
    assert moment_of(now, hours) is Moment.BEFORE


def test_a_talk_lasts_as_long_as_was_agreed() -> None:
    assert hours_of(TEN, 60, cancelled=False) == TALK


def test_a_talk_begins_on_time_and_is_over_at_its_end() -> None:
    moments = [TEN - timedelta(seconds=1), TEN, TEN + timedelta(minutes=59), TEN + timedelta(minutes=60)]
    assert [moment_of(now, TALK) for now in moments] == [Moment.BEFORE, Moment.DURING, Moment.DURING, Moment.AFTER]


def test_the_moments_are_those_that_are_stored() -> None:
    assert set(Moment) == set(StoredMoment.values)


def test_going_to_where_one_is_already_is_no_step() -> None:
    assert path(["reality", "reality", "goal", "reality"]) == ("reality", "goal", "reality")


@given(st.lists(FIELDS))
def test_a_path_keeps_its_order_and_never_stands_still(fields) -> None:
    walked = path(fields)
    assert all(one != after for one, after in pairwise(walked))
    assert path(walked) == walked
    assert set(walked) == set(fields)


@given(st.lists(FIELDS))
def test_a_long_path_shows_its_end_and_says_that_more_went_before(fields) -> None:
    more, shown = last_steps(fields)
    assert shown == tuple(fields[-STEPS_SHOWN:])
    assert more is (len(shown) < len(fields))


@given(FIELDS, FIELDS, FIELDS)
def test_whoever_did_not_move_a_thought_leaves_it_where_the_other_put_it(shown, chosen, current) -> None:
    after = field_after(shown=shown, chosen=chosen, current=current)
    assert after == (current if shown == chosen else chosen)


@given(st.text(max_size=FOLDED_FROM * 3) | st.lists(st.text(max_size=9)).map(" ".join))
def test_a_folded_thought_loses_no_letter(text) -> None:
    shown, rest = folded(text)
    assert shown + rest == text
    assert shown or not text


def test_a_long_thought_folds_between_words_and_one_without_a_space_does_not() -> None:
    shown, rest = folded("woord " * 100)
    assert shown.endswith("woord")
    assert rest.startswith(" ")
    family = "👩‍👩‍👧‍👦" * 200
    assert folded(family) == (family, "")


def test_a_plan_in_words_leaves_out_what_was_left_empty() -> None:
    assert Plan("Bellen", "", "de planner").in_words == "Bellen\nde planner"


def test_every_field_has_a_name_and_a_question_in_both_languages() -> None:
    assert [one.id for one in board_fields()] == Field.values
    for one in board_fields():
        assert one.question.nl.endswith("?")
        assert one.question.en.endswith("?")
        assert one.name.nl != one.name.en
