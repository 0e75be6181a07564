"""A question to take along, questions of one's own, and how Marieke looks at her own coaching, in the browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from klankbord.engagements.actions.coach import save_look
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.people.actions import choose_language
from tests.browser.conftest import Site
from tests.story import Story, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
OWN = "Wat zeg ik hier niet hardop?"
WHY = "Hij keek naar de klok."


@pytest.fixture
def story(site: Site) -> Story:
    told = running(site.cast)
    for name in ("johan", "marieke"):
        with as_person(site.cast.named(name)):
            choose_language(person=site.cast.named(name), language="nl")
    return told


class Looking:
    """Looks at a page as people do: no barriers, nothing sticking out, and a picture when asked for."""

    def __init__(self, no_barriers, shots) -> None:
        self.no_barriers, self.shots, self.count = no_barriers, shots, 0

    def __call__(self, page: Page, name: str) -> None:
        self.no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        if self.shots:
            self.count += 1
            page.screenshot(path=self.shots / f"{self.count:02d}-{name}.png", full_page=True)


@pytest.fixture
def look(no_barriers, shots) -> Looking:
    return Looking(no_barriers, shots)


def _talk(site: Site, story: Story, number: int) -> str:
    return f"{site.url}/waterland/coaching/{story.engagement.pk}/gesprek/{number}/"


def test_johan_takes_a_question_along_and_keeps_one_of_his_own(site, story, look):
    page = site.open_as("johan", width=390, scheme="dark")
    page.goto(_talk(site, story, 5))
    page.get_by_role("link", name="Geef me er één").click()
    first = page.locator(".question")
    expect(first).to_be_visible()
    asked = first.inner_text()
    look(page, "talk-with-a-question")
    page.get_by_role("link", name="Nog een").click()
    expect(page.locator(".question")).not_to_have_text(asked)
    assert "/gesprek/5/" in page.url, "the page of the talk stays where it is"
    page.locator("#question").get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Deze bewaar je.")).to_be_visible()
    look(page, "question-of-a-talk")
    page.get_by_role("link", name="Alle vragen").first.click()
    look(page, "collection-phone")
    page.get_by_text("Schrijf er een").click()
    page.get_by_label("Een eigen vraag").fill(OWN)
    page.get_by_role("button", name=re.compile("voor mij")).click()
    expect(page.locator("#own")).to_contain_text(OWN)
    page.get_by_role("button", name=re.compile(rf"Weghalen\s*: {re.escape(OWN)}")).click()
    expect(page.get_by_text("Je vraag is weg.")).to_be_visible()
    look(page, "taken-away")
    page.get_by_role("button", name="Zet de vraag terug").click()
    expect(page.locator("#own")).to_contain_text(OWN)
    page.goto(f"{site.url}/waterland/vragen/?kept=1")
    page.get_by_role("link", name="Geef me een van deze").click()
    expect(page.locator(".question")).to_be_visible()
    look(page, "one-question-phone")


def test_without_javascript_a_question_is_a_page_of_its_own(site, story):
    page = site.open_as("johan")
    page.route("**/*.js", lambda route: route.abort())
    site.complaints.clear()
    page.goto(_talk(site, story, 5))
    page.get_by_role("link", name="Geef me er één").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Een vraag om mee te nemen")
    expect(page.locator(".question")).to_be_visible()
    site.complaints.clear()


def test_marieke_looks_for_a_question_and_at_her_own_coaching(site, story, look):
    page = site.open_as("marieke")
    page.get_by_role("navigation").get_by_role("link", name="Mijn vak").first.click()
    page.get_by_role("link", name="Vragen om bij stil te staan").click()
    look(page, "collection")
    page.get_by_text("Zoek er zelf een").click()
    page.get_by_label("Iemand komt binnen").select_option("passer_by")
    page.get_by_label("Woorden in een vraag").fill("leidinggevende")
    page.get_by_role("button", name="Toon").click()
    assert "comes_in=passer_by" in page.url
    assert str(story.engagement.pk) not in page.content()
    look(page, "narrowed")
    page.get_by_role("link", name="Geef me een van deze").click()
    expect(page.locator(".question")).to_contain_text("leidinggevende")
    look(page, "one-question")
    notes_what_she_did(site, story, page, look)
    sees_it_over_time(site, story, page, look)


def notes_what_she_did(site: Site, story: Story, page: Page, look: Looking) -> None:
    page.goto(_talk(site, story, 1))
    look(page, "talk-of-marieke")
    page.get_by_role("link", name="Kijk even naar je eigen coachen").click()
    look(page, "look-folded")
    page.locator("summary", has_text="Waar stapte ik in?").click()
    page.get_by_label("Ik adviseerde").check()
    page.locator("summary", has_text="Hoe strak stuurde ik?").click()
    page.get_by_label("Ik stuurde strakker").check()
    page.get_by_label("Wat maakte dat je zo stuurde?").fill(WHY)
    look(page, "look-open")
    page.locator("main form button.primary").first.click()
    page.get_by_role("link", name="Wat je van je eigen coachen zag").click()
    expect(page.get_by_label("Wat maakte dat je zo stuurde?")).to_have_value(WHY)
    johan = site.open_as("johan")
    johan.goto(_talk(site, story, 1))
    assert "eigen coachen" not in johan.locator("main").inner_text()


def sees_it_over_time(site: Site, story: Story, page: Page, look: Looking) -> None:
    page.goto(f"{site.url}/waterland/mijn-coachen/")
    expect(page.get_by_text("Nog niets te zien")).to_be_visible()
    look(page, "over-time-empty")
    marieke = site.cast.marieke
    with as_person(marieke):
        standing = engagement_for(marieke, story.engagement.pk)
        for number, chosen in enumerate(
            (
                {"pitfalls": ["advised", "rescued"], "sides": ["appeal"], "steering": ["follow"]},
                {"sides": ["appeal", "content"], "tensions": ["learning"], "aspects": ["context", "result"]},
                {"pitfalls": ["advised"], "sides": ["content"], "steering": ["follow"], "aspects": ["context"]},
                {"sides": ["self"], "aspects": ["self_steering"], "tensions": ["person"]},
                {"pitfalls": ["dug"], "steering": ["tighter"]},
                {"pitfalls": ["advised"], "sides": ["relation"]},
            ),
            start=2,
        ):
            # The talks are all in one half year as far as this look goes: the day of the first is taken.
            row = save_look(standing=standing, session=session_for(standing, number), chosen=chosen)
            assert row is not None
            row.on = session_for(standing, 1).starts_at.date()
            row.save(update_fields=["on"])
    page.reload()
    expect(page.get_by_text("In 4 van de 7 gesprekken zag je jezelf adviseren.")).to_be_visible()
    page.get_by_text("Alle cijfers in een tabel").click()
    look(page, "over-time")
    assert "Johan" not in page.locator("main").inner_text()
    phone = site.open_as("marieke", width=320, scheme="dark")
    for place, name in (("mijn-coachen/", "over-time-phone"), ("vragen/", "collection-narrow")):
        phone.goto(f"{site.url}/waterland/{place}")
        look(phone, name)
    phone.goto(_talk(site, story, 1) + "mijn-blik/")
    look(phone, "look-phone")
