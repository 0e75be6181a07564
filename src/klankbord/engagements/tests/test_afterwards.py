"""Going on after a coaching: plan, card, booklet, the crib on paper, and looking back three months later."""

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader
from tests.part_afterwards import GOING_ON
from tests.story import AMSTERDAM, COACH_PAGE, DIRECTION, NOTES, REFLECTION, REPORT, SLUG, as_person

from klankbord.core import clock
from klankbord.engagements.actions.afterwards import note_booklet
from klankbord.engagements.actions.course import close, stop
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.jobs import three_months_later
from klankbord.engagements.models import Course, Engagement, Writing
from klankbord.engagements.queries.today import moments_for
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.engagements.writings import Kind
from klankbord.people.models import Notification
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SHOWS = "Mijn overleg duurt nu een half uur."


@pytest.fixture
def story(told):
    return told


@pytest.fixture
def johan(story) -> Visitor:
    return Visitor(story.cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(story) -> Visitor:
    return Visitor(story.cast.marieke, story.engagement.pk)


def closed(story, weeks_ago: int, *, months: int = 6) -> None:
    """Johan rounds off, so many weeks ago."""
    with as_person(story.cast.johan):
        Course.objects.filter(engagement=story.engagement).update(retention_months=months)
    with clock.stopped_at(clock.now() - timedelta(weeks=weeks_ago)), as_person(story.cast.johan):
        close(standing=story.standing(story.cast.johan), slug=SLUG)


def paper(response) -> str:
    """What stands in a PDF that may be read aloud."""
    assert response.headers["Content-Type"] == "application/pdf"
    assert "no-store" in response.headers["Cache-Control"]
    reader = PdfReader(BytesIO(response.content))
    assert "/StructTreeRoot" in reader.root_object
    return "\n".join(page.extract_text() for page in reader.pages)


# --- The plan -------------------------------------------------------------------------------------------------------


def test_a_plan_is_the_clients_until_it_is_sent(story, johan, marieke):
    assert GOING_ON not in text_of(marieke.open("plan"))
    assert (
        johan.send("plan", {"keep": "Vragen.", "hard": "Bram bellen.", "based_on": 1, "send": "yes"}).status_code == 302
    )
    page = text_of(marieke.open("plan"))
    assert "Vragen." in page
    assert "Bram bellen." in page
    with as_person(story.cast.johan):
        assert AuditRow.objects.filter(verb="plan.open", actor_id=story.cast.marieke.pk).count() == 1


def test_the_coach_does_not_write_the_plan(marieke):
    assert marieke.send("plan", {"keep": "Volhouden."}).status_code == 403


def test_a_plan_without_a_word_comes_back(story, johan):
    with as_person(story.cast.johan):
        Writing.objects.filter(kind=Kind.PLAN).delete()
    assert johan.send("plan", {"keep": "", "hard": " "}).status_code == 422


def test_a_plan_from_two_windows_shows_both(johan):
    johan.send("plan", {"keep": "Het eerste venster.", "based_on": 1})
    answer = johan.send("plan", {"help": "Het tweede venster.", "based_on": 1})
    assert answer.status_code == 409
    assert "Het eerste venster." in text_of(answer)
    assert "Het tweede venster." in text_of(answer)


def test_what_was_typed_in_a_plan_is_there_again(johan):
    johan.type({"keep": "Half af", "based_on": "1"}, "plan")
    assert "Half af" in text_of(johan.open("plan"))


def test_after_stopping_a_plan_is_read_and_no_longer_written(story, johan):
    with as_person(story.cast.johan):
        stop(standing=story.standing(story.cast.johan), slug=SLUG)
    page = text_of(johan.open("plan"))
    assert GOING_ON in page
    assert "<textarea" not in page


# --- The crib -------------------------------------------------------------------------------------------------------


def test_a_crib_written_before_there_were_headings_is_not_lost(story, johan):
    with as_person(story.cast.johan):
        save_text(standing=story.standing(story.cast.johan), slug=SLUG, kind=Kind.CRIB, text="Zoals het was.")
    assert "Zoals het was." in text_of(johan.open("crib"))


def test_the_crib_on_paper_holds_its_headings_and_no_name(johan):
    johan.send("crib", {"tell": "Het plan ligt er.", "mine": "De rest.", "ask": "Geef me maandag."})
    words = paper(johan.open("crib_paper"))
    assert "What I keep to myself" in words
    assert "Geef me maandag." in words
    assert "Johan" not in words


# --- The card -------------------------------------------------------------------------------------------------------


def test_a_card_of_a_few_lines_stands_on_the_screen_and_on_paper(johan):
    johan.send("fridge_card", {"text": "Eerst vragen.\n\nDan doen."})
    assert '<div class="fridge-card"><p>Eerst vragen.</p><p>Dan doen.</p></div>' in text_of(johan.open("fridge_card"))
    assert "Dan doen." in paper(johan.open("fridge_card_paper"))


@pytest.mark.parametrize("text", ["regel\n" * 7, "lang " * 70])
def test_more_than_fits_on_a_card_comes_back(johan, text):
    answer = johan.send("fridge_card", {"text": text})
    assert answer.status_code == 422
    assert text.split()[0] in text_of(answer)


# --- The booklet ----------------------------------------------------------------------------------------------------


def test_the_booklet_holds_what_was_chosen_and_nothing_else(johan):
    words = paper(johan.send("booklet", {"parts": ["direction", "looks_back"]}))
    assert DIRECTION in words
    assert REFLECTION in words
    assert REPORT not in words
    assert GOING_ON not in words


def test_the_booklet_holds_no_words_of_another(johan):
    everything = ["direction", "looks_back", "tried", "plan", "report"]
    words = paper(johan.send("booklet", {"parts": everything}))
    assert GOING_ON in words
    assert COACH_PAGE not in words
    assert NOTES not in words


def test_a_booklet_of_nothing_comes_back(johan):
    assert johan.send("booklet", {}).status_code == 422
    assert johan.send("booklet", {"parts": ["coach_page"]}).status_code == 422


def test_the_booklet_leaves_only_that_it_was_made(story, johan):
    johan.send("booklet", {"parts": ["direction"]})
    with as_person(story.cast.johan):
        assert AuditRow.objects.get(verb="booklet.make").detail == {"count": 1}


def test_a_coach_makes_no_booklet_of_the_client(story, marieke):
    assert marieke.send("booklet", {"parts": ["direction"]}).status_code == 403
    with as_person(story.cast.marieke), pytest.raises(PermissionDenied):
        note_booklet(standing=story.standing(story.cast.marieke), count=1)


# --- Three months later ---------------------------------------------------------------------------------------------


def test_before_its_time_the_page_says_from_when(story, johan):
    closed(story, weeks_ago=4)
    page = text_of(johan.open("later"))
    assert "<textarea" not in page
    johan.send("later", {"text": "Te vroeg."})
    with as_person(story.cast.johan):
        assert not Writing.objects.filter(kind=Kind.LATER).exists()


def test_after_ten_weeks_one_looks_back_for_oneself_with_the_plan_beside_it(story, johan):
    closed(story, weeks_ago=11)
    assert GOING_ON in text_of(johan.open("later"))
    assert johan.send("later", {"text": SHOWS}).status_code == 302
    assert SHOWS in text_of(johan.open("later"))
    assert SHOWS in text_of(johan.open("engagement"))
    with as_person(story.cast.johan):
        assert Writing.objects.get(kind=Kind.LATER).shared_at is None


def test_the_coach_sees_nothing_of_it(story, johan, marieke):
    closed(story, weeks_ago=11)
    johan.send("later", {"text": SHOWS})
    assert marieke.open("later").status_code == 403
    assert SHOWS not in text_of(marieke.open("engagement"))
    with as_person(story.cast.marieke):
        assert not Writing.objects.filter(kind=Kind.LATER).exists()


def test_it_may_be_written_after_stopping_early_too(story, johan):
    with clock.stopped_at(clock.now() - timedelta(weeks=11)), as_person(story.cast.johan):
        stop(standing=story.standing(story.cast.johan), slug=SLUG)
    johan.send("later", {"text": SHOWS})
    with as_person(story.cast.johan):
        assert vault.read(Writing.objects.get(kind=Kind.LATER), "body") == SHOWS


def test_when_the_texts_end_sooner_the_line_says_so_and_offers_the_booklet(story, johan):
    closed(story, weeks_ago=1, months=2)
    line = text_of(johan.open("engagement"))
    assert johan.address("booklet") in line
    assert johan.address("later") not in line
    assert "before the three months are over" in text_of(johan.open("later"))


def test_on_vandaag_it_stands_for_some_weeks_until_it_is_written(story, johan):
    closed(story, weeks_ago=11)
    assert ways(story).count(johan.address("later")) == 1
    johan.send("later", {"text": SHOWS})
    assert johan.address("later") not in ways(story)


def ways(story) -> list[str]:
    """Where "Vandaag" leads Johan."""
    with as_person(story.cast.johan):
        return [way.url for one in moments_for(story.cast.johan, SLUG, frozenset()) for way in one.ways]


# --- The message ----------------------------------------------------------------------------------------------------


def three_months_on(story):
    """The morning three months after closing."""
    with as_person(story.cast.johan):
        day = Engagement.objects.get().closed_on
    assert day is not None
    return clock.stopped_at(datetime.combine(day + timedelta(days=93), time(7), tzinfo=AMSTERDAM))


def notices(person) -> list[str]:
    with as_person(person):
        return [one.kind for one in Notification.objects.filter(kind="three_months")]


def test_after_three_months_the_client_is_told_once_and_nobody_else(story):
    closed(story, weeks_ago=0)
    assert three_months_later(0) == 0
    with three_months_on(story):
        assert three_months_later(0) == 1
        assert three_months_later(0) == 0
    assert notices(story.cast.johan) == ["three_months"]
    assert notices(story.cast.marieke) == []


def test_nobody_is_told_once_the_texts_are_gone(story):
    closed(story, weeks_ago=0, months=2)
    with three_months_on(story):
        assert three_months_later(0) == 0


def test_whoever_stopped_is_not_reminded(story):
    with as_person(story.cast.johan):
        stop(standing=story.standing(story.cast.johan), slug=SLUG)
    with three_months_on(story):
        assert three_months_later(0) == 0


def test_the_message_says_no_theme_and_no_name(story):
    closed(story, weeks_ago=0)
    with three_months_on(story):
        three_months_later(0)
    with as_person(story.cast.johan):
        assert Notification.objects.get(kind="three_months").parameters == {}
