"""Looking at the questionnaire beforehand: the very pages, of which nothing is kept and nothing is sent."""

import re
import uuid
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.answering import Answerer
from tests.scan import answer, asked, fill_units, opened_wave, plan

from klankbord.core.tenant import acting_in
from klankbord.core.wording import Wording
from klankbord.culture.actions import Received, draft_wave
from klankbord.culture.models import Wave

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OWN = Wording(nl="Ik leer hier elke week iets nieuws.", en="I learn something new here every week.")


def place(wave: Wave, shown: str) -> str:
    return reverse("wave_example", args=["waterland", wave.pk, shown])


def looking(cast, wave: Wave, shown: str = "vragenlijst") -> Answerer:
    """Fatima with a browser without JavaScript, at an example."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.fatima.account)
    browser = Answerer(client=client)
    browser.action = place(wave, shown)
    return browser


def drafted(cast, **more) -> Wave:
    with acting_in(cast.organisation.id, cast.fatima.pk):
        return draft_wave(once=uuid.uuid4(), plan=plan(**more), contact=cast.fatima)


def what_is_asked(page: str) -> str:
    """A page without what differs by who looks: its key, and that it is an example."""
    form = page[page.index("<form") : page.index("</main>")]
    form = re.sub(r"^<form[^>]*>", "", form)
    return re.sub(r'\s*<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", form)


def to_the_end(browser: Answerer, wave: Wave) -> list[str]:
    """Every page from the first to the one that thanks, with an answer on each."""
    browser.open()
    pages = [what_is_asked(browser.page)]
    browser.press("next")
    while 'value="send"' not in browser.page:
        assert len(pages) < 20, browser.page
        pages.append(what_is_asked(browser.page))
        every = [*(one.id for one in wave.rated), *(one.id for one in wave.open_questions)]
        here = [one for one in every if f'name="{one}" id=' in browser.page]
        browser.press("next", **dict.fromkeys(here, "4"))
    pages.append(what_is_asked(browser.page))
    browser.press("send")
    return [*pages, what_is_asked(browser.page)]


@pytest.mark.parametrize("kind", ["full", "pulse"])
def test_the_pages_are_those_on_which_people_answer(cast, kind):
    fill_units(cast, 1)
    wave = opened_wave(cast, kind=kind, own_items=(OWN,), about=Wording(nl="Omdat we groeien.", en="We grow."))
    given = next(one.given for one in asked(cast, wave) if one.person == cast.johan)
    looked_at = to_the_end(looking(cast, wave), wave)
    assert looked_at == to_the_end(Answerer(given), wave)
    assert "Omdat we groeien." in looked_at[0]
    assert any(OWN.nl in one for one in looked_at)
    assert "Je antwoorden liggen in de stembus" in looked_at[-1]


def test_a_draft_is_walked_through_in_both_languages_and_nothing_at_all_is_written(cast):
    wave = drafted(cast, own_items=(OWN,))
    browser = looking(cast, wave)
    browser.open()
    with CaptureQueriesContext(connections["default"]) as asked_for, CaptureQueriesContext(connections["keys"]) as keys:
        to_the_end(browser, wave)
        browser.action = place(wave, "vragenlijst")
        browser.open()
        browser.press(to_language="en")
        assert browser.heading == "How do we learn from each other here?"
        assert any(OWN.en in one for one in english(browser, wave))
    written = [
        one["sql"] for one in asked_for if re.match(r"\s*(insert|update|delete|select culture_)", one["sql"], re.I)
    ]
    assert (written, len(keys)) == ([], 0)


def english(browser: Answerer, wave: Wave) -> list[str]:
    pages: list[str] = []
    browser.press("next")
    while 'value="send"' not in browser.page:
        assert len(pages) < 20, browser.page
        pages.append(browser.page)
        browser.press("next")
    return pages


def test_an_example_of_an_open_wave_takes_nobodys_right_away(cast):
    fill_units(cast, 1)
    wave = opened_wave(cast)
    given = next(one.given for one in asked(cast, wave) if one.person == cast.fatima)
    browser = looking(cast, wave)
    browser.open()
    browser.press("send", code=given)
    assert browser.heading == "Dank je wel"
    assert answer(cast, given) is Received.IN_THE_BOX


def test_every_page_says_that_it_is_an_example_keeps_nothing_on_the_device_and_leads_back(cast):
    wave = drafted(cast)
    back = reverse("wave", args=["waterland", wave.pk])
    for shown in ("vragenlijst", "code", "bedankt", "al-gebruikt", "gesloten"):
        browser = looking(cast, wave, shown)
        assert browser.open().status_code == 200
        for page in (browser.page, *pages_of(browser, wave, shown)):
            assert "Dit is een voorbeeld." in page
            assert "<title>Voorbeeld: " in page
            assert f'href="{back}"' in page
            assert "data-key" not in page
            assert "data-done" not in page
    assert looking(cast, wave, "iets-anders").open().status_code == 404


def pages_of(browser: Answerer, wave: Wave, shown: str) -> list[str]:
    return english(browser, wave) if shown == "vragenlijst" else []


def test_any_code_opens_the_example_and_too_long_a_text_is_pointed_out_as_it_will_be(cast):
    wave = drafted(cast)
    browser = looking(cast, wave, "code")
    browser.open()
    browser.press(code="zomaar iets")
    assert browser.action == place(wave, "vragenlijst")
    assert browser.heading == "Hoe leren we hier van elkaar?"
    browser.press("send", **{wave.open_questions[0].id: "woord " * 2000})
    assert "Kijk nog even" in browser.page


def test_a_form_from_elsewhere_is_refused_as_on_any_page_of_somebody_who_signed_in(cast):
    browser = looking(cast, drafted(cast))
    browser.open()
    token: dict[str, Any] = browser.fields
    del token["csrfmiddlewaretoken"]
    assert browser.press("next").status_code == 403


def test_where_people_answer_there_is_no_token_and_no_mark(cast):
    fill_units(cast, 1)
    wave = opened_wave(cast)
    browser = Answerer(asked(cast, wave)[0].given)
    answered = browser.open()
    assert answered.cookies == {}
    for mark in ("csrfmiddlewaretoken", "voorbeeld", "data-example", "same-origin"):
        assert mark not in browser.page


def test_the_way_there_tells_what_lies_beside_the_answers(cast):
    client = Client()
    client.force_login(cast.fatima.account)
    said = client.get(reverse("wave_preview", args=["waterland", drafted(cast).pk])).text
    assert "Alleen de afdeling waar iemand werkt" in said
    leads = drafted(cast, attribute="leads")
    said = client.get(reverse("wave_preview", args=["waterland", leads.pk]) + "?taal=en").text
    assert "Leading people: leads people, does not lead people." in said
    browser = looking(cast, leads)
    browser.open()
    assert "bij welk deel van de organisatie je hoort, en nog één ding: ‘Leiding geven’." in browser.page
    assert "ligt alleen bij" not in browser.page
