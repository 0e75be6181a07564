"""Which question somebody gets: what fits, the same again for the same seed, and fewer for who finds the own way."""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.content_files import ContentError, Table
from klankbord.engagements.models import Field, SpiralStep
from klankbord.engagements.questions import question, questions, read_question
from klankbord.engagements.rules.questions import (
    About,
    ComesIn,
    Phase,
    Room,
    Step,
    Wanted,
    fitting,
    holds_words,
    in_turn,
    offered,
    plain,
)
from klankbord.engagements.texts import SessionPage, session_lines

LEVELS = st.one_of(st.none(), st.integers(1, 5))
PHASES = st.one_of(st.none(), st.sampled_from(Phase))
STEPS = st.one_of(st.none(), st.sampled_from(Step))
ANY = st.builds(
    Wanted,
    phase=PHASES,
    step=STEPS,
    about=st.one_of(st.none(), st.sampled_from(About)),
    room=st.one_of(st.none(), st.sampled_from(Room)),
    comes_in=st.one_of(st.none(), st.sampled_from(ComesIn)),
)


# --- the collection -----------------------------------------------------------------------------------------------


def test_the_collection_is_spread_over_everything_one_may_look_for():
    assert len(questions()) >= 130
    phases = Counter(one.phase for one in questions())
    steps = Counter(step for one in questions() for step in one.steps)
    ways = Counter(way for one in questions() for way in one.comes_in)
    subjects = Counter(one.about for one in questions())
    assert all(phases[phase] >= 20 for phase in Phase)
    assert all(steps[step] >= 15 for step in Step)
    assert all(ways[way] >= 10 for way in ComesIn)
    assert all(subjects[subject] >= 8 for subject in About)


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("level", range(1, 6))
def test_each_field_of_the_board_has_enough_questions_for_each_wish_of_steering(phase, level):
    assert sum(one.phase is phase and one.suits(level) for one in questions()) >= 6


def _letters(text: str) -> str:
    return re.sub(r"[^a-z ]", "", plain(text))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_questions_are_nearly_the_same(language):
    written = [(one.id, _letters(one.wording.text(language))) for one in questions()]
    written += [
        (line.id, _letters(line.wording.text(language))) for side in SessionPage for line in session_lines(side)
    ]
    alike = []
    for (one, first), (other, second) in combinations(written, 2):
        matcher = SequenceMatcher(None, first, second)
        if matcher.quick_ratio() > 0.85 and matcher.ratio() > 0.85:
            alike.append((one, other))
    assert alike == []


def test_no_question_asks_why_or_hides_advice():
    for one in questions():
        assert not re.search(r"\bwaarom\b|zou je niet|heb je al overwogen", one.wording.nl.lower()), one.id
        assert not re.search(r"\bwhy\b|should you not|have you considered", one.wording.en.lower()), one.id


def test_the_rules_speak_of_the_same_fields_and_steps_as_what_is_kept():
    assert {phase.value for phase in Phase} == set(Field.values)
    assert {step.value for step in Step} == set(SpiralStep.Step.values)


def _row(**changes: object) -> Table:
    row = {
        "id": "goal.new",
        "nl": "Wat is er nieuw?",
        "en": "What is new?",
        "steps": ["act"],
        "least": 1,
        "most": 3,
        "comes_in": ["seeker"],
        "about": "work",
    }
    return Table({**row, **changes}, "here")


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "will.new"},
        {"nl": "Doe dit eens."},
        {"en": ""},
        {"steps": []},
        {"steps": ["dance"]},
        {"least": 4},
        {"most": 6},
        {"about": "weather"},
        {"comes_in": ["stranger"]},
        {"nl": "Wat " + "heel " * 40 + "lang?"},
    ],
)
def test_a_question_that_cannot_be_right_is_refused(wrong):
    assert read_question(Phase.GOAL, _row()).id == "goal.new"
    with pytest.raises(ContentError):
        read_question(Phase.GOAL, _row(**wrong))


def test_a_question_is_found_by_its_id():
    assert question("goal.enough").wording.nl == "Wanneer is het goed genoeg?"
    with pytest.raises(KeyError):
        question("goal.nothing")


# --- looking for one ----------------------------------------------------------------------------------------------


@given(ANY)
def test_looking_for_more_never_finds_more(wanted):
    wider = Wanted(phase=wanted.phase)
    found = {one.id for one in questions() if wanted.fits(one)}
    assert found <= {one.id for one in questions() if wider.fits(one)}


@pytest.mark.parametrize(
    ("words", "text", "there"),
    [
        ("één ding", "Eén ding tegelijk?", True),
        ("een DING", "Eén ding tegelijk?", True),
        ("ding team", "Eén ding tegelijk?", False),
        ("", "Wat dan ook?", True),
    ],
)
def test_words_are_found_without_accents_and_capitals(words, text, there):
    assert holds_words(words, text) is there


def test_words_are_looked_for_in_both_languages_but_not_across_them():
    assert holds_words("goed genoeg", "Wanneer is het goed genoeg?", "When is it good enough?")
    assert holds_words("good", "Wanneer is het goed genoeg?", "When is it good enough?")
    assert not holds_words("goed good", "Wanneer is het goed genoeg?", "When is it good enough?")


@given(st.text(max_size=20), st.integers(0, 500))
def test_the_same_seed_and_turn_give_the_same_question(seed, turn):
    backwards = list(reversed(questions()))
    assert in_turn(questions(), seed, turn) == in_turn(backwards, seed, turn)


@given(st.text(max_size=20), st.integers(1, 30))
def test_nothing_comes_twice_before_everything_came_once(seed, count):
    some = questions()[:count]
    assert {in_turn(some, seed, turn) for turn in range(count)} == set(some)


def test_where_there_is_nothing_nothing_is_given():
    assert in_turn([], "seed", 3) is None


# --- on the page of a talk ----------------------------------------------------------------------------------------


@given(st.booleans(), LEVELS, PHASES, STEPS)
def test_the_wish_for_steering_always_holds_and_there_are_always_enough(begun, level, phase, step):
    found = fitting(questions(), begun=begun, level=level, phase=phase, step=step)
    assert all(one.suits(level or 3) for one in found)
    assert len(found) >= offered(level)


@given(st.booleans(), LEVELS, st.sampled_from(Phase))
def test_the_place_on_the_board_holds_as_long_as_there_is_no_step(begun, level, phase):
    found = fitting(questions(), begun=begun, level=level, phase=phase)
    assert {one.phase for one in found} == {phase}


def test_before_a_talk_it_is_about_the_goal_and_afterwards_about_going_on():
    before = fitting(questions(), begun=False, level=None)
    after = fitting(questions(), begun=True, level=None)
    assert {one.phase for one in before} == {Phase.GOAL, Phase.REALITY}
    assert {one.phase for one in after} == {Phase.OPTIONS, Phase.WILL}


def test_who_finds_the_own_way_is_given_fewer():
    assert [offered(level) for level in (1, 2, 3, 4, 5, None)] == [5, 4, 3, 2, 1, 3]


def test_who_finds_the_own_way_is_given_no_question_that_holds_on():
    assert all(one.least >= 2 for one in fitting(questions(), begun=True, level=5))
