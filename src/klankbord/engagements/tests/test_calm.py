"""The calm page of a talk: jottings of one's own, saved by a form or by the page itself, and read by nobody else."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from tests.cast import Cast
from tests.part_goals import GOAL
from tests.story import DIRECTION, SLUG, TOPIC, Story, as_person

from klankbord.core import clock
from klankbord.engagements.models import Goal, Session, Writing
from klankbord.engagements.queries.doors import session_for
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Half-half is: twee dagen hier."


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def _starts(story: Story, ago: timedelta, **more: object) -> None:
    with as_person(story.cast.johan):
        talk = session_for(story.standing(story.cast.johan), 1)
        talk.starts_at = clock.now() - ago
        for name, value in more.items():
            setattr(talk, name, value)
        talk.save()


def _sync(visitor: Visitor, text: str, based_on: int = 0, **more: object):
    return visitor.send("calm_sync", {"text": text, "based_on": based_on, **more}, number=1)


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_page_shows_the_topic_the_goal_and_when_the_talk_ends_and_nothing_to_go_to(johan):
    page = text_of(johan.open("calm", number=1))
    assert TOPIC in page
    assert GOAL in page
    assert "until " in page
    assert "<nav" not in page


def test_as_long_as_there_is_no_goal_the_direction_stands_there(story, marieke):
    with as_person(story.cast.johan):
        Goal.objects.update(state=Goal.State.LET_GO)
    page = text_of(marieke.open("calm", number=1))
    assert DIRECTION in page
    assert GOAL not in page


def test_the_coach_sees_a_topic_only_once_it_is_sent(johan, marieke):
    johan.send("session_text", {"text": "Nog van mij."}, number=4, kind="topic")
    assert "Nog van mij." not in text_of(marieke.open("calm", number=4))


def test_without_a_script_the_form_saves_and_goes_back(johan):
    answer = johan.send("calm", {"text": WORDS, "based_on": 0}, number=1)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"].endswith("/gesprek/1/")
    assert WORDS in text_of(johan.open("calm", number=1))


def test_without_a_script_two_texts_come_side_by_side(johan):
    johan.send("calm", {"text": WORDS, "based_on": 0}, number=1)
    answer = johan.send("calm", {"text": "Iets anders.", "based_on": 0}, number=1)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert WORDS in text_of(answer)
    assert "Iets anders." in text_of(answer)


def test_too_much_comes_back_with_words_and_with_the_text(johan):
    answer = johan.send("calm", {"text": "x" * 20_001, "based_on": 0}, number=1)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "x" * 20_001 in text_of(answer)


def test_jottings_are_of_who_wrote_them_alone(story, johan, marieke):
    _sync(johan, WORDS)
    _sync(marieke, "Ik luister te weinig.")
    assert WORDS not in text_of(marieke.open("calm", number=1))
    assert "Ik luister te weinig." not in text_of(johan.open("calm", number=1))
    with as_person(story.cast.marieke):
        assert [row.author_id for row in Writing.objects.filter(kind="jotting")] == [story.cast.marieke.pk]


# --- what the page sends itself -------------------------------------------------------------------------------------


def test_who_is_signed_in_and_with_what_token_is_asked_first(story, johan):
    answer = johan.open("calm_sync", number=1).json()
    assert answer["whose"] == str(story.cast.johan.pk)
    assert answer["token"]


def test_the_token_of_the_first_answer_lets_the_words_in(story):
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.cast.johan.account)
    place = f"/{SLUG}/coaching/{story.engagement.pk}/gesprek/1/rustig/bewaren/"
    assert client.post(place, {"text": WORDS}).status_code == HTTPStatus.FORBIDDEN
    token = client.get(place).json()["token"]
    assert client.post(place, {"text": WORDS}, headers={"X-CSRFToken": token}).json() == {"revision": 1}


def test_the_same_words_twice_are_saved_once(story, johan):
    assert _sync(johan, WORDS).json() == {"revision": 1}
    assert _sync(johan, WORDS).json() == {"revision": 1}
    with as_person(story.cast.johan):
        rows = AuditRow.objects.filter(verb="text.save", detail__kind="jotting")
        assert [row.detail["version"] for row in rows] == [1]


def test_another_line_break_is_another_text(johan):
    _sync(johan, "Een twee")
    assert _sync(johan, "Een\ntwee", 1).json() == {"revision": 2}


def test_what_was_saved_on_another_device_comes_back_with_both_as_one(johan):
    _sync(johan, WORDS)
    answer = _sync(johan, "Op mijn laptop.")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert answer.json() == {"revision": 1, "theirs": WORDS, "both": f"Op mijn laptop.\n\n· · ·\n\n{WORDS}"}
    assert WORDS in text_of(johan.open("calm", number=1))


def test_words_that_somebody_else_typed_are_refused(story, johan, marieke):
    answer = _sync(marieke, WORDS, whose=story.cast.johan.pk)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert marieke.send("calm", {"text": WORDS, "whose": story.cast.johan.pk}, number=1).status_code == 403
    with as_person(story.cast.marieke):
        assert not Writing.objects.filter(kind="jotting").exists()


def test_words_that_come_too_late_are_refused_in_words(story, johan):
    with as_person(story.cast.johan):
        course = story.standing(story.cast.johan).course
        course.phase = "closed"
        course.save(update_fields=["phase"])
    answer = _sync(johan, WORDS)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json()["words"]


# --- without a connection -------------------------------------------------------------------------------------------


def test_what_a_browser_keeps_holds_no_word_no_name_and_no_token(johan):
    _sync(johan, WORDS)
    page = text_of(johan.open("calm_shell", number=1))
    for secret in (WORDS, TOPIC, GOAL, DIRECTION, "Johan", "Marieke", "Waterland", "csrf"):
        assert secret not in page


def test_the_script_reaches_no_further_than_the_page(johan):
    place = johan.address("calm", number=1)
    answer = johan.open("calm_worker", number=1)
    assert answer["Content-Type"].startswith("text/javascript")
    assert johan.address("calm_worker", number=1).startswith(place)
    assert "Service-Worker-Allowed" not in answer
    assert f'"page": "{place}"' in answer.content.decode()


def test_signing_out_leaves_nothing_on_the_device(johan):
    assert "Clear-Site-Data" not in johan.client.get("/afmelden/")
    assert johan.client.post("/afmelden/")["Clear-Site-Data"] == '"storage"'


def test_somebody_else_at_the_same_browser_finds_nothing_of_the_one_before(story, johan):
    assert "Clear-Site-Data" not in johan.open("calm", number=1)
    assert "Clear-Site-Data" not in johan.open("calm", number=1)
    johan.client.force_login(story.cast.marieke.account)
    assert johan.open("calm", number=1)["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in johan.open("calm", number=1)


# --- on the page of the talk ------------------------------------------------------------------------------------------


def test_the_way_to_the_calm_page_is_there_while_the_talk_is_on(story, johan):
    assert "Open the calm page" not in text_of(johan.open("session", number=4))
    _starts(story, timedelta(minutes=10))
    assert "Open the calm page" in text_of(johan.open("session", number=1))


def test_a_talk_that_does_not_take_place_has_no_calm_page_to_open(story, johan):
    _starts(story, timedelta(minutes=10), state=Session.State.CANCELLED)
    assert "Open the calm page" not in text_of(johan.open("session", number=1))


def test_afterwards_the_writer_finds_the_words_back_on_the_page_of_the_talk(story, johan, marieke):
    _sync(johan, WORDS)
    _starts(story, timedelta(days=1))
    assert WORDS in text_of(johan.open("session", number=1))
    assert WORDS not in text_of(marieke.open("session", number=1))
