"""The board of a talk in two browsers at once, and what it leads to: something to try out, that comes back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import session_for
from tests.browser.conftest import Site
from tests.browser.telling import Teller, fill, press, text_of
from tests.story import Story, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

NOW = "Iedereen kijkt naar mij. 🙈"
GOAL = "Dat het team zelf begint."
TYPING = "Wat zou er gebeuren als"
WILL = "Eén vergadering lang niets zeggen."
WITHIN = 2000


@pytest.fixture
def tell(site: Site, monkeypatch, shots) -> Teller:
    return Teller(site, monkeypatch, shots)


def _talk(story: Story, number: int) -> Session:
    with as_person(story.cast.johan):
        return session_for(story.standing(story.cast.johan), number)


@dataclass(frozen=True)
class Two:
    """Johan and Marieke, each behind a screen of their own, and where their talks are."""

    tell: Teller
    johan: Page
    marieke: Page
    story: Story
    place: str
    no_barriers: Callable[[Page], None]

    @property
    def board(self) -> str:
        return f"{self.place}gesprek/3/bord/"


def test_johan_and_marieke_use_the_board_and_johan_tries_something_out(site, tell, no_barriers):
    story = running(site.cast)
    place = f"{site.url}/waterland/coaching/{story.engagement.pk}/"
    two = Two(tell, tell("johan"), tell("marieke"), story, place, no_barriers)
    before_the_talk(two)
    nobody_looks_while_the_page_is_hidden(two)
    both_change_one_thought(two)
    seen_by_all_in_every_light(site, two)
    during_the_talk(two)
    something_to_try_out(two)


def before_the_talk(two: Two) -> None:
    tell, johan, marieke = two.tell, two.johan, two.marieke
    johan.goto(two.board.removesuffix("bord/"))
    press(johan, "Naar het bord")
    expect(johan).to_have_url(two.board)
    assert "Waar begin je? Het mag overal." in text_of(johan)
    press(johan, "Nu")
    fill(johan, "Hoe is het nu?", NOW)
    press(johan, "Zet het op het bord")
    tell.look(johan, "johan-board")
    marieke.goto(two.board)
    marieke.get_by_role("button", name="Mogelijkheden").first.click()
    field = marieke.get_by_label("Wat zou er allemaal kunnen?")
    field.press_sequentially(TYPING)
    assert NOW in text_of(marieke)
    press(johan, "Doel")
    fill(johan, "Waar wil je naartoe?", GOAL)
    press(johan, "Zet het op het bord")
    expect(marieke.locator(".thought", has_text=GOAL)).to_be_visible(timeout=WITHIN)
    expect(marieke.get_by_role("status").filter(has_text="Johan heeft iets veranderd")).to_have_count(1)
    expect(field).to_be_focused()
    field.press_sequentially(" niemand het doet?")
    expect(field).to_have_value(f"{TYPING} niemand het doet?")
    press(marieke, "Zet het op het bord")
    johan.bring_to_front()
    press(johan, "Mogelijkheden")
    expect(johan.locator(".thought", has_text="niemand het doet?").filter(has_text="Marieke")).to_be_visible()
    marieke.goto(two.board)
    tell.look(marieke, "marieke-board")
    steps = [step.inner_text() for step in marieke.locator(".board-path li").all()]
    assert steps == ["Nu", "Mogelijkheden", "Doel", "Mogelijkheden"]


def nobody_looks_while_the_page_is_hidden(two: Two) -> None:
    looks: list[str] = []
    two.marieke.on("request", lambda request: looks.append(request.url) if request.url.endswith("/stand/") else None)
    two.marieke.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    looks.clear()
    two.marieke.wait_for_timeout(WITHIN)
    assert looks == []
    two.marieke.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    two.marieke.wait_for_timeout(WITHIN / 2)
    assert looks


def _change(page: Page, words: str) -> None:
    page.locator(".thought", has_text=words).get_by_role("link", name=re.compile("Aanpassen")).click()
    page.wait_for_load_state()


def both_change_one_thought(two: Two) -> None:
    tell, johan, marieke = two.tell, two.johan, two.marieke
    press(johan, "Doel")
    _change(johan, GOAL)
    _change(marieke, GOAL)
    fill(marieke, "De gedachte", f"{GOAL} Wanneer begint het?")
    press(marieke, "Bewaar")
    expect(marieke).to_have_url(two.board)
    fill(johan, "De gedachte", f"{GOAL} Zonder mij.")
    johan.get_by_role("button", name="Bewaar").click()
    expect(johan.get_by_role("heading", name="Marieke paste deze tekst aan terwijl jij schreef")).to_be_visible()
    seen = text_of(johan)
    assert "Wanneer begint het?" in seen
    assert "Zonder mij." in johan.get_by_label("De gedachte").input_value()
    tell.look(johan, "johan-clash")
    fill(johan, "De gedachte", f"{GOAL} Zonder mij. Wanneer begint het?")
    press(johan, "Bewaar")
    expect(marieke.locator(".thought", has_text="Zonder mij. Wanneer begint het?")).to_be_visible(timeout=WITHIN)
    _change(johan, GOAL)
    press(johan, "Haal het van het bord")
    expect(marieke.locator(".board-field", has_text=GOAL)).to_have_count(0, timeout=WITHIN)
    johan.get_by_text("Van het bord gehaald", exact=True).click()
    press(johan, "Zet terug")
    expect(marieke.locator(".thought", has_text="Zonder mij.")).to_be_visible(timeout=WITHIN)


def seen_by_all_in_every_light(site: Site, two: Two) -> None:
    for width, scheme in ((320, "dark"), (1600, "dark"), (1024, "light")):
        page = site.open_as("johan", width=width, scheme=scheme)
        page.goto(two.board)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{wide} px too wide at {width}"
        two.no_barriers(page)
        two.tell.look(page, f"board-{width}-{scheme}")
        page.context.close()


def during_the_talk(two: Two) -> None:
    tell, johan, marieke = two.tell, two.johan, two.marieke
    johan.goto(two.board)
    fill(johan, "Waar wil je naartoe?", "Nog niet af")
    tell.it_is(_talk(two.story, 3).starts_at + timedelta(minutes=5))
    shut = "Tijdens het gesprek is Klankbord dicht"
    for page in (marieke, johan):
        page.bring_to_front()
        expect(page.get_by_role("heading", name=shut)).to_be_visible(timeout=2 * WITHIN)
        assert GOAL not in text_of(page)
    two.no_barriers(johan)
    tell.look(johan, "johan-shut")
    press(johan, "Open het bord")
    assert "zodra Marieke het ook opent" in text_of(johan)
    expect(marieke.get_by_text("Johan heeft het bord geopend. Open jij het ook?")).to_be_visible(timeout=2 * WITHIN)
    press(marieke, "Open het bord")
    expect(marieke.locator(".thought", has_text=GOAL)).to_be_visible()
    expect(johan.locator(".thought", has_text=GOAL)).to_be_visible(timeout=2 * WITHIN)
    expect(johan.get_by_label("Waar wil je naartoe?")).to_have_value("Nog niet af")
    press(johan, "En dan")
    expect(johan.get_by_label("Wat ga je doen?")).to_have_value("Nog niet af")
    fill(johan, "Wat ga je doen?", WILL)
    press(johan, "Zet het op het bord")
    expect(marieke.locator(".thought", has_text=WILL)).to_be_visible(timeout=WITHIN)


def something_to_try_out(two: Two) -> None:
    tell, johan, marieke = two.tell, two.johan, two.marieke
    johan.locator(".thought", has_text=WILL).get_by_role("link", name=re.compile("Uitproberen")).click()
    expect(johan.get_by_label("Wat ga je uitproberen?")).to_have_value(WILL)
    fill(johan, "Wanneer?", "Donderdag")
    two.no_barriers(johan)
    tell.look(johan, "johan-plans")
    press(johan, "Bewaar")
    expect(johan.get_by_role("heading", name="Wat je uitprobeert")).to_be_visible()
    assert WILL in text_of(johan)
    two.no_barriers(johan)
    tell.it_is(_talk(two.story, 3).starts_at + timedelta(hours=3))
    marieke.goto(f"{two.place}gesprek/3/")
    assert WILL in text_of(marieke)
    tell.look(marieke, "marieke-after")
    johan.goto(f"{two.place}gesprek/4/")
    first = johan.locator("main .content > section").first
    expect(first.get_by_role("heading", name="Wat heb je uitgeprobeerd?")).to_be_visible()
    tell.look(johan, "johan-next-talk")
    press(johan, "Vertel hoe het ging")
    fill(johan, "Wat gebeurde er?", "Ik zei toch iets. Het werd wel stiller.")
    two.no_barriers(johan)
    tell.look(johan, "johan-tells")
    press(johan, "Het liep anders")
    marieke.goto(f"{two.place}uitproberen/")
    assert "het liep anders" in text_of(marieke)
    assert "Het werd wel stiller." in text_of(marieke)
    tell.look(marieke, "marieke-room")
