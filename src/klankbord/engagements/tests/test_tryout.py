"""Trying something out between two talks: a plan of three short fields, that comes back at the next talk."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.part_board import TRYOUT
from tests.story import Story, as_person

from klankbord.core import clock
from klankbord.engagements.models import Card, Experiment, Session
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

FIRST = "What did you try out?"
OTHERS = ("anton", "fatima", "els", "ruben", "willem", "bram", "noor")


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def _known(story: Story) -> Experiment:
    with as_person(story.cast.johan):
        return Experiment.objects.get(pk=str(story.parts["tryout"]))


def _plan(visitor: Visitor, what: str, number: int = 2, once: uuid.UUID | None = None, **more: str):
    words = {"what": what, "once": str(once or uuid.uuid4()), **more}
    return visitor.send("tryout_new", words, number=number)


def _tell(visitor: Visitor, story: Story, state: str, text: str = "", based_on: int = 1):
    words = {"state": state, "text": text, "based_on": based_on}
    return visitor.send("tryout", words, tryout=story.parts["tryout"])


def _begun(story: Story, number: int) -> Session:
    with as_person(story.cast.johan):
        talk = session_for(engagement_for(story.cast.johan, story.engagement.pk), number)
        talk.starts_at = clock.now() - timedelta(days=1)
        talk.save(update_fields=["starts_at"])
    return talk


# --- planning -----------------------------------------------------------------------------------------------------


def test_only_what_is_asked_for_and_when_and_with_whom_may_stay_empty(johan):
    assert _plan(johan, "Stil zijn.").status_code == 302
    assert "Stil zijn." in text_of(johan.open("tryouts"))
    answer = _plan(johan, "", when="Morgen")
    assert answer.status_code == 422
    assert "Morgen" in text_of(answer)


def test_several_things_may_be_tried_out_after_one_talk(johan):
    for what in ("Stil zijn.", "Vragen stellen."):
        _plan(johan, what, when="Donderdag", with_whom="een collega")
    page = text_of(johan.open("tryouts"))
    assert "Stil zijn." in page
    assert "Vragen stellen." in page
    assert "Donderdag · een collega" in page


def test_sending_a_plan_twice_makes_one(story, johan):
    once = uuid.uuid4()
    for _ in range(2):
        _plan(johan, "Eén keer.", once=once)
    with as_person(story.cast.johan):
        assert Experiment.objects.filter(pk=once).count() == 1


def test_a_thought_on_the_board_is_where_a_plan_begins(story, johan):
    with as_person(story.cast.johan):
        card = Card.objects.get(pk=str(story.parts["card"]))
    page = johan.client.get(johan.address("tryout_new", number=1) + f"?gedachte={card.pk}")
    assert "Iedereen wacht tot ik het zeg." in text_of(page)
    nothing = johan.client.get(johan.address("tryout_new", number=1) + "?gedachte=onzin")
    assert nothing.status_code == 200


def test_the_coach_may_write_it_down_and_the_client_puts_it_in_own_words(story, johan, marieke):
    assert "In the words of Johan." in text_of(marieke.open("tryout_new", number=2))
    _plan(marieke, "De planner bellen.")
    with as_person(story.cast.marieke):
        row = Experiment.objects.get(author=story.cast.marieke)
    words = {"what": "De planner eerst laten uitpraten.", "based_on": 1}
    assert johan.send("tryout_change", words, tryout=row.pk).status_code == 302
    assert "De planner eerst laten uitpraten." in text_of(marieke.open("tryouts"))


def test_both_change_a_plan_and_the_second_sees_both(story, johan, marieke):
    tryout = story.parts["tryout"]
    marieke.send("tryout_change", {"what": "Van Marieke.", "based_on": 1}, tryout=tryout)
    answer = johan.send("tryout_change", {"what": "Van Johan.", "based_on": 1}, tryout=tryout)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Marieke changed this text while you were writing" in page
    assert "Van Marieke." in page
    assert "Van Johan." in page
    assert 'name="based_on" value="2"' in page


def test_a_draft_of_a_plan_is_there_again(johan):
    johan.type({"what": "Nog niet af.", "when": "Ooit"}, "tryout_new", number=2)
    page = text_of(johan.open("tryout_new", number=2))
    assert "Nog niet af." in page
    assert "Ooit" in page


# --- coming back --------------------------------------------------------------------------------------------------


def test_it_comes_back_first_at_the_next_talk_and_not_at_the_one_after(johan):
    next_talk = text_of(johan.open("session", number=2))
    assert FIRST in next_talk
    assert TRYOUT in next_talk
    assert FIRST not in text_of(johan.open("session", number=3))
    assert FIRST not in text_of(johan.open("session", number=1))


def test_a_talk_that_does_not_take_place_is_passed_over(story, johan):
    johan.send("session_cancel", number=2)
    assert TRYOUT in text_of(johan.open("session", number=3))
    assert FIRST not in text_of(johan.open("session", number=2))


def test_the_client_tells_what_happened_or_that_it_went_otherwise_or_lets_it_go(story, johan, marieke):
    page = text_of(johan.open("tryout", tryout=story.parts["tryout"]))
    for state, label in (
        ("tried", "This is how it went"),
        ("otherwise", "It went otherwise"),
        ("let_go", "I let it go"),
    ):
        assert f'<button class="button" name="state" value="{state}">{label}</button>' in page
    assert _tell(johan, story, "otherwise", "Ik belde niet. Hij belde mij.").status_code == 302
    room = text_of(marieke.open("tryouts"))
    assert "it went otherwise" in room
    assert "Hij belde mij." in room


def test_a_button_alone_is_enough(story, johan):
    assert _tell(johan, story, "let_go").status_code == 302
    assert _known(story).state == Experiment.State.LET_GO
    assert _known(story).outcome is None


def test_saying_nothing_leaves_everything_as_it_is(story, johan):
    johan.open("session", number=2)
    assert _known(story).state == Experiment.State.PLANNED
    page = text_of(johan.open("tryouts"))
    for word in ("overdue", "missed", "error", "warning"):
        assert word not in page


def test_what_happened_is_told_by_the_client_and_not_by_the_coach(story, marieke):
    assert "<textarea" not in text_of(marieke.open("tryout", tryout=story.parts["tryout"]))
    assert _tell(marieke, story, "tried", "Hij deed het.").status_code == 403


def test_what_was_told_in_another_window_is_shown_beside_it(story, johan):
    _tell(johan, story, "tried", "In het ene venster.")
    answer = _tell(johan, story, "tried", "In het andere venster.", based_on=1)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "You yourself, in another window, changed this text" in page
    assert "In het ene venster." in page
    assert "In het andere venster." in page


def test_another_state_than_the_three_is_asked_again(story, johan):
    answer = _tell(johan, story, "planned", "Mijn woorden")
    assert answer.status_code == 422
    assert "Choose one of the three ways." in text_of(answer)
    assert "Mijn woorden" in text_of(answer)


# --- after the talk, and the room ---------------------------------------------------------------------------------


def test_the_page_after_a_talk_offers_to_write_something_down(story, johan):
    assert johan.address("tryout_new", number=2) in text_of(johan.open("session", number=2))
    assert johan.address("tryout_new", number=5) not in text_of(johan.open("session", number=5))
    _begun(story, 5)
    assert "What do you take along to try out?" in text_of(johan.open("session", number=5))


def test_the_room_is_beside_the_line_of_time(johan, marieke):
    for visitor in (johan, marieke):
        assert visitor.address("tryouts") in text_of(visitor.open("engagement"))


# --- who, and until when ------------------------------------------------------------------------------------------


def test_others_find_nothing_that_is_tried_out(cast, story):
    for name in OTHERS:
        visitor = Visitor(cast.named(name), story.engagement.pk)
        assert visitor.open("tryouts").status_code == 404
        assert visitor.open("tryout", tryout=story.parts["tryout"]).status_code == 404
        with as_person(cast.named(name)):
            assert Experiment.objects.count() == 0


def test_no_word_of_it_is_readable_in_the_database(story):
    assert TRYOUT.encode() not in bytes(_known(story).plan)


def test_that_the_coach_read_it_is_noted_once_a_day(cast, story, marieke):
    for _ in range(2):
        marieke.open("tryouts")
        marieke.open("tryout", tryout=story.parts["tryout"])
    with as_person(cast.johan):
        assert AuditRow.objects.filter(verb="experiment.open", actor_id=cast.marieke.pk).count() == 1


def test_when_the_coaching_is_over_it_can_be_read_and_not_changed(story, johan):
    johan.send("engagement_stop")
    assert TRYOUT in text_of(johan.open("tryouts"))
    assert "<textarea" not in text_of(johan.open("tryout", tryout=story.parts["tryout"]))
    assert _tell(johan, story, "tried", "x").headers["Location"] == johan.address("engagement")
    assert _known(story).state == Experiment.State.PLANNED


def test_when_the_texts_are_destroyed_the_room_says_so(story, johan):
    vault.destroy(_known(story).vault_scope)
    assert "This text is no longer readable." in text_of(johan.open("tryouts"))
    assert FIRST not in text_of(johan.open("session", number=2))


def test_the_room_and_the_page_of_the_next_talk_ask_as_often_for_twenty_as_for_one(story, johan, marieke):
    def asked(route: str, **more: object) -> int:
        marieke.open(route, **more)
        vault.forget_keys()
        with CaptureQueriesContext(connection) as rows, CaptureQueriesContext(connections["keys"]) as keys:
            assert marieke.open(route, **more).status_code == 200
        return len(rows.captured_queries) + len(keys.captured_queries)

    few = asked("tryouts"), asked("session", number=2), asked("session", number=1)
    for number in range(19):
        _plan(johan, f"Plan {number}.", number=1)
    assert (asked("tryouts"), asked("session", number=2), asked("session", number=1)) == few
    assert "Plan 18." in text_of(marieke.open("session", number=2))
