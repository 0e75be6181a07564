"""How much of itself the product shows, by how much steering is welcome."""

from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.learning_texts import learning
from klankbord.engagements.rules.steering import LEVELS, prompts, prompts_for

questions = st.lists(st.text(min_size=1), max_size=10)
levels = st.none() | st.sampled_from(LEVELS)


def test_who_wants_to_be_taken_by_the_hand_sees_three_questions_and_who_finds_the_own_way_none() -> None:
    assert [prompts_for(level).open for level in LEVELS] == [3, 2, 1, 0, 0]


def test_only_on_the_own_way_are_questions_no_longer_offered() -> None:
    assert [prompts_for(level).offered for level in LEVELS] == [True, True, True, True, False]


def test_whoever_said_nothing_gets_questions_on_asking() -> None:
    assert (prompts_for(None).open, prompts_for(None).offered) == (0, True)


def test_each_level_is_described_in_one_or_two_sentences_and_none_is_called_better() -> None:
    assert [int(one.id) for one in learning().levels] == list(LEVELS)
    for one in learning().levels:
        for text in (one.about.nl, one.about.en):
            assert 1 <= text.count(".") <= 2
            assert "better" not in text
            assert "beter" not in text


@given(questions, levels)
def test_no_question_is_ever_lost(asked: list[str], level: int | None) -> None:
    shown = prompts(asked, level)
    assert [*shown.open, *shown.behind] == asked


@given(questions, st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_it_shows_no_more_as_the_level_rises(asked: list[str], one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert len(prompts(asked, low).open) >= len(prompts(asked, high).open)
