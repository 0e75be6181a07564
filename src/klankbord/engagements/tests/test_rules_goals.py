"""A sentence out of small answers, which wording leads, when is asked whether it fits, and one number over goals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.goal_texts import level_names, pattern_in
from klankbord.engagements.rules.goals import (
    LEVELS,
    GoalText,
    Parts,
    asks_whether_it_fits,
    goal_text,
    height,
    leading,
    path,
    sentence,
    spots,
    t_score,
    tidy,
)

ANSWERS = st.text(max_size=30) | st.sampled_from(["", "mei", "de {pilot}", "een [] haak", "rust.\nEn ruimte. "])
PARTS = st.builds(Parts, ANSWERS, st.sampled_from(["can", "know", "", "unknown"]), ANSWERS, ANSWERS, ANSWERS, ANSWERS)
LEVEL = st.sampled_from(LEVELS)
START = datetime(2026, 5, 12, 10, tzinfo=UTC)


# --- the sentence -------------------------------------------------------------------------------------------------


def test_all_answers_make_one_goal_in_three_sentences() -> None:
    parts = Parts("juni", "can", "zeggen wat niet lukt", "de pilot", "rustiger slapen", "ik dan plezier houd.")
    assert sentence(parts, pattern_in("nl")) == (
        "Aan het eind van juni kan ik zeggen wat niet lukt, rond de pilot. "
        "Dat merk ik aan rustiger slapen. Dat is belangrijk voor mij, omdat ik dan plezier houd."
    )


def test_without_a_moment_the_sentence_begins_with_the_person() -> None:
    assert sentence(Parts(way="know", what="wat ik wil"), pattern_in("nl")) == "Ik weet wat ik wil."


def test_a_subject_alone_is_a_sentence_too() -> None:
    assert sentence(Parts(about="the pilot"), pattern_in("en")) == "What matters to me is the pilot."


@given(PARTS, st.sampled_from(["nl", "en"]))
def test_every_answer_stands_in_the_sentence(parts: Parts, language) -> None:
    made = sentence(parts, pattern_in(language))
    for answer in (parts.when, parts.what, parts.about, parts.notice, parts.why):
        assert tidy(answer) in made


@given(PARTS)
def test_there_is_a_sentence_as_soon_as_there_is_an_answer(parts: Parts) -> None:
    assert bool(sentence(parts, pattern_in("nl"))) == (len(parts.missing()) < 5)


@given(st.text(max_size=80), PARTS, st.dictionaries(LEVEL, st.text(min_size=1, max_size=20)))
def test_what_is_kept_is_read_as_it_was_written(words: str, parts: Parts, levels: dict[int, str]) -> None:
    text = GoalText(words, parts, levels, "let_go")
    assert goal_text(text.kept()) == text


def test_both_languages_name_all_five_levels() -> None:
    assert tuple(level_names("nl")) == tuple(level_names("en")) == LEVELS


# --- which wording leads ------------------------------------------------------------------------------------------


def test_the_words_of_the_coach_lead_only_until_the_client_has_some() -> None:
    assert leading("ab", [False, False]) == 1
    assert leading("abc", [False, True, False]) == 1


@given(st.lists(st.booleans(), max_size=8))
def test_a_client_who_wrote_is_never_led_by_the_coach(by_client: list[bool]) -> None:
    place = leading(by_client, by_client)
    assert (place is None) == (not by_client)
    assert place is None or by_client[place] or not any(by_client)


# --- does it still fit --------------------------------------------------------------------------------------------


def asked(*changed: datetime, number: int = 3, begun: bool = True) -> bool:
    return asks_whether_it_fits(number=number, evaluate_after=3, begun=begun, starts_at=START, changed=changed)


def test_the_question_comes_after_the_third_talk_and_not_before() -> None:
    before = START - timedelta(days=9)
    assert asked(before)
    assert not asked(before, begun=False)
    assert not asked(before, number=4)


def test_whoever_answered_or_has_no_goal_is_not_asked() -> None:
    assert not asked(START - timedelta(days=9), START + timedelta(hours=1))
    assert not asked()


# --- one number ---------------------------------------------------------------------------------------------------


def test_everything_as_hoped_is_fifty() -> None:
    assert t_score([0, 0, 0]) == 50


def test_one_goal_moves_ten_for_each_level() -> None:
    assert [t_score([level]) for level in LEVELS] == pytest.approx([30, 40, 50, 60, 70])


def test_three_goals_as_worked_out_by_hand() -> None:
    # 50 + 10 * 2 / sqrt(0.7 * 3 + 0.3 * 9)
    assert t_score([1, 1, 0]) == pytest.approx(50 + 20 / 4.8**0.5)


@given(st.lists(LEVEL, min_size=1, max_size=12))
def test_the_number_is_fair_to_both_sides(levels: list[int]) -> None:
    assert t_score(levels) - 50 == pytest.approx(50 - t_score([-level for level in levels]))


@given(st.lists(LEVEL, min_size=1, max_size=12), st.floats(0.1, 50))
def test_equal_weights_are_as_good_as_none(levels: list[int], weight: float) -> None:
    assert t_score(levels, [weight] * len(levels)) == pytest.approx(t_score(levels))


@given(st.lists(LEVEL, min_size=1, max_size=12), st.data())
def test_a_goal_that_comes_further_never_lowers_the_number(levels: list[int], data) -> None:
    place = data.draw(st.integers(0, len(levels) - 1))
    further = [*levels[:place], levels[place] + 1, *levels[place + 1 :]]
    assert t_score(further) > t_score(levels)


@pytest.mark.parametrize(("levels", "weights"), [([], None), ([1], [0.0]), ([1, 2], [1.0])])
def test_a_number_over_nothing_is_refused(levels, weights) -> None:
    with pytest.raises(ValueError, match="a score needs goals"):
        t_score(levels, weights)


# --- the picture --------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 400), LEVEL), min_size=1, max_size=9))
def test_marks_stay_within_the_picture(marked: list[tuple[int, int]]) -> None:
    moments = [START + timedelta(days=days) for days, _ in sorted(marked)]
    drawn = spots(moments, [level for _, level in sorted(marked)], moments[0], moments[-1])
    assert all(30 <= spot.x <= 228 and 10 <= spot.y <= 90 for spot in drawn)
    assert bool(path(drawn)) == (len(drawn) > 1)


def test_a_higher_level_stands_higher() -> None:
    assert [height(level) for level in LEVELS] == sorted((height(level) for level in LEVELS), reverse=True)
