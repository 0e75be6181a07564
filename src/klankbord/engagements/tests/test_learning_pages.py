"""The spiral, how much steering is welcome, and a word about the way of working: the client does, the coach sees."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from tests.cast import Cast
from tests.story import SLUG, Story, as_person

from klankbord.core import clock
from klankbord.engagements.actions.learning import (
    AnsweredAlready,
    NotYours,
    choose_steering,
    place_step,
    reply_to_signal,
    say_word,
)
from klankbord.engagements.actions.party import ask_in
from klankbord.engagements.models import Session, Signal, SpiralStep, SteeringWish
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.queries.learning import exchange, level_now, steps_of
from klankbord.engagements.rules.spiral import Step
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.models import Notification
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SENTENCE = "Ik wil dat ze me aardig vinden."
WORDS = "Stel me minder vragen achter elkaar."


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def _step(step: str = "essentials", **more: object) -> dict[str, object]:
    return {"once": uuid.uuid4(), "step": step, **more}


def _word(**more: object) -> dict[str, object]:
    return {"once": uuid.uuid4(), "text": WORDS, "send": "on", **more}


def _latest_word(story: Story) -> Signal:
    with as_person(story.cast.johan):
        return Signal.objects.filter(engagement=story.engagement).latest("made_at")


# --- the spiral ---------------------------------------------------------------------------------------------------


def test_what_the_client_places_the_coach_sees_as_a_list_and_a_picture(johan, marieke):
    assert johan.send("spiral_place", _step(sentence=SENTENCE, talk="1")).status_code == 302
    page = text_of(marieke.open("spiral"))
    assert SENTENCE in page
    assert "First talk" in page
    assert page.count('<circle class="step') == 2
    assert "<form method" not in page.split("<main")[1].split("</main>")[0]


def test_nothing_on_the_page_speaks_of_a_step_that_was_not_placed(marieke):
    page = text_of(marieke.open("spiral"))
    listed = page.split('aria-labelledby="walked"')[1]
    assert "Looking back" in listed
    assert "Trying out" not in listed


def test_figures_in_the_picture_have_a_point_in_dutch_as_well(johan):
    johan.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    drawing = text_of(johan.open("spiral")).split('<svg class="spiral"')[1].split("</svg>")[0]
    assert 'x="235.0"' in drawing
    assert "De leerspiraal" in drawing


def test_the_coach_places_and_removes_nothing(cast, story, marieke):
    assert marieke.send("spiral_place", _step()).status_code == 403
    assert marieke.send("spiral_remove", spiral_step=story.parts["spiral_step"]).status_code == 403
    with as_person(cast.marieke), pytest.raises(NotYours):
        place_step(once=uuid.uuid4(), standing=engagement_for(cast.marieke, story.engagement.pk), step=Step.ACT)


def test_a_step_without_a_choice_comes_back_with_the_sentence(johan):
    answer = johan.send("spiral_place", {"once": uuid.uuid4(), "sentence": SENTENCE})
    assert answer.status_code == 422
    assert SENTENCE in text_of(answer)
    assert "Which one is up to you." in text_of(answer)


def test_the_same_form_twice_places_one_step(cast, story, johan):
    words = _step()
    for _ in range(2):
        assert johan.send("spiral_place", words).status_code == 302
    with as_person(cast.johan):
        assert SpiralStep.objects.filter(step="essentials").count() == 1


def test_whoever_says_so_begins_a_new_turn(cast, story, johan):
    johan.send("spiral_place", _step(anew="on"))
    with as_person(cast.johan):
        assert [one.turn for one in steps_of(engagement_for(cast.johan, story.engagement.pk))] == [1, 2]


def test_a_step_taken_away_is_gone_with_its_sentence_and_taking_away_twice_is_no_mistake(cast, story, johan, marieke):
    johan.send("spiral_place", _step(sentence=SENTENCE))
    with as_person(cast.johan):
        row = SpiralStep.objects.get(step="essentials")
    for _ in range(2):
        assert johan.send("spiral_remove", spiral_step=row.pk).status_code == 302
    assert SENTENCE not in text_of(marieke.open("spiral"))
    with as_person(cast.johan):
        assert not SpiralStep.objects.filter(pk=row.pk).exists()


def test_what_is_being_typed_waits_and_is_gone_once_it_lies_there(johan):
    johan.type({"sentence": SENTENCE, "step": "act", "once": str(uuid.uuid4())}, "spiral_place")
    assert SENTENCE in text_of(johan.open("spiral"))
    johan.send("spiral_place", _step("act"))
    assert SENTENCE not in text_of(johan.open("spiral"))


def test_a_sentence_lies_sealed_in_the_database(cast, johan):
    johan.send("spiral_place", _step(sentence=SENTENCE))
    with as_person(cast.johan):
        row = SpiralStep.objects.get(step="essentials")
        assert SENTENCE.encode() not in bytes(row.body)
        assert vault.read(row, "body") == SENTENCE


def test_a_spiral_whose_key_is_gone_still_opens(story, johan):
    johan.send("spiral_place", _step(sentence=SENTENCE))
    vault.destroy(story.engagement.vault_scope)
    page = text_of(johan.open("spiral"))
    assert SENTENCE not in page
    assert "These words cannot be read any more." in page


def test_that_the_coach_looked_is_noted_for_the_client(cast, marieke):
    marieke.open("spiral")
    marieke.open("steering")
    with as_person(cast.johan):
        seen = AuditRow.objects.filter(actor_id=cast.marieke.pk, verb__in=["spiral.open", "steering.open"])
        assert seen.count() == 2


# --- how much steering --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "open_questions"), [(1, 3), (2, 2), (3, 1), (4, 0), (5, 0)])
def test_the_more_one_steers_oneself_the_fewer_questions_lie_open(johan, level, open_questions):
    johan.send("steering_choose", {"level": level})
    form = text_of(johan.open("session", number=5)).split('id="topic"')[1]
    before = form.split("<details")[0]
    assert before.count('<p class="own">') == open_questions


def test_on_the_own_way_a_question_is_still_there_for_who_looks(johan):
    johan.send("steering_choose", {"level": 5})
    page = text_of(johan.open("session", number=5))
    assert "Show a question anyway</summary>" in page
    assert "Give me a question" not in page


def test_the_coachs_own_questions_do_not_follow_the_client(cast, story, johan, marieke):
    johan.send("steering_choose", {"level": 5})
    _held(story, 1)
    assert "Give me a question</summary>" in text_of(marieke.open("session", number=1))


def test_the_coach_reads_on_the_page_of_a_talk_what_the_client_said(johan, marieke):
    assert "About steering" not in text_of(marieke.open("session", number=5))
    johan.send("steering_choose", {"level": 4})
    assert "About steering, Johan says: “Walk a little behind me”." in text_of(marieke.open("session", number=5))
    assert "About steering" not in text_of(johan.open("session", number=5))


def test_the_coach_does_not_choose_for_the_client(cast, story, marieke):
    assert marieke.send("steering_choose", {"level": 1}).status_code == 403
    with as_person(cast.marieke), pytest.raises(NotYours):
        choose_steering(standing=engagement_for(cast.marieke, story.engagement.pk), level=1)


def test_what_was_chosen_before_stays_to_be_seen_and_the_same_again_is_nothing_new(cast, story, johan):
    for level in (2, 2, 4):
        johan.send("steering_choose", {"level": level})
    page = text_of(johan.open("steering"))
    assert "Show me the way" in page.split("<h2>Before</h2>")[1]
    with as_person(cast.johan):
        assert SteeringWish.objects.count() == 2
        assert level_now(engagement_for(cast.johan, story.engagement.pk)) == 4


def test_a_level_that_does_not_exist_is_asked_again(johan):
    answer = johan.send("steering_choose", {"level": 6})
    assert answer.status_code == 422
    assert "Choose one of the five, or leave it as it is." in text_of(answer)


# --- a word about the way of working ------------------------------------------------------------------------------


def test_a_word_that_was_sent_reaches_the_coach_and_the_answer_comes_back(cast, story, johan, marieke):
    johan.send("signal_say", _word(talk="1"), sort="otherwise")
    signal = _latest_word(story)
    assert WORDS in text_of(marieke.open("signal", signal=signal.pk))
    assert "I want something else from you" in text_of(marieke.open("session", number=1))
    marieke.send("signal_reply", {"text": "Dat doe ik."}, signal=signal.pk)
    assert "Dat doe ik." in text_of(johan.open("signal", signal=signal.pk))
    with as_person(cast.johan):
        assert Notification.objects.filter(person=cast.johan).latest("made_at").kind == "word_answered"


def test_a_word_may_be_sent_without_words(story, johan, marieke):
    assert johan.send("signal_say", _word(text=""), sort="why").status_code == 302
    page = text_of(marieke.open("signal", signal=_latest_word(story).pk))
    assert "Johan sent this without words" in page


def test_first_for_oneself_a_word_is_not_there_for_the_coach(story, johan, marieke):
    johan.send("signal_say", _word(send=""), sort="learning_way")
    signal = _latest_word(story)
    assert marieke.open("signal", signal=signal.pk).status_code == 404
    assert WORDS not in text_of(marieke.open("steering"))
    johan.send("signal_send", signal=signal.pk)
    assert WORDS in text_of(marieke.open("signal", signal=signal.pk))


def test_what_is_kept_for_oneself_needs_words(johan):
    answer = johan.send("signal_say", _word(text="", send=""), sort="learning_way")
    assert answer.status_code == 422
    assert "One sentence is enough." in text_of(answer)


def test_the_same_form_twice_says_it_once_and_tells_once(cast, story, johan):
    words = _word()
    with as_person(cast.marieke):
        before = Notification.objects.filter(person=cast.marieke).count()
    for _ in range(2):
        johan.send("signal_say", words, sort="otherwise")
    with as_person(cast.marieke):
        assert Signal.objects.filter(sort="otherwise").count() == 1
        assert Notification.objects.filter(person=cast.marieke).count() == before + 1


def test_another_sort_of_word_is_not_there(johan):
    assert johan.open("signal_say", sort="praise").status_code == 404


def test_a_talk_that_is_not_there_is_forgotten_from_the_address(johan):
    page = text_of(johan.client.get(johan.address("signal_say", sort="why") + "?talk=99"))
    assert 'name="talk" id="id_talk"' in page or 'name="talk" value=""' in page


def test_the_coach_may_tell_it_in_the_talk_and_put_it_in_words_later(story, johan, marieke):
    signal = story.parts["signal"]
    marieke.send("signal_reply", {"by_mouth": "on"}, signal=signal)
    assert "Marieke tells you in the talk." in text_of(johan.open("signal", signal=signal))
    marieke.send("signal_reply", {"text": "Omdat je zuchtte."}, signal=signal)
    assert "Omdat je zuchtte." in text_of(johan.open("signal", signal=signal))


def test_an_answer_in_two_windows_keeps_the_first_and_loses_neither(story, johan, marieke):
    signal = story.parts["signal"]
    marieke.send("signal_reply", {"text": "Omdat je zuchtte."}, signal=signal)
    answer = marieke.send("signal_reply", {"text": "Iets anders."}, signal=signal)
    assert answer.status_code == 409
    assert "Omdat je zuchtte." in text_of(answer)
    assert "Iets anders." in text_of(answer)
    assert "Iets anders." not in text_of(johan.open("signal", signal=signal))


def test_the_same_answer_twice_is_one_answer(cast, story, marieke):
    for _ in range(2):
        assert marieke.send("signal_reply", {"text": "Omdat."}, signal=story.parts["signal"]).status_code == 302
    with as_person(cast.johan):
        assert Notification.objects.filter(person=cast.johan, kind="word_answered").count() == 1


def test_the_client_does_not_answer_for_the_coach(cast, story, johan):
    assert johan.send("signal_reply", {"text": "x"}, signal=story.parts["signal"]).status_code == 403
    with as_person(cast.johan), pytest.raises(NotYours):
        reply_to_signal(
            standing=engagement_for(cast.johan, story.engagement.pk),
            slug=SLUG,
            signal=Signal.objects.get(pk=story.parts["signal"]),
        )


def test_the_coach_says_no_word_in_the_clients_name(cast, story):
    with as_person(cast.marieke), pytest.raises(NotYours):
        say_word(
            once=uuid.uuid4(),
            standing=engagement_for(cast.marieke, story.engagement.pk),
            slug=SLUG,
            sort=Signal.Sort.WHY,
        )


def test_other_words_do_not_replace_an_answer(cast, story):
    with as_person(cast.marieke):
        standing = engagement_for(cast.marieke, story.engagement.pk)
        signal = Signal.objects.get(pk=story.parts["signal"])
        reply_to_signal(standing=standing, slug=SLUG, signal=signal, text="Dit.")
        with pytest.raises(AnsweredAlready):
            reply_to_signal(standing=standing, slug=SLUG, signal=signal, text="Dat.")
        assert exchange(Signal.objects.get(pk=signal.pk)).reply == "Dit."


def test_words_whose_key_is_gone_say_so(story, johan):
    johan.send("signal_say", _word(), sort="otherwise")
    vault.destroy(story.engagement.vault_scope)
    assert "These words cannot be read any more." in text_of(johan.open("signal", signal=_latest_word(story).pk))
    assert johan.open("steering").status_code == 200


# --- when it is over, and for everybody else ----------------------------------------------------------------------


def test_when_it_is_over_everything_is_for_reading_only(cast, story, johan):
    johan.send("engagement_stop")
    for route in ("spiral", "steering"):
        assert "<form" not in text_of(johan.open(route)).split("<main")[1].split("</main>")[0]
    assert johan.send("spiral_place", _step()).headers["Location"] == johan.address("engagement")
    with as_person(cast.johan), pytest.raises(NotNow):
        choose_steering(standing=engagement_for(cast.johan, story.engagement.pk), level=2)


@pytest.mark.parametrize("name", ["anton", "fatima", "els", "ruben", "willem", "saskia", "noor"])
def test_others_see_no_row_of_it(cast, story, johan, name):
    johan.send("steering_choose", {"level": 3})
    with as_person(cast.named(name)):
        assert [model.objects.count() for model in (SpiralStep, SteeringWish, Signal)] == [0, 0, 0]


def test_whoever_asks_or_pays_for_the_coaching_sees_no_row_of_it(cast, story, johan):
    johan.send("steering_choose", {"level": 3})
    with as_person(cast.johan):
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.anton)
    with as_person(cast.anton):
        assert [model.objects.count() for model in (SpiralStep, SteeringWish, Signal)] == [0, 0, 0]


def test_the_database_lets_the_coach_place_nothing_and_choose_nothing(cast, story):
    with as_person(cast.marieke):
        assert SpiralStep.objects.filter(engagement=story.engagement).update(step="act") == 0
        assert SpiralStep.objects.filter(engagement=story.engagement).delete()[0] == 0
        assert SteeringWish.objects.filter(engagement=story.engagement).update(made_at=clock.now()) == 0


def _held(story: Story, number: int) -> None:
    """Let this talk be a day ago."""
    with as_person(story.cast.johan):
        Session.objects.filter(engagement=story.engagement, number=number).update(
            starts_at=clock.now() - timedelta(days=1)
        )
