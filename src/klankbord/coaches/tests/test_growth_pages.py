"""Mijn vak: hours, a statement that can be checked, and what a coach keeps of learning."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.story import SLUG, as_person, tuesday_at_ten

from klankbord.coaches.actions.hours import sign_statement, withdraw_statement
from klankbord.coaches.actions.learning import remove_assessment
from klankbord.coaches.api import intervision_attended, learning_kinds, self_assessed, stories_on_profiles
from klankbord.coaches.hours import years_of_acting_coach
from klankbord.coaches.models import EarlierHours, HoursStatement, SelfAssessment, StoryShare
from klankbord.coaches.queries.growth import statement_by_code, words_of
from klankbord.coaches.queries.statements import PURPOSE, checked
from klankbord.core import clock
from klankbord.engagements.actions.course import begin_closing, close
from klankbord.engagements.jobs import end_of_retention
from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.privacy import signing

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def story(told):
    return told


def browser_of(person) -> Client:
    browser = Client()
    browser.force_login(person.account)
    return browser


def where(route: str, **keys) -> str:
    return reverse(route, kwargs={"organisation": SLUG, **keys})


def the_statement(story) -> HoursStatement:
    return HoursStatement.objects.get(pk=story.parts["statement"])


def code_of(story) -> str:
    with as_person(story.cast.marieke):
        return words_of(the_statement(story), "code")


# --- hours ----------------------------------------------------------------------------------------------------------


def test_a_talk_counts_once_it_began_and_not_when_it_was_cancelled(story):
    marieke = story.cast.marieke
    with as_person(marieke):
        years = years_of_acting_coach()
        assert sum(one.introductions for one in years) == 1
        assert sum(one.talks for one in years) == 2, "two of the seven lie behind them"
        assert sum(one.minutes for one in years) == 120, "without the introduction"
        standing = engagement_for(marieke, story.engagement.pk)
        Session.objects.filter(pk=session_for(standing, 2).pk).update(state=Session.State.CANCELLED)
        assert sum(one.talks for one in years_of_acting_coach()) == 1
        with clock.stopped_at(tuesday_at_ten(1) + timedelta(hours=1)):
            assert sum(one.talks for one in years_of_acting_coach()) == 2, "the third has begun"
    with as_person(story.cast.willem):
        assert years_of_acting_coach() == [], "nobody counts the hours of another"


def test_hours_stay_counted_when_the_talks_are_forgotten(story):
    marieke, johan = story.cast.marieke, story.cast.johan
    with as_person(marieke):
        before = years_of_acting_coach()
    with as_person(johan):
        begin_closing(standing=engagement_for(johan, story.engagement.pk), slug=SLUG)
        close(standing=engagement_for(johan, story.engagement.pk), slug=SLUG)
        standing = engagement_for(johan, story.engagement.pk)
        standing.course.destroy_on = clock.today() - timedelta(days=1)
        standing.course.save(update_fields=["destroy_on"])
    assert end_of_retention(0) == 1
    with as_person(marieke):
        assert not Session.objects.filter(engagement=story.engagement).exists()
        assert years_of_acting_coach() == before
    with as_person(story.cast.fatima), connection.cursor() as cursor:
        cursor.execute("select count(*) from engagements_hourskept")
        assert cursor.fetchone() == (0,), "whose hours they are, is for the coach alone"


def test_hours_from_before_come_back_with_what_was_typed_when_the_years_do_not_fit(story):
    marieke = browser_of(story.cast.marieke)
    typed = {"once": uuid.uuid4(), "from_year": 2020, "until_year": 2019, "hours": 40, "source": "Bureau Oever"}
    answer = marieke.post(where("craft_earlier"), typed)
    assert answer.status_code == 422
    assert "Bureau Oever" in answer.content.decode()
    assert marieke.post(where("craft_earlier"), {**typed, "until_year": 2021}).status_code == 302
    with as_person(story.cast.marieke):
        assert EarlierHours.objects.filter(source="Bureau Oever").count() == 1


# --- the statement --------------------------------------------------------------------------------------------------


def test_anybody_with_the_code_reads_what_was_signed_and_no_client(story):
    page = Client().post(reverse("statement_check"), {"code": code_of(story).lower()})
    told = page.content.decode()
    assert page.status_code == 200
    assert "Deze verklaring is echt" in told
    assert "Marieke Bos" in told
    assert "Gemeente Oever" in told
    assert "Johan" not in told
    assert "sessionid" not in str(page.cookies)
    assert page["Cache-Control"] == "no-store"
    wrong = Client().post(reverse("statement_check"), {"code": "AAAA-BBBB"})
    assert wrong.status_code == 422
    assert "Marieke" not in wrong.content.decode()


def test_the_signed_text_can_be_checked_elsewhere(story):
    answer = Client().post(reverse("statement_check"), {"code": code_of(story), "as": "data"})
    text = answer.content
    assert json.loads(text)["coach"] == "Marieke Bos"
    found = checked(code_of(story))
    assert found is not None
    assert signing.is_signed(PURPOSE, text, found.signature, found.public_key)
    assert not signing.is_signed("another purpose", text, found.signature, found.public_key)


@pytest.mark.parametrize("what", ["lines", "signature", "key"])
def test_a_statement_that_was_tampered_with_is_not_genuine(story, monkeypatch, what):
    from klankbord.coaches.queries import statements

    code = code_of(story)
    found = statement_by_code(code)
    assert found is not None
    lines, signature, public_key, withdrawn = found
    if what == "lines":
        forged = (lines.replace('"hours":120', '"hours":920'), signature, public_key, withdrawn)
        assert forged[0] != lines
    elif what == "signature":
        forged = (lines, bytes([signature[0] ^ 1]) + signature[1:], public_key, withdrawn)
    else:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        other = Ed25519PrivateKey.generate()
        message = b"klankbord\x00" + PURPOSE.encode() + b"\x00" + lines.encode()
        forged = (lines, other.sign(message), other.public_key().public_bytes_raw(), withdrawn)
    monkeypatch.setattr(statements, "statement_by_code", lambda _code: forged)
    page = Client().post(reverse("statement_check"), {"code": code}).content.decode()
    assert "Deze verklaring is niet echt" in page
    assert "Gemeente Oever" not in page


def test_a_withdrawn_statement_says_so_and_another_of_the_same_hours_does_not(story):
    marieke = story.cast.marieke
    with as_person(marieke):
        other = sign_statement(
            once=uuid.uuid4(),
            coach=marieke,
            organisation="Waterland",
            from_year=2018,
            until_year=clock.today().year,
            with_earlier=False,
        )
        withdraw_statement(statement=the_statement(story))
        withdraw_statement(statement=the_statement(story))
        still = words_of(other, "code")
    assert "ingetrokken" in Client().post(reverse("statement_check"), {"code": code_of(story)}).content.decode()
    page = Client().post(reverse("statement_check"), {"code": still}).content.decode()
    assert "Deze verklaring is echt" in page
    assert "Gemeente Oever" not in page, "without the hours from before"


def test_the_paper_is_a_pdf_under_a_neutral_name(story):
    answer = browser_of(story.cast.marieke).get(where("craft_statement_paper", statement=story.parts["statement"]))
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid" in answer.content
    assert "urenverklaring" in answer["Content-Disposition"]
    assert "Marieke" not in answer["Content-Disposition"]


# --- learning -------------------------------------------------------------------------------------------------------


def test_other_apps_ask_what_was_done_in_one_query_each(story, django_assert_num_queries):
    cast, year = story.cast, clock.today().year
    ids = [cast.marieke.pk, cast.willem.pk, cast.bram.pk]
    met = (clock.now() - timedelta(days=7)).year
    with as_person(cast.fatima), django_assert_num_queries(3):
        assert intervision_attended(ids, met) == {cast.marieke.pk: 1, cast.willem.pk: 1}
        assert learning_kinds(ids) == {cast.marieke.pk: frozenset({"training"})}
        assert self_assessed(ids, year) == {cast.marieke.pk}
    with as_person(cast.johan):
        assert intervision_attended(ids, met) == {}
        assert learning_kinds(ids) == {}
        assert self_assessed(ids, year) == frozenset()


def test_a_look_that_is_taken_away_was_not_done(story):
    marieke = story.cast.marieke
    with as_person(marieke):
        remove_assessment(assessment=SelfAssessment.objects.get(pk=story.parts["assessment"]))
        assert self_assessed([marieke.pk], clock.today().year) == frozenset()


def test_what_is_kept_to_oneself_the_coordinator_does_not_read(story):
    page = where("contact", coach=story.cast.marieke.pk)
    fatima = browser_of(story.cast.fatima)
    assert "Stilte in gesprekken" in fatima.get(page).content.decode()
    browser_of(story.cast.marieke).post(where("craft_learning_show", learning=story.parts["learning"]), {"shown": ""})
    assert "Stilte in gesprekken" not in fatima.get(page).content.decode()


def test_sharing_shows_first_what_they_will_read_and_a_new_copy_replaces_the_old(story):
    marieke = browser_of(story.cast.marieke)
    typed = {"once": uuid.uuid4(), "part": "individual_organisation", "to": "profile", "text": "Ik kies voor de mens."}
    preview = marieke.post(where("craft_story_share"), typed).content.decode()
    assert "Dit lezen zij, en niets meer" in preview
    with as_person(story.cast.johan):
        assert stories_on_profiles([story.cast.marieke.pk]) == {}
    for once, text in ((typed["once"], typed["text"]), (uuid.uuid4(), "Ik kies niet.")):
        assert (
            marieke.post(where("craft_story_share"), {**typed, "once": once, "text": text, "share": 1}).status_code
            == 302
        )
    with as_person(story.cast.johan):
        (shared,) = stories_on_profiles([story.cast.marieke.pk])[story.cast.marieke.pk]
        assert words_of(shared, "text") == "Ik kies niet."
    marieke.post(where("craft_story_withdraw", story_share=shared.pk))
    with as_person(story.cast.johan):
        assert not StoryShare.objects.exists()


def test_two_windows_do_not_overwrite_each_others_story(story):
    marieke = browser_of(story.cast.marieke)
    typed = {"individual_organisation": "Uit het andere venster.", "individual_organisation_revision": 0}
    answer = marieke.post(where("craft_story"), typed)
    assert answer.status_code == 409
    assert "Uit het andere venster." in answer.content.decode()
    assert marieke.post(where("craft_story"), {**typed, "individual_organisation_revision": 1}).status_code == 302
