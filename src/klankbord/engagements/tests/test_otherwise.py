"""What goes otherwise: people move, managers change, a coach falls away, a talk is missed."""

import pytest
from django.db import Error
from django.test import Client
from django.urls import reverse
from tests.story import COACH_PAGE, DIRECTION, SLUG, TOPIC, as_person

from klankbord.engagements.actions.course import other_coach, stop
from klankbord.engagements.actions.otherwise import go_on_though_near, look_further
from klankbord.engagements.actions.requests import choose_coach, propose_coach
from klankbord.engagements.actions.texts import cancel_session
from klankbord.engagements.jobs import nearness
from klankbord.engagements.models import Course, Goal, Request, Session, Share, Writing
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.queries.otherwise import earlier_of, pieces_of
from klankbord.engagements.rules.lifecycle import RequestState
from klankbord.engagements.writings import Kind
from klankbord.people.models import Notification, Person
from klankbord.policy.rules.finding import NotNow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def story(told):
    return told


def visit(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def url(route, story, **more) -> str:
    return reverse(route, kwargs={"organisation": SLUG, "engagement": story.engagement.pk, **more})


def seen(person, where) -> str:
    return visit(person).get(where).content.decode()


def moved(cast, person, **changes) -> None:
    """The staff file says that somebody works elsewhere now."""
    with as_person(cast.els):
        Person.objects.filter(pk=person.pk).update(**changes)


def under_one_manager(story) -> None:
    moved(story.cast, story.cast.marieke, manager=story.cast.anton)


def test_nothing_stands_there_while_nothing_changed(story):
    for name in ("johan", "marieke"):
        assert "iets veranderd tussen jullie" not in seen(story.cast.named(name), url("engagement", story))
    assert nearness(0) == 0


def test_both_are_told_what_changed_with_the_rule_and_nothing_stops(story):
    under_one_manager(story)
    client = seen(story.cast.johan, url("engagement", story))
    assert "Marieke en jij vallen onder dezelfde leidinggevende." in client
    assert "Onze regel is:" in client
    coach = seen(story.cast.marieke, url("engagement", story))
    assert "dichter bij elkaar" in coach
    assert "Anton" not in coach
    with as_person(story.cast.johan):
        assert story.standing(story.cast.johan).phase == "running"


def test_once_both_go_on_it_is_not_said_again_until_something_else_changes(story):
    under_one_manager(story)
    visit(story.cast.johan).post(url("go_on_near", story))
    assert "heeft nog niets gezegd" in seen(story.cast.johan, url("engagement", story))
    visit(story.cast.marieke).post(url("go_on_near", story))
    for name in ("johan", "marieke"):
        assert "iets veranderd tussen jullie" not in seen(story.cast.named(name), url("engagement", story))
    moved(story.cast, story.cast.johan, manager=story.cast.marieke)
    assert "geeft leiding aan jou" in seen(story.cast.johan, url("engagement", story))


def test_nobody_says_to_go_on_for_the_other(story):
    under_one_manager(story)
    with as_person(story.cast.marieke), pytest.raises(Error, match="only the client"):
        Course.objects.filter(engagement=story.engagement).update(nearness_client="match.same_manager")


def test_the_night_tells_both_once_for_each_reason(story):
    under_one_manager(story)
    assert nearness(0) == 1
    assert nearness(0) == 0
    for name in ("johan", "marieke"):
        with as_person(story.cast.named(name)):
            assert Notification.objects.filter(person=story.cast.named(name), kind="nearness").count() == 1


def test_going_on_is_no_step_of_a_coaching_that_is_over(story):
    under_one_manager(story)
    with as_person(story.cast.johan):
        standing = story.standing(story.cast.johan)
        stop(standing=standing, slug=SLUG)
        with pytest.raises(NotNow):
            go_on_though_near(standing=standing)


def test_a_former_manager_goes_on_reading_until_the_client_decides(story):
    moved(story.cast, story.cast.johan, manager=story.cast.fatima)
    page = seen(story.cast.johan, url("engagement", story))
    assert "Je hebt een andere leidinggevende" in page
    assert "Anton kan nog lezen" in page
    visit(story.cast.johan).post(url("share_keep", story, share=story.share.pk))
    assert "Je hebt een andere leidinggevende" not in seen(story.cast.johan, url("engagement", story))
    moved(story.cast, story.cast.johan, manager=story.cast.els)
    assert "Je hebt een andere leidinggevende" in seen(story.cast.johan, url("engagement", story))


def test_the_new_manager_sees_nothing_and_the_coach_hears_nothing(story):
    moved(story.cast, story.cast.johan, manager=story.cast.fatima)
    with as_person(story.cast.fatima):
        assert not Share.objects.exists()
    assert "andere leidinggevende" not in seen(story.cast.marieke, url("engagement", story))


def stopped_and_sought(story):
    """Marieke stopped; Johan let the same request look further and chose Saskia."""
    with as_person(story.cast.marieke):
        stop(standing=story.standing(story.cast.marieke), slug=SLUG)
    assert "Wil je verder met iemand anders?" in seen(story.cast.johan, url("engagement", story))
    visit(story.cast.johan).post(url("look_for_another", story))
    with as_person(story.cast.fatima):
        request = Request.objects.get()
        assert request.state == RequestState.SENT
        proposal = propose_coach(slug=SLUG, request=request, coach=story.cast.saskia)
    with as_person(story.cast.johan):
        return choose_coach(slug=SLUG, proposal=proposal)


def test_after_a_coach_stopped_the_same_request_looks_for_another_one(story):
    engagement = stopped_and_sought(story)
    assert engagement.coach == story.cast.saskia
    assert visit(story.cast.marieke).get(url("engagement", story)).status_code == 404


def test_looking_further_is_the_clients_and_once_only(story):
    with as_person(story.cast.marieke):
        stop(standing=story.standing(story.cast.marieke), slug=SLUG)
    assert visit(story.cast.marieke).post(url("look_for_another", story)).status_code == 403
    with as_person(story.cast.johan):
        standing = story.standing(story.cast.johan)
        look_further(standing=standing, slug=SLUG)
        with pytest.raises(NotNow):
            look_further(standing=story.standing(story.cast.johan), slug=SLUG)


def test_a_running_coaching_is_not_looked_away_from(story):
    with as_person(story.cast.johan), pytest.raises(NotNow):
        look_further(standing=story.standing(story.cast.johan), slug=SLUG)


def test_the_new_coach_reads_nothing_of_before(story):
    stopped_and_sought(story)
    with as_person(story.cast.saskia):
        for model in (Writing, Session, Goal, Course):
            assert not model.objects.filter(engagement=story.engagement).exists()


def test_the_client_gives_along_what_the_client_chooses_and_no_more(story):
    engagement = stopped_and_sought(story)
    where = reverse("handover", kwargs={"organisation": SLUG, "engagement": engagement.pk})
    with as_person(story.cast.johan):
        standing = engagement_for(story.cast.johan, engagement.pk)
        pieces = pieces_of(standing, earlier_of(standing))
    texts = [one.passage.text for one in pieces]
    assert DIRECTION in texts
    assert COACH_PAGE not in texts
    key = next(one.key for one in pieces if one.passage.text == DIRECTION)
    answer = visit(story.cast.johan).post(where, {"choose": "1", "pieces": [key]})
    assert DIRECTION in answer.content.decode()
    with as_person(story.cast.saskia):
        assert not Writing.objects.filter(kind=Kind.HANDOVER).exists()
    visit(story.cast.johan).post(where, {"text": f"Dit was mijn richting: {DIRECTION}", "based_on": "0"})
    page = seen(story.cast.saskia, reverse("engagement", args=[SLUG, engagement.pk]))
    assert DIRECTION in page
    assert TOPIC not in page


def test_what_was_given_along_can_be_taken_back(story):
    engagement = stopped_and_sought(story)
    where = reverse("handover", kwargs={"organisation": SLUG, "engagement": engagement.pk})
    visit(story.cast.johan).post(where, {"text": "Even maar.", "based_on": "0"})
    visit(story.cast.johan).post(where, {"text": "", "based_on": "1"})
    assert "Even maar." not in seen(story.cast.saskia, reverse("engagement", args=[SLUG, engagement.pk]))


def test_a_key_of_somebody_elses_text_chooses_nothing(story):
    with as_person(story.cast.marieke):
        theirs = Writing.objects.get(kind=Kind.COACH_PAGE)
    engagement = stopped_and_sought(story)
    where = reverse("handover", kwargs={"organisation": SLUG, "engagement": engagement.pk})
    answer = visit(story.cast.johan).post(where, {"choose": "1", "pieces": [f"{theirs.pk}-body"]})
    assert answer.status_code == 422


def test_another_coach_of_the_same_request_is_no_reason_to_give_along_to_oneself(story):
    with as_person(story.cast.johan):
        other_coach(standing=story.standing(story.cast.johan), slug=SLUG)
    assert visit(story.cast.marieke).get(url("handover", story)).status_code == 404


def test_a_missed_talk_leaves_three_ways_of_the_same_weight(story):
    with as_person(story.cast.johan):
        standing = story.standing(story.cast.johan)
        cancel_session(standing=standing, slug=SLUG, session=session_for(standing, 2))
    page = seen(story.cast.johan, url("session", story, number=2))
    for way in ("Kies een ander moment", "Praat er de volgende keer over", "Laat het zo"):
        assert way in page
    assert url("session", story, number=3) in page
