"""The coaching policy on screen: published from the template, read by Johan, changed, compared and published again."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.telling import Teller, fill, press, text_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
LOOKS = ((1280, "light"), (390, "dark"), (320, "light"))
PARTS = 13
WHY = "We begonnen met zeven gesprekken; vijf bleek vaak genoeg."


def test_fatima_publishes_the_template_and_a_year_later_another_version(tell, site, no_barriers):
    where = f"{site.url}/waterland/beleid/"
    before_there_is_one(tell, where, no_barriers)
    through_the_parts(tell, no_barriers)
    published(tell, no_barriers)
    read_by_johan(tell, where, no_barriers)
    changed_and_published_again(tell, where, no_barriers)
    found_in_the_archive(tell, where, no_barriers)


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


def before_there_is_one(tell: Teller, where: str, no_barriers) -> None:
    johan, fatima = tell("johan"), tell("fatima")
    press(johan, "Zo coachen wij: ons beleid")
    assert "nog geen coachingsbeleid gepubliceerd" in text_of(johan)
    assert "Een coaching heeft meestal 7 gesprekken." in text_of(johan)
    assert johan.goto(where + "concept/").status == 403
    assert "Er is nog geen coachingsbeleid" in text_of(fatima)
    press(fatima, "Begin met het sjabloon")
    looked_at(tell, fatima, "begin", no_barriers)
    press(fatima, "Begin met het sjabloon")
    looked_at(tell, fatima, "draft", no_barriers)


def through_the_parts(tell: Teller, no_barriers) -> None:
    fatima = tell("fatima")
    press(fatima, "Verder met het concept")
    press(fatima, "Begin bij het eerste onderdeel")
    for place in range(1, PARTS + 1):
        assert f"onderdeel {place} van {PARTS}" in text_of(fatima)
        heading = fatima.locator("h1").inner_text()
        if heading == "Coaching en andere begeleiding":
            fill(fatima, "Vertrouwenspersoon", "Sanne Post, 010 555 0110")
            looked_at(tell, fatima, "part-forms", no_barriers)
        if heading == "De gesprekken":
            in_vain(fatima)
            fill(fatima, "Hoeveel gesprekken zijn gewoon?", "6")
        if heading in ("Samen terugkijken", "Wat we van coaches vragen"):
            looked_at(tell, fatima, "part", no_barriers)
        if heading == "De woorden die we gebruiken":
            fatima.get_by_label("deelnemer", exact=True).check()
            looked_at(tell, fatima, "part-words", no_barriers)
            press(fatima, "Bewaar in het concept")
        else:
            press(fatima, "Bewaar en ga naar")


def in_vain(fatima: Page) -> None:
    """Two talks, and a look back after the third: said beside the field, and what was typed stays."""
    fill(fatima, "Hoeveel gesprekken zijn gewoon?", "2")
    press(fatima, "Bewaar en ga naar")
    assert "Tussendoor terugkijken komt na gesprek 3" in text_of(fatima)
    assert fatima.get_by_label("Hoeveel gesprekken zijn gewoon?").input_value() == "2"


def published(tell: Teller, no_barriers) -> None:
    fatima = tell("fatima")
    press(fatima, "Verder met het concept")
    press(fatima, "Lees het concept zoals iedereen het zou lezen")
    assert "Een coaching heeft meestal 6 gesprekken." in text_of(fatima)
    looked_at(tell, fatima, "preview", no_barriers)
    press(fatima, "Naar het publiceren")
    press(fatima, "Publiceer")
    assert "Schrijf een paar woorden." in text_of(fatima)
    fill(fatima, "Wat is er veranderd, en waarom?", "Ons eerste beleid, uit het sjabloon.")
    press(fatima, "Publiceer")
    assert "Versie 1 geldt nu" in text_of(fatima)


def read_by_johan(tell: Teller, where: str, no_barriers) -> None:
    johan = tell("johan")
    johan.locator("footer").get_by_role("link", name="Coachingsbeleid").click()
    johan.wait_for_load_state()
    words = text_of(johan)
    assert "Een coaching heeft meestal 6 gesprekken." in words
    assert "Wie gecoacht wordt, noemen we de deelnemer; meer dan één: de deelnemers." in words
    assert "Sanne Post, 010 555 0110" in words
    assert "Begin een wijziging" not in words
    looked_at(tell, johan, "policy", no_barriers)
    johan.get_by_role("link", name="De gesprekken").click()
    assert johan.url == where + "#talks"
    assert johan.locator("#talks").get_by_text("De gesprekken", exact=True).is_visible()
    on_paper(johan)


def on_paper(johan: Page) -> None:
    with johan.expect_download() as waiting:
        johan.get_by_role("link", name="Bewaar als pdf").click()
    paper = PdfReader(io.BytesIO(waiting.value.path().read_bytes()))
    words = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    assert "Coachingsbeleid van Waterland" in words
    assert "Een coaching heeft meestal 6 gesprekken." in words
    assert "Sanne Post, 010 555 0110" in words
    catalogue = paper.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert catalogue["/Lang"] == "nl"  # type: ignore[index]
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data().decode()  # type: ignore[index]


def changed_and_published_again(tell: Teller, where: str, no_barriers) -> None:
    fatima, johan = tell("fatima"), tell("johan")
    fatima.goto(where)
    press(fatima, "Begin een wijziging")
    fatima.goto(where + "concept/talks/")
    fill(fatima, "Hoeveel gesprekken zijn gewoon?", "5")
    text = fatima.get_by_label("Tekst")
    text.fill(text.input_value().replace("Gesprekken zijn onder werktijd.", "Gesprekken zijn altijd onder werktijd."))
    press(fatima, "Bewaar in het concept")
    assert "Eén onderdeel is anders" in text_of(fatima)
    johan.goto(where)
    assert "Een coaching heeft meestal 6 gesprekken." in text_of(johan)
    press(fatima, "Wat is anders dan het beleid dat nu geldt?")
    assert "was: 6 gesprekken, wordt: 5 gesprekken" in text_of(fatima)
    assert fatima.locator("ins").inner_text().endswith("altijd")
    looked_at(tell, fatima, "compare", no_barriers)
    fatima.goto(where + "concept/publiceren/")
    fill(fatima, "Wat is er veranderd, en waarom?", WHY)
    looked_at(tell, fatima, "publish", no_barriers)
    press(fatima, "Publiceer")
    assert "Versie 2 geldt nu" in text_of(fatima)


def found_in_the_archive(tell: Teller, where: str, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(where)
    assert WHY in text_of(johan)
    assert "Een coaching heeft meestal 5 gesprekken." in text_of(johan)
    press(johan, "Versie 1")
    assert "Een coaching heeft meestal 6 gesprekken." in text_of(johan)
    looked_at(tell, johan, "archive", no_barriers)
    press(johan, "Leg twee versies naast elkaar")
    assert "was: 6 gesprekken, wordt: 5 gesprekken" in text_of(johan)
