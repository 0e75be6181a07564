"""Rounding off and after: a plan, a card, a booklet, a crib on paper; and three months later what shows at work."""

from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from klankbord.core import clock
from tests.browser.telling import Teller, fill, press, text_of
from tests.story import DIRECTION, REFLECTION, Story, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

KEEP = "Eerst vragen wat de ander ziet."
HARD = "Als ik 's avonds doorwerk, bel ik mijn vroegere collega."
CARD = "Wie kan dit ook?\nVraag het maandag."
CRIB = "Het plan ligt er, en het team schreef mee."
MINE = "Waarom ik er niet van sliep."
SHOWS = "Het overleg duurt nog een half uur."
WHY = "Jij zit elke week bij dat overleg."
STRIKES = "Je laat stiltes vallen, en dan komt er iets."


def test_going_on_and_three_months_later(tell: Teller, no_barriers) -> None:
    story = running(tell.site.cast)
    where = f"{tell.site.url}/waterland/coaching/{story.engagement.pk}/"
    went_on(tell, where, no_barriers)
    told_the_manager(tell, where, no_barriers)
    closed(tell, where)
    looked_back(tell, where, no_barriers)
    asked_bram(tell, where, no_barriers)
    bram_answered(tell, no_barriers)
    johan_read_it_alone(tell, story, where)


def went_on(tell: Teller, where: str, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(where + "afronden/")
    press(johan, "Zo ga ik verder")
    fill(johan, "Dit wil ik houden", KEEP)
    fill(johan, "Als het lastig wordt", HARD)
    no_barriers(johan)
    press(johan, "Bewaren, voor mij alleen")
    tell.look(johan, "plan")
    marieke = tell("marieke")
    marieke.goto(where + "zo-ga-ik-verder/")
    assert KEEP not in text_of(marieke)
    press(johan, "Versturen naar Marieke")
    marieke.goto(where + "afronden/")
    press(marieke, "Lees het")
    assert KEEP in text_of(marieke)
    tell.look(marieke, "plan-coach")
    johan.goto(where + "kaartje/")
    fill(johan, "Mijn zinnen", CARD)
    press(johan, "Bewaren, voor mij alleen")
    assert johan.locator(".fridge-card p").count() == 2
    no_barriers(johan)
    tell.look(johan, "card")
    johan.goto(where + "boekje/")
    johan.get_by_label("Mijn eindverslag").uncheck()
    no_barriers(johan)
    tell.look(johan, "booklet")
    words = saved(johan, "Maak het boekje (PDF)")
    for kept in (DIRECTION, REFLECTION, KEEP):
        assert kept in words
    assert "Mijn eindverslag" not in words


def saved(page: Page, name: str) -> str:
    """Press what makes a PDF, and read it."""
    with page.expect_download() as download:
        press(page, name)
    content = download.value.path().read_bytes()
    return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)


def told_the_manager(tell: Teller, where: str, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(where + "afronden/geheugensteun/")
    fill(johan, "Dit wil ik vertellen", CRIB)
    fill(johan, "Dit houd ik voor mezelf", MINE)
    press(johan, "Bewaren, voor mij alleen")
    no_barriers(johan)
    tell.look(johan, "crib")
    assert MINE in saved(johan, "Bewaar als pdf")


def closed(tell: Teller, where: str) -> None:
    johan = tell("johan")
    johan.goto(where + "afronden/")
    press(johan, "Sluit de coaching af")
    johan.goto(where + "drie-maanden-later/")
    assert johan.locator("main textarea").count() == 0
    tell.look(johan, "not-yet")


def looked_back(tell: Teller, where: str, no_barriers) -> None:
    tell.it_is(clock.now() + timedelta(weeks=12))
    johan = tell("johan")
    tell.look(johan, "today")
    press(johan, "Terugblik")
    assert KEEP in johan.content()
    fill(johan, "Wat zie je ervan terug in je werk?", SHOWS)
    press(johan, "Bewaren, voor mij alleen")
    no_barriers(johan)
    tell.look(johan, "later")
    johan.goto(where)
    assert SHOWS in text_of(johan)
    tell.look(johan, "line")


def asked_bram(tell: Teller, where: str, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(where + "drie-maanden-later/")
    press(johan, "Vraag het mensen om je heen")
    press(johan, "Vraag het iemand")
    fill(johan, "Iemand anders? Zoek op naam", "bram")
    press(johan, "Zoek")
    johan.get_by_label("Bram Kuiper").check()
    fill(johan, "Waarom vraag je het juist aan deze persoon?", WHY)
    no_barriers(johan)
    tell.look(johan, "ask")
    press(johan, "Bekijk wat je collega gaat lezen")
    assert WHY in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "preview")
    press(johan, "Vraag het Bram")
    assert "Geen antwoord" in text_of(johan)


def bram_answered(tell: Teller, no_barriers) -> None:
    for scheme, width in (("dark", 320), ("light", 1280)):
        page = tell.site.open_as("bram", width=width, scheme=scheme)
        press(page, "Lees de vraag")
        assert WHY in text_of(page)
        assert "coach" not in text_of(page).lower()
        no_barriers(page)
        tell.look(page, f"bram-{scheme}")
    fill(page, "Wat valt je op in het werk?", STRIKES)
    press(page, "Laat Johan het lezen")
    assert "Johan kan het lezen" in text_of(page)


def johan_read_it_alone(tell: Teller, story: Story, where: str) -> None:
    johan = tell("johan")
    johan.goto(where + "terugzien/")
    assert STRIKES in text_of(johan)
    tell.look(johan, "answers")
    johan.locator("article", has_text="Bram Kuiper").get_by_role("button").click()
    assert STRIKES in text_of(johan)
    for name, expected in (("marieke", 403), ("anton", 404), ("willem", 404)):
        page = tell(name)
        answer = page.goto(where + "terugzien/")
        assert answer is not None
        assert answer.status == expected
