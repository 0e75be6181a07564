"""Johan draws what he walked, says how much steering is welcome, and the two say how they work together."""

import re

import pytest
from playwright.sync_api import Page, expect

from klankbord.core import clock
from tests.browser.conftest import Site, run_queue
from tests.story import as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

ACTED = "Ik begon over de planning."
SAW = "Ik wil dat ze me aardig vinden."
OTHERWISE = "Stel me minder vragen achter elkaar."
ANSWER = "Dat wil ik proberen. Steek je hand op als het te veel wordt."
TOGETHER = "Ik durfde te zeggen dat ik het niet wist."
SECRETS = (ACTED, SAW, OTHERWISE, ANSWER, TOGETHER)


class Two:
    """Johan on a phone and Marieke at a desk, each in a browser of their own, in one engagement."""

    def __init__(self, site: Site, shots, no_barriers) -> None:
        story = running(site.cast)
        with as_person(site.cast.johan):
            talk = story.engagement.sessions.get(number=1)
            assert talk.starts_at < clock.now()
        self.where = f"{site.url}/waterland/coaching/{story.engagement.pk}/"
        self.johan = site.open_as("johan", width=390)
        self.marieke = site.open_as("marieke", scheme="dark")
        self.shots, self.no_barriers, self.taken = shots, no_barriers, 0

    def look(self, page: Page, name: str) -> None:
        """Nothing on this page stands in anybody's way; keep a picture, when asked for."""
        self.no_barriers(page)
        if self.shots:
            self.taken += 1
            page.screenshot(path=self.shots / f"learning-{self.taken:02d}-{name}.png", full_page=True)


@pytest.fixture
def two(site, shots, no_barriers) -> Two:
    return Two(site, shots, no_barriers)


def press(page: Page, name: str) -> None:
    """Press the button, or follow the link, with these words."""
    main = page.locator("main")
    main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()
    page.wait_for_load_state()


def test_the_two_learn_and_say_how_they_work_together(two, site):
    walked(two)
    taken_away(two)
    steered(two)
    said(two)
    asked_after_a_talk(two)
    rated(two)
    stopped_rating(two)
    nobody_else_read_along(two, site)


def walked(two: Two) -> None:
    johan = two.johan
    johan.goto(two.where)
    press(johan, "De leerspiraal")
    for name, words, anew in (
        ("Doen", ACTED, False),
        ("Waar het om gaat", SAW, False),
        ("Uitproberen", "", False),
        ("Doen", "", False),
        ("Terugkijken", "", False),
        ("Wat anders kan", "", True),
    ):
        johan.get_by_role("radio", name=re.compile(f"^{name}")).check()
        johan.get_by_label("In één zin, als je wilt").fill(words)
        johan.get_by_label("Begin hiermee een nieuwe ronde").set_checked(anew)
        press(johan, "Leg het op de spiraal")
        expect(johan.locator("main")).to_contain_text("Het ligt op je spiraal.")
    expect(johan.get_by_role("heading", name="Ronde 3")).to_be_visible()
    assert johan.locator("svg.spiral circle.step").count() == 7
    two.look(johan, "spiral-phone")
    two.marieke.goto(two.where + "leerspiraal/")
    expect(two.marieke.locator("main")).to_contain_text(SAW)
    assert two.marieke.locator("main form").count() == 0
    two.look(two.marieke, "spiral-coach-dark")


def taken_away(two: Two) -> None:
    press(two.johan, "Haal weg")
    expect(two.johan.locator("main")).to_contain_text("Het ligt niet meer op je spiraal.")
    assert two.johan.locator("svg.spiral circle.step").count() == 6


def steered(two: Two) -> None:
    johan = two.johan
    for level, open_questions in (("Neem me bij de hand", 3), ("Ik vind zelf mijn weg", 0)):
        johan.goto(two.where + "zelf-sturen/")
        johan.get_by_role("radio", name=re.compile(f"^{level}")).check()
        press(johan, "Zo is het nu")
        expect(johan.locator("main")).to_contain_text("Marieke kan het zien.")
        johan.goto(two.where + "gesprek/1/")
        assert johan.locator("#reflection form > .own").count() == open_questions
    two.look(johan, "talk-phone")
    johan.locator("#reflection summary", has_text="Pas het aan").click()
    johan.locator("#reflection summary", has_text="Toon toch een vraag").click()
    assert johan.locator("#reflection .own:visible").count() == 1
    two.marieke.goto(two.where + "gesprek/1/")
    expect(two.marieke.locator("#self-steering")).to_contain_text("Over sturen zegt Johan: ‘Ik vind zelf mijn weg’.")
    two.look(two.marieke, "talk-coach-dark")
    johan.goto(two.where + "zelf-sturen/")
    two.look(johan, "steering-phone")


def said(two: Two) -> None:
    johan, marieke = two.johan, two.marieke
    johan.goto(two.where + "gesprek/1/")
    press(johan, "Ik wil iets anders van je")
    johan.get_by_label("Wat wil je anders?").fill(OTHERWISE)
    two.look(johan, "say-phone")
    press(johan, "Naar Marieke sturen")
    expect(johan.locator("main")).to_contain_text("Verstuurd naar Marieke.")
    marieke.goto(two.where + "gesprek/1/")
    press(marieke, "Ik wil iets anders van je")
    expect(marieke.locator("main")).to_contain_text(OTHERWISE)
    two.look(marieke, "signal-coach-dark")
    press(marieke, "Ik vertel het je in het gesprek")
    expect(marieke.locator("main")).to_contain_text("Je vertelt het in het gesprek.")
    marieke.get_by_label("Je antwoord").fill(ANSWER)
    press(marieke, "Antwoord hier")
    johan.reload()
    expect(johan.locator("main")).to_contain_text(ANSWER)
    johan.goto(two.where + "zelf-sturen/zeggen/learning_way/")
    johan.get_by_label("Wat ik merk").fill("Ik leer het meest van de stiltes.")
    press(johan, "Bewaar, voor mij alleen")
    expect(johan.locator("main")).to_contain_text("Dit schreef je voor jezelf.")
    marieke.goto(two.where + "zelf-sturen/")
    expect(marieke.locator("main")).not_to_contain_text("Is dit voor mij een manier waar ik van leer?")


def asked_after_a_talk(two: Two) -> None:
    johan, marieke = two.johan, two.marieke
    johan.goto(two.where + "gesprek/1/")
    johan.locator("#working-together a").click()
    johan.locator("textarea").first.fill(TOGETHER)
    two.look(johan, "question-phone")
    press(johan, "Bewaar, voor mij alleen")
    marieke.goto(two.where + "gesprek/1/samenwerking/")
    expect(marieke.locator("main")).not_to_contain_text(TOGETHER)
    johan.locator("#working-together a").click()
    press(johan, "Naar Marieke sturen")
    marieke.reload()
    expect(marieke.locator("main")).to_contain_text(TOGETHER)


def rated(two: Two) -> None:
    johan, marieke = two.johan, two.marieke
    for page, values in ((johan, (7, 8, None, 9)), (marieke, (6, 6, 7, None)), (johan, (8, 8, 5, 10))):
        page.goto(two.where + "samenwerking/")
        press(page, "Geef cijfers")
        for name, value in zip(("goal", "task", "bond", "safety"), values, strict=True):
            page.locator(f"input[name={name}][value='{'' if value is None else value}']").check()
        if page is johan and values[0] == 7:
            two.look(page, "rate-phone")
            page.set_viewport_size({"width": 320, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            page.set_viewport_size({"width": 390, "height": 900})
        press(page, "Deel het met")
        expect(page.locator("main")).to_contain_text("kan het zien.")
    two.look(johan, "alliance-phone")
    marieke.reload()
    expect(marieke.locator("main")).to_contain_text("Je gaf een 6.")
    expect(johan.locator("main")).to_contain_text("Je gaf eerst een 6 en nu een 8.")
    two.look(marieke, "alliance-coach-dark")


def stopped_rating(two: Two) -> None:
    press(two.marieke, "Geen cijfers meer")
    expect(two.marieke.locator("main")).to_contain_text("Wat je gaf, blijft hier staan, voor jou alleen.")
    two.johan.goto(two.where + "samenwerking/cijfers/")
    expect(two.johan.locator("main")).to_contain_text("Cijfers geven kan alleen zolang jullie het allebei willen.")
    assert two.johan.locator(".multiple rect.theirs").count() == 0
    assert two.johan.locator(".multiple circle.mine").count() > 0


def nobody_else_read_along(two: Two, site: Site) -> None:
    for name in ("anton", "fatima"):
        page = site.open_as(name)
        rooms = ("leerspiraal/", "zelf-sturen/", "samenwerking/", "samenwerking/cijfers/")
        for part in (*rooms, "gesprek/1/samenwerking/"):
            answer = page.goto(two.where + part)
            assert answer is not None
            assert answer.status == 404, f"{name} {part}"
    run_queue()
    for letter in site.mailbox.letters:
        assert letter["Subject"] == "Er staat iets voor je klaar in Klankbord"
        plain = letter.get_body(("plain",))
        assert plain is not None
        assert not any(secret in plain.get_content() for secret in SECRETS)
