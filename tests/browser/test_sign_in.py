"""Signing in with a code by mail, and landing where one was going."""

import re

import pytest

from tests.browser.conftest import run_queue
from tests.story import SLUG, as_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def sign_in(page, site, person) -> None:
    """From the page that asks for an address to being in."""
    page.get_by_role("textbox").first.fill(person.email)
    page.locator("main button, main [type=submit]").first.click()
    page.wait_for_url("**/aanmelden/code/**")
    code = re.search(
        r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", site.mailbox.to(person)[-1].get_body(("plain",)).get_content(), re.M
    )
    assert code, site.mailbox.to(person)[-1].get_body(("plain",)).get_content()
    page.locator("main input[name=code]").fill(code[1])
    page.locator("main button, main [type=submit]").first.click()


def test_a_link_lands_where_it_should_after_signing_in_with_a_code(site, no_barriers):
    page = site.open()
    page.goto(f"{site.url}/waterland/coaching/")
    assert "/aanmelden/" in page.url
    no_barriers(page)
    sign_in(page, site, site.cast.johan)
    page.wait_for_url("**/waterland/coaching/")


def test_a_stranger_is_told_nothing_and_gets_no_account(site):
    from klankbord.people.models import Account

    page = site.open()
    page.goto(f"{site.url}/aanmelden/")
    page.get_by_role("textbox").first.fill("vreemde@elders.example")
    page.locator("main button, main [type=submit]").first.click()
    page.wait_for_url("**/aanmelden/code/**")
    assert not Account.objects.filter(email="vreemde@elders.example").exists()


def test_words_sent_after_the_session_ended_wait_after_signing_in(site):
    words = "Ik wil het niet nog een keer alleen trekken."
    page = site.open_as("johan")
    page.goto(f"{site.url}/waterland/vraag/")
    page.context.clear_cookies(name="klankbord")
    page.locator("textarea").first.fill(words)
    page.locator("main form button.primary, main form button").last.click()
    page.wait_for_url("**/aanmelden/**")
    sign_in(page, site, site.cast.johan)
    page.wait_for_url("**/waterland/vraag/**")
    page.goto(f"{site.url}/waterland/vraag/")
    assert page.locator("textarea").first.input_value() == words


def test_a_notification_goes_out_through_the_queue_with_a_neutral_subject_and_a_link_that_works(site):
    from klankbord.people.actions import notify
    from klankbord.people.models import Notification

    cast = site.cast
    with as_person(cast.anton):
        notify(person_id=cast.johan.pk, kind="referral", link=f"/{SLUG}/coaching/", name="Anton")
    assert site.mailbox.to(cast.johan) == []
    run_queue()
    letter = site.mailbox.to(cast.johan)[-1]
    assert letter["Subject"] == "Er staat iets voor je klaar in Klankbord"
    plain = letter.get_body(("plain",)).get_content()
    assert f"{site.url}/{SLUG}/coaching/" in plain
    assert f"{site.url}/{SLUG}/coaching/" in letter.get_body(("html",)).get_content()
    with as_person(cast.johan):
        row = Notification.objects.get()
        assert (row.attempts, row.sent_at is not None) == (1, True)
    page = site.open_as("johan")
    page.goto(re.search(r"http\S+/coaching/", plain)[0])
    assert page.url.endswith("/waterland/coaching/")


def test_words_do_not_wait_for_whoever_signs_in_next_at_the_same_computer(site):
    words = "Ik wil het niet nog een keer alleen trekken."
    page = site.open_as("johan")
    page.goto(f"{site.url}/waterland/vraag/")
    page.context.clear_cookies(name="klankbord")
    page.locator("textarea").first.fill(words)
    page.locator("main form button.primary").last.click()
    page.wait_for_url("**/aanmelden/**")
    sign_in(page, site, site.cast.anton)
    page.wait_for_url("**/waterland/**")
    page.goto(f"{site.url}/waterland/vraag/")
    assert page.locator("textarea").first.input_value() == ""
