"""Fatima makes a wave from nothing, mends a sentence that was refused, opens it, reminds, and closes it."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from klankbord.core import clock
from tests.browser.conftest import run_queue
from tests.browser.telling import Teller, fill, press, text_of
from tests.scan import fill_units

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
LOOKS = ((1280, "light"), (390, "dark"), (320, "light"))
BETTER = "In mijn team is er tijd voor vragen."


def looked_at(tell: Teller, page: Page, name: str, no_barriers) -> None:
    """Wide and narrow, light and dark: no barriers, and nothing sticks out."""
    size = page.viewport_size
    page.mouse.move(0, 0)
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} at {width}"
        tell.look(page, f"{name}-{width}-{scheme}")
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def on(page: Page, title: str) -> None:
    press(page, f"Bewaar en verder naar ‘{title}’")


def test_fatima_makes_a_wave_opens_it_reminds_and_closes_it(tell: Teller, no_barriers, mailbox) -> None:
    fill_units(tell.site.cast, 5)
    from_nothing(tell, no_barriers)
    a_sentence_is_refused_and_mended(tell, no_barriers)
    the_rest(tell, no_barriers)
    opened(tell, no_barriers)
    reminded(tell, no_barriers, mailbox)
    closed(tell, no_barriers)


def from_nothing(tell: Teller, no_barriers) -> None:
    fatima = tell("fatima")
    tell.look(fatima, "today")
    fatima.get_by_role("link", name="Een cultuurscan houden", exact=True).click()
    looked_at(tell, fatima, "nothing-yet", no_barriers)
    press(fatima, "Maak de eerste")
    fill(fatima, "En in het Engels?", "")
    on(fatima, "Wie je vraagt")
    expect(fatima.locator(".error-summary")).to_contain_text("Geef hem ook in het Engels een naam")
    fill(fatima, "En in het Engels?", "How we learn")
    looked_at(tell, fatima, "what", no_barriers)
    on(fatima, "Wie je vraagt")
    expect(fatima.get_by_label("Directie Water")).to_be_hidden()
    fatima.get_by_label("Delen van de organisatie").check()
    fatima.get_by_label("Directie Water").check()
    looked_at(tell, fatima, "whom", no_barriers)
    fatima.get_by_role("button", name="Bewaar", exact=True).click()
    fatima.wait_for_load_state()
    assert "19 medewerkers, in één deel" in text_of(fatima)
    fatima.get_by_role("link", name=": Wie je vraagt").click()
    fatima.get_by_label("Iedereen", exact=True).check()
    on(fatima, "Achtergrond")
    assert "Wat het kost als je iets kiest" in text_of(fatima)
    fatima.get_by_label("Of iemand leiding geeft").check()
    on(fatima, "Eigen zinnen")
    assert "In ‘geeft leiding’ zit één persoon" in text_of(fatima)
    looked_at(tell, fatima, "background", no_barriers)
    fatima.get_by_label("Niets. Dat is het veiligst").check()
    on(fatima, "Eigen zinnen")


def a_sentence_is_refused_and_mended(tell: Teller, no_barriers) -> None:
    fatima = tell.pages["fatima"]
    fill(fatima, "Zin 1 in het Nederlands", "Wij vragen elkaar nooit iets en we geven geen tips.")
    fill(fatima, "Zin 1 in het Engels", "In my team there is time for questions.")
    on(fatima, "Wanneer")
    expect(fatima.locator("#id_nl_1_error")).to_contain_text("geen")
    looked_at(tell, fatima, "sentence-refused", no_barriers)
    fill(fatima, "Zin 1 in het Nederlands", BETTER)
    on(fatima, "Wanneer")
    expect(fatima.get_by_role("heading", level=1)).to_have_text("Van wanneer tot wanneer?")


def the_rest(tell: Teller, no_barriers) -> None:
    fatima = tell.pages["fatima"]
    today = clock.today()
    fatima.get_by_label("Wanneer wil je hem openen?").fill(today.isoformat())
    fatima.get_by_label("Tot en met welke dag").fill((today + timedelta(days=20)).isoformat())
    looked_at(tell, fatima, "when", no_barriers)
    on(fatima, "Wat je erover zegt")
    fill(fatima, "Waarom vraag je dit nu", "We willen weten hoe we van elkaar leren.")
    fill(fatima, "En in het Engels?", "We want to know how we learn from each other.")
    on(fatima, "Op papier")
    fatima.get_by_label("Johan de Wit").check()
    press(fatima, "Bewaar wat hier is aangevinkt")
    expect(fatima.locator("main")).to_contain_text("Eén persoon krijgt een brief op papier")
    looked_at(tell, fatima, "paper", no_barriers)


def opened(tell: Teller, no_barriers) -> None:
    fatima = tell("fatima")
    assert "kan open" in text_of(fatima)
    fatima.get_by_role("link", name="Een cultuurscan houden", exact=True).click()
    press(fatima, "Ga verder")
    looked_at(tell, fatima, "draft", no_barriers)
    press(fatima, "Bekijk wat mensen te lezen krijgen")
    looked_at(tell, fatima, "preview", no_barriers)
    walked_through(tell, fatima, no_barriers)
    press(fatima, "Verder naar openen")
    assert "33 per mail, 1 op papier" in text_of(fatima)
    looked_at(tell, fatima, "opening", no_barriers)
    press(fatima, "Open de scan")
    expect(fatima.locator("#band-title")).to_have_text("Hoeveel mensen meededen, is nog niet te zeggen")
    expect(fatima.locator(".who-place")).to_contain_text("Deze bladzijde: jij en de andere coördinatoren.")
    looked_at(tell, fatima, "open", no_barriers)
    with fatima.expect_download() as coming:
        fatima.get_by_role("button", name="Maak de brieven (pdf)").click()
    paper = Path(coming.value.path()).read_bytes()
    pages = PdfReader(io.BytesIO(paper)).pages
    assert len(pages) == 1
    assert "Johan de Wit" in pages[0].extract_text()


def walked_through(tell: Teller, fatima: Page, no_barriers) -> None:
    """The screens of the questionnaire, of which nothing is kept; and back."""
    press(fatima, "Begin het voorbeeld")
    heading = fatima.get_by_role("heading", level=1)
    expect(fatima.locator("main")).to_contain_text("We willen weten hoe we van elkaar leren.")
    looked_at(tell, fatima, "example", no_barriers)
    fatima.get_by_role("button", name="Begin", exact=True).click()
    expect(heading).to_have_text("Luisteren en vragen")
    fatima.get_by_role("radio", name="helemaal eens").first.check()
    looked_at(tell, fatima, "example-screen", no_barriers)
    fatima.get_by_role("button", name="Naar het overzicht").click()
    expect(heading).to_have_text("Kijk het na, en verstuur")
    expect(fatima).to_have_title(re.compile("^Voorbeeld: "))
    fatima.get_by_role("button", name="Bekijk Van je eigen organisatie").click()
    expect(fatima.locator("legend")).to_have_text(BETTER)
    fatima.go_back()
    expect(heading).to_have_text("Kijk het na, en verstuur")
    fatima.get_by_role("button", name="Versturen").click()
    expect(heading).to_have_text("Dank je wel")
    assert fatima.evaluate("Object.keys(window.localStorage).filter((one) => one.includes('scan'))") == []
    press(fatima, "Andere bladzijden, en de brieven")
    fatima.get_by_role("link", name="Waar iemand de code").click()
    looked_at(tell, fatima, "example-code", no_barriers)
    fatima.get_by_role("link", name="Terug naar ‘Cultuurscan").click()
    expect(fatima.locator("#open-title")).to_have_text("Is het zoals het moet zijn?")


def reminded(tell: Teller, no_barriers, mailbox) -> None:
    # Letters to all are one job that lays down one for each; the second time they go.
    run_queue()
    run_queue()
    assert len(mailbox.to(tell.site.cast.bram)) == 1
    assert mailbox.to(tell.site.cast.johan) == []
    mailbox.letters.clear()
    tell.it_is(clock.now() + timedelta(days=2))
    fatima = tell.pages["fatima"]
    fatima.reload()
    press(fatima, "Herinner nu iedereen")
    # Said above the page once it was done; the page itself says something like it before.
    expect(fatima.locator(".messages")).to_contain_text("Iedereen krijgt dezelfde mail")
    expect(fatima.locator("main")).to_contain_text("Laat dan eerst een geplande vervallen")
    press(fatima, "Verander wat nog komt")
    expect(fatima.get_by_label("Derde herinnering")).to_have_count(0)
    fatima.get_by_label("Tweede herinnering").fill(clock.today().isoformat())
    press(fatima, "Bewaar")
    expect(fatima.locator("#id_reminder_2_error")).to_contain_text("Kies een dag van")
    looked_at(tell, fatima, "reminders", no_barriers)
    fatima.get_by_label("Tweede herinnering").fill("")
    press(fatima, "Bewaar")
    expect(fatima.locator("main")).to_contain_text("Vanaf")
    looked_at(tell, fatima, "open-reminded", no_barriers)
    run_queue()
    run_queue()
    assert len(mailbox.letters) == 33


def closed(tell: Teller, no_barriers) -> None:
    fatima = tell.pages["fatima"]
    press(fatima, "Sluit hem eerder")
    expect(fatima.locator("main")).to_contain_text("je kunt dit niet terugdraaien")
    looked_at(tell, fatima, "closing", no_barriers)
    press(fatima, "Sluit hem nu, voor iedereen")
    expect(fatima.get_by_role("heading", level=1)).to_have_text("De cijfers worden gemaakt")
    looked_at(tell, fatima, "working", no_barriers)
    run_queue()
    expect(fatima.locator("main")).to_contain_text("Er deden te weinig mensen mee")
    fatima.reload()
    assert "alle sleutels" in text_of(fatima).lower()
    looked_at(tell, fatima, "published", no_barriers)
    fatima.get_by_role("link", name="De cultuurscan", exact=True).first.click()
    assert "gepubliceerd" in text_of(fatima)
