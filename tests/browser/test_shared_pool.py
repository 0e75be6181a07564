"""Two organisations share their coaches, told through the screen: Hanna of Bergland coaches Johan as a guest."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from klankbord.engagements.actions.requests import Wishes, send_request
from tests.browser.telling import Teller, press, text_of
from tests.story import SLUG, WORDS, as_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def test_bergland_and_waterland_lend_each_other_coaches(tell: Teller, no_barriers) -> None:
    cast = tell.site.cast
    with as_person(cast.johan):
        send_request(once=uuid.uuid4(), slug=SLUG, client=cast.johan, words=WORDS, shared=False, wishes=Wishes())
    they_agree(tell, no_barriers)
    hanna_chooses_to_take_part(tell, no_barriers)
    johan_chooses_hanna(tell)
    hanna_is_a_guest(tell, no_barriers)


def at_home(tell: Teller, name: str, place: str = "") -> Page:
    """Somebody's browser, in Bergland."""
    page = tell(name)
    page.goto(f"{tell.site.url}/bergland/{place}")
    return page


def they_agree(tell: Teller, no_barriers) -> None:
    tom = at_home(tell, "tom", "mensen/")
    press(tom, "Coaches uitlenen en lenen")
    no_barriers(tom)
    press(tom, "Maak een code")
    assert "Kies wie aan wie coaches uitleent." in text_of(tom)
    tom.get_by_text("Wij lenen coaches uit aan hen").click()
    press(tom, "Maak een code")
    code = tom.locator("[data-code]").inner_text()
    tell.look(tom, "code")
    no_barriers(tom)
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/coaches-uitlenen/")
    fatima.locator("input[name=code]").fill(code)
    press(fatima, "Begin")
    expect(fatima.get_by_role("heading", level=1)).to_have_text("Jullie lenen van Bergland")
    press(fatima, "Schrijf het op")
    assert "{" not in fatima.get_by_label("Wat jullie afspreken").input_value()
    no_barriers(fatima)
    tell.look(fatima, "writing")
    press(fatima, "Leg voor aan Bergland")
    assert "Bergland leest dit nu." in text_of(fatima)
    tom = at_home(tell, "tom", "coaches-uitlenen/")
    press(tom, "Bekijk")
    assert "Waterland legt dit aan jullie voor" in text_of(tom)
    no_barriers(tom)
    tell.look(tom, "to-say-yes")
    press(tom, "Zeg ja")
    assert "Jullie zijn het eens." in text_of(tom)


def hanna_chooses_to_take_part(tell: Teller, no_barriers) -> None:
    hanna = at_home(tell, "hanna", "coaching/")
    press(hanna, "Coachen bij een andere organisatie")
    tell.look(hanna, "may-be-lent")
    press(hanna, "Lees wat het betekent")
    no_barriers(hanna)
    tell.look(hanna, "be-lent")
    press(hanna, "Ik doe mee")
    assert "doet mee" in text_of(hanna)
    no_barriers(hanna)
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/coaches-uitlenen/")
    press(fatima, "Bekijk")
    assert "Hanna Post" in text_of(fatima)
    tell.look(fatima, "borrowed")


def johan_chooses_hanna(tell: Teller) -> None:
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/aanvragen/")
    fatima.get_by_role("link", name="Johan").first.click()
    fatima.wait_for_load_state()
    assert "Bergland" in text_of(fatima)
    tell.look(fatima, "match")
    press(fatima, "Stel Hanna voor")
    johan = tell("johan")
    press(johan, "Bekijk")
    tell.look(johan, "choose")
    johan.get_by_role("button", name="Hanna").first.click()
    johan.wait_for_load_state()


def hanna_is_a_guest(tell: Teller, no_barriers) -> None:
    hanna = at_home(tell, "hanna")
    press(hanna, "Naar Waterland")
    expect(hanna.get_by_role("heading", level=1)).to_have_text("Mijn coaching")
    assert "Je bent te gast bij Waterland" in text_of(hanna)
    assert hanna.get_by_role("navigation").get_by_role("link").count() == 1
    tell.look(hanna, "guest")
    no_barriers(hanna)
    hanna.locator("main .cards a").first.click()
    hanna.wait_for_load_state()
    assert "Johan" in text_of(hanna)
    tell.look(hanna, "guest-coaching")
    for place in ("mensen/", "aanvragen/", "vraag/", "trajecten/", "coaches-uitlenen/", "mijn-coachen/"):
        answer = hanna.goto(f"{tell.site.url}/waterland/{place}")
        assert answer
        assert answer.status == 404
