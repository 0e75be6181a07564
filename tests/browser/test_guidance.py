"""What fits, coming back after illness, and a thought that goes to the client first, told through the screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.telling import Teller, fill, press, text_of
from tests.story import as_person, matched, requested

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
THOUGHT = "Ik vraag me af of dit over jou gaat, of over hoe het werk verdeeld is."
REPLY = "Dat vroeg ik me ook al af."
OWN = "Drie collega's lopen hier ook tegenaan."


def test_what_fits_is_found_and_a_thought_goes_on_only_if_johan_wants_it(tell: Teller, no_barriers) -> None:
    johan_finds_what_fits(tell, no_barriers)
    coming_back_is_for_the_doctor(tell, no_barriers)
    cast = tell.site.cast
    _, _, request = requested(cast)
    _, engagement = matched(cast, request)
    marieke_shares_a_thought(tell, f"{tell.site.url}/waterland/coaching/{engagement.pk}/", no_barriers)
    johan_answers_and_passes_the_pattern_on(tell, no_barriers)
    fatima_reads_it_until_johan_takes_it_back(tell, no_barriers)


def johan_finds_what_fits(tell: Teller, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/vraag/")
    press(johan, "Vijf vragen helpen je kiezen.")
    johan.get_by_label("Ik zit vast met iemand op het werk").check()
    johan.get_by_label("Iemand anders en ik samen").check()
    tell.look(johan, "five-questions")
    press(johan, "Kijk wat past")
    assert johan.url.endswith("/vraag/wat-past/")
    assert "Vastzitten doe je met z'n tweeën." in text_of(johan)
    assert "113" in text_of(johan)
    tell.look(johan, "what-fits")
    no_barriers(johan)
    johan.get_by_text("Mijn antwoorden veranderen").click()
    johan.get_by_label(re.compile("Het gaat echt niet")).check()
    press(johan, "Kijk wat past")
    words = text_of(johan)
    assert words.index("0800-0113") < words.index("Past het best")
    tell.look(johan, "urgent-first")


def coming_back_is_for_the_doctor(tell: Teller, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/vraag/")
    fill(johan, "Vertel het in je eigen woorden", "Ik wil weer rustig beginnen.")
    johan.get_by_label("Het gaat over terugkomen na ziekte").check()
    tell.look(johan, "asking")
    press(johan, "Volgende")
    assert "De bedrijfsarts" in text_of(johan)
    assert "Er is niets verstuurd" in text_of(johan)
    tell.look(johan, "after-illness")
    no_barriers(johan)
    press(johan, "Vraag een coach voor iets anders")
    expect(johan.get_by_label("Het gaat over terugkomen na ziekte")).not_to_be_checked()
    expect(johan.get_by_label("Vertel het in je eigen woorden")).to_have_value("Ik wil weer rustig beginnen.")


def marieke_shares_a_thought(tell: Teller, place: str, no_barriers) -> None:
    marieke = tell("marieke")
    marieke.goto(place + "kennismaking/")
    press(marieke, "Past coaching hier?")
    marieke.get_by_text("Coaching als pleister").first.click()
    tell.look(marieke, "coach-thinks")
    no_barriers(marieke)
    fill(marieke, "Je gedachte, als een open zin", THOUGHT)
    marieke.get_by_label(re.compile("Coaching als pleister")).check()
    press(marieke, "Laat Johan het lezen")
    assert THOUGHT in text_of(marieke)
    tell.look(marieke, "coach-shared")


def johan_answers_and_passes_the_pattern_on(tell: Teller, no_barriers) -> None:
    johan = tell("johan")
    assert "Marieke heeft je iets geschreven" in text_of(johan)
    assert "pleister" not in text_of(johan)
    tell.look(johan, "today")
    johan.locator("main a[href*='/gedachte/']").first.click()
    assert THOUGHT in text_of(johan)
    tell.look(johan, "letter")
    no_barriers(johan)
    johan.get_by_text("Antwoord aan Marieke").click()
    fill(johan, "Je antwoord", REPLY)
    press(johan, "Laat Marieke het lezen")
    johan.get_by_text("Geef het door aan de coördinator").click()
    press(johan, "Kijk wat er dan gaat")
    expect(johan.get_by_label(re.compile("Coaching als pleister"))).to_be_checked()
    fill(johan, "In je eigen woorden, als je wilt", OWN)
    no_barriers(johan)
    press(johan, "Bekijk wat de coördinatoren gaan lezen")
    words = text_of(johan)
    assert OWN in words
    assert THOUGHT not in words
    assert "Fatima" in words
    tell.look(johan, "preview")
    no_barriers(johan)
    press(johan, "Geef het door")
    tell.look(johan, "passed-on")
    no_barriers(johan)
    marieke = tell.pages["marieke"]
    marieke.reload()
    assert REPLY in text_of(marieke)
    assert OWN not in text_of(marieke)


def fatima_reads_it_until_johan_takes_it_back(tell: Teller, no_barriers) -> None:
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/aanvragen/")
    fatima.get_by_role("link", name=re.compile("Past coaching hier")).click()
    tell.look(fatima, "signals")
    no_barriers(fatima)
    press(fatima, "Johan de Wit")
    words = text_of(fatima)
    assert OWN in words
    assert THOUGHT not in words
    tell.look(fatima, "signal")
    no_barriers(fatima)
    johan = tell.pages["johan"]
    press(johan, "Haal het terug")
    assert "Teruggehaald" in johan.locator("body").inner_text()
    assert fatima.goto(fatima.url).status == 404
    with as_person(tell.site.cast.anton):
        from klankbord.engagements.models import FitSignal

        assert not FitSignal.objects.exists()
