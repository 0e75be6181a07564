"""Marieke keeps learning: hours and a signed statement, intervision, and how her craft moves; in the browser."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from klankbord.coaches.models import HoursStatement, IntervisionGroup
from klankbord.coaches.queries.growth import words_of
from klankbord.core import clock
from klankbord.people.actions import choose_language
from tests.browser.conftest import Site
from tests.browser.telling import press, text_of
from tests.story import as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
SUBJECT = "Wat ik doe als een klant niets wil"


@pytest.fixture
def look(no_barriers, shots):
    count = 0

    def see(page: Page, name: str) -> None:
        nonlocal count
        no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        if shots:
            count += 1
            page.screenshot(path=shots / f"growth-{count:02d}-{name}.png", full_page=True)

    return see


@pytest.fixture
def story(site: Site):
    told = running(site.cast)
    for name in ("marieke", "willem", "fatima"):
        with as_person(site.cast.named(name)):
            choose_language(person=site.cast.named(name), language="nl")
    return told


def test_marieke_accounts_for_hours_and_a_stranger_checks_the_paper(site, story, look):
    page = site.open_as("marieke")
    page.get_by_role("navigation").get_by_role("link", name="Mijn vak").first.click()
    look(page, "craft")
    press(page, "Naar mijn uren")
    page.get_by_text("Uren van eerder noteren").click()
    page.get_by_label("Vanaf", exact=True).fill("2014")
    page.get_by_label("Tot en met").fill("2017")
    page.get_by_label("Uren coaching").fill("85")
    page.get_by_label(re.compile("Aantal klanten")).fill("3")
    page.get_by_label("Waar was dat?").fill("Bureau Duin")
    press(page, "Bewaren, voor mij alleen")
    expect(page.locator("main")).to_contain_text("Bureau Duin")
    look(page, "hours")
    press(page, "Een verklaring maken")
    page.get_by_label("Vanaf", exact=True).fill("2014")
    press(page, "Bekijk wat erop komt te staan")
    expect(page.locator("main")).to_contain_text("minder dan vijf klanten (Bureau Duin)")
    look(page, "statement-preview")
    press(page, "Laat ondertekenen")
    with page.expect_download() as download:
        page.locator("#statements").get_by_role("link", name=re.compile("Papier")).first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    with as_person(site.cast.marieke):
        code = words_of(HoursStatement.objects.order_by("-made_at").first(), "code")
    stranger_checks(site, code, look)
    page.locator("#statements").get_by_role("button", name=re.compile("Trek in")).first.click()
    stranger = site.open(width=390)
    stranger.goto(f"{site.url}/urenverklaring/#{code}")
    press(stranger, "Controleren")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Deze verklaring is ingetrokken")


def stranger_checks(site: Site, code: str, look) -> None:
    stranger = site.open(width=390, scheme="dark")
    stranger.goto(f"{site.url}/urenverklaring/")
    look(stranger, "check")
    stranger.get_by_label("De code op de verklaring").fill(code.lower())
    press(stranger, "Controleren")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Deze verklaring is echt")
    told = text_of(stranger)
    assert "Marieke Bos" in told
    assert "Bureau Duin" in told
    assert "Johan" not in told
    assert code not in stranger.url
    assert [cookie["name"] for cookie in stranger.context.cookies() if "session" in cookie["name"]] == []
    look(stranger, "genuine")


def test_a_group_meets_and_the_coordinator_sees_that_it_did(site, story, look):
    page = site.open_as("marieke", width=390)
    page.goto(f"{site.url}/waterland/intervisie/")
    look(page, "groups")
    press(page, "Dinsdaggroep")
    page.get_by_text("Plan een bijeenkomst, of noteer er een die geweest is").click()
    page.get_by_label("Op welke dag?").fill((clock.today() - timedelta(days=2)).isoformat())
    page.get_by_label("Hoe laat?").fill("15:30")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.get_by_label("Waar gaat het over?").fill(SUBJECT)
    press(page, "Erbij zetten")
    expect(page.locator("#subjects")).to_contain_text(SUBJECT)
    for name in ("Marieke Bos", "Willem Smit"):
        page.locator("#there").get_by_text(name).click()
    page.locator("#there").get_by_role("button", name="Noteren").click()
    expect(page.get_by_label("Willem Smit")).to_be_checked()
    look(page, "meeting")
    fatima = site.open_as("fatima")
    with as_person(site.cast.fatima):
        group = IntervisionGroup.objects.get()
    fatima.goto(f"{site.url}/waterland/intervisie/{group.pk}/")
    expect(fatima.locator("main")).to_contain_text("2 waren er")
    assert SUBJECT not in fatima.content()
    look(fatima, "group-for-coordinator")
    fatima.get_by_role("link", name="Gesprekken met Marieke Bos").click()
    expect(fatima.locator("main")).to_contain_text("Blijven leren in")
    look(fatima, "contact-for-coordinator")


def test_marieke_looks_twice_and_sees_what_moved_and_shares_her_story(site, story, look):
    page = site.open_as("marieke")
    page.goto(f"{site.url}/waterland/mijn-vak/zes-kanten/")
    before = page.locator("circle.mine").count()
    press(page, "Kijk opnieuw")
    page.get_by_label(re.compile("Ik beweeg mee")).check()
    page.get_by_label("Waaraan merk je dat?").first.fill("Ik wacht nu langer.")
    look(page, "look")
    press(page, "Bewaren, voor mij alleen")
    assert page.locator("circle.mine").count() == before + 1
    expect(page.locator("main")).to_contain_text("Ik wacht nu langer.")
    page.get_by_text("Hetzelfde in een tabel").click()
    expect(page.get_by_role("table")).to_contain_text("Ik beweeg mee")
    look(page, "sides")
    page.goto(f"{site.url}/waterland/mijn-vak/verhaal/")
    page.get_by_label("Wat de organisatie eraan heeft").fill("Mensen durven eerder iets te vragen.")
    look(page, "story")
    press(page, "Bewaren, voor mij alleen")
    press(page, "Een deel delen")
    page.get_by_label("Wat de organisatie eraan heeft").check()
    page.get_by_label("De coördinator", exact=True).check()
    press(page, "Bekijk wat zij lezen")
    expect(page.get_by_role("heading", name="Dit lezen zij, en niets meer")).to_be_visible()
    look(page, "share-preview")
    press(page, "Dit delen")
    fatima = site.open_as("fatima")
    fatima.goto(f"{site.url}/waterland/contact/{site.cast.marieke.pk}/")
    expect(fatima.locator("main")).to_contain_text("Mensen durven eerder iets te vragen.")
    page.goto(f"{site.url}/waterland/mijn-vak/leren/")
    look(page, "learning")
    page.goto(f"{site.url}/waterland/contact/{site.cast.marieke.pk}/")
    look(page, "contact")
