"""An agreement of three, from asking somebody in to three times yes on paper, and how the two work now beside it."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import run_queue
from tests.browser.telling import Teller, press, text_of
from tests.story import DIRECTION, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
OWN = "Marieke vertelt mij eerst wat ze van plan is."
NOW = "We beginnen met vijf minuten stil zijn."
NOW_OF_MARIEKE = "We sluiten af met één zin."
LOOKS = ((1280, "light"), (390, "dark"), (320, "light"))


def test_johan_asks_anton_in_and_the_three_agree(tell, site, no_barriers):
    story = running(site.cast)
    where = f"{site.url}/waterland/coaching/{story.engagement.pk}/"
    party = f"{site.url}/waterland/partij/{story.engagement.pk}/"
    asked_in(tell, where, party, no_barriers)
    written_for_three(tell, where, no_barriers)
    read_by_anton(tell, where, party, no_barriers)
    it_holds(tell, where, no_barriers)
    on_paper(tell, where, party)
    how_they_work_now(tell, where, no_barriers)
    two_again(tell, where, party)
    messages_say_nothing(site)


def looked_at(tell: Teller, page: Page, name: str, no_barriers) -> None:
    """The page as it stands, wide and narrow, light and dark, without barriers and without a bar to scroll sideways."""
    size = page.viewport_size
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        # Without motion: a colour that is still on its way to the other scheme has the contrast of neither.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} at {width}"
        tell.look(page, f"{name}-{width}-{scheme}")
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def asked_in(tell: Teller, where: str, party: str, no_barriers) -> None:
    johan, anton = tell("johan"), tell("anton")
    assert anton.goto(party).status == 404
    johan.goto(where + "afspraken/")
    press(johan, "Vraag iemand erbij")
    johan.get_by_label("Iemand anders? Zoek op naam").fill("fatima")
    press(johan, "Zoek")
    expect(johan.get_by_label("Fatima el Amrani")).to_be_visible()
    looked_at(tell, johan, "third", no_barriers)
    johan.get_by_label("Anton Visser, jouw leidinggevende").check()
    press(johan, "Vraag deze persoon erbij")
    expect(johan).to_have_url(re.compile("/afspraken/schrijven/$"))
    anton = tell("anton")
    anton.locator("main a[href*='/partij/']").first.click()
    assert "Er ligt nog niets voor je klaar" in text_of(anton)
    looked_at(tell, anton, "anton-waits", no_barriers)


def written_for_three(tell: Teller, where: str, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(where + "afspraken/schrijven/")
    assert "Anton leest hem zodra jij hem voorlegt" in text_of(johan)
    third = johan.locator("textarea[name=text_sponsor]")
    third.fill(third.input_value() + " " + OWN)
    assert johan.locator("input[name=in_sponsor]").is_checked()
    johan.locator("textarea[name=text_method]").fill("We lopen samen door de polder.")
    no_barriers(johan)
    tell.look(johan, "johan-writes")
    press(johan, "Leg voor aan Marieke")
    looked_at(tell, johan, "johan-waits", no_barriers)
    assert "ligt bij Marieke en Anton" in johan.locator("main").inner_text()


def read_by_anton(tell: Teller, where: str, party: str, no_barriers) -> None:
    anton = tell("anton")
    anton.locator("main a[href*='/partij/']").first.click()
    words = text_of(anton)
    assert OWN in words
    assert "We lopen samen door de polder." in words
    looked_at(tell, anton, "anton-reads", no_barriers)
    for part in ("", "afspraken/", "gesprek/1/", "richting/", "zo-doen-we-het-nu/", "afronden/"):
        assert anton.goto(where + part).status == 404, part
    anton.goto(party)
    press(anton, "Ik wil het erover hebben")
    assert "Johan en Marieke krijgen bericht" in text_of(anton)
    press(anton, "Ik zeg ja")
    assert "Je zei ja tegen deze versie." in text_of(anton)
    assert "Johan legt je afspraken voor" not in text_of(tell("anton"))


def it_holds(tell: Teller, where: str, no_barriers) -> None:
    marieke = tell("marieke")
    marieke.goto(where + "afspraken/")
    assert "Johan zei ja tegen deze versie. En jij?" in text_of(marieke)
    assert "Anton" in marieke.locator("dl.facts").last.inner_text()
    looked_at(tell, marieke, "marieke-reads", no_barriers)
    press(marieke, "Ik zeg ja")
    marieke.goto(where + "afspraken/")
    assert "Alle drie zeiden ja tegen versie 2." in text_of(marieke)
    press(marieke, "Leg twee versies naast elkaar")
    assert "Van versie 1 naar versie 2" in text_of(marieke)
    assert marieke.locator("ins").count() > 0
    assert marieke.locator("del").count() > 0
    looked_at(tell, marieke, "compare", no_barriers)


def downloaded(page: Page) -> PdfReader:
    """What the button gives to keep."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Bewaar als pdf").click()
    assert re.fullmatch(r"afspraken-\d{4}-\d\d-\d\d\.pdf", waiting.value.suggested_filename)
    return PdfReader(io.BytesIO(waiting.value.path().read_bytes()))


def on_paper(tell: Teller, where: str, party: str) -> None:
    for name, at in (("johan", where + "afspraken/"), ("marieke", where + "afspraken/"), ("anton", party)):
        page = tell(name)
        page.goto(at)
        paper = downloaded(page)
        words = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
        assert OWN in words, name
        assert "Anton Visser zei ja op" in words
        assert ("De gesprekken in dit plan" in words) == (name != "anton")
        catalogue = paper.trailer["/Root"]
        assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]
        assert catalogue["/Lang"] == "nl"  # type: ignore[index]


def how_they_work_now(tell: Teller, where: str, no_barriers) -> None:
    johan, marieke = tell("johan"), tell("marieke")
    johan.goto(where)
    press(johan, "Zo doen we het nu")
    marieke.goto(where + "zo-doen-we-het-nu/")
    looked_at(tell, johan, "how-we-work", no_barriers)
    johan.locator("textarea").fill(NOW)
    press(johan, "Bewaar voor ons allebei")
    marieke.locator("textarea").fill(NOW_OF_MARIEKE)
    press(marieke, "Bewaar voor ons allebei")
    assert NOW in text_of(marieke)
    assert marieke.locator("textarea").input_value() == NOW_OF_MARIEKE
    no_barriers(marieke)
    marieke.locator("textarea").fill(f"{NOW}\n{NOW_OF_MARIEKE}")
    press(marieke, "Bewaar voor ons allebei")
    johan.goto(where + "afspraken/")
    assert NOW_OF_MARIEKE in text_of(johan)
    assert "En jij?" not in text_of(johan)
    tell.look(johan, "agreement-with-now")


def two_again(tell: Teller, where: str, party: str) -> None:
    johan = tell("johan")
    johan.goto(where + "afspraken/derde/")
    tell.look(johan, "third-takes-part")
    press(johan, "Laat Anton niet meer meedoen")
    assert "Nu doet er niemand anders mee" in text_of(johan)
    anton = tell("anton")
    assert anton.goto(party).status == 404


def messages_say_nothing(site) -> None:
    run_queue()
    letters = site.mailbox.to(site.cast.anton)
    assert len(letters) >= 3
    for letter in letters:
        assert letter["Subject"] == "Er staat iets voor je klaar in Klankbord"
        words = "".join(part.get_content() for part in letter.walk() if part.get_content_maintype() == "text")
        assert not any(secret in words for secret in (OWN, NOW, DIRECTION, "Marieke", "coach"))
