"""One talk: what to talk about, notes of both, a look back that stays private until sent, and the coach's own page."""

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.story import COACH_PAGE, NOTES, REFLECTION, TOPIC, Story, as_person

from klankbord.core import clock
from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.engagements.writings import Kind
from klankbord.people.models import Notification
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def _talk(story: Story, number: int) -> Session:
    with as_person(story.cast.johan):
        return session_for(engagement_for(story.cast.johan, story.engagement.pk), number)


def _held(story: Story, number: int) -> None:
    """Let this talk be a day ago."""
    talk = _talk(story, number)
    with as_person(story.cast.johan):
        talk.starts_at = clock.now() - timedelta(days=1)
        talk.save(update_fields=["starts_at"])


# --- beforehand ---------------------------------------------------------------------------------------------------


def test_a_question_is_the_clients_until_it_is_sent(johan, marieke):
    johan.send("session_text", {"text": "Mijn team zwijgt."}, number=4, kind="topic")
    assert "Mijn team zwijgt." not in text_of(marieke.open("session", number=4))
    assert "has not sent anything yet. That is fine." in text_of(marieke.open("session", number=4))
    johan.send("session_text", {"text": "Mijn team zwijgt.", "based_on": 1, "send": "1"}, number=4, kind="topic")
    assert "Mijn team zwijgt." in text_of(marieke.open("session", number=4))


def test_sending_and_just_coming_are_two_buttons_of_the_same_weight(johan):
    page = text_of(johan.open("session", number=4))
    assert '<button class="button" name="send" value="1">Send it to Marieke</button>' in page
    assert """<button class="button" form="just-come">I'll just come</button>""" in page
    assert "Marieke reads this as soon as you send it." in page


def test_whoever_just_comes_says_so_once_and_the_coach_sees_it(johan, marieke):
    assert johan.send("session_just_come", number=4).status_code == 302
    assert "Johan just comes." in text_of(marieke.open("session", number=4))
    assert "I'll just come" not in text_of(johan.open("session", number=4))


def test_the_coach_does_not_say_for_the_client_that_they_just_come(marieke):
    assert marieke.send("session_just_come", number=4).status_code == 403


def test_a_sent_question_may_be_changed_by_who_wrote_it(johan, marieke):
    johan.send("session_text", {"text": "Toch iets anders.", "based_on": 1}, number=1, kind="topic")
    page = text_of(marieke.open("session", number=1))
    assert "Toch iets anders." in page
    assert TOPIC not in page


def test_the_coach_does_not_write_the_clients_question(marieke):
    assert marieke.send("session_text", {"text": "Ik weet het wel"}, number=4, kind="topic").status_code == 403


def test_nothing_written_gets_words_that_help(johan):
    answer = johan.send("session_text", {"text": "", "send": "1"}, number=4, kind="topic")
    assert answer.status_code == 422
    assert "One sentence is enough." in text_of(answer)


def test_a_kind_of_text_that_does_not_belong_to_a_talk_is_not_there(johan):
    assert johan.send("session_text", {"text": "x"}, number=4, kind="report").status_code == 404
    assert johan.send("session_text", {"text": "x"}, number=4, kind="whatever").status_code == 404


def test_an_open_question_appears_only_for_who_asks_for_one(johan):
    page = text_of(johan.open("session", number=4))
    assert page.count("<summary>Give me a question</summary>") == 1
    assert page.count("<summary>Another question</summary>") == 5


def test_looking_back_is_not_asked_before_the_talk(johan):
    page = text_of(johan.open("session", number=4))
    assert "What did this talk bring you?" not in page
    assert "Our notes" not in page


# --- afterwards ---------------------------------------------------------------------------------------------------


def test_a_look_back_stays_private_until_it_is_sent(story, johan, marieke):
    _held(story, 2)
    assert "Dit is nog van mij alleen." in text_of(johan.open("session", number=2))
    assert "Dit is nog van mij alleen." not in text_of(marieke.open("session", number=2))
    words = {"text": "Dit mag Marieke lezen.", "based_on": 1, "send": "1"}
    johan.send("session_text", words, number=2, kind="reflection")
    assert "Dit mag Marieke lezen." in text_of(marieke.open("session", number=2))


def test_who_sees_this_tells_of_each_text_whether_it_was_sent(story, johan, marieke):
    _held(story, 2)

    def lines(visitor: Visitor, number: int) -> list[str]:
        return [line.text for line in visitor.open("session", number=number).context["audience"].lines]

    when_sent = "Marieke, as soon as you send it."
    assert f"What to talk about, look back: {when_sent}" in lines(johan, 2)
    johan.send("session_text", {"text": "Lees maar.", "based_on": 1, "send": "1"}, number=2, kind="reflection")
    assert f"What to talk about: {when_sent}" in lines(johan, 2)
    assert "Time and place, shared notes, look back: you and Marieke." in lines(johan, 2)
    assert not any("as soon as" in line for line in lines(johan, 1) + lines(marieke, 1))


def test_the_coachs_own_page_is_on_no_screen_of_the_client(story, johan, marieke):
    _held(story, 1)
    assert COACH_PAGE in text_of(marieke.open("session", number=1))
    page = text_of(johan.open("session", number=1))
    assert COACH_PAGE not in page
    assert "own page" not in page


def test_the_client_cannot_write_on_the_coachs_own_page(johan):
    assert johan.send("session_text", {"text": "x"}, number=1, kind="coach_page").status_code == 403


def test_both_write_the_notes_and_the_second_sees_what_the_first_changed(story, johan, marieke):
    _held(story, 1)
    marieke.send("session_text", {"text": "Marieke schrijft dit.", "based_on": 1}, number=1, kind="notes")
    answer = johan.send("session_text", {"text": "Johan schrijft dat.", "based_on": 1}, number=1, kind="notes")
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Marieke changed this text while you were writing" in page
    assert "Marieke schrijft dit." in page
    assert "Johan schrijft dat." in page
    assert '<input type="hidden" name="based_on" value="2" id="notes_based_on">' in page


def test_after_a_conflict_ones_own_words_are_saved_on_purpose(story, johan, marieke):
    _held(story, 1)
    marieke.send("session_text", {"text": "Marieke schrijft dit.", "based_on": 1}, number=1, kind="notes")
    words = {"text": "Marieke schrijft dit. Johan dat.", "based_on": 2}
    assert johan.send("session_text", words, number=1, kind="notes").status_code == 302
    assert "Marieke schrijft dit. Johan dat." in text_of(marieke.open("session", number=1))


def test_a_draft_older_than_what_the_other_saved_is_shown_beside_it(story, johan, marieke):
    _held(story, 1)
    johan.type({"text": "Nog niet af.", "based_on": "1"}, "session_text", number=1, kind="notes")
    marieke.send("session_text", {"text": "Intussen dit.", "based_on": 1}, number=1, kind="notes")
    page = text_of(johan.open("session", number=1))
    assert "Marieke changed this text while you were writing" in page
    assert "Nog niet af." in page
    assert "Intussen dit." in page


def test_sending_the_same_form_twice_makes_one_text(cast, story, johan):
    _held(story, 3)
    for _ in range(2):
        johan.send("session_text", {"text": "Eén keer.", "based_on": 0}, number=3, kind="reflection")
    with as_person(cast.johan):
        found = texts_of(engagement_for(cast.johan, story.engagement.pk), [Kind.REFLECTION], _talk(story, 3))
        assert [row.body for row in found.rows] == ["Eén keer."]


def test_that_the_coach_opened_a_talk_is_noted(cast, story, marieke):
    marieke.open("session", number=1)
    with as_person(cast.johan):
        assert AuditRow.objects.filter(verb="session.open", actor_id=cast.marieke.pk).count() == 1


def test_others_find_no_talk(cast, story):
    for name in ("anton", "fatima", "els", "ruben", "willem"):
        assert Visitor(cast.named(name), story.engagement.pk).open("session", number=1).status_code == 404


# --- when ---------------------------------------------------------------------------------------------------------


def test_one_talk_moves_and_the_others_stay(story, johan, marieke):
    second = _talk(story, 2).starts_at
    day = clock.today() + timedelta(days=5)
    answer = johan.send("session_move", {"day": day.isoformat(), "time": "14:30", "place": "De hei"}, number=1)
    assert answer.status_code == 302
    assert "De hei" in text_of(marieke.open("session", number=1))
    assert _talk(story, 2).starts_at == second


def test_a_talk_cannot_move_to_the_past(story, johan):
    before = _talk(story, 1).starts_at
    day = clock.today() - timedelta(days=5)
    answer = johan.send("session_move", {"day": day.isoformat(), "time": "14:30"}, number=1)
    assert answer.status_code == 422
    assert "This moment has passed already." in text_of(answer)
    assert _talk(story, 1).starts_at == before


def test_a_cancelled_talk_can_be_given_another_moment(story, johan):
    johan.send("session_cancel", number=5)
    assert "This talk does not take place." in text_of(johan.open("session", number=5))
    day = clock.today() + timedelta(days=5)
    johan.send("session_move", {"day": day.isoformat(), "time": "14:30"}, number=5)
    assert _talk(story, 5).state == Session.State.PLANNED


def test_a_talk_that_is_past_is_neither_moved_nor_cancelled_but_may_not_have_taken_place(story, johan):
    _held(story, 2)
    page = text_of(johan.open("session", number=2))
    assert "Move this talk" not in page
    assert "Cancel this talk" not in page
    assert "This talk did not take place</a>" in page
    assert "It did not take place</button>" in text_of(johan.open("session_cancel", number=2))


def test_a_talk_that_did_not_take_place_can_be_given_another_moment(cast, story, johan):
    _held(story, 2)
    answer = johan.client.post(johan.address("session_cancel", number=2), follow=True)
    page = text_of(answer)
    assert "This talk did not take place. Marieke gets a message." in page
    assert "Choose another moment</a>" in page
    assert "Move this talk" not in page
    with as_person(cast.marieke):
        told = Notification.objects.filter(person=cast.marieke).latest("made_at")
        assert told.kind == "session_not_held"
    day = clock.today() + timedelta(days=5)
    johan.send("session_move", {"day": day.isoformat(), "time": "14:30"}, number=2)
    assert _talk(story, 2).state == Session.State.PLANNED
    assert "Cancel this talk" in text_of(johan.open("session", number=2))


def test_a_talk_of_a_coaching_that_is_over_is_for_reading_only(story, johan):
    johan.send("engagement_stop")
    page = text_of(johan.open("session", number=1))
    assert NOTES in page
    assert REFLECTION in page
    assert "<textarea" not in page
    assert johan.send("session_cancel", number=1).headers["Location"] == johan.address("engagement")


def test_the_introduction_has_a_page_of_its_own(johan):
    assert johan.open("session", number=0).headers["Location"] == johan.address("introduction")
    assert johan.open("session_move", number=0).status_code == 404
    assert johan.open("session", number=99).status_code == 404
