"""The questionnaire on a small telephone: begun, put away, gone on with and sent; and the same without JavaScript."""

import pytest
from django.test import Client
from playwright.sync_api import Page

from klankbord.core.tenant import acting_in
from klankbord.culture import ballots, wrong_codes
from klankbord.culture.actions import choose_paper, draft_wave, open_wave
from klankbord.culture.models import Wave
from klankbord.culture.rules.codes import spoken_code
from tests.browser.conftest import Site
from tests.browser.telling import Teller, press, text_of
from tests.scan import Asked, asked, closed_by_fatima, fill_units, plan

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
LOOKS = ((320, "light"), (320, "dark"), (1280, "light"), (1600, "dark"))
WORDS = "Een collega die vraagt hoe het ging."
FIRST = "Als ik vastloop, stellen collega's eerst een vraag voordat ze raad geven."


@pytest.fixture
def invited(site: Site) -> tuple[Wave, dict[str, Asked]]:
    """A wave in which Anton gets a letter on paper, and everybody else a link."""
    wrong_codes.forget()
    fill_units(site.cast, 1)
    with acting_in(site.cast.organisation.id, site.cast.fatima.pk):
        wave = draft_wave(once=site.cast.johan.pk, plan=plan(), contact=site.cast.fatima)
        choose_paper(wave=wave, people=[site.cast.anton.pk], paper=True)
        wave = open_wave(wave=wave)
    return wave, {one.person.first_name: one for one in asked(site.cast, wave)}


def looked_at(tell: Teller, page: Page, name: str, no_barriers) -> None:
    """The page as it stands, narrow and wide, light and dark, without barriers and without a bar to scroll sideways."""
    size = page.viewport_size
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 700})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} at {width}"
        tell.look(page, f"{name}-{width}-{scheme}")
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")


def answer_all(page: Page, point: str) -> None:
    """The same point for every sentence on the screen."""
    for group in page.get_by_role("group").all():
        if group.get_by_role("radio").count():
            group.get_by_label(point, exact=True).check()


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def has_focus(page: Page, what: str) -> bool:
    return bool(page.evaluate("what => document.activeElement === document.querySelector(what)", what))


def kept_on_device(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(localStorage)"))


def counted(site: Site, wave: Wave) -> list[str]:
    closed_by_fatima(site.cast, wave)
    with acting_in(site.cast.organisation.id):
        return sorted(one.ballot.digits for one in ballots.opened(wave)[0])


# --- on a telephone -------------------------------------------------------------------------------------------------


def test_somebody_answers_on_a_telephone_puts_it_away_and_goes_on(tell, site, invited, no_barriers):
    wave, people = invited
    link = f"{site.url}/waterland/scan/{people['Johan'].given}/"
    page = site.open(width=320, height=640)
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(link)
    assert len(asked_for) == 3, asked_for
    begun_on_the_phone(tell, page, no_barriers)
    gone_on_after_reloading(tell, page, link, no_barriers)
    in_own_words(tell, page, no_barriers)
    looked_over_and_sent(tell, page, no_barriers)
    page.goto(link)
    assert heading(page) == "Deze link is al gebruikt, of bestaat niet"
    looked_at(tell, page, "used", no_barriers)
    assert page.context.cookies() == []
    assert counted(site, wave) == ["1" + "4" * 27 + "0" * 6]


def begun_on_the_phone(tell: Teller, page: Page, no_barriers) -> None:
    assert heading(page) == "Hoe leren we hier van elkaar?"
    assert "ongeveer vier minuten" in text_of(page)
    looked_at(tell, page, "welcome", no_barriers)
    press(page, "Begin")
    page.get_by_text("1 van 10").wait_for()
    assert has_focus(page, "h1")
    looked_at(tell, page, "first", no_barriers)
    answer_all(page, "eens")
    press(page, "Verder")
    page.get_by_text("2 van 10").wait_for()
    page.go_back()
    page.get_by_text("1 van 10").wait_for()
    page.get_by_role("group", name=FIRST).get_by_label("helemaal oneens").check()
    looked_at(tell, page, "answered", no_barriers)
    press(page, "Verder")
    page.get_by_text("2 van 10").wait_for()
    answer_all(page, "eens")


def gone_on_after_reloading(tell: Teller, page: Page, link: str, no_barriers) -> None:
    """The telephone was put away; no connection for a moment; and another language, with everything still there."""
    assert link.split("/")[-2] not in kept_on_device(page)
    page.reload()
    page.get_by_role("heading", name="Je begon eerder op dit apparaat").wait_for()
    looked_at(tell, page, "again", no_barriers)
    press(page, "Ga verder met mijn antwoorden")
    page.get_by_text("2 van 10").wait_for()
    assert page.get_by_label("eens", exact=True).first.is_checked()
    page.route("**/scan/**", lambda route: route.abort())
    press(page, "Verder")
    page.get_by_text("Er is nu geen verbinding.").wait_for()
    looked_at(tell, page, "no-connection", no_barriers)
    page.unroute("**/scan/**")
    # What the browser itself says of a lost connection is no complaint about us.
    tell.site.complaints[:] = [one for one in tell.site.complaints if "ERR_FAILED" not in one]
    page.get_by_role("button", name="English").click()
    page.get_by_text("2 of 10").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    looked_at(tell, page, "english", no_barriers)
    page.get_by_role("button", name="Nederlands").click()
    page.get_by_text("2 van 10").wait_for()
    for number in range(3, 10):
        press(page, "Verder")
        page.get_by_text(f"{number} van 10").wait_for()
        if number < 9:
            answer_all(page, "eens")


def in_own_words(tell: Teller, page: Page, no_barriers) -> None:
    press(page, "Verder")
    page.get_by_text("10 van 10").wait_for()
    helps = page.get_by_label("Wat helpt jou hier om te leren?")
    helps.fill("woord " * 290)
    assert "Nog plaats voor ongeveer 10 woorden." in text_of(page)
    helps.fill("woord " * 320)
    assert "Ongeveer 20 woorden te lang." in text_of(page)
    press(page, "Verder")
    page.locator("[data-error-summary]").wait_for()
    assert has_focus(page, "[data-error-summary]")
    looked_at(tell, page, "too-long", no_barriers)
    page.get_by_role("link", name="Dit is ongeveer 20 woorden te lang.").click()
    assert helps.input_value().startswith("woord woord")
    helps.fill(WORDS)
    looked_at(tell, page, "own-words", no_barriers)
    press(page, "Verder")


def looked_over_and_sent(tell: Teller, page: Page, no_barriers) -> None:
    page.get_by_role("heading", name="Kijk het na, en verstuur").wait_for()
    assert "6 open" in text_of(page)
    looked_at(tell, page, "overview", no_barriers)
    assert WORDS in kept_on_device(page)
    press(page, "Versturen")
    page.get_by_role("heading", name="Dank je wel").wait_for()
    assert kept_on_device(page) == "{}"
    looked_at(tell, page, "thanks", no_barriers)


# --- without JavaScript, and on paper -------------------------------------------------------------------------------


def test_somebody_answers_by_letter_without_javascript_and_while_signed_in(tell, site, invited, no_barriers):
    wave, people = invited
    client = Client()
    client.force_login(site.cast.anton.account)
    cookie = client.cookies["klankbord"]
    context = site.browser.new_context(
        viewport={"width": 390, "height": 800}, java_script_enabled=False, locale="nl-NL"
    )
    site.contexts.append(context)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
    page = context.new_page()
    page.set_default_timeout(8000)
    page.goto(f"{site.url}/waterland/scan/")
    typed_with_a_slip(tell, page, people["Anton"].given)
    assert "Anton" not in page.content()
    assert page.locator("nav").count() == 0
    press(page, "Begin")
    for number in range(1, 10):
        assert f"{number} van 10" in text_of(page)
        answer_all(page, "weet ik niet" if number == 9 else "oneens")
        press(page, "Verder")
    assert page.get_by_text("Je mag dit overslaan.").is_visible()
    tell.look(page, "paper-own-words")
    press(page, "Verder")
    press(page, "Bekijk Jij en je werk")
    assert page.get_by_label("weet ik niet").first.is_checked()
    press(page, "Naar het overzicht")
    press(page, "Versturen")
    assert heading(page) == "Dank je wel"
    assert page.url == f"{site.url}/waterland/scan/"
    assert [one["name"] for one in context.cookies()] == ["klankbord"]
    assert counted(site, wave) == ["2" * 28 + "0" * 6]


def typed_with_a_slip(tell: Teller, page: Page, code: str) -> None:
    slip = ("3" if code[0] == "2" else "2") + code[1:]
    page.get_by_label("Code").fill(slip)
    press(page, "Open de vragenlijst")
    assert "De code klopt niet helemaal." in text_of(page)
    assert page.get_by_label("Code").input_value() == slip
    tell.look(page, "paper-slip")
    page.get_by_label("Code").fill(spoken_code(code).lower())
    press(page, "Open de vragenlijst")
    assert heading(page) == "Hoe leren we hier van elkaar?"


def test_where_a_code_is_typed_nothing_is_in_the_way_in_either_language(tell, site, invited, no_barriers):
    page = site.open(width=320, height=640)
    page.goto(f"{site.url}/waterland/scan/")
    looked_at(tell, page, "code", no_barriers)
    page.get_by_label("Code").fill("ABC")
    page.get_by_label("Code").press("Enter")
    page.locator("[data-error-summary]").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Fill in the code from your letter").wait_for()
    looked_at(tell, page, "code-english", no_barriers)
    assert page.get_by_label("Code").input_value() == "ABC"
    erased_on_a_shared_computer(page, f"{site.url}/waterland/scan/{invited[1]['Els'].given}/")
    closed_by_fatima(site.cast, invited[0])
    page.goto(f"{site.url}/waterland/scan/{invited[1]['Johan'].given}/")
    assert heading(page) == "De vragenlijst is gesloten"
    looked_at(tell, page, "closed", no_barriers)


def erased_on_a_shared_computer(page: Page, link: str) -> None:
    page.goto(link)
    press(page, "Begin")
    page.get_by_text("1 van 10").wait_for()
    answer_all(page, "oneens")
    assert "listening.question" in kept_on_device(page)
    page.get_by_text("Gebruiken anderen dit apparaat ook?").click()
    press(page, "Wis mijn antwoorden")
    page.get_by_role("heading", name="Hoe leren we hier van elkaar?").wait_for()
    assert kept_on_device(page) == "{}"
    page.reload()
    assert not page.get_by_role("heading", name="Je begon eerder op dit apparaat").is_visible()
