"""Getting to know each other: a moment, expectations side by side, going on or not, and a direction."""

from datetime import date, timedelta

import pytest
from tests.cast import Cast
from tests.story import SLUG, WORDS, as_person, matched, requested

from klankbord.core import clock
from klankbord.engagements.actions.course import plan_introduction
from klankbord.engagements.models import Engagement
from klankbord.engagements.queries.course import introduction_of
from klankbord.engagements.queries.doors import engagement_for, words_of
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.lifecycle import Phase, RequestState
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.engagements.writings import Kind
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def engagement(cast: Cast) -> Engagement:
    """Johan chose Marieke; they have not met yet."""
    return matched(cast, requested(cast)[2])[1]


@pytest.fixture
def johan(cast: Cast, engagement: Engagement) -> Visitor:
    return Visitor(cast.johan, engagement.pk)


@pytest.fixture
def marieke(cast: Cast, engagement: Engagement) -> Visitor:
    return Visitor(cast.marieke, engagement.pk)


def _moment(days: int) -> dict[str, object]:
    day: date = clock.today() + timedelta(days=days)
    return {"day": day.isoformat(), "time": "10:00", "minutes": 60, "place": "Kamer 4.12"}


def _phase(cast: Cast, engagement: Engagement) -> Phase:
    with as_person(cast.johan):
        return engagement_for(cast.johan, engagement.pk).phase


def _met(cast: Cast, engagement: Engagement) -> None:
    with as_person(cast.marieke):
        standing = engagement_for(cast.marieke, engagement.pk)
        starts_at = clock.now() - timedelta(days=1)
        plan_introduction(standing=standing, slug=SLUG, starts_at=starts_at, minutes=60, place="Kamer 4.12")


# --- a moment -----------------------------------------------------------------------------------------------------


def test_either_may_plan_the_first_talk_and_both_see_it(cast, engagement, johan, marieke):
    assert marieke.send("introduction_plan", _moment(7)).status_code == 302
    assert "Kamer 4.12" in text_of(johan.open("introduction"))
    assert johan.send("introduction_plan", {**_moment(8), "place": "De hei"}).status_code == 302
    assert "De hei" in text_of(marieke.open("introduction"))


def test_a_moment_that_has_passed_is_named_at_the_field_and_nothing_typed_is_lost(cast, engagement, johan):
    answer = johan.send("introduction_plan", {**_moment(-3), "place": "De hei"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "This moment has passed already." in page
    assert 'value="De hei"' in page
    with as_person(cast.johan):
        assert introduction_of(engagement_for(cast.johan, engagement.pk)) is None


def test_a_moment_without_a_day_asks_for_one(johan):
    page = text_of(johan.send("introduction_plan", {"time": "10:00", "minutes": 60}))
    assert "Choose a day." in page


# --- who reads what -----------------------------------------------------------------------------------------------


def test_the_coach_reads_why_the_client_asked_and_that_it_was_opened_is_noted(cast, engagement, marieke):
    assert WORDS in text_of(marieke.open("introduction"))
    with as_person(cast.johan):
        row = AuditRow.objects.get(verb="introduction.open", owner_id=cast.johan.pk)
        assert row.actor_id == cast.marieke.pk


def test_the_thinking_aid_is_for_the_coach_alone(johan, marieke):
    assert "How could I begin here?" in text_of(marieke.open("introduction"))
    assert "How could I begin here?" not in text_of(johan.open("introduction"))


def test_each_writes_what_they_expect_and_both_read_both(johan, marieke):
    johan.send("expectation", {"text": "Iemand die doorvraagt."})
    marieke.send("expectation", {"text": "Dat je zegt wat niet helpt."})
    for visitor in (johan, marieke):
        page = text_of(visitor.open("introduction"))
        assert "Iemand die doorvraagt." in page
        assert "Dat je zegt wat niet helpt." in page


def test_what_was_being_typed_is_there_again_and_goes_when_it_is_saved(johan):
    johan.type({"text": "Half af", "based_on": "0"}, "expectation")
    assert "Half af" in text_of(johan.open("introduction"))
    johan.send("expectation", {"text": "Helemaal af"})
    assert "Half af" not in text_of(johan.open("introduction"))


def test_a_text_of_too_many_characters_is_kept_on_the_screen_with_words(johan):
    answer = johan.send("expectation", {"text": "a" * 20_001})
    assert answer.status_code == 422
    assert "20000 characters at most" in text_of(answer)
    assert "a" * 20_001 in text_of(answer)


def test_what_people_write_is_never_read_as_markup(johan, marieke):
    johan.send("expectation", {"text": "<script>alert(1)</script>"})
    page = marieke.open("introduction").content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_writing_in_two_windows_shows_both_texts_and_keeps_the_second(johan):
    johan.send("expectation", {"text": "Eerste venster", "based_on": "0"})
    answer = johan.send("expectation", {"text": "Tweede venster", "based_on": "0"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "You yourself, in another window," in page
    assert "Eerste venster" in page
    assert "Tweede venster" in page


# --- going on, or not ---------------------------------------------------------------------------------------------


def test_after_the_talk_going_on_and_another_coach_are_two_buttons_of_the_same_weight(cast, engagement, johan):
    _met(cast, engagement)
    page = text_of(johan.open("introduction"))
    assert '<button class="button">I go on with Marieke</button>' in page
    assert '<button class="button">Rather another coach</button>' in page
    assert "you need not explain" in page


def test_the_client_goes_on_and_comes_to_the_direction(cast, engagement, johan):
    answer = johan.send("go_on")
    assert answer.headers["Location"] == johan.address("direction")
    assert _phase(cast, engagement) is Phase.DIRECTION


def test_the_coach_does_not_decide_that_they_go_on(cast, engagement, marieke):
    assert marieke.send("go_on").status_code == 403
    assert _phase(cast, engagement) is Phase.INTRODUCTION


def test_another_coach_takes_one_press_and_the_request_goes_round_again(cast, engagement, johan, marieke):
    answer = johan.send("other_coach")
    assert answer.headers["Location"] == Visitor(cast.johan).address("request", request_id=engagement.request_id)
    assert marieke.open("engagement").status_code == 404
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        assert standing.phase is Phase.ENDED
        assert standing.engagement.request.state == RequestState.SENT


def test_a_coach_who_says_no_is_asked_for_no_reason_and_reads_nothing_any_more(cast, engagement, johan, marieke):
    johan.send("expectation", {"text": "Iemand die doorvraagt."})
    assert "<textarea" not in text_of(marieke.open("not_available"))
    answer = marieke.send("not_available")
    assert answer.headers["Location"] == Visitor(cast.marieke).address("my_coaching")
    assert marieke.open("introduction").status_code == 404
    with as_person(cast.marieke):
        assert words_of(engagement.request) is None


def test_a_client_cannot_say_no_for_the_coach(johan):
    assert johan.open("not_available").status_code == 403


def test_what_is_over_takes_no_more_words(cast, engagement, johan):
    johan.send("other_coach")
    assert johan.send("expectation", {"text": "Te laat"}).headers["Location"] == johan.address("engagement")
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        assert texts_of(standing, [Kind.EXPECTATION]).mine(Kind.EXPECTATION) is None


# --- a direction --------------------------------------------------------------------------------------------------


def test_a_direction_may_be_skipped_for_the_agreement(johan):
    johan.send("go_on")
    page = text_of(johan.open("direction"))
    assert f'<a href="{johan.address("agreement")}">Skip this, on to our agreement</a>' in page


def test_a_direction_is_the_clients_own_and_the_coach_reads_it(johan, marieke):
    johan.send("go_on")
    answer = johan.send("direction", {"text": "Een plan dat iedereen draagt."})
    assert answer.headers["Location"] == johan.address("agreement")
    assert "Een plan dat iedereen draagt" in text_of(marieke.open("engagement"))
    assert marieke.open("direction").status_code == 403


def test_an_empty_direction_is_met_with_words_that_help(johan):
    answer = johan.send("direction", {"text": "   "})
    assert answer.status_code == 422
    assert "One sentence is enough." in text_of(answer)


def test_somebody_else_finds_nothing_here(cast, engagement):
    for name in ("anton", "fatima", "els", "ruben", "willem"):
        visitor = Visitor(cast.named(name), engagement.pk)
        assert visitor.open("introduction").status_code == 404
        assert visitor.send("expectation", {"text": "Ik ook"}).status_code == 404
