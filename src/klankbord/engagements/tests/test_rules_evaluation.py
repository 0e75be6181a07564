"""Texts in parts, the map of people around, and when a text of three stands: by example and by property."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.rules import evaluation
from klankbord.engagements.rules.evaluation import Pillar, parts_in, side_by_side
from klankbord.engagements.rules.meeting import PLACES, WORDS, Said, Stage, Voice, in_force, still_to_say_yes
from klankbord.engagements.rules.parts import in_words
from klankbord.engagements.rules.people_around import (
    MOST,
    RADIUS,
    STEP_ASIDE,
    Changed,
    Full,
    Ring,
    Somebody,
    body_of,
    by_ring,
    drawn,
    next_question,
    people_in,
    with_change,
    with_one_more,
    without,
)

WORDS_OF_PEOPLE = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
KEYS = ("parts", "people", "id", "who", "ring", "answers", "way", "x")
NESTED = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
)
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)

# --- parts --------------------------------------------------------------------------------------------------------


def test_a_text_in_parts_comes_back_in_the_order_of_the_pillars_without_what_is_empty():
    body = evaluation.body_of({"result": " Het plan ligt er. ", "way": "Meer stilte.", "awareness": "  "})
    assert parts_in(body) == {"way": "Meer stilte.", "result": "Het plan ligt er."}
    assert list(parts_in(body)) == ["way", "result"]


@given(st.dictionaries(st.sampled_from(Pillar), WORDS_OF_PEOPLE))
def test_what_is_sealed_in_parts_is_what_comes_out(parts):
    kept = parts_in(evaluation.body_of({pillar.value: text for pillar, text in parts.items()}))
    assert parts_in(evaluation.body_of(kept)) == kept
    assert set(kept) <= {pillar.value for pillar in parts}


@given(st.text(max_size=80) | NESTED.map(json.dumps))
def test_no_garbled_body_is_an_error(body):
    assert all(isinstance(text, str) and text.strip() for text in parts_in(body).values())
    assert all(one.who.strip() for one in people_in(body))


def test_a_text_from_before_there_were_parts_stands_whole_under_the_first():
    assert parts_in("Gewoon een zin.") == {"way": "Gewoon een zin."}
    assert parts_in("[1, 2]") == {"way": "[1, 2]"}
    assert parts_in("[" * 100_000)["way"].startswith("[[")
    assert parts_in("") == {}


def test_side_by_side_leaves_out_what_neither_wrote_about():
    rows = side_by_side({"way": "a"}, {"way": "b", "result": "c"}, [pillar.value for pillar in Pillar])
    assert [(row.pillar, row.first, row.second) for row in rows] == [("way", "a", "b"), ("result", "", "c")]


def test_parts_in_words_carry_their_titles():
    assert (
        in_words({"way": "Meer stilte.", "result": "Rust."}, {"way": "Samen"}) == "Samen\nMeer stilte.\n\nresult\nRust."
    )


# --- the people around --------------------------------------------------------------------------------------------


def somebody(name: str = "a", ring: Ring = Ring.CLOSE, revision: int = 1, **answers: str) -> Somebody:
    return Somebody(name, f"rol {name}", ring, answers, revision)


@given(st.lists(st.tuples(WORDS_OF_PEOPLE, WORDS_OF_PEOPLE.filter(str.strip), st.sampled_from(Ring)), max_size=MOST))
def test_the_map_that_is_sealed_is_the_map_that_comes_out(rows):
    people = tuple({one: Somebody(one, who, ring, {"changed": "Hij luistert."}) for one, who, ring in rows}.values())
    assert people_in(body_of(people)) == people


def test_what_is_nobody_is_left_out_and_the_others_stay():
    body = json.dumps({"people": [{"id": "a", "who": "baas", "ring": "close"}, {"id": "b", "ring": "near"}, 3]})
    assert [one.who for one in people_in(body)] == ["baas"]


def test_somebody_sent_twice_stands_there_once():
    once = with_one_more((), somebody())
    assert with_one_more(once, somebody()) == once


def test_a_full_map_takes_nobody_more():
    people = tuple(somebody(str(number)) for number in range(MOST))
    with pytest.raises(Full):
        with_one_more(people, somebody("one more"))


def test_a_change_of_what_was_seen_is_kept_and_counts_one_further():
    (changed,) = with_change((somebody(),), somebody(changed="Zij vraagt door."), based_on=1)
    assert changed.answers == {"changed": "Zij vraagt door."}
    assert changed.revision == 2


def test_a_change_of_what_another_window_changed_is_shown_and_not_lost():
    people = (somebody(revision=2, changed="Al veranderd."),)
    with pytest.raises(Changed) as refusal:
        with_change(people, somebody(changed="Iets anders."), based_on=1)
    assert refusal.value.saved == people[0]


def test_the_same_words_twice_are_no_conflict():
    people = (somebody(revision=2, changed="Al veranderd."),)
    assert with_change(people, somebody(changed="Al  veranderd."), based_on=1) == people


def test_who_was_taken_off_elsewhere_may_be_put_back():
    with pytest.raises(Changed) as refusal:
        with_change((), somebody(), based_on=3)
    assert refusal.value.saved is None
    assert with_change((), somebody(revision=3), based_on=0)[0].revision == 1


def test_taking_off_twice_is_taking_off_once():
    people = (somebody("a"), somebody("b"))
    assert without(without(people, "a"), "a") == (people[1],)


@given(st.lists(st.sampled_from(Ring), max_size=MOST))
def test_everybody_is_drawn_on_their_ring_numbered_as_in_the_list(rings):
    people = [somebody(str(number), ring) for number, ring in enumerate(rings)]
    dots = drawn(people)
    assert [dot.somebody for dot in dots] == list(by_ring(people))
    assert [dot.number for dot in dots] == list(range(1, len(people) + 1))
    for dot in dots:
        assert abs(math.hypot(dot.x, dot.y) - RADIUS[dot.somebody.ring]) <= STEP_ASIDE + 0.2
        assert max(abs(dot.x), abs(dot.y)) <= 190


def test_questions_come_one_by_one_and_begin_again():
    questions = ["a", "b", "c"]
    assert next_question([], questions) == "a"
    assert next_question(["a"], questions, after="b") == "c"
    assert next_question(["a"], questions, after="c") == "b"
    assert next_question(["a", "b"], questions, after="c") == ""


# --- the text of three --------------------------------------------------------------------------------------------


def test_a_text_stands_once_all_three_said_yes_and_not_before():
    assert not Said(client=MOMENT, coach=MOMENT).stands
    assert Said(MOMENT, MOMENT, MOMENT).stands
    assert still_to_say_yes(Said(client=MOMENT)) == (Voice.COACH, Voice.SPONSOR)


@given(st.lists(st.sets(st.sampled_from(Voice))))
def test_the_version_that_stands_is_the_last_to_which_all_three_said_yes(versions):
    said = [Said(**{voice.value: MOMENT for voice in voices}) for voices in versions]
    full = [place for place, voices in enumerate(versions) if len(voices) == len(Voice)]
    assert in_force(said) == (full[-1] if full else None)


def test_every_stage_has_a_word_in_an_address():
    assert {WORDS[PLACES[word]] for word in PLACES} == set(PLACES)
    assert set(PLACES.values()) == set(Stage)
