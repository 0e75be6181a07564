"""Codes on paper, ballots of one length, and an order that tells nothing."""

import random
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scan import plan

from klankbord.culture.rules.ballots import (
    FULL_SIZE,
    PULSE_SIZE,
    Ballot,
    Counted,
    NotABallot,
    TooLong,
    answer_text,
    ballot_of,
    in_canonical_order,
    packed,
    read_answer,
    unpacked,
    words_to_keep,
)
from klankbord.culture.rules.codes import ALPHABET, LENGTH, code_from, read_code, spoken_code
from klankbord.culture.rules.waves import Attribute, WavePlan, band_words, findings_about_wave, is_over

ITEMS, QUESTIONS = ("a", "b", "c"), ("q1", "q2")
TODAY = date(2026, 11, 30)


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_read_however_it_is_typed(digest):
    code = code_from(digest)
    assert len(code) == LENGTH + 1
    assert not set(code) & set("01OI")
    assert read_code(code) == code
    assert read_code(f"  {spoken_code(code).lower().replace(' ', '-')} ") == code


def test_a_code_has_all_its_bits_from_the_digest():
    assert LENGTH * 5 >= 60
    assert len({code_from(number.to_bytes(9, "big") + bytes(23)) for number in range(0, 1 << 15, 1 << 7)}) == 256


@given(st.binary(min_size=32, max_size=32), st.integers(0, LENGTH), st.integers(1, 31))
def test_one_wrong_letter_is_seen(digest, place, by):
    code = code_from(digest)
    wrong = ALPHABET[(ALPHABET.index(code[place]) + by) % 32]
    assert read_code(code[:place] + wrong + code[place + 1 :]) is None


def test_two_neighbours_that_changed_places_are_seen_but_for_the_first_and_the_last_letter_there_are():
    code = code_from(bytes(range(32)))
    for place, first, second in product((4, 5), ALPHABET, ALPHABET):
        letters = code[:place] + first + second + code[place + 2 : LENGTH]
        whole = next(letters + check for check in ALPHABET if read_code(letters + check))
        swapped = whole[:place] + second + first + whole[place + 2 :]
        assert (read_code(swapped) is None) == (first != second and {first, second} != {ALPHABET[0], ALPHABET[-1]})


def test_a_code_that_was_printed_before_an_upgrade_is_the_same_after_it():
    assert code_from(bytes(range(32))) == "222J62S62N52GX"
    assert spoken_code(code_from(bytes(range(32)))) == "222J6 2S62N 52GX"


@pytest.mark.parametrize(
    "typed",
    [
        "2" * 13 + "0",
        "2" * 5 + "é" + "2" * 8,
        "",
        "scan",
        "Zq8xW2aYt0uC1kq9LmN4vB7sD3fG6hJ5",
        "2" * 13,
        "0" * 14,
        "2" * 15,
    ],
)
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None


@given(
    st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 5)),
    st.dictionaries(st.sampled_from(QUESTIONS), st.text(max_size=300)),
)
def test_every_ballot_of_a_wave_has_one_length_and_comes_back_as_it_was(values, words):
    ballot = ballot_of(ITEMS, QUESTIONS, values, words)
    text = packed(ballot, FULL_SIZE)
    assert len(text.encode()) == FULL_SIZE
    assert unpacked(text) == ballot
    assert ballot.digits == "".join(str(values.get(item, 0)) for item in ITEMS)


def test_the_longest_words_fit_and_longer_ones_are_told_by_their_question():
    many = [f"item.number_{number}" for number in range(45)]
    longest = "é" * 899
    ballot = ballot_of(many, QUESTIONS, dict.fromkeys(many, 5), dict.fromkeys(QUESTIONS, longest))
    assert len(packed(ballot, FULL_SIZE).encode()) == FULL_SIZE
    short = ballot_of(ITEMS, (), {"a": 5}, {})
    size = len(packed(short, FULL_SIZE).rstrip())
    assert unpacked(packed(short, size)) == short
    with pytest.raises(NotABallot):
        packed(short, size - 1)
    with pytest.raises(TooLong) as refused:
        ballot_of(many, QUESTIONS, {}, {"q1": "kort", "q2": longest + "é"})
    assert refused.value.question == "q2"
    assert len(packed(ballot_of(many[:10], (), {}, {}), PULSE_SIZE)) == PULSE_SIZE


@pytest.mark.parametrize("values", [{"d": 3}, {"a": 6}, {"a": -1}])
def test_what_was_not_asked_is_no_ballot(values):
    with pytest.raises(NotABallot):
        ballot_of(ITEMS, QUESTIONS, values, {})
    with pytest.raises(NotABallot):
        ballot_of(ITEMS, QUESTIONS, {}, {"q3": "hallo"})


def test_the_order_in_which_ballots_came_in_makes_no_difference():
    dice = random.Random(1)
    counted = [
        Counted(f"unit{dice.randrange(4)}", dice.randrange(3), Ballot(f"{dice.randrange(1000):03d}", {"q1": str(n)}))
        for n in range(60)
    ]
    wanted = [answer_text(one) for one in in_canonical_order(counted)]
    said = words_to_keep((one.ballot for one in counted), QUESTIONS)
    for _ in range(20):
        dice.shuffle(counted)
        assert [answer_text(one) for one in in_canonical_order(counted)] == wanted
        assert words_to_keep((one.ballot for one in counted), QUESTIONS) == said


def test_own_words_are_kept_from_ten_on_and_for_each_question_apart():
    ballots = [Ballot("333", {"q1": f"a{n}", **({"q2": "b"} if n < 9 else {})}) for n in range(10)]
    assert {question for question, _text in words_to_keep(ballots, QUESTIONS)} == {"q1"}
    assert words_to_keep(ballots[:9], QUESTIONS) == []


def test_an_answer_carries_its_class_in_two_digits():
    assert read_answer(answer_text(Counted("u", 7, Ballot("012345", {})))) == (7, "012345")


def test_what_stands_in_the_way_of_opening_is_told():
    def codes(**more: Any):
        facts: dict[str, Any] = {"opens": TODAY, "closes": TODAY + timedelta(days=14), "invited": 40, "k": 5}
        classes: dict[str, Any] = {"attribute": Attribute.NONE, "classes": [], "of_people": [0] * 40}
        return [one.code for one in findings_about_wave(**(facts | classes | more)) if one.sentence.nl]

    two = {"attribute": Attribute.UPLOADED, "classes": ["jong", "oud"]}
    assert codes() == []
    assert codes(closes=TODAY) == ["closes"]
    assert codes(closes=TODAY + timedelta(days=61)) == ["long"]
    assert codes(invited=9) == ["few"]
    assert codes(**two, of_people=[1] * 20 + [2] * 20) == []
    assert codes(**two, of_people=[1] * 31 + [2] * 9) == ["class_small"]
    assert codes(**two, of_people=[1] * 36 + [2] * 4) == ["class_too_small"]
    assert codes(**two, of_people=[0] * 4 + [1] * 20 + [2] * 20) == ["class_unknown"]
    assert codes(**(two | {"classes": ["alle"]}), of_people=[1] * 40) == ["classes"]


def test_a_plan_never_asks_for_figures_about_fewer_than_five():
    with pytest.raises(ValueError, match="fewer than 5"):
        plan(k=4)
    with pytest.raises(ValueError, match="at least 50"):
        plan(whom="sample", sample_size=49)
    assert isinstance(plan(k=6), WavePlan)


def test_the_last_day_still_counts_and_response_is_told_in_bands():
    assert not is_over(TODAY, TODAY)
    assert is_over(TODAY, TODAY + timedelta(days=1))
    assert [band_words(band).nl for band in (0, 4)] == ["tussen 0 en 10 procent", "tussen 75 en 100 procent"]
    assert band_words(None).en == "too early to say"
