"""Half-way: each apart and then side by side; the people around; and a talk of three that ends in a text of three."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from klankbord.core import clock
from klankbord.engagements.actions.party import ask_in
from tests.browser.conftest import Site
from tests.browser.telling import Teller, fill, press, text_of
from tests.story import SLUG, Story, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

OF_JOHAN = "Ik zie dat ik te snel ja zeg."
OF_MARIEKE = "Ik nam het stuur wel eens over."
OF_BOTH = "Johan kiest waar we het over hebben."
ANSWER = "Dat ik eerder aan de bel trek."
AGREED = "Johan oefent met nee zeggen. Anton vraagt het eens per maand aan Johan zelf."


def test_johan_and_marieke_look_back_and_talk_with_anton(site: Site, tell: Teller, no_barriers: Callable) -> None:
    story = running(site.cast)
    place = f"{site.url}/waterland/coaching/{story.engagement.pk}/"
    apart_and_then_side_by_side(tell, place)
    the_people_around(tell, place)
    a_talk_of_three(tell, story, place)
    looks_right_everywhere(site, tell, place, no_barriers)


def apart_and_then_side_by_side(tell: Teller, place: str) -> None:
    johan, marieke = tell("johan"), tell("marieke")
    johan.goto(place)
    press(johan, "Terugkijken halverwege")
    assert "Werken we zo op een manier waar je van leert?" in text_of(johan)
    tell.look(johan, "johan-half-way")
    press(johan, "Eerst ieder apart")
    fill(johan, "Wat ben je gaan zien", OF_JOHAN)
    tell.look(johan, "johan-apart")
    press(johan, "Klaar")
    assert "Zodra Marieke er iets naast legt" in text_of(johan)
    marieke.goto(place + "terugkijken/halverwege/")
    assert OF_JOHAN not in marieke.content()
    press(marieke, "Eerst ieder apart")
    fill(marieke, "Waar nam Johan zelf het stuur?", OF_MARIEKE)
    press(marieke, "Klaar")
    assert OF_JOHAN in text_of(marieke)
    tell.look(marieke, "marieke-side-by-side")
    johan.goto(place + "terugkijken/halverwege/")
    assert OF_MARIEKE in text_of(johan)
    press(johan, "Schrijf op wat jullie samen zien")
    marieke.goto(place + "terugkijken/halverwege/samen/")
    fill(johan, "Wie houdt in onze gesprekken het stuur vast", OF_BOTH)
    press(johan, "Bewaar voor ons allebei")
    fill(marieke, "Wie houdt in onze gesprekken het stuur vast", "We kiezen samen.")
    press(marieke, "Bewaar voor ons allebei")
    assert OF_BOTH in text_of(marieke)
    tell.look(marieke, "marieke-overtaken")
    fill(marieke, "Wie houdt in onze gesprekken het stuur vast", f"{OF_BOTH} Marieke let erop.")
    press(marieke, "Bewaar voor ons allebei")
    johan.goto(place + "terugkijken/halverwege/")
    assert f"{OF_BOTH} Marieke let erop." in text_of(johan)
    tell.look(johan, "johan-together")


def the_people_around(tell: Teller, place: str) -> None:
    johan = tell("johan")
    johan.goto(place)
    press(johan, "De mensen eromheen")
    for who, ring in (("het team", "verder weg"), ("A.V.", "dichtbij"), ("de wethouder", "op afstand")):
        fill(johan, "Wie?", who)
        johan.get_by_role("radio", name=ring).check()
        press(johan, "Zet op de kaart")
    tell.look(johan, "johan-map")
    johan.get_by_role("link", name="mijn opdrachtgever").click()
    press(johan, "Geef me een vraag")
    fill(johan, "Wat zou mijn opdrachtgever zeggen dat er veranderd is?", ANSWER)
    press(johan, "Nog een vraag")
    expect(johan.get_by_label("Wat zou mijn opdrachtgever zeggen dat er veranderd is?")).to_have_value(ANSWER)
    tell.look(johan, "johan-perspective")
    press(johan, "Bewaar")
    assert ANSWER in text_of(johan)
    marieke = tell("marieke")
    marieke.goto(place + "mensen-eromheen/")
    assert ANSWER not in marieke.content()
    press(johan, "Naar Marieke sturen")
    marieke.reload()
    assert ANSWER in text_of(marieke)
    tell.look(marieke, "marieke-map")


def a_talk_of_three(tell: Teller, story: Story, place: str) -> None:
    with as_person(story.cast.johan):
        ask_in(standing=story.standing(story.cast.johan), slug=SLUG, person=story.cast.anton)
    johan = tell("johan")
    johan.goto(place)
    press(johan, "Gesprek met z'n drieën")
    press(johan, "Gesprek met z'n drieën, aan het begin")
    johan.get_by_text("Kies een moment").click()
    fill(johan, "Dag", (clock.now() + timedelta(days=9)).date().isoformat())
    fill(johan, "Tijd", "11:00")
    johan.locator("input[name=place]").fill("Kamer 2.01")
    press(johan, "Zet dit moment vast")
    press(johan, "Schrijf op wat jullie afspreken")
    johan.locator("textarea").first.fill(AGREED)
    press(johan, "Leg dit neer")
    tell.look(johan, "johan-three")
    marieke = tell("marieke")
    marieke.goto(place + "driegesprek/begin/")
    press(marieke, "Ik zeg ja")
    anton = tell("anton")
    where = place.replace("/coaching/", "/partij/") + "gesprek/begin/"
    anton.goto(where)
    assert "Kamer 2.01" in text_of(anton)
    assert AGREED in text_of(anton)
    assert OF_BOTH not in anton.content()
    tell.look(anton, "anton-three")
    press(anton, "Ik zeg ja")
    assert "Deze tekst geldt" in text_of(anton)
    johan.goto(place)
    expect(johan.get_by_role("heading", name=re.compile("Gesprek met z'n drieën"))).to_be_visible()
    answer = anton.goto(place)
    assert answer is not None
    assert answer.status == 404


def looks_right_everywhere(site: Site, tell: Teller, place: str, no_barriers: Callable[[Page], None]) -> None:
    party = place.replace("/coaching/", "/partij/")
    pages = {
        "johan": (place, ("terugkijken/halverwege/", "mensen-eromheen/", "driegesprek/begin/")),
        "anton": (party, ("gesprek/begin/", "gesprek/begin/tekst/")),
    }
    for name, (where, parts) in pages.items():
        for width, scheme in ((320, "dark"), (1600, "light")):
            page = site.open_as(name, width=width, scheme=scheme)
            for part in parts:
                page.goto(where + part)
                no_barriers(page)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part
                tell.look(page, f"{name}-{width}-{part.strip('/').replace('/', '-')}")
            page.context.close()
