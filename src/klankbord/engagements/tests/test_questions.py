"""Reflective questions on screen: looking for one, being given one, keeping one, and questions of one's own."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import Cast
from tests.part_questions import OWN_QUESTION
from tests.story import SLUG, Story, as_person

from klankbord.engagements.actions.questions import add_own_question, keep_question, let_go_of_question
from klankbord.engagements.models import FavouriteQuestion, OwnQuestion, SteeringWish
from klankbord.engagements.queries.questions import own_question_for, own_questions_of
from klankbord.engagements.questions import questions
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow, Draft

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OTHERS = ("marieke", "anton", "fatima", "els", "willem", "noor")


@pytest.fixture
def johan(cast: Cast) -> Visitor:
    return Visitor(cast.johan)


@pytest.fixture
def story(told: Story) -> Story:
    return told


def _text(response: Any) -> str:
    return text_of(response)


def _listed(page: str) -> int:
    return page.count('name="question"')


def _own(cast: Cast, text: str = "Wat houd ik voor me?") -> OwnQuestion:
    with as_person(cast.johan):
        return add_own_question(once=uuid4(), person=cast.johan, text=text, phase="goal")


def _given(page: str) -> str:
    found = re.search(r'<p class="question">(.+?)</p>', page)
    assert found
    return found.group(1)


# --- looking and being given one ----------------------------------------------------------------------------------


def test_an_address_with_tags_shows_what_fits(johan):
    page = _text(johan.client.get(johan.address("questions") + "?phase=will&about=closing"))
    wanted = [one for one in questions() if one.phase == "will" and one.about == "closing"]
    assert _listed(page) == len(wanted)
    assert all(one.wording.en in page for one in wanted)


def test_words_are_found_in_the_other_language_too(johan):
    page = _text(johan.client.get(johan.address("questions") + "?q=schouders"))
    assert "What gets lighter once this is off your shoulders?" in page
    assert _listed(page) == 1


def test_an_address_changed_by_hand_shows_everything(johan):
    page = _text(johan.client.get(johan.address("questions") + "?phase=dance&page=99&turn=x"))
    assert "of 144" in page


def test_only_coaches_may_look_by_how_somebody_comes_in(cast, johan):
    marieke = Visitor(cast.marieke)
    assert 'name="comes_in"' in text_of(marieke.open("questions"))
    narrowed = _text(marieke.client.get(marieke.address("questions") + "?comes_in=passer_by"))
    assert "of 144" not in narrowed
    page = _text(johan.client.get(johan.address("questions") + "?comes_in=passer_by"))
    assert 'name="comes_in"' not in page
    assert "of 144" in page


def test_the_same_address_gives_the_same_one_and_the_next_another(johan):
    first, again, other = (
        _given(_text(johan.client.get(johan.address("questions") + f"?phase=goal&turn={turn}"))) for turn in (7, 7, 8)
    )
    assert first == again != other


def test_what_fits_nothing_is_said_in_words(johan):
    page = johan.client.get(johan.address("questions") + "?q=zonneschijn&turn=1")
    assert "There is no question that fits all of this." in text_of(page)


# --- keeping ------------------------------------------------------------------------------------------------------


def test_keeping_twice_keeps_once_and_letting_go_lets_go(cast, johan):
    for _again in range(2):
        johan.send("question_keep", {"question": "goal.enough", "keep": "1"})
    page = _text(johan.client.get(johan.address("questions") + "?kept=1"))
    assert _listed(page) == 1
    johan.send("question_keep", {"question": "goal.enough", "keep": ""})
    with as_person(cast.johan):
        assert not FavouriteQuestion.objects.exists()


def test_what_is_no_question_is_not_kept(cast, johan):
    assert johan.send("question_keep", {"question": "goal.nothing", "keep": "1"}).status_code == 302
    with as_person(cast.johan):
        assert not FavouriteQuestion.objects.exists()


def test_keeping_leads_back_to_the_page_somebody_came_from(johan):
    back = f"/{SLUG}/vragen/?phase=will&page=2"
    assert johan.send("question_keep", {"question": "goal.enough", "keep": "1", "back": back}).url == back


@pytest.mark.parametrize("away", ["https://elders.example/", "//elders.example/", f"/{SLUG}\\elders", "/bergland/", ""])
def test_keeping_leads_nowhere_else(johan, away):
    answer = johan.send("question_keep", {"question": "goal.enough", "keep": "1", "back": away})
    assert answer.url == f"/{SLUG}/vragen/"


# --- questions of one's own ---------------------------------------------------------------------------------------


def test_a_question_of_ones_own_is_made_once_and_sealed(cast, johan):
    once = str(uuid4())
    for _again in range(2):
        johan.send("own_question_add", {"once": once, "text": "Wat zeg ik niet hardop?", "phase": "reality"})
    assert "Wat zeg ik niet hardop?" in text_of(johan.open("questions"))
    with as_person(cast.johan):
        [row] = OwnQuestion.objects.all()
        assert b"hardop" not in bytes(row.text)


def test_an_empty_one_comes_back_with_words_and_a_long_one_with_its_text(johan):
    answer = johan.send("own_question_add", {"once": str(uuid4()), "text": " "})
    assert answer.status_code == 422
    assert "There is no question here yet." in text_of(answer)
    long = johan.send("own_question_add", {"once": str(uuid4()), "text": "Waarheen " * 60})
    assert long.status_code == 422
    assert "Waarheen Waarheen" in text_of(long)


def test_what_was_being_typed_stands_there_again(johan):
    johan.type({"text": "Wat nu, zonder", "once": ""}, "own_question_add")
    assert "Wat nu, zonder" in text_of(johan.open("questions"))


def test_taking_one_away_can_be_undone(cast, johan):
    own = _own(cast)
    answer = johan.send("own_question_remove", own_question=own.pk)
    page = _text(johan.client.get(answer.url.partition("#")[0]))
    assert "Your question is gone." in page
    assert "Wat houd ik voor me?" not in page
    johan.send("own_question_restore")
    assert "Wat houd ik voor me?" in text_of(johan.open("questions"))
    with as_person(cast.johan):
        assert not Draft.objects.exists()
        assert own_questions_of(cast.johan)[0].phase == "goal"


def test_undoing_twice_brings_back_once(cast, johan):
    own = _own(cast)
    johan.send("own_question_remove", own_question=own.pk)
    for _again in range(2):
        johan.send("own_question_restore")
    with as_person(cast.johan):
        assert OwnQuestion.objects.count() == 1


def test_one_whose_key_is_gone_says_so_and_can_be_taken_away(cast, johan):
    own = _own(cast)
    vault.destroy(own.vault_scope)
    assert "The words of this question can no longer be read." in text_of(johan.open("questions"))
    assert johan.send("own_question_remove", own_question=own.pk).status_code == 302
    with as_person(cast.johan):
        assert not OwnQuestion.objects.exists()


def test_ones_own_are_among_what_is_given(cast, johan):
    own = _own(cast, "Wat heet hier vanzelf?")
    assert own.pk
    page = _text(johan.client.get(johan.address("questions") + "?kept=1&turn=3"))
    assert _given(page) == "Wat heet hier vanzelf?"


def test_the_page_asks_the_databases_as_often_for_twenty_questions_of_ones_own_as_for_one(cast, johan):
    asked = []
    for count in (1, 19):
        for number in range(count):
            _own(cast, f"Wat is vraag {number} van {count}?")
        johan.open("questions")
        vault.forget_keys()
        with CaptureQueriesContext(connections["default"]) as rows, CaptureQueriesContext(connections["keys"]) as keys:
            johan.open("questions")
        asked.append((len(rows), len(keys)))
    assert asked[0] == asked[1]


# --- nobody else --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_sees_what_somebody_keeps_or_wrote(cast, name):
    own = _own(cast)
    with as_person(cast.johan):
        keep_question(person=cast.johan, question="goal.enough")
    other = cast.named(name)
    with as_person(other):
        assert not OwnQuestion.objects.exists()
        assert not FavouriteQuestion.objects.exists()
        with pytest.raises(Http404):
            own_question_for(cast.johan, own.pk)


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_takes_away_or_changes_what_somebody_keeps_or_wrote(cast, name):
    own = _own(cast)
    with as_person(cast.johan):
        keep_question(person=cast.johan, question="goal.enough")
    with as_person(cast.named(name)):
        assert OwnQuestion.objects.filter(pk=own.pk).delete()[0] == 0
        assert FavouriteQuestion.objects.filter(person=cast.johan).delete()[0] == 0
        assert OwnQuestion.objects.filter(pk=own.pk).update(phase="will") == 0


@pytest.mark.parametrize("name", ["marieke", "fatima"])
def test_nobody_writes_in_anothers_name(cast, name):
    with as_person(cast.named(name)), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        keep_question(person=cast.johan, question="goal.enough")


def test_the_audit_says_that_and_never_which(cast):
    own = _own(cast, "Wat durf ik hier?")
    with as_person(cast.johan):
        keep_question(person=cast.johan, question="goal.enough")
        let_go_of_question(person=cast.johan, question="goal.enough")
        rows = list(AuditRow.objects.filter(verb__contains="question"))
        assert {row.verb for row in rows} == {"own_question.add", "question.keep", "question.let_go"}
        told = str([(row.verb, row.subject, row.detail) for row in rows])
    assert "durf" not in told
    assert "goal" not in told
    assert own.pk


# --- on the page of a talk ----------------------------------------------------------------------------------------


def test_the_page_of_a_talk_holds_a_way_to_a_question_and_no_question(cast, story):
    for person in (cast.johan, cast.marieke):
        page = text_of(Visitor(person, story.engagement.pk).open("session", number=4))
        assert "A question to take along" in page
        assert 'class="question"' not in page


def test_both_are_given_the_same_for_one_talk_and_again_when_they_come_back(cast, story):
    johan, marieke = (Visitor(person, story.engagement.pk) for person in (cast.johan, cast.marieke))
    texts = [_given(text_of(one.open("session_question", number=4))) for one in (johan, marieke, johan)]
    assert len(set(texts)) == 1


def _wish(cast: Cast, story: Story, level: int) -> None:
    with as_person(cast.johan):
        SteeringWish(organisation=cast.organisation, engagement=story.engagement, client=cast.johan, level=level).save(
            force_insert=True
        )


def test_who_finds_the_own_way_is_given_one_and_no_more(cast, story):
    _wish(cast, story, 5)
    johan = Visitor(cast.johan, story.engagement.pk)
    page = text_of(johan.open("session_question", number=4))
    assert ">Another</a>" not in page
    asked = _text(johan.client.get(johan.address("session_question", number=4) + "?turn=3"))
    assert _given(asked) == _given(page)


def test_who_wants_hold_may_ask_for_more(cast, story):
    _wish(cast, story, 1)
    johan = Visitor(cast.johan, story.engagement.pk)
    page = text_of(johan.open("session_question", number=4))
    assert ">Another</a>" in page
    other = _text(johan.client.get(johan.address("session_question", number=4) + "?turn=1"))
    assert _given(other) != _given(page)


def test_no_address_of_a_talk_takes_how_somebody_comes_in(cast, story):
    marieke = Visitor(cast.marieke, story.engagement.pk)
    plain = text_of(marieke.open("session_question", number=4))
    marked = _text(marieke.client.get(marieke.address("session_question", number=4) + "?comes_in=passer_by"))
    assert _given(plain) == _given(marked)
    assert "comes_in=" not in plain


def test_asking_for_a_question_leaves_nothing_behind(cast, story):
    marieke = Visitor(cast.marieke, story.engagement.pk)
    with as_person(cast.marieke):
        before = AuditRow.objects.count()
    marieke.open("session_question", number=4)
    with as_person(cast.marieke):
        assert AuditRow.objects.count() == before


def test_the_story_has_a_question_of_johan(cast, story):
    assert OWN_QUESTION in text_of(Visitor(cast.johan).open("questions"))
    assert OWN_QUESTION not in text_of(Visitor(cast.marieke).open("questions"))
    assert reverse("questions", args=[SLUG]) == "/waterland/vragen/"
