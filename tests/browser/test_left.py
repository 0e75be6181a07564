"""Marieke stops coaching and stays at work: she takes away what stands of her; in the browser."""

import pytest
from playwright.sync_api import Page, expect

from klankbord.people.actions import choose_language, take_role
from klankbord.people.models import Membership
from klankbord.policy.rules.content import PolicyContent, QualityRules
from tests.browser.conftest import Site
from tests.browser.telling import press
from tests.published import publish
from tests.story import as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


@pytest.fixture
def look(site: Site, no_barriers, shots):
    """Her page as it stands on a telephone in the dark, and on a desk in the light."""

    def see(page: Page, name: str) -> None:
        for width, scheme in ((390, "dark"), (1280, "light")):
            other = site.open_as("marieke", width=width, scheme=scheme)
            other.goto(page.url)
            no_barriers(other)
            assert other.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            if shots:
                other.screenshot(path=shots / f"left-{name}-{width}.png", full_page=True)

    return see


def test_marieke_knows_the_norm_as_a_coach_and_takes_everything_away_when_she_stops(site: Site, look):
    running(site.cast)
    publish(site.cast, PolicyContent(quality=QualityRules(internal_hours=40)))
    with as_person(site.cast.marieke):
        choose_language(person=site.cast.marieke, language="nl")
    page = site.open_as("marieke")
    page.get_by_role("navigation").get_by_role("link", name="Mijn vak").first.click()
    expect(page.locator("main")).to_contain_text("Het beleid gaat uit van 40 uur per jaar.")
    press(page, "Naar mijn uren")
    expect(page.locator("main")).to_contain_text("Daarvoor ziet een coördinator hoeveel hele uren je per jaar had")
    look(page, "hours")
    page.goto(f"{site.url}/waterland/mijn-vak/papieren/")
    look(page, "papers")
    with as_person(site.cast.els):
        take_role(person=site.cast.marieke, role=Membership.Role.COACH)
    page.goto(f"{site.url}/waterland/")
    press(page, "Uit de tijd dat je coachte")
    look(page, "left")
    main = page.locator("main")
    for name in ("Je profiel", "Je foto", "Coachen"):
        main.get_by_role("listitem").filter(has_text=name).get_by_role("button").click()
    expect(page.get_by_role("link", name="Uit de tijd dat je coachte")).to_have_count(0)
    expect(page).to_have_url(f"{site.url}/waterland/")
