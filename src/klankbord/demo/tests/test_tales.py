"""The words of the demo: complete, with themes that exist, and of people who are in the staff file."""

from __future__ import annotations

import pytest

from klankbord.coaches.texts import themes
from klankbord.demo.cast import CAST, WATERLAND
from klankbord.demo.half_year import Case, Ends, cases
from klankbord.demo.tales import CONTENT, Reaches, Tale, suggestion, tales
from klankbord.people.staff_file import read_staff_file

ADDRESSES = {row.email for row in read_staff_file((CONTENT / "waterland.csv").read_bytes()).rows}


def address(name: str) -> str:
    return f"{name}@{WATERLAND}.example"


def test_everybody_to_be_in_waterland_stands_in_its_staff_file():
    assert {one.email for one in CAST if one.slug == WATERLAND} <= ADDRESSES


def test_both_ends_of_the_suggestion_stand_in_the_staff_file():
    assert {address(suggestion().manager), address(suggestion().client)} <= ADDRESSES


@pytest.mark.parametrize("tale", tales(), ids=lambda tale: tale.client)
def test_a_story_has_people_and_themes_that_exist(tale: Tale):
    assert {address(name) for name in (tale.client, *tale.coaches)} <= ADDRESSES
    known = {theme.id: theme.sensitive for theme in themes()}
    assert not any(known[theme] for theme in tale.themes)
    assert all(known[theme] for theme in tale.sensitive)


@pytest.mark.parametrize("tale", tales(), ids=lambda tale: tale.client)
def test_a_story_has_the_words_that_belong_to_how_far_it_is(tale: Tale):
    assert tale.words
    assert bool(tale.coaches) == (tale.reaches is not Reaches.WAITING)
    assert bool(tale.talks) == (tale.reaches in (Reaches.RUNNING, Reaches.CLOSED))
    assert bool(tale.closing) == (tale.reaches is Reaches.CLOSED)
    assert all(bool(talk.topic) != talk.just_coming for talk in tale.talks)


def test_every_stage_is_there_to_look_at():
    assert {tale.reaches for tale in tales()} == set(Reaches)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_somebody_of_the_half_year_has_a_name_and_themes_that_exist(case: Case):
    assert {address(name) for name in (case.id, case.coach) if name} <= ADDRESSES
    known = {theme.id: theme.sensitive for theme in themes()}
    assert not any(known[theme] for theme in case.reason.themes)
    assert all(known[theme] for theme in case.reason.sensitive)


def test_nobody_lives_twice_and_the_half_year_has_every_end():
    assert not {case.id for case in cases()} & {suggestion().client, *(tale.client for tale in tales())}
    assert {case.ends for case in cases()} == set(Ends)
