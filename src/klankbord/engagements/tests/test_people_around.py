"""The people around the client: a map of one's own, questions on request, and the coach who reads what was sent."""

import uuid

import pytest
from tests.cast import Cast
from tests.story import Story, as_person

from klankbord.engagements.actions.course import stop
from klankbord.engagements.evaluation_texts import guide
from klankbord.engagements.models import Writing
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ANSWER = "Hij zou zeggen dat ik eerder aan de bel trek."


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


@pytest.fixture
def principal(story: Story) -> object:
    return story.parts["somebody"]


def _words(**more: object) -> dict[str, object]:
    return {"who": "mijn opdrachtgever", "ring": "close", "based_on": 1, **more}


def test_there_are_at_least_twelve_questions_that_name_whom_they_are_about():
    assert len(guide().perspectives) >= 12
    assert all("{who}" in one.wording.nl and "{who}" in one.wording.en for one in guide().perspectives)


def test_the_drawing_has_words_and_a_list_says_the_same(johan):
    page = text_of(johan.open("people_around"))
    assert 'role="img" aria-labelledby="rings-title" aria-describedby="rings-about"' in page
    assert "The people around Johan" in page
    assert "mijn opdrachtgever" in page
    assert "Rather no names." in page


def test_the_map_is_the_clients_until_it_is_sent(cast, johan, marieke):
    assert "mijn opdrachtgever" not in text_of(marieke.open("people_around"))
    with as_person(cast.marieke):
        assert Writing.objects.filter(kind="stakeholders").count() == 0
    johan.send("people_around_send")
    johan.send("people_around_send")
    assert "mijn opdrachtgever" in text_of(marieke.open("people_around"))
    with as_person(cast.johan):
        opened = AuditRow.objects.filter(verb="people_around.open", actor_id=cast.marieke.pk, owner_id=cast.johan.pk)
        assert opened.count() == 1


def test_the_coach_draws_nothing_on_the_clients_map(marieke, principal):
    assert marieke.send("people_around_add", {"who": "x", "ring": "close"}).status_code == 403
    assert marieke.send("person_around", _words(), somebody=principal).status_code == 403


def test_somebody_sent_twice_stands_there_once(johan):
    words = {"once": str(uuid.uuid4()), "who": "het team", "ring": "further"}
    johan.send("people_around_add", words)
    johan.send("people_around_add", words)
    assert text_of(johan.open("people_around")).count("het team") == 1


def test_a_question_comes_only_for_who_asks_and_names_whom_it_is_about(johan, principal):
    question = "What would mijn opdrachtgever say has changed?"
    assert question not in text_of(johan.open("person_around", somebody=principal))
    answer = johan.send("person_around", _words(another=""), somebody=principal)
    assert question in text_of(johan.client.get(answer["Location"]))


def test_asking_for_another_question_keeps_what_was_answered(johan, principal):
    answer = johan.send("person_around", _words(changed=ANSWER, another="changed"), somebody=principal)
    page = text_of(johan.client.get(answer["Location"]))
    assert ANSWER in page
    assert "How would mijn opdrachtgever notice that things are going better?" in page


def test_an_answer_stands_on_the_map_under_its_question(johan, principal):
    johan.send("person_around", _words(changed=ANSWER), somebody=principal)
    page = text_of(johan.open("people_around"))
    assert "What would mijn opdrachtgever say has changed?" in page
    assert ANSWER in page


def test_another_window_that_was_first_is_shown_beside_it(johan, principal):
    johan.send("person_around", _words(changed="Uit het ene venster."), somebody=principal)
    answer = johan.send("person_around", _words(changed="Uit het andere."), somebody=principal)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Uit het ene venster." in page
    assert "Uit het andere." in page


def test_a_draft_comes_back_with_the_question_it_answers(johan, principal):
    johan.type({**_words(), "unseen": "Nog niet af."}, "person_around", somebody=principal)
    page = text_of(johan.open("person_around", somebody=principal))
    assert "Nog niet af." in page
    assert "What does mijn opdrachtgever see that is out of your sight?" in page


def test_nobody_and_no_ring_get_words_that_help(johan, principal):
    answer = johan.send("person_around", {"who": "", "ring": "moon", "based_on": 1}, somebody=principal)
    assert answer.status_code == 422
    assert "Write who it is: a role or initials." in text_of(answer)
    assert (
        johan.send("people_around_add", {"once": str(uuid.uuid4()), "who": "a" * 41, "ring": "close"}).status_code
        == 422
    )


def test_who_is_taken_off_is_gone_with_the_answers(cast, johan, principal):
    johan.send("person_around", _words(changed=ANSWER), somebody=principal)
    johan.send("person_around_off", somebody=principal)
    assert "mijn opdrachtgever" not in text_of(johan.open("people_around"))
    assert johan.open("person_around", somebody=principal).status_code == 404


def test_once_it_is_over_nothing_is_added(cast, story, johan):
    with as_person(cast.johan):
        stop(standing=story.standing(cast.johan), slug="waterland")
    johan.send("people_around_add", {"once": str(uuid.uuid4()), "who": "het team", "ring": "close"})
    page = text_of(johan.open("people_around"))
    assert "het team" not in page
    assert "Put on the map" not in page
