"""Our working together: a question for each after a talk, and ratings for the two alone, while both want them."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.cast import Cast
from tests.story import SLUG, Story, as_person

from klankbord.core import clock
from klankbord.engagements.actions.alliance import rate_alliance, share_rating, want_ratings
from klankbord.engagements.actions.party import ask_in
from klankbord.engagements.models import AllianceRating, Course, Participant, Session
from klankbord.engagements.queries.alliance import ratings_of
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.rules.alliance import About
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.models import Notification, Person
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Ik durfde te zeggen dat ik het niet wist."


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def _rated(story: Story, person: Person, *, share: bool = True, **values: int) -> AllianceRating:
    with as_person(person):
        return rate_alliance(
            once=uuid.uuid4(),
            standing=engagement_for(person, story.engagement.pk),
            slug=SLUG,
            values={About(name): value for name, value in values.items()},
            share=share,
        )


def _count(person: Person) -> int:
    with as_person(person):
        return AllianceRating.objects.count()


# --- the open question --------------------------------------------------------------------------------------------


def test_after_a_talk_each_of_the_two_gets_one_question_of_their_own(johan, marieke):
    for_client, for_coach = (text_of(one.open("session", number=1)) for one in (johan, marieke))
    assert "Are we working in a way you learn from?" in for_client
    assert "Where did you feel that you were working together" in for_coach
    assert "Where did you feel that you worked together" not in for_client


def test_before_a_talk_there_is_nothing_to_say_about_it(johan):
    assert 'id="working-together"' not in text_of(johan.open("session", number=6))
    assert johan.open("alliance_talk", number=6).status_code == 404
    assert johan.open("alliance_talk", number=0).status_code == 404


def test_a_talk_that_did_not_take_place_asks_nothing(story, johan):
    with as_person(story.cast.johan):
        Session.objects.filter(engagement=story.engagement, number=1).update(state=Session.State.CANCELLED)
    assert 'id="working-together"' not in text_of(johan.open("session", number=1))


def test_what_was_written_is_private_until_it_is_sent(johan, marieke):
    johan.send("alliance_talk", {"text": WORDS}, number=1)
    for route, more in (("alliance_talk", {"number": 1}), ("alliance", {}), ("session", {"number": 1})):
        assert WORDS not in text_of(marieke.open(route, **more))
    johan.send("alliance_talk", {"text": WORDS, "based_on": 1, "send": "1"}, number=1)
    assert WORDS in text_of(marieke.open("alliance_talk", number=1))
    assert WORDS in text_of(marieke.open("alliance"))


def test_the_coachs_own_words_are_private_as_well_until_sent(johan, marieke):
    marieke.send("alliance_talk", {"text": "Ik werkte te hard."}, number=1)
    assert "Ik werkte te hard." not in text_of(johan.open("alliance_talk", number=1))
    marieke.send("alliance_talk", {"text": "Ik werkte te hard.", "based_on": 1, "send": "1"}, number=1)
    assert "Ik werkte te hard." in text_of(johan.open("alliance_talk", number=1))


def test_who_sees_this_is_told_to_each_as_the_one_who_writes(johan, marieke):
    assert johan.open("alliance_talk", number=1).context["audience"].short == "You. Marieke, as soon as you send it."
    assert marieke.open("alliance_talk", number=1).context["audience"].short == "You. Johan, as soon as you send it."


def test_that_the_other_read_it_is_noted_for_the_writer(cast, johan, marieke):
    johan.send("alliance_talk", {"text": WORDS, "send": "1"}, number=1)
    marieke.open("alliance_talk", number=1)
    with as_person(cast.johan):
        assert AuditRow.objects.filter(verb="alliance.open", actor_id=cast.marieke.pk).count() == 1


def test_an_older_window_shows_both_texts(johan):
    johan.send("alliance_talk", {"text": "Eerst dit."}, number=1)
    answer = johan.send("alliance_talk", {"text": "Toen dat.", "based_on": 0}, number=1)
    assert answer.status_code == 409
    assert "Eerst dit." in text_of(answer)
    assert "Toen dat." in text_of(answer)


def test_nothing_written_gets_words_that_help(johan):
    answer = johan.send("alliance_talk", {"text": ""}, number=1)
    assert answer.status_code == 422
    assert "One sentence is enough." in text_of(answer)


def test_a_text_whose_key_is_gone_says_so_when_it_is_over(story, johan):
    johan.send("alliance_talk", {"text": WORDS}, number=1)
    johan.send("engagement_stop")
    vault.destroy(story.engagement.vault_scope)
    assert "These words cannot be read any more." in text_of(johan.open("alliance_talk", number=1))


# --- ratings: only while both want them ---------------------------------------------------------------------------


def test_a_rating_is_refused_in_words_unless_both_want_it(cast, story, johan):
    with as_person(cast.marieke):
        want_ratings(standing=engagement_for(cast.marieke, story.engagement.pk), want=False)
    before = _count(cast.johan)
    answer = johan.client.post(johan.address("alliance_rate"), {"once": uuid.uuid4(), "goal": "7"}, follow=True)
    assert "Ratings are only given while you both want them." in text_of(answer)
    with pytest.raises(NotNow):
        _rated(story, cast.johan, goal=7)
    assert _count(cast.johan) == before


def test_a_rating_is_refused_when_the_other_switched_off_after_the_page_was_opened(cast, story):
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, story.engagement.pk)
    with as_person(cast.marieke):
        want_ratings(standing=engagement_for(cast.marieke, story.engagement.pk), want=False)
    with as_person(cast.johan), pytest.raises(NotNow):
        rate_alliance(once=uuid.uuid4(), standing=standing, slug=SLUG, values={About.GOAL: 7})


def test_one_who_wants_ratings_alone_reads_when_they_begin(cast, story, johan, marieke):
    marieke.send("alliance_want", {"want": "no"})
    assert "They begin as soon as Marieke wants them too" in text_of(johan.open("alliance"))
    assert "I want ratings</button>" in text_of(marieke.open("alliance"))
    assert "Give ratings" not in text_of(johan.open("alliance"))


def test_nobody_switches_ratings_on_in_anothers_name(cast, story):
    with as_person(cast.marieke):
        course = Course.objects.get(engagement=story.engagement)
        course.client_wants_ratings = not course.client_wants_ratings
        with pytest.raises(DatabaseError, match="only the client"), transaction.atomic():
            course.save()


def test_after_one_stops_each_keeps_the_own_figures_and_sees_no_others(cast, story, marieke):
    _rated(story, cast.johan, goal=7)
    _rated(story, cast.marieke, goal=4)
    marieke.send("alliance_want", {"want": "no"})
    for person in (cast.johan, cast.marieke):
        with as_person(person):
            authors = {one.author_id for one in ratings_of(engagement_for(person, story.engagement.pk))}
            assert authors == {person.pk}


def test_an_empty_switch_changes_nothing(cast, story, johan):
    assert johan.send("alliance_want", {"want": "perhaps"}).status_code == 302
    with as_person(cast.johan):
        assert Course.objects.get(engagement=story.engagement).client_wants_ratings


# --- ratings: one's own until shared -------------------------------------------------------------------------------


def test_a_rating_is_ones_own_until_it_is_shared(cast, story, johan, marieke):
    johan.send("alliance_rate", {"once": uuid.uuid4(), "safety": "9"})
    with as_person(cast.marieke):
        assert AllianceRating.objects.count() == 0
    johan.send("alliance_share", rating=story.parts["rating"])
    with as_person(cast.marieke):
        assert list(AllianceRating.objects.values_list("goal", "safety")) == [(6, None)]


def test_sharing_at_once_tells_the_other_without_a_theme(cast, johan):
    johan.send("alliance_rate", {"once": uuid.uuid4(), "goal": "9", "share": "1"})
    with as_person(cast.marieke):
        assert Notification.objects.filter(person=cast.marieke).latest("made_at").kind == "text_sent"


def test_the_same_form_twice_rates_once_and_sharing_twice_tells_once(cast, story, johan):
    words = {"once": uuid.uuid4(), "goal": "9"}
    before = _count(cast.johan)
    for _ in range(2):
        assert johan.send("alliance_rate", words).status_code == 302
    assert _count(cast.johan) == before + 1
    with as_person(cast.marieke):
        told = Notification.objects.count()
    for _ in range(2):
        johan.send("alliance_share", rating=story.parts["rating"])
    with as_person(cast.marieke):
        assert Notification.objects.count() == told + 1


def test_everything_may_be_skipped_and_then_there_is_nothing_to_keep(cast, johan):
    before = _count(cast.johan)
    answer = johan.client.post(johan.address("alliance_rate"), {"once": uuid.uuid4()}, follow=True)
    assert "You skipped everything, so there is nothing to keep. That is fine." in text_of(answer)
    assert _count(cast.johan) == before


@pytest.mark.parametrize("figure", ["11", "-1", "zeven"])
def test_a_figure_outside_the_scale_comes_back_with_the_others_kept(johan, figure):
    answer = johan.send("alliance_rate", {"once": uuid.uuid4(), "goal": figure, "task": "5"})
    assert answer.status_code == 422
    assert "Choose a figure from 0 to 10, or skip this one." in text_of(answer)
    assert answer.context["form"]["task"].value() == "5"


def test_a_rating_of_the_other_cannot_be_shared_for_them(cast, story, marieke):
    assert marieke.send("alliance_share", rating=story.parts["rating"]).status_code == 404
    with as_person(cast.marieke):
        assert AllianceRating.objects.filter(pk=story.parts["rating"]).update(shared_at=clock.now()) == 0


def test_it_is_told_in_a_sentence_drawn_and_put_in_a_table_without_an_average(cast, story, johan):
    for goal in (5, 8):
        _rated(story, cast.johan, goal=goal)
    _rated(story, cast.marieke, goal=4)
    page = text_of(johan.open("alliance"))
    assert "You gave 6 first, and 8 now." in page
    assert page.count('<circle class="mine"') == 4
    assert page.count('<rect class="theirs"') == 1
    cells = re.findall(r'<td class="number">(.*?)</td>', page)
    assert [cell for cell in cells if cell] == ["6", "5", "8", "4", "8"]


def test_sharing_is_refused_once_the_other_wants_no_more_ratings(cast, story, marieke):
    marieke.send("alliance_want", {"want": "no"})
    with as_person(cast.johan), pytest.raises(NotNow):
        share_rating(
            standing=engagement_for(cast.johan, story.engagement.pk),
            slug=SLUG,
            rating=AllianceRating.objects.get(pk=story.parts["rating"]),
        )


def test_when_it_is_over_the_figures_can_be_read_and_nothing_is_asked(johan):
    johan.send("engagement_stop")
    page = text_of(johan.open("alliance")).split("<main")[1].split("</main>")[0]
    assert "You gave 6." in page
    assert "<form" not in page
    assert johan.open("alliance_rate").headers["Location"] == johan.address("engagement")


# --- for nobody else ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["anton", "fatima", "els", "ruben", "willem", "bram", "saskia", "noor"])
def test_neither_manager_nor_coordinator_nor_anybody_else_sees_a_rating(cast, story, name):
    _rated(story, cast.johan, goal=7)
    _rated(story, cast.marieke, goal=7)
    assert _count(cast.named(name)) == 0


def test_whoever_asks_or_pays_for_the_coaching_sees_no_rating(cast, story):
    _rated(story, cast.johan, goal=7)
    with as_person(cast.johan):
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.anton)
    assert _count(cast.anton) == 0
    for route in ("alliance", "alliance_rate"):
        assert Visitor(cast.anton, story.engagement.pk).open(route).status_code == 404


def test_a_coach_who_comes_later_sees_no_rating_that_was_not_shared(cast, story):
    with as_person(cast.johan):
        Participant(organisation=cast.organisation, engagement=story.engagement, person=cast.saskia, role="coach").save(
            force_insert=True
        )
    assert _count(cast.saskia) == 0


def test_no_figure_stands_in_the_trail(cast, story):
    _rated(story, cast.johan, goal=7)
    with as_person(cast.johan):
        details = AuditRow.objects.filter(verb__startswith="alliance.").values_list("detail", flat=True)
        assert {value for detail in details for value in detail.values()} <= {"on", "off", "again"}


def test_the_room_lists_only_talks_that_were(cast, story, johan):
    with as_person(cast.johan):
        held = Session.objects.filter(engagement=story.engagement, number__gt=0, starts_at__lte=clock.now()).count()
        Session.objects.filter(engagement=story.engagement, number=7).update(starts_at=clock.now() + timedelta(days=3))
    assert len(johan.open("alliance").context["talks"]) == held
