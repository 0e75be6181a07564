"""A talk in a room without a connection: jotting goes on, nothing lies readable on the phone, and nothing is lost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from klankbord.core import clock
from klankbord.engagements.models import Writing
from klankbord.engagements.queries.calm import jotting_of
from klankbord.engagements.queries.doors import session_for
from klankbord.people.models import Person
from tests.browser.conftest import Site
from tests.browser.telling import press, text_of
from tests.story import TOPIC, Story, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

BEFORE = "Hij praat vooral over het team."
UNDERGROUND = "Half-half is: twee dagen hier, twee dagen daar."
LATER = "Ik zeg het hem donderdag."
ON_PAPER = "Dit typte ik op mijn laptop."
DEVICE = """async () => {
  const found = [];
  const say = (bytes) => [new TextDecoder().decode(bytes), new TextDecoder("utf-16le").decode(bytes)].join(" ");
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => {
      const opening = indexedDB.open(name); opening.onsuccess = () => done(opening.result);
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((done) => {
        const all = database.transaction(store).objectStore(store).getAll(); all.onsuccess = () => done(all.result);
      });
      for (const row of rows) {
        const told = Object.entries(row).map(([key, value]) => {
          if (value instanceof CryptoKey) return `${key} ${value.extractable ? "extractable" : "inside"}`;
          return value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? say(value) : `${key} ${value}`;
        });
        found.push(told.join(" "));
      }
    }
    database.close();
  }
  const pages = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) pages.push(await (await cache.match(request)).text());
  }
  const places = JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]);
  return { sealed: found, pages, places, keepers: (await navigator.serviceWorker.getRegistrations()).length };
}"""


@pytest.fixture
def story(site: Site) -> Story:
    """The first talk began five minutes ago."""
    story = running(site.cast)
    with as_person(site.cast.johan):
        talk = session_for(story.standing(site.cast.johan), 1)
        talk.starts_at = clock.now() - timedelta(minutes=5)
        talk.save(update_fields=["starts_at"])
    return story


def calm_address(site: Site, story: Story) -> str:
    return f"{site.url}/waterland/coaching/{story.engagement.pk}/gesprek/1/rustig/"


def opened(site: Site, story: Story, name: str, **look) -> Page:
    page = site.open_as(name, **look)
    page.goto(calm_address(site, story))
    expect(page.locator("form[data-ready]")).to_be_attached()
    return page


def jotted(story: Story, person: Person) -> str:
    with as_person(person):
        standing = story.standing(person)
        found = jotting_of(standing, session_for(standing, 1))
    return found.body if found else ""


def state(page: Page):
    return page.locator("[data-calm-state]")


def test_a_talk_without_a_connection_loses_nothing_and_leaves_nothing(site, story, no_barriers, shots):
    johan = site.open_as("johan", width=390, height=844)
    johan.clock.install(time=clock.now())
    johan.goto(f"{site.url}/waterland/coaching/{story.engagement.pk}/gesprek/1/")
    press(johan, "Open het rustige scherm")
    expect(johan.locator("form[data-ready]")).to_be_attached()
    assert TOPIC in text_of(johan)
    assert johan.locator("nav").count() == 0
    no_barriers(johan)
    keep(johan)
    look(johan, shots, "phone-light")
    field = johan.get_by_role("textbox")
    field.fill(BEFORE)
    johan.clock.fast_forward(3000)
    expect(state(johan)).to_have_text("Bewaard, voor jou alleen.")
    assert jotted(story, site.cast.johan) == BEFORE
    expect_nothing_kept(johan)
    cut_off(johan, field, no_barriers, shots)
    back_again(site, story, johan)
    a_stranger_to_it(site, story)
    forget_what_the_network_said(site)


def keep(page: Page) -> None:
    box = page.get_by_label("Bewaar op dit apparaat tot je weer verbinding hebt")
    box.check()
    expect(box).to_be_enabled()
    expect(box).to_be_checked()


def cut_off(johan: Page, field, no_barriers, shots) -> None:
    """The network goes, somebody writes, turns the page over, and writes on for an hour."""
    johan.context.set_offline(True)
    field.fill(f"{BEFORE}\n{UNDERGROUND}")
    johan.clock.fast_forward(3000)
    expect(state(johan)).to_contain_text("versleuteld op dit apparaat")
    look(johan, shots, "phone-offline")
    expect_sealed(johan)
    johan.reload()
    expect(johan.locator("form[data-ready]")).to_be_attached()
    expect(field).to_have_value(f"{BEFORE}\n{UNDERGROUND}")
    assert TOPIC in text_of(johan)
    no_barriers(johan)
    look(johan, shots, "phone-reloaded")
    field.fill(f"{BEFORE}\n{UNDERGROUND}\n{LATER}")
    for _turn in range(4):
        johan.clock.fast_forward(timedelta(minutes=10).seconds * 1000)
    expect(state(johan)).to_contain_text("versleuteld op dit apparaat")
    expect_sealed(johan)


def until(page: Page, *, sealed: int, keepers: int | None = None) -> None:
    """Wait until this many records, and this many pages that work without a connection, lie on the device."""
    for _turn in range(40):
        device = page.evaluate(DEVICE)
        if len(device["sealed"]) == sealed and keepers in (None, device["keepers"]):
            return
        page.wait_for_timeout(200)
    raise AssertionError((len(device["sealed"]), device["keepers"]))


def expect_sealed(page: Page) -> None:
    until(page, sealed=1)
    device = page.evaluate(DEVICE)
    assert "key inside" in device["sealed"][0]
    assert device["pages"]
    for words in (BEFORE, UNDERGROUND, LATER, TOPIC, 'name="csrfmiddlewaretoken"'):
        assert words not in "".join([*device["sealed"], *device["pages"], device["places"]])


def expect_nothing_kept(page: Page) -> None:
    until(page, sealed=0)


def back_again(site: Site, story: Story, johan: Page) -> None:
    assert jotted(story, site.cast.johan) == BEFORE
    johan.context.set_offline(False)
    expect(state(johan)).to_have_text("Bewaard, voor jou alleen.")
    assert jotted(story, site.cast.johan) == f"{BEFORE}\n{UNDERGROUND}\n{LATER}"
    expect_nothing_kept(johan)
    press(johan, "Bewaar en ga terug")
    johan.wait_for_url(re.compile(r"/gesprek/1/$"))
    # What he leaves unsent goes as well when he signs out.
    johan.goto(calm_address(site, story))
    expect(johan.locator("form[data-ready]")).to_be_attached()
    johan.context.set_offline(True)
    johan.get_by_role("textbox").fill("Dit komt nergens aan.")
    johan.clock.fast_forward(3000)
    until(johan, sealed=1)
    johan.goto("about:blank")
    johan.context.set_offline(False)
    johan.goto(f"{site.url}/afmelden/")
    johan.locator("main").get_by_role("button").click()
    johan.wait_for_load_state()
    until(johan, sealed=0, keepers=0)
    assert johan.evaluate(DEVICE)["pages"] == []


def a_stranger_to_it(site: Site, story: Story) -> None:
    """Marieke finds her own page there, and in the database nobody reads a word."""
    marieke = opened(site, story, "marieke")
    assert marieke.get_by_role("textbox").input_value() == ""
    assert UNDERGROUND not in marieke.content()
    with as_person(site.cast.marieke):
        assert not Writing.objects.filter(kind="jotting").exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from engagements_writing where body::text like '%%Half-half%%'")
        assert cursor.fetchone() == (0,)


def test_what_was_written_on_two_devices_is_kept_together(site, story, no_barriers, shots):
    phone = opened(site, story, "johan", width=390, height=844, scheme="dark")
    laptop = opened(site, story, "johan", width=1280, scheme="dark")
    laptop.get_by_role("textbox").fill(ON_PAPER)
    expect(state(laptop)).to_have_text("Bewaard, voor jou alleen.")
    phone.get_by_role("textbox").fill(LATER)
    expect(state(phone)).to_contain_text("Je schreef ook op een ander apparaat.")
    expect(phone.get_by_role("textbox")).to_have_value(re.compile(f"^{LATER}.*{ON_PAPER}$", re.DOTALL))
    no_barriers(phone)
    look(phone, shots, "phone-dark")
    look(laptop, shots, "desktop-dark")
    both = jotted(story, site.cast.johan)
    assert LATER in both
    assert ON_PAPER in both


def test_a_session_that_ended_asks_to_sign_in_and_goes_on(site, story, no_barriers, shots):
    johan = opened(site, story, "johan", width=320)
    keep(johan)
    cookies = johan.context.cookies()
    johan.context.clear_cookies(name="klankbord")
    johan.get_by_role("textbox").fill(UNDERGROUND)
    expect(johan.get_by_role("link", name="Meld je weer aan")).to_be_visible()
    no_barriers(johan)
    assert johan.evaluate("document.documentElement.scrollWidth") == 320
    look(johan, shots, "narrow-signed-out")
    assert jotted(story, site.cast.johan) == ""
    until(johan, sealed=1)
    johan.context.add_cookies([{**cookie} for cookie in cookies if cookie["name"] == "klankbord"])
    johan.goto(f"{site.url}/waterland/")
    until(johan, sealed=0)
    assert jotted(story, site.cast.johan) == UNDERGROUND


def test_words_of_one_are_never_saved_as_those_of_another(site, story):
    johan = opened(site, story, "johan")
    marieke = site.open_as("marieke")
    theirs = [cookie for cookie in marieke.context.cookies() if cookie["name"] == "klankbord"]
    johan.context.clear_cookies(name="klankbord")
    johan.context.add_cookies(theirs)
    johan.get_by_role("textbox").fill(UNDERGROUND)
    johan.wait_for_url(re.compile(r"/waterland/$"))
    assert jotted(story, site.cast.marieke) == ""
    assert jotted(story, site.cast.johan) == ""


def look(page: Page, shots, name: str) -> None:
    if shots:
        page.screenshot(path=shots / f"calm-{name}.png", full_page=True)


def forget_what_the_network_said(site: Site) -> None:
    """A browser without a connection says so; that was the point."""
    site.complaints[:] = [line for line in site.complaints if "ERR_INTERNET_DISCONNECTED" not in line]
