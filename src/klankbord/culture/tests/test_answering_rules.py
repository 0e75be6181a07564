"""Screens, what a form carried, and codes as people type them: without a database."""

import json
import random

import pytest

from klankbord.culture.answering import (
    Filled,
    Screen,
    faults_in,
    read_filled,
    screens_of,
    where_next,
    words_too_many,
)
from klankbord.culture.instrument import instrument
from klankbord.culture.models import Wave
from klankbord.culture.rules.ballots import MOST_WORDS, TooLong, ballot_of
from klankbord.culture.rules.codes import ALPHABET, code_from, spoken_code
from klankbord.culture.rules.typed_codes import read_typed

OWN = [{"nl": "Wij eten samen.", "en": "We eat together."}]


def wave(**more) -> Wave:
    return Wave(instrument_version=instrument().version, **more)


# --- screens --------------------------------------------------------------------------------------------------------


def test_a_dimension_is_a_screen_and_outcomes_and_open_questions_come_after():
    screens = screens_of(wave())
    assert [one.heading for one in screens[:8]] == [one.name for one in instrument().dimensions]
    assert screens[8].rated == instrument().outcomes
    assert screens[9].questions == instrument().open_questions
    assert len(screens) == 10


def test_own_sentences_are_a_screen_before_the_open_questions_and_a_pulse_is_one_screen():
    assert [len(one.rated) for one in screens_of(wave(own_items=OWN))][-3:] == [6, 1, 0]
    assert [len(one.rated) for one in screens_of(wave(kind="pulse", own_items=OWN))] == [5, 1]


@pytest.mark.parametrize("more", [{}, {"own_items": OWN}, {"kind": "pulse"}])
def test_every_sentence_and_question_of_a_wave_is_on_one_screen(more):
    asked = wave(**more)
    every = [*(one.id for one in asked.rated), *(one.id for one in asked.open_questions)]
    assert [one for screen in screens_of(asked) for one in screen.ids] == every


# --- what was filled in ---------------------------------------------------------------------------------------------


def test_i_do_not_know_is_an_answer_and_an_empty_field_is_open():
    screens = screens_of(wave())
    filled = read_filled(screens, {"listening.question": "0", "listening.finish": "", "listening.asked": "5"})
    assert filled.values == {"listening.question": 0, "listening.asked": 5}
    assert filled.left_open(screens[0]) == 1
    assert faults_in(screens, filled) == ()


@pytest.mark.parametrize("value", ["6", "-1", "3.0", "٣", "vijf", " 3", "03", "on"])
def test_what_is_no_point_is_told_and_the_rest_is_kept(value):
    screens = screens_of(wave())
    filled = read_filled(screens, {"listening.question": value, "listening.finish": "2", "not.asked": "3"})
    assert filled.values == {"listening.finish": 2}
    assert [(one.screen, one.field, one.over) for one in faults_in(screens, filled)] == [(1, "listening.question", 0)]


def test_a_text_comes_back_as_it_was_typed():
    screens = screens_of(wave())
    filled = read_filled(screens, {"open.helps": "een\r\n\r\ntwee ", "open.easier": " \r\n"})
    assert filled.words == {"open.helps": "een\n\ntwee "}


@pytest.mark.parametrize("letter", ["a", "é", "\n", '"', "€", "\\"])
def test_a_text_is_too_long_for_the_screen_exactly_when_it_is_for_the_box(letter):
    size = len(json.dumps(letter, ensure_ascii=False).encode()) - 2
    fits = "x" + letter * ((MOST_WORDS - 4) // size) + "x"
    for text in (fits, fits + "x", fits + letter * 3 + "x"):
        try:
            ballot_of([], ["q"], {}, {"q": text})
        except TooLong:
            assert words_too_many(text) == 10
        else:
            assert words_too_many(text) == 0


def test_too_long_is_told_about_how_much():
    screen = Screen(instrument().dimensions[0].name, questions=instrument().open_questions)
    filled = Filled({}, {"open.easier": "woord " * 400})
    assert [(one.field, one.over) for one in faults_in([screen], filled)] == [("open.easier", 90)]


# --- from screen to screen ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "go", "to"),
    [
        ("0", "next", 1), ("3", "back", 2), ("0", "back", 0), ("11", "next", 11), ("4", "7", 7), ("4", "99", 11),
        ("4", "", 4), ("4", "x", 4), ("", "next", 1), ("99", "back", 10), ("9999999", "next", 1), ("²", "", 0),
        ("2", "send", 11), ("4", "²", 4), ("4", "٣", 4), ("4", "9999999", 4),
    ],
)  # fmt: skip
def test_a_button_leads_where_it_says_and_nonsense_stays_where_it_is(at, go, to):
    assert where_next(at, go, 11) == to


# --- codes ----------------------------------------------------------------------------------------------------------


def code(seed: int) -> str:
    return code_from(random.Random(seed).randbytes(9))


@pytest.mark.parametrize("seed", range(20))
def test_spaces_dashes_and_small_letters_do_not_matter(seed):
    given = code(seed)
    assert read_typed(spoken_code(given)) == given
    assert read_typed(f" {given[:5].lower()}-{given[5:10]}.{given[10:].lower()}\n") == given


def test_what_looks_alike_is_put_right_or_asked_for_again_and_never_becomes_another_code():
    tried = 0
    for given in map(code, range(60)):
        for letter, seen in (("L", "1"), ("L", "i"), ("Q", "0"), ("Q", "o"), ("D", "O")):
            if given.count(letter) == 1:
                tried += 1
                assert read_typed(given.replace(letter, seen)) in (given, None)
    assert tried > 50


def test_most_codes_with_a_letter_that_looks_like_another_are_read():
    tried = [one for one in map(code, range(300)) if set(one) & set("LQD")]
    read = [read_typed(one.replace("L", "1").replace("Q", "O").replace("D", "0")) for one in tried]
    assert sum(one == given for one, given in zip(read, tried, strict=True)) > 0.9 * len(tried)


def test_four_letters_that_look_like_others_are_still_put_right():
    tried = [one for one in map(code, range(3000)) if sum(letter in "QD" for letter in one) == 4]
    found = {one: read_typed(one.replace("Q", "0").replace("D", "O")) for one in tried}
    assert any(one == read for one, read in found.items())
    assert all(read in (one, None) for one, read in found.items())


def test_every_single_wrong_letter_is_seen():
    given = code(7)
    for place, right in enumerate(given):
        for wrong in set(ALPHABET) - {right}:
            assert read_typed(given[:place] + wrong + given[place + 1 :]) is None


@pytest.mark.parametrize("typed", ["", "   ", "0" * 14, "O" * 60, "x" * 5000, "é" * 14, "\0"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_typed(typed) is None
