"""The talk of three: a moment, a guide for each, and a text that stands once all three said yes to that version."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.cast import Cast
from tests.story import SLUG, Story, as_person

from klankbord.core import clock
from klankbord.engagements.actions.course import begin_closing, close
from klankbord.engagements.actions.meeting import accept_three_way, plan_three_way, write_three_way
from klankbord.engagements.actions.party import ask_in, end_part
from klankbord.engagements.models import Course, Session, ThreeWayMeeting, ThreeWayText, Writing
from klankbord.engagements.queries.doors import party_for
from klankbord.engagements.queries.meeting import meeting_of
from klankbord.engagements.rules.meeting import Stage
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.models import Notification
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AGREED = "Johan oefent met nee zeggen. Anton vraagt eens per maand hoe het gaat, aan Johan zelf."
START = {"stage": "begin"}


@pytest.fixture
def story(told: Story) -> Story:
    """Johan's story, with Anton asked in as the third."""
    story, cast = told, told.cast
    with as_person(cast.johan):
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.anton)
    return story


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


@pytest.fixture
def anton(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.anton, story.engagement.pk)


def _planned(story: Story) -> None:
    with as_person(story.cast.johan):
        plan_three_way(
            standing=story.standing(story.cast.johan),
            slug=SLUG,
            stage=Stage.START,
            starts_at=clock.now() + timedelta(days=3),
            minutes=60,
            place="Kamer 2.01",
        )


def _written(story: Story, text: str = AGREED, based_on: int = 0) -> None:
    """Johan laid it down, which is a yes of his."""
    with as_person(story.cast.johan):
        standing = story.standing(story.cast.johan)
        write_three_way(standing=standing, slug=SLUG, stage=Stage.START, text=text, based_on=based_on)


# --- planning, and the guides -------------------------------------------------------------------------------------


def test_coach_or_client_gives_it_a_moment_and_the_two_others_are_told(cast, johan, marieke, anton):
    day = (clock.now() + timedelta(days=5)).date().isoformat()
    marieke.send("three_way_plan", {"day": day, "time": "10:00", "minutes": 60, "place": "Kamer 2.01"}, **START)
    for visitor in (johan, marieke):
        assert "Kamer 2.01" in text_of(visitor.open("three_way_meeting", **START))
    assert "Kamer 2.01" in text_of(anton.open("party_three_way", **START))
    for person, place in ((cast.johan, "/driegesprek/begin/"), (cast.anton, "/gesprek/begin/")):
        with as_person(person):
            assert Notification.objects.get(kind="three_way_planned").link.endswith(place)


def test_a_moment_in_the_past_is_no_moment_and_what_was_typed_is_still_there(johan):
    words = {"day": "2020-01-01", "time": "10:00", "minutes": 60, "place": "Kamer 9"}
    answer = johan.send("three_way_plan", words, **START)
    assert answer.status_code == 422
    assert "Kamer 9" in text_of(answer)


def test_each_of_the_three_has_a_guide_of_their_own(johan, marieke, anton):
    of_client = "What do you need from work to get going with this?"
    of_coach = "Say aloud what you never pass on."
    of_third = "Marieke does not keep you informed. Johan tells you how it goes."
    pages = {
        of_client: text_of(johan.open("three_way_meeting", **START)),
        of_coach: text_of(marieke.open("three_way_meeting", **START)),
        of_third: text_of(anton.open("party_three_way", **START)),
    }
    for line, page in pages.items():
        assert "Johan speaks first" in page
        assert [other for other in pages if other in page] == [line]


def test_there_is_no_third_talk_of_three(johan, anton):
    assert johan.open("three_way_meeting", stage="midden").status_code == 404
    assert anton.open("party_three_way", stage="midden").status_code == 404


# --- the text -----------------------------------------------------------------------------------------------------


def test_the_text_stands_once_all_three_said_yes_to_this_very_version(story, johan, marieke, anton):
    _written(story)
    stands = "This text stands: all three of you said yes."
    marieke.send("three_way_accept", {"version": 1}, **START)
    assert stands not in text_of(johan.open("three_way_meeting", **START))
    anton.send("party_three_way_accept", {"version": 1}, **START)
    for visitor in (johan, marieke):
        assert stands in text_of(visitor.open("three_way_meeting", **START))
    assert stands in text_of(anton.open("party_three_way", **START))


def test_a_change_is_a_new_version_and_what_stood_stands_until_then(story, johan, marieke, anton):
    _written(story)
    marieke.send("three_way_accept", {"version": 1}, **START)
    anton.send("party_three_way_accept", {"version": 1}, **START)
    anton.send("party_three_way_text", {"text": "Anton vraagt het elke week.", "based_on": 1}, **START)
    page = text_of(johan.open("three_way_meeting", **START))
    assert "Anton vraagt het elke week." in page
    assert "The version that stands until then" in page
    with as_person(story.cast.johan):
        assert ThreeWayText.objects.count() == 2


def test_a_yes_to_a_version_that_was_overtaken_is_no_yes(story, johan, marieke):
    _written(story)
    _written(story, "Iets anders.", based_on=1)
    marieke.send("three_way_accept", {"version": 1}, **START)
    with as_person(story.cast.johan):
        assert not ThreeWayText.objects.filter(coach_accepted_at__isnull=False).exists()


def test_whoever_comes_second_sees_both_texts(story, johan, marieke):
    _written(story)
    answer = marieke.send("three_way_text", {"text": "Mijn versie.", "based_on": 0}, **START)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Johan changed this text while you were writing" in page
    assert AGREED in page
    assert "Mijn versie." in page


def test_the_same_words_sent_twice_make_one_version(story):
    _written(story)
    _written(story)
    with as_person(story.cast.johan):
        assert ThreeWayText.objects.count() == 1


def test_what_the_coach_writes_reaches_the_third_once_the_client_said_yes(story, cast, johan, marieke, anton):
    marieke.send("three_way_text", {"text": "Van Marieke."}, **START)
    assert "Van Marieke." not in text_of(anton.open("party_three_way", **START))
    with as_person(cast.anton):
        assert ThreeWayText.objects.count() == 0
        assert not Notification.objects.filter(kind="three_way_text").exists()
    johan.send("three_way_accept", {"version": 1}, **START)
    assert "Van Marieke." in text_of(anton.open("party_three_way", **START))


def test_the_third_writes_beside_a_version_that_is_not_theirs_to_read_yet(story, johan, marieke, anton):
    marieke.send("three_way_text", {"text": "Van Marieke."}, **START)
    assert anton.send("party_three_way_text", {"text": "Van Anton.", "based_on": 0}, **START).status_code == 302
    assert "Van Anton." in text_of(johan.open("three_way_meeting", **START))
    assert "Van Anton." in text_of(anton.open("party_three_way", **START))


def test_before_there_is_a_talk_the_third_writes_nothing(cast, story, anton):
    anton.send("party_three_way_text", {"text": "Alvast dit."}, **START)
    with as_person(cast.johan):
        assert ThreeWayText.objects.count() == 0


def test_nothing_written_gets_words_that_help(johan):
    assert johan.send("three_way_text", {"text": "  "}, **START).status_code == 422


def test_without_the_key_the_page_says_so(story, johan):
    _written(story)
    vault.destroy(story.engagement.vault_scope)
    page = text_of(johan.open("three_way_meeting", **START))
    assert "These words cannot be read any more." in page
    assert AGREED not in page


# --- who does not -------------------------------------------------------------------------------------------------


def test_the_third_sees_of_the_coaching_this_talk_and_nothing_else(story, cast, anton):
    _planned(story)
    with as_person(cast.anton):
        assert ThreeWayMeeting.objects.count() == 1
        assert Session.objects.count() == Writing.objects.count() == Course.objects.count() == 0
    for route in ("engagement", "three_way", "interim", "final", "people_around"):
        assert anton.open(route).status_code == 404
    assert anton.open("three_way_meeting", **START).status_code == 404


@pytest.mark.parametrize("name", ["johan", "marieke", "fatima", "els", "willem", "noor"])
def test_nobody_but_the_third_is_answered_at_the_address_of_the_third(cast, story, name):
    _written(story)
    visitor = Visitor(cast.named(name), story.engagement.pk)
    assert visitor.open("party_three_way", **START).status_code == 404
    assert visitor.open("party_three_way_text", **START).status_code == 404
    assert visitor.send("party_three_way_accept", {"version": 1}, **START).status_code == 404


@pytest.mark.parametrize("name", ["fatima", "els", "willem", "ruben"])
def test_to_everybody_else_the_database_shows_no_talk_of_three(cast, story, name):
    _planned(story)
    _written(story)
    with as_person(cast.named(name)):
        assert ThreeWayMeeting.objects.count() == ThreeWayText.objects.count() == 0


def test_the_third_plans_nothing(cast, story):
    _planned(story)
    with as_person(cast.anton):
        ThreeWayMeeting.objects.update(place="Mijn kamer")
        assert ThreeWayMeeting.objects.get().place == "Kamer 2.01"


def test_nobody_says_yes_for_another(cast, story):
    _written(story)
    for person, field in ((cast.anton, "coach"), (cast.marieke, "sponsor"), (cast.johan, "sponsor")):
        with pytest.raises(DatabaseError), as_person(person), transaction.atomic():
            ThreeWayText.objects.update(**{f"{field}_accepted_at": clock.now()})


def test_the_words_of_a_version_do_not_change(cast, story):
    _written(story)
    with pytest.raises(DatabaseError), as_person(cast.johan), transaction.atomic():
        text = ThreeWayText.objects.get()
        vault.seal(text, "body", "Stilletjes anders.")
        text.save(update_fields=["body"])


def test_whose_part_has_ended_reads_nothing_any_more_and_who_comes_after_not_what_was_before(cast, story, anton):
    _written(story)
    with as_person(cast.johan):
        end_part(standing=story.standing(cast.johan), slug=SLUG)
    assert anton.open("party_three_way", **START).status_code == 404
    with as_person(cast.johan):
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.willem)
    willem = Visitor(cast.willem, story.engagement.pk)
    assert AGREED not in text_of(willem.open("party_three_way", **START))
    with as_person(cast.willem):
        assert ThreeWayText.objects.count() == 0


def test_every_step_leaves_its_trail_with_the_client(cast, story, anton):
    _planned(story)
    _written(story)
    anton.open("party_three_way", **START)
    with as_person(cast.anton):
        standing = party_for(cast.anton, story.engagement.pk)
        accept_three_way(standing=standing, slug=SLUG, stage=Stage.START, version=1)
    with as_person(cast.johan):
        verbs = AuditRow.objects.filter(owner_id=cast.johan.pk, verb__startswith="three_way.")
        assert set(verbs.values_list("verb", flat=True)) == {
            "three_way.plan",
            "three_way.write",
            "three_way.open",
            "three_way.accept",
        }
        assert meeting_of(story.engagement, Stage.START).last is not None


def test_the_line_of_time_shows_the_talk_of_three_once_it_has_a_moment(story, johan):
    assert "Talk of three</h3>" not in text_of(johan.open("engagement"))
    _planned(story)
    page = text_of(johan.open("engagement"))
    assert "Talk of three</h3>" in page
    assert "/driegesprek/begin/" in page


def test_who_sees_this_names_the_third_and_says_of_nobody_who_sees_it_that_they_do_not(story, johan, marieke, anton):
    def lines(visitor: Visitor, route: str) -> str:
        return " ".join(line.text for line in visitor.open(route, **START).context["audience"].lines)

    marieke.send("three_way_text", {"text": "Van Marieke."}, **START)
    assert "What the three agreed: Anton, once you say yes to it." in lines(johan, "three_way_meeting")
    assert "What the three agreed: Anton, once Johan says yes to it." in lines(marieke, "three_way_meeting")
    johan.send("three_way_accept", {"version": 1}, **START)
    assert "you, Marieke, and Anton" in lines(johan, "three_way_meeting")
    assert "Not Anton" not in lines(johan, "three_way_meeting")
    assert "manager" not in lines(anton, "party_three_way")


def test_after_the_closing_the_two_may_finish_the_text_of_the_end_and_the_third_may_say_yes(cast, story, johan, anton):
    _planned(story)
    with as_person(cast.johan):
        begin_closing(standing=story.standing(cast.johan), slug=SLUG)
        close(standing=story.standing(cast.johan), slug=SLUG)
    johan.send("three_way_text", {"text": "Aan het eind."}, stage="eind")
    johan.send("three_way_text", {"text": "Te veel voor het begin."}, **START)
    answer = anton.send("party_three_way_text", {"text": "Nog iets.", "based_on": 1}, stage="eind")
    assert answer.status_code == 302
    anton.send("party_three_way_accept", {"version": 1}, stage="eind")
    with as_person(cast.johan):
        (text,) = ThreeWayText.objects.all()
        assert text.meeting.stage == Stage.END
        assert text.sponsor_accepted_at is not None


def test_whoever_lays_down_the_words_that_lie_there_says_yes_to_them(cast, story, marieke):
    _written(story)
    marieke.send("three_way_text", {"text": AGREED, "based_on": 1}, **START)
    with as_person(cast.marieke):
        (text,) = ThreeWayText.objects.all()
        assert text.coach_accepted_at is not None
