"""Rounding off, the report, the crib, and a text for the manager."""

import re
from datetime import datetime, time
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.story import AMSTERDAM, DIRECTION, REPORT, SHARED, SLUG, Story, as_person

from klankbord.core import clock
from klankbord.core.spoken import date_words
from klankbord.engagements.actions.agreements import Plan, propose_agreement
from klankbord.engagements.actions.closing import NoReader, share_text
from klankbord.engagements.actions.course import begin_closing, close, stop
from klankbord.engagements.actions.party import ask_in
from klankbord.engagements.actions.texts import NotYours, save_text
from klankbord.engagements.models import Course, Engagement, Share, Writing
from klankbord.engagements.rules.retention import destroy_on
from klankbord.engagements.views import sessions
from klankbord.engagements.writings import Kind
from klankbord.people.models import Person
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import audience
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def story(told: Story) -> Story:
    return told


def signed_in(person: Person) -> Client:
    client = Client()
    assert person.account is not None
    client.force_login(person.account)
    return client


def where(story: Story, route: str, **more: object) -> str:
    return reverse(route, kwargs={"organisation": SLUG, "engagement": story.engagement.pk, **more})


def seen(person: Person, address: str, status: int = 200) -> str:
    response = signed_in(person).get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def shared_address(story: Story) -> str:
    return reverse("shared_text", kwargs={"organisation": SLUG, "share": story.share.pk})


# --- Rounding off ---------------------------------------------------------------------------------------------------


def test_either_begins_to_round_off_and_the_other_is_told(cast, story):
    signed_in(cast.marieke).post(where(story, "closing_begin"))
    with as_person(cast.johan):
        assert Course.objects.get(engagement=story.engagement).phase == "closing"
        assert AuditRow.objects.filter(verb="engagement.begin_closing", actor_id=cast.marieke.pk).exists()


def test_the_page_says_until_when_the_texts_stay_when_closing_today(cast, story):
    assert date_words(destroy_on(clock.today(), 6), "nl") in seen(cast.johan, where(story, "closing"))


def test_closing_starts_the_clock_and_the_page_goes_on_telling_it(cast, story):
    client = signed_in(cast.johan)
    client.post(where(story, "closing_close"))
    with as_person(cast.johan):
        course = Course.objects.get(engagement=story.engagement)
        assert (course.phase, Engagement.objects.get().closed_on) == ("closed", clock.today())
    assert course.destroy_on is not None
    assert date_words(course.destroy_on, "nl") in seen(cast.johan, where(story, "closing"))


def test_closing_twice_is_closing_once(cast, story):
    client = signed_in(cast.johan)
    assert [client.post(where(story, "closing_close")).status_code for _ in range(2)] == [302, 302]


def test_before_the_talks_run_the_page_says_why_there_is_nothing_to_close(cast, story):
    with as_person(cast.johan):
        Course.objects.filter(engagement=story.engagement).update(phase="direction")
    page = seen(cast.johan, where(story, "closing"))
    assert "closing_close" not in page
    assert where(story, "engagement_stop") in page
    answer = signed_in(cast.johan).post(where(story, "closing_begin"), follow=True)
    assert "note warning" in answer.content.decode()


def test_the_coach_is_not_told_the_name_of_the_manager(cast, story):
    for route in ("closing", "closing_report"):
        assert "Anton" not in seen(cast.marieke, where(story, route))


# --- The report -----------------------------------------------------------------------------------------------------


def test_a_report_that_is_saved_is_for_the_client_alone(cast, story):
    assert REPORT in seen(cast.johan, where(story, "closing_report"))
    assert REPORT not in seen(cast.marieke, where(story, "closing_report"))
    with as_person(cast.marieke):
        assert not AuditRow.objects.filter(verb="report.open").exists()


def test_a_report_that_is_sent_is_read_by_the_coach_and_the_client_sees_the_day(cast, story):
    client = signed_in(cast.johan)
    client.post(where(story, "closing_report"), {"text": "Ik durf te vragen.", "based_on": 1, "send": "yes"})
    assert "Ik durf te vragen." in seen(cast.marieke, where(story, "closing_report"))
    seen(cast.marieke, where(story, "closing_report"))
    with as_person(cast.johan):
        assert AuditRow.objects.filter(verb="report.open", actor_id=cast.marieke.pk).count() == 1


def test_a_coach_cannot_write_the_report(cast, story):
    answer = signed_in(cast.marieke).post(where(story, "closing_report"), {"text": "Het ging goed."})
    assert answer.status_code == 403


def test_a_report_that_is_too_long_comes_back_whole(cast, story):
    answer = signed_in(cast.johan).post(where(story, "closing_report"), {"text": "lang " * 5000, "based_on": 1})
    assert answer.status_code == 422
    assert "lang lang" in answer.content.decode()


def test_a_report_saved_in_another_window_is_shown_beside_mine(cast, story):
    client = signed_in(cast.johan)
    client.post(where(story, "closing_report"), {"text": "Eerste venster.", "based_on": 1})
    answer = client.post(where(story, "closing_report"), {"text": "Tweede venster.", "based_on": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Eerste venster." in page
    assert "Tweede venster." in page


def test_a_report_may_be_finished_after_closing_but_not_after_its_term(cast, story):
    with as_person(cast.johan):
        standing = story.standing(cast.johan)
        begin_closing(standing=standing, slug=SLUG)
        close(standing=standing, slug=SLUG)
    client = signed_in(cast.johan)
    client.post(where(story, "closing_report"), {"text": "Achteraf nog dit.", "based_on": 1})
    assert "Achteraf nog dit." in seen(cast.johan, where(story, "closing_report"))
    with as_person(cast.johan):
        Course.objects.filter(engagement=story.engagement).update(destroy_on=clock.today())
        before = Writing.objects.get(kind="report").revision
    client.post(where(story, "closing_report"), {"text": "Te laat.", "based_on": before})
    client.post(where(story, "share"), {"own": "Te laat.", "preview": "yes"})
    with as_person(cast.johan):
        assert Writing.objects.get(kind="report").revision == before


# --- The crib -------------------------------------------------------------------------------------------------------


def test_the_crib_says_first_who_tells_the_manager_and_stays_with_the_client(cast, story):
    client = signed_in(cast.johan)
    client.post(where(story, "crib"), {"tell": "Ik begin bij het plan.", "mine": "De rest."})
    page = seen(cast.johan, where(story, "crib"))
    assert "Anton" in page
    assert "Ik begin bij het plan." in page
    with as_person(cast.johan):
        assert Writing.objects.get(kind="crib").shared_at is None
    with as_person(cast.marieke):
        assert not Writing.objects.filter(kind="crib").exists()


# --- A text for the manager -----------------------------------------------------------------------------------------


def previewed(client: Client, story: Story, **fields: object) -> dict[str, str]:
    """The hidden fields of the preview."""
    answer = client.post(where(story, "share"), {"once": story.cast.johan.pk, "preview": "yes", **fields})
    assert answer.status_code == 200
    page = answer.content.decode()
    found = {name: unescape(value) for name, value in re.findall(r'name="(once|text|reader)" value="([^"]*)"', page)}
    assert found.keys() == {"once", "text", "reader"}
    return found


def test_the_preview_shares_nothing_and_shows_the_chosen_parts_and_own_words(cast, story):
    fields = previewed(signed_in(cast.johan), story, parts=["direction"], own="Verder vertel ik het je graag.")
    assert fields["text"] == f"{DIRECTION}\n\nVerder vertel ik het je graag."
    with as_person(cast.johan):
        assert Share.objects.count() == 1  # the one of the story


def test_exactly_what_the_preview_showed_is_what_the_manager_reads(cast, story):
    client = signed_in(cast.johan)
    fields = previewed(client, story, parts=["report-1"])
    with as_person(cast.johan):
        save_text(standing=story.standing(cast.johan), slug=SLUG, kind=Kind.REPORT, text="Iets anders.", based_on=1)
    for _attempt in range(2):
        assert client.post(where(story, "share"), {**fields, "share": "yes"}).status_code == 302
    with as_person(cast.anton):
        shared = Share.objects.exclude(pk=story.share.pk).get()
        assert vault.read(shared, "text") == REPORT
    assert REPORT in seen(cast.anton, reverse("shared_text", kwargs={"organisation": SLUG, "share": shared.pk}))


def test_what_was_meant_for_one_manager_does_not_go_to_the_next(cast, story):
    client = signed_in(cast.johan)
    fields = previewed(client, story, own="Voor Anton.")
    with as_person(cast.els):
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.fatima)
    client.post(where(story, "share"), {**fields, "share": "yes"})
    with as_person(cast.johan):
        assert Share.objects.count() == 1


def test_whoever_asks_or_pays_may_read_a_text_once_the_client_asked_them_in(cast, story):
    with as_person(cast.johan):
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.els)
    client = signed_in(cast.johan)
    unchosen = client.post(where(story, "share"), {"once": cast.johan.pk, "own": "Voor Els.", "preview": "yes"})
    assert unchosen.status_code == 422
    fields = previewed(client, story, own="Voor Els.", reader=cast.els.pk)
    assert fields["reader"] == str(cast.els.pk)
    client.post(where(story, "share"), {**fields, "share": "yes"})
    with as_person(cast.els):
        shared = Share.objects.get()
    assert "Voor Els." in seen(cast.els, reverse("shared_text", kwargs={"organisation": SLUG, "share": shared.pk}))
    with as_person(cast.anton):
        assert [one.pk for one in Share.objects.all()] == [story.share.pk]


def test_a_text_goes_to_nobody_else(cast, story):
    with as_person(cast.johan), pytest.raises(NoReader):
        standing = story.standing(cast.johan)
        share_text(once=cast.johan.pk, standing=standing, slug=SLUG, text="x", reader_id=cast.fatima.pk)


def test_nothing_chosen_and_nothing_written_is_said_at_the_field(cast, story):
    answer = signed_in(cast.johan).post(where(story, "share"), {"once": cast.johan.pk, "preview": "yes"})
    assert answer.status_code == 422
    assert 'id="id_own_error"' in answer.content.decode()


def test_without_a_manager_sharing_is_not_offered(cast, story):
    with as_person(cast.els):
        Person.objects.filter(pk=cast.johan.pk).update(manager=None)
    assert where(story, "share") not in seen(cast.johan, where(story, "closing"))
    assert "<textarea" not in seen(cast.johan, where(story, "share"))
    with as_person(cast.johan), pytest.raises(NoReader):
        share_text(once=cast.johan.pk, standing=story.standing(cast.johan), slug=SLUG, text="x")


def test_the_client_sees_on_which_day_the_manager_opened_it(cast, story):
    assert SHARED in seen(cast.anton, shared_address(story))
    seen(cast.anton, shared_address(story))
    with as_person(cast.johan):
        assert AuditRow.objects.filter(verb="share.open", subject_id=story.share.pk).count() == 1
    assert f'<time datetime="{clock.today().isoformat()}">' in seen(cast.johan, where(story, "share"))


def test_a_text_that_is_no_longer_shared_is_gone_for_the_manager_and_unreadable_for_everyone(
    cast, story, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(cast.johan).post(where(story, "share_withdraw", share=story.share.pk))
    seen(cast.anton, shared_address(story), status=404)
    page = seen(cast.johan, where(story, "share"))
    assert SHARED not in page
    with as_person(cast.johan), pytest.raises(vault.Unreadable):
        vault.read(Share.objects.get(pk=story.share.pk), "text")


def test_the_coach_and_others_read_nothing_of_what_is_shared(cast, story):
    for person in (cast.marieke, cast.fatima, cast.els, cast.johan):
        seen(person, shared_address(story), status=404)
    seen(cast.marieke, where(story, "share"), status=403)


# --- Too late -------------------------------------------------------------------------------------------------------


def test_after_closing_the_report_and_the_crib_are_finished_and_nothing_else_is_written(cast, story):
    with as_person(cast.johan):
        before = story.standing(cast.johan)  # as a page that was opened before the closing knows it
        close(standing=story.standing(cast.johan), slug=SLUG)
        for kind in (Kind.REPORT, Kind.CRIB):
            save_text(standing=before, slug=SLUG, kind=kind, text="Nog een woord.", based_on=1)
        for kind in (Kind.DIRECTION, Kind.EXPECTATION):
            with pytest.raises(NotNow):
                save_text(standing=before, slug=SLUG, kind=kind, text="Te laat.", based_on=1)
        with pytest.raises(NotNow):
            propose_agreement(standing=before, slug=SLUG, clauses=[], plan=Plan(first="", place=""), based_on=1)
    with as_person(cast.marieke), pytest.raises(NotNow):
        save_text(standing=story.standing(cast.marieke), slug=SLUG, kind=Kind.EXPECTATION, text="Te laat.")


def test_no_key_is_made_again_once_it_was_destroyed(cast, story):
    with as_person(cast.johan):
        close(standing=story.standing(cast.johan), slug=SLUG)
        day = story.standing(cast.johan).course.destroy_on
        assert day is not None
    vault.destroy(story.engagement.vault_scope)
    with clock.stopped_at(datetime.combine(day, time(9), tzinfo=AMSTERDAM)), as_person(cast.johan):
        for kind in Kind:
            with pytest.raises((NotNow, NotYours)):
                save_text(standing=story.standing(cast.johan), slug=SLUG, kind=kind, text="Te laat.")
    with as_person(cast.johan), pytest.raises(vault.Unreadable):
        vault.read(Writing.objects.get(kind=Kind.REPORT), "body")


def test_whoever_saves_just_after_the_other_stopped_is_told_so(cast, story, monkeypatch):
    client = signed_in(cast.marieke)
    with as_person(cast.johan):
        stop(standing=story.standing(cast.johan), slug=SLUG)
    # The page looks before it saves; here the other is quicker than that look.
    monkeypatch.setattr(sessions, "back_from_what_is_over", lambda *_: None)
    address = where(story, "session_text", number=1, kind="notes")
    answer = client.post(address, {"text": "Nog iets.", "based_on": 1}, follow=True)
    assert answer.redirect_chain == [(where(story, "engagement"), 302)]
    assert "Je kunt hier niets meer schrijven." in unescape(answer.content.decode())


def test_who_sees_it_follows_what_happened(cast, story):
    """Of a text that was sent it is not said that only the writer sees it."""
    before = audience("report", viewer=SeenAs.CLIENT, names={SeenAs.COACH: "Marieke"})
    after = audience("report", viewer=SeenAs.CLIENT, names={SeenAs.COACH: "Marieke"}, reached=(When.SENT,))
    assert (len(before.lines), len(after.lines)) == (3, 2)
    assert "Marieke" in after.short
    assert "zodra" in before.short
    assert "zodra" not in after.short
    assert 'class="lock"' not in seen(cast.anton, shared_address(story))
