"""Johan asks with wishes; Fatima puts three coaches forward; one cannot now, and Johan chooses another."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from klankbord.people.actions import add_person, give_role
from klankbord.people.models import Membership, Unit
from tests.browser.telling import Teller, fill, press, text_of
from tests.part_pool import WORDS, presented
from tests.story import as_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
type Check = Callable[[Page], None]


def test_johan_chooses_from_three_with_the_reasons_in_words(tell: Teller, no_barriers: Check) -> None:
    three_coaches_tell_who_they_are(tell)
    asks(tell, no_barriers)
    puts_three_forward(tell, no_barriers)
    reads(tell, no_barriers)
    cannot_now(tell, no_barriers)
    chooses_another(tell, no_barriers)


def three_coaches_tell_who_they_are(tell: Teller) -> None:
    cast = tell.site.cast
    with as_person(cast.els):
        unit = Unit.objects.get(name="Directie Mens")
        iris = add_person(name="Iris Vos", email="iris@waterland.example", staff_number="120", unit=unit)
        give_role(person=iris, role=Membership.Role.COACH)
    presented(cast, cast.marieke)
    presented(cast, cast.saskia, replace(WORDS, introduction="Ik kom van buiten.", themes=("leading",), places=()))
    presented(cast, iris, replace(WORDS, introduction="Ik teken graag mee.", ways=("drawing",), languages=("nl",)))


def chip(page: Page, words: str) -> None:
    page.locator("label.chip", has_text=re.compile(f"^\\s*{words}\\s*$")).first.click()


def asks(tell: Teller, no_barriers: Check) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/vraag/")
    fill(johan, "Vertel het in je eigen woorden", "Mijn project zit vast en ik draag het alleen.")
    chip(johan, "Een lastig project met veel belangen")
    press(johan, "Volgende")
    chip(johan, "Samen in één ruimte")
    tell.look(johan, "wishes-folded")
    johan.get_by_text("Meer wensen").click()
    chip(johan, "Wandelend")
    chip(johan, "dinsdagochtend")
    no_barriers(johan)
    tell.look(johan, "wishes")
    press(johan, "Volgende")
    assert "Wandelend" in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "read-back")
    press(johan, "Versturen")
    assert "We zoeken een coach voor je" in text_of(johan)


def puts_three_forward(tell: Teller, no_barriers: Check) -> None:
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/aanvragen/")
    fatima.get_by_role("link", name="Johan de Wit").click()
    assert "Kan alleen online; Johan wil elkaar liever zien." in text_of(fatima)
    assert "Bram en Johan vallen onder dezelfde leidinggevende." in text_of(fatima)
    names = fatima.locator("ul.cards h3").all_inner_texts()
    assert names[0] == "Marieke Bos"
    no_barriers(fatima)
    tell.look(fatima, "who-fits")
    press(fatima, "Stel deze 3 voor")
    assert "Johan kan nu voor Marieke" in fatima.locator("body").inner_text()
    tell.look(fatima, "three-forward")


def reads(tell: Teller, no_barriers: Check) -> None:
    johan = tell("johan")
    press(johan, "Bekijk")
    assert "3 coaches" in text_of(johan)
    assert "Werkt zo: Wandelend." in text_of(johan)
    assert "Kan alleen online; je wilde elkaar zien." in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "three-to-choose-from")


def cannot_now(tell: Teller, no_barriers: Check) -> None:
    marieke = tell("marieke")
    press(marieke, "Bekijk")
    assert "Je bent voorgesteld als coach" in text_of(marieke)
    assert "Johan" not in text_of(marieke)
    no_barriers(marieke)
    tell.look(marieke, "put-forward")
    press(marieke, "Nu niet")
    assert "Dit voorstel ligt er niet meer" in text_of(marieke)
    tell.look(marieke, "declined")


def chooses_another(tell: Teller, no_barriers: Check) -> None:
    johan = tell("johan")
    press(johan, "Bekijk")
    assert "Marieke kan nu niet. Dat ligt niet aan jou." in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "two-left")
    press(johan, "Ik wil kennismaken met Iris")
    assert "Iris" in text_of(johan)
    tell.look(johan, "chosen")
