"""A coach joins the pool: Saskia tells who she is, Fatima has a look, and Johan finds her by theme."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from klankbord.core import clock
from tests.browser.telling import Teller, fill, press, text_of
from tests.part_pool import drawn

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

INTRODUCTION = "Ik kom van buiten en stel vragen die je collega's niet meer stellen."
FIRST = "In een eerste gesprek met mij lopen we een rondje langs het water."
type Check = Callable[[Page], None]


def test_a_coach_joins_the_pool_and_is_found(tell: Teller, no_barriers: Check, tmp_path: Path) -> None:
    tells_who_she_is(tell, no_barriers)
    shows_her_face(tell, no_barriers, tmp_path)
    shows_her_papers(tell, no_barriers, tmp_path)
    is_looked_at(tell, no_barriers)
    is_found(tell, no_barriers)


def tells_who_she_is(tell: Teller, no_barriers: Check) -> None:
    saskia = tell("saskia")
    saskia.get_by_role("link", name="Mijn profiel als coach").click()
    no_barriers(saskia)
    press(saskia, "Schrijf mijn profiel")
    fill(saskia, "Wie ben je, in je eigen woorden?", INTRODUCTION)
    fill(saskia, "In een eerste gesprek met mij", FIRST)
    for word in ("Samenwerken", "Spanning en werkdruk", "Wandelend", "Engels"):
        saskia.locator("label.chip", has_text=re.compile(f"^\\s*{word}\\s*$")).click()
    fill(saskia, "Waar kun je afspreken?", "Utrecht, Lelystad")
    no_barriers(saskia)
    tell.look(saskia, "writing")
    press(saskia, "Bewaar")
    assert "Alleen jij en de coördinatoren zien het." in text_of(saskia)


def shows_her_face(tell: Teller, no_barriers: Check, folder: Path) -> None:
    saskia = tell("saskia")
    saskia.goto(f"{tell.site.url}/waterland/mijn-profiel/")
    press(saskia, "Zet er een foto bij")
    words = folder / "cv.txt"
    words.write_text("Geen foto")
    saskia.locator("input[type=file]").set_input_files(words)
    press(saskia, "Gebruik deze foto")
    assert "Dit is geen afbeelding" in text_of(saskia)
    no_barriers(saskia)
    face = folder / "saskia.png"
    face.write_bytes(drawn(kind="PNG"))
    saskia.locator("input[type=file]").set_input_files(face)
    press(saskia, "Gebruik deze foto")
    assert saskia.get_by_role("img", name="Saskia Mulder").evaluate("image => image.naturalWidth") == 480
    tell.look(saskia, "my-profile")


def shows_her_papers(tell: Teller, no_barriers: Check, folder: Path) -> None:
    saskia = tell("saskia")
    saskia.goto(f"{tell.site.url}/waterland/mijn-vak/papieren/")
    assert "geen accreditatie" in text_of(saskia)
    tell.look(saskia, "trade-before")
    press(saskia, "Zet er iets bij")
    saskia.get_by_text("Een accreditatie", exact=True).click()
    saskia.get_by_label("Van welke instantie?").select_option(label="EMCC EIA")
    saskia.get_by_label("Niveau").select_option(label="Practitioner")
    fill(saskia, "Sinds wanneer?", (clock.today() - timedelta(days=300)).isoformat())
    fill(saskia, "Laatste dag", (clock.today() + timedelta(days=60)).isoformat())
    paper = folder / "eia.pdf"
    paper.write_bytes(b"%PDF-1.7 een bewijs")
    saskia.locator("input[type=file]").set_input_files(paper)
    no_barriers(saskia)
    tell.look(saskia, "adding-a-paper")
    press(saskia, "Bewaar")
    assert "EMCC EIA Practitioner" in text_of(saskia)
    assert "loopt af op" in text_of(saskia)
    no_barriers(saskia)
    tell.look(saskia, "trade")
    saskia.goto(f"{tell.site.url}/waterland/mijn-profiel/")
    press(saskia, "Laat het collega's zien")
    assert "Een coördinator kijkt ernaar." in text_of(saskia)


def is_looked_at(tell: Teller, no_barriers: Check) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/coaches/")
    assert "Nog geen profielen" in text_of(johan)
    fatima = tell("fatima")
    fatima.get_by_role("link", name="De pool van coaches").click()
    assert "Het profiel van Saskia Mulder" in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "pool")
    fatima.locator("main").get_by_role("link", name="Saskia Mulder").first.click()
    assert INTRODUCTION in text_of(fatima)
    fatima.get_by_text("Iets zeggen tegen Saskia").click()
    fill(fatima, "Wat zou je graag anders zien?", "Zet je er nog bij hoe lang je dit werk doet?")
    press(fatima, "Versturen")
    assert "hoe lang je dit werk doet" in text_of(fatima)
    press(fatima, "Ik heb het bekeken")
    no_barriers(fatima)
    tell.look(fatima, "looking")
    press(fatima, "Prima: collega's mogen het zien")
    assert "Collega's zien dit profiel." in text_of(fatima)


def is_found(tell: Teller, no_barriers: Check) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/coaches/")
    johan.get_by_text("Zoeken en kiezen").click()
    johan.get_by_label("Thema").select_option(label="Botsen met iemand op het werk")
    press(johan, "Toon")
    assert "Niemand past bij dit alles." in text_of(johan)
    johan.get_by_label("Thema").select_option(label="Samenwerken")
    press(johan, "Toon")
    no_barriers(johan)
    tell.look(johan, "found")
    press(johan, "Saskia Mulder")
    page = text_of(johan)
    assert INTRODUCTION in page
    assert "EMCC EIA Practitioner" in page
    assert "Saskia heeft een plek vrij." in page
    no_barriers(johan)
    tell.look(johan, "profile")
    press(johan, "Vraag coaching, met Saskia als wens")
    assert "?coach=" in johan.url
