"""Ratings: only while both want them, told without a verdict, and drawn inside the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.learning_texts import open_question, working_together
from klankbord.engagements.rules.alliance import BOTTOM, LEFT, RIGHT, TOP, About, refuse_unless_both, row, trend
from klankbord.policy.rules.finding import NotNow

given_or_skipped = st.lists(st.none() | st.integers(0, 10), max_size=12)


@pytest.mark.parametrize(("client", "coach"), [(False, False), (True, False), (False, True)])
def test_there_are_no_ratings_unless_both_want_them(client: bool, coach: bool) -> None:
    with pytest.raises(NotNow, match="while you both want them"):
        refuse_unless_both(client, coach)


def test_when_both_want_them_nothing_stands_in_the_way() -> None:
    refuse_unless_both(True, True)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([], "Hier gaf je nog geen cijfer."),
        ([None, 7, None], "Je gaf een 7."),
        ([7, None, 7], "Je gaf steeds een 7."),
        ([7, 4, 7], "Je gaf een 7, en nu weer een 7."),
        ([3, None, 8], "Je gaf eerst een 3 en nu een 8."),
        ([8, 3], "Je gaf eerst een 8 en nu een 3."),
    ],
)
def test_what_was_given_is_told_in_a_sentence(values: list[int | None], told: str) -> None:
    assert trend(values).nl == told


@given(given_or_skipped)
def test_the_sentence_tells_only_figures_that_were_given(values: list[int | None]) -> None:
    said = {int(word.strip(".,")) for word in trend(values).en.split() if word.strip(".,").isdigit()}
    assert said <= {value for value in values if value is not None}


@given(given_or_skipped)
def test_every_rating_is_a_mark_inside_the_picture_and_a_higher_one_lies_higher(values: list[int | None]) -> None:
    marks = row(values).marks
    assert [mark.value for mark in marks] == [value for value in values if value is not None]
    assert all(LEFT <= mark.x <= RIGHT and TOP <= mark.y <= BOTTOM for mark in marks)
    assert sorted(marks, key=lambda mark: -mark.y) == sorted(marks, key=lambda mark: mark.value)


def test_one_rating_is_a_mark_in_the_middle_without_a_line() -> None:
    only = row([6])
    assert (only.marks[0].x, only.path) == ((LEFT + RIGHT) / 2, "")


def test_what_may_be_rated_has_a_question_each() -> None:
    assert [scale.id for scale in working_together().scales] == list(About)


def test_the_talks_take_turns_with_an_open_question_for_each_of_the_two() -> None:
    asked = [open_question(number) for number in range(1, 8)]
    assert asked[0] == asked[3]
    assert asked[0] != asked[1]
    assert all(
        text.endswith("?") for one in asked for text in (one.client.nl, one.client.en, one.coach.nl, one.coach.en)
    )
