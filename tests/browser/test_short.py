"""One talk: asked for, agreed on in four lines, held, and grown into more. And a coach who comes to look along."""

import re
from datetime import timedelta

import pytest

from tests.browser.telling import Teller, fill, press, text_of
from tests.story import tuesday_at_ten

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

WORDS = "Ik heb één lastig gesprek voor de boeg."
ABOUT = "Het gesprek met mijn opdrachtgever."
WHERE = "Bij het teamoverleg in de grote zaal. Let op of ik anderen laat uitpraten."


def test_one_talk_in_four_lines_grows_into_more(tell: Teller) -> None:
    asked_for_one_talk(tell)
    proposed_and_chosen(tell)
    agreed_in_four_lines(tell)
    looking_along_at_work(tell)
    talked_and_went_on(tell)


def asked_for_one_talk(tell: Teller) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/vraag/")
    johan.locator("textarea").first.fill(WORDS)
    johan.locator("main form button.primary").first.click()
    johan.get_by_label("Eén gesprek is misschien genoeg").check()
    tell.look(johan, "wishes")
    press(johan, "Volgende")
    assert "Eén gesprek is misschien genoeg" in text_of(johan)
    press(johan, "Versturen")


def proposed_and_chosen(tell: Teller) -> None:
    fatima = tell("fatima")
    press(fatima, "Open de aanvragen")
    fatima.get_by_role("link", name="Johan de Wit").click()
    assert "Eén gesprek is misschien genoeg" in text_of(fatima)
    fatima.get_by_role("button", name=re.compile("Marieke")).click()
    johan = tell("johan")
    press(johan, "Bekijk")
    johan.get_by_role("button", name=re.compile("Marieke")).first.click()
    assert "Eén gesprek, in vier regels" in text_of(johan)
    tell.look(johan, "line")


def agreed_in_four_lines(tell: Teller) -> None:
    marieke = tell("marieke")
    press(marieke, "Kies een moment")
    day = tuesday_at_ten(1).date().isoformat()
    fill(marieke, "Dag", day)
    fill(marieke, "Tijd", "10:00")
    fill(marieke, "Waar spreken jullie af", "Kamer 4.12")
    fill(marieke, "Waar het over gaat", ABOUT)
    tell.look(marieke, "four-lines")
    press(marieke, "Bewaar, zodat Johan het kan lezen")
    johan = tell("johan")
    johan.locator("main").get_by_role("link").first.click()
    assert ABOUT in text_of(johan)
    tell.look(johan, "to-accept")
    press(johan, "Ik zeg ja")
    johan.wait_for_url("**/coaching/**")


def looking_along_at_work(tell: Teller) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/coaching/")
    johan.locator("main .cards a").first.click()
    talk = johan.url.rstrip("/") + "/gesprek/1/"
    johan.goto(talk)
    press(johan, "Liever anders?")
    johan.get_by_label("Meekijken in het werk").check()
    johan.locator("textarea").first.fill(WHERE)
    tell.look(johan, "form-of-the-talk")
    press(johan, "Bewaar")
    assert WHERE in text_of(johan)
    assert "Vertel het ze dan vooraf" in text_of(johan)
    press(johan, "Zo kun je het zeggen")
    assert "is mijn coach en kijkt naar hoe ik het doe, niet naar jullie" in text_of(johan)
    johan.get_by_label("Ik heb het mijn collega's verteld").check()
    press(johan, "Bewaar")
    tell.look(johan, "looking-along")
    marieke = tell("marieke")
    marieke.goto(talk)
    assert WHERE in text_of(marieke)
    assert "Johan heeft het de collega's verteld." in text_of(marieke)
    tell.look(marieke, "looking-along-coach")


def talked_and_went_on(tell: Teller) -> None:
    tell.it_is(tuesday_at_ten(1) + timedelta(hours=3))
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/coaching/")
    johan.locator("main .cards a").first.click()
    assert "Was dit genoeg?" in text_of(johan)
    tell.look(johan, "enough")
    press(johan, "Genoeg, of verder?")
    tell.look(johan, "after-the-talk")
    press(johan, "We gaan verder")
    assert "richting" in text_of(johan).lower()
    tell.look(johan, "grown")
