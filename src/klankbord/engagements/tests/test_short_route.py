"""The short route: one talk, four lines, no goal, no rating; it may grow. And the forms a talk may have."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.story import SLUG, as_person, matched, requested, running, tuesday_at_ten

from klankbord.core import clock
from klankbord.engagements.actions.agreements import Plan, accept_agreement
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request
from klankbord.engagements.actions.short import agree_on_one_talk, choose_route, grow
from klankbord.engagements.actions.talk_form import choose_form
from klankbord.engagements.models import Course, Request, Session
from klankbord.engagements.queries.agreements import agreement_in_force, latest_agreement
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.rules.lifecycle import Phase, RequestState
from klankbord.engagements.short_texts import filled_lines, four_lines, talk_forms
from klankbord.policy.rules.finding import NotNow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LINES = filled_lines(client="Johan", coach="Marieke", language="nl")


def chosen(cast, *, one_talk: bool = True):
    """Johan wished for one talk, and chose Marieke."""
    with as_person(cast.johan):
        request = send_request(
            once=uuid.uuid4(),
            slug=SLUG,
            client=cast.johan,
            words="Eén gesprek over mijn planning.",
            shared=False,
            wishes=Wishes(one_talk=one_talk),
        )
    with as_person(cast.fatima):
        proposal = propose_coach(slug=SLUG, request=request, coach=cast.marieke)
    with as_person(cast.johan):
        return choose_coach(slug=SLUG, proposal=proposal)


def standing(person, engagement):
    return engagement_for(person, engagement.pk)


def agreed(cast, engagement, first):
    """Marieke wrote four lines and Johan said yes."""
    plan = Plan(first=first.isoformat(), place="Kamer 4.12", count=1, evaluate_after=1)
    with as_person(cast.marieke):
        agree_on_one_talk(standing=standing(cast.marieke, engagement), slug=SLUG, lines=LINES, plan=plan, based_on=0)
    with as_person(cast.johan):
        mine = standing(cast.johan, engagement)
        latest = latest_agreement(mine.engagement)
        assert latest is not None
        accept_agreement(standing=mine, slug=SLUG, agreement=latest)


def visit(person):
    client = Client()
    client.force_login(person.account)
    return client


def url(route, engagement, **more):
    return reverse(route, kwargs={"organisation": SLUG, "engagement": engagement.pk, **more})


def test_the_wish_for_one_talk_makes_a_short_coaching(cast):
    engagement = chosen(cast)
    with as_person(cast.johan):
        assert standing(cast.johan, engagement).course.route == Course.Route.SHORT


def test_without_that_wish_it_is_the_long_way(cast):
    engagement = chosen(cast, one_talk=False)
    with as_person(cast.johan):
        assert standing(cast.johan, engagement).course.route == Course.Route.FULL


def test_four_lines_and_a_yes_plan_the_one_talk_and_the_coach_has_accepted(cast):
    engagement = chosen(cast)
    agreed(cast, engagement, tuesday_at_ten(2))
    with as_person(cast.johan):
        now = standing(cast.johan, engagement)
        assert now.phase is Phase.RUNNING
        assert [one.number for one in Session.objects.filter(engagement=engagement)] == [1]
        assert Request.objects.get().state == RequestState.MATCHED


def test_whoever_chose_several_talks_is_refused_the_four_lines_with_words(cast):
    engagement = chosen(cast, one_talk=False)
    plan = Plan(first=tuesday_at_ten(2).isoformat(), place="", count=1)
    with as_person(cast.marieke), pytest.raises(NotNow) as refusal:
        agree_on_one_talk(standing=standing(cast.marieke, engagement), slug=SLUG, lines=LINES, plan=plan, based_on=0)
    assert "één gesprek" in refusal.value.text("nl")


def test_the_client_may_change_route_while_they_have_not_met_and_not_afterwards(cast):
    engagement = chosen(cast, one_talk=False)
    with as_person(cast.johan):
        choose_route(standing=standing(cast.johan, engagement), route=Course.Route.SHORT)
        assert standing(cast.johan, engagement).course.route == Course.Route.SHORT
    agreed(cast, engagement, tuesday_at_ten(2))
    with as_person(cast.johan), pytest.raises(NotNow):
        choose_route(standing=standing(cast.johan, engagement), route=Course.Route.FULL)


def test_one_talk_grows_and_keeps_what_was(cast):
    engagement = chosen(cast)
    with clock.stopped_at(tuesday_at_ten(-3)):
        agreed(cast, engagement, tuesday_at_ten(1))
    with as_person(cast.johan):
        mine = standing(cast.johan, engagement)
        grow(standing=mine, slug=SLUG)
        grow(standing=mine, slug=SLUG)
        after = standing(cast.johan, engagement)
        assert (after.phase, after.course.route) == (Phase.DIRECTION, Course.Route.FULL)
        assert agreement_in_force(engagement) is not None
        assert session_for(after, 1).state == Session.State.PLANNED
    page = visit(cast.johan).get(url("agreement_edit", engagement)).content.decode()
    assert 'name="count" value="7"' in page
    assert "In één talk" not in page
    assert "short-about" not in page


def test_the_line_of_time_of_one_talk_asks_whether_it_was_enough(cast):
    engagement = chosen(cast)
    with clock.stopped_at(tuesday_at_ten(-3)):
        agreed(cast, engagement, tuesday_at_ten(1))
    page = visit(cast.johan).get(url("engagement", engagement)).content.decode()
    assert "Was dit genoeg?" in page
    assert "drie maanden later" not in page.lower()
    talk = visit(cast.johan).get(url("session", engagement, number=1)).content.decode()
    assert "Dit was genoeg" in talk
    assert "We gaan verder" in talk
    assert "Dit was genoeg" not in visit(cast.marieke).get(url("session", engagement, number=1)).content.decode()


def test_the_form_with_four_lines_keeps_everything_when_the_day_is_past(cast):
    engagement = chosen(cast)
    data = {"day": "2020-01-01", "time": "10:00", "minutes": "60", "place": "", "short-about": "Mijn planning."}
    answer = visit(cast.johan).post(url("one_talk", engagement), data)
    assert answer.status_code == 422
    assert "Mijn planning." in answer.content.decode()


def test_four_empty_lines_are_asked_for_at_the_field(cast):
    engagement = chosen(cast)
    day = (clock.today() + timedelta(days=9)).isoformat()
    answer = visit(cast.johan).post(url("one_talk", engagement), {"day": day, "time": "10:00", "minutes": "60"})
    assert answer.status_code == 422
    assert "Eén zin is genoeg" in answer.content.decode()


def test_two_who_write_the_four_lines_at_once_both_keep_their_words(cast):
    engagement = chosen(cast)
    day = (clock.today() + timedelta(days=9)).isoformat()
    data = {"day": day, "time": "10:00", "minutes": "60", "place": "", "based_on": "0"}
    assert (
        visit(cast.marieke).post(url("one_talk", engagement), {**data, "short-about": "Van Marieke."}).status_code
        == 302
    )
    answer = visit(cast.johan).post(url("one_talk", engagement), {**data, "short-about": "Van Johan."})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Van Marieke." in page
    assert "Van Johan." in page
    assert 'name="based_on" value="1"' in page


def test_a_talk_gets_another_form_and_both_write_about_it(cast):
    story = running(cast)
    where = url("talk_form", story.engagement, number=3)
    answer = visit(cast.marieke).post(where, {"form": "looking_along", "text": "Bij het teamoverleg.", "based_on": "0"})
    assert answer.status_code == 302
    with as_person(cast.johan):
        talk = session_for(story.standing(cast.johan), 3)
        assert (talk.form, talk.colleagues_told) == (Session.Form.LOOKING_ALONG, False)
    page = visit(cast.johan).get(url("session", story.engagement, number=3)).content.decode()
    assert "Bij het teamoverleg." in page
    assert "Vertel het ze dan vooraf" in page


def test_only_the_client_says_that_colleagues_were_told(cast):
    story = running(cast)
    where = url("talk_form", story.engagement, number=3)
    visit(cast.marieke).post(where, {"form": "looking_along", "colleagues_told": "on"})
    with as_person(cast.johan):
        assert session_for(story.standing(cast.johan), 3).colleagues_told is False
    visit(cast.johan).post(where, {"form": "looking_along", "colleagues_told": "on"})
    with as_person(cast.johan):
        talk = session_for(story.standing(cast.johan), 3)
        assert talk.colleagues_told is True
        choose_form(standing=story.standing(cast.johan), session=talk, form=Session.Form.TALK, colleagues_told=None)
        assert session_for(story.standing(cast.johan), 3).colleagues_told is False


def test_an_unknown_form_is_asked_again_and_the_words_stay(cast):
    story = running(cast)
    answer = visit(cast.johan).post(url("talk_form", story.engagement, number=1), {"form": "x", "text": "Iets."})
    assert answer.status_code == 422
    assert "Iets." in answer.content.decode()


def test_a_short_coaching_shows_no_room_for_goals(cast):
    engagement = chosen(cast)
    agreed(cast, engagement, tuesday_at_ten(2))
    page = visit(cast.johan).get(url("engagement", engagement))
    routes = {room["url"].rstrip("/").rsplit("/", 1)[-1] for wing in page.context["wings"] for room in wing["rooms"]}
    assert not routes & {"doelen", "samenwerking"}


def test_the_content_has_four_lines_and_a_form_for_each_form_of_the_model():
    assert len(four_lines()) == 4
    assert {one.id for one in talk_forms().forms} == set(Session.Form.values)


def test_the_coordinator_reads_the_wish(cast):
    with as_person(cast.johan):
        request = send_request(
            once=uuid.uuid4(), slug=SLUG, client=cast.johan, words="x", shared=False, wishes=Wishes(one_talk=True)
        )
    where = reverse("request_to_match", kwargs={"organisation": SLUG, "request_id": request.pk})
    assert "Eén gesprek is misschien genoeg" in visit(cast.fatima).get(where).content.decode()


def test_the_long_way_is_not_changed_by_any_of_this(cast):
    _, _, request = requested(cast)
    _, engagement = matched(cast, request)
    page = visit(cast.johan).get(url("engagement", engagement)).content.decode()
    assert "Eén gesprek is misschien genoeg" in page
    assert "Kennismaken" in page or "kennismaking" in page.lower()
