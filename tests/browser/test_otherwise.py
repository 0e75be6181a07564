"""What goes otherwise, told through the screen: a reorganisation, a coach who stops, a next coach, and leaving."""

import re

import pytest
from playwright.sync_api import expect

from klankbord.people.models import Person
from tests.browser.telling import Teller, fill, press, text_of
from tests.story import DIRECTION, TOPIC, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def test_things_go_otherwise_and_johan_decides_what_that_means(tell: Teller, no_barriers, mailbox) -> None:
    story = running(tell.site.cast)
    place = f"{tell.site.url}/waterland/coaching/{story.engagement.pk}/"
    they_come_to_stand_near(tell, story, place)
    a_talk_is_missed(tell, place)
    the_coach_stops(tell, place)
    a_next_coach_reads_what_johan_gives(tell, story)
    johan_leaves_and_takes_his_words_along(tell, mailbox, no_barriers)


def they_come_to_stand_near(tell: Teller, story, place: str) -> None:
    cast = story.cast
    with as_person(cast.els):
        Person.objects.filter(pk=cast.marieke.pk).update(manager=cast.anton)
    johan = tell("johan")
    johan.goto(place)
    assert "Marieke en jij vallen onder dezelfde leidinggevende." in text_of(johan)
    tell.look(johan, "near")
    press(johan, "Ik wil zo doorgaan")
    marieke = tell("marieke")
    marieke.goto(place)
    assert "dichter bij elkaar" in text_of(marieke)
    press(marieke, "Ik wil zo doorgaan")
    johan.goto(place)
    assert "iets veranderd tussen jullie" not in text_of(johan)
    with as_person(cast.els):
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.fatima)
    johan.goto(place)
    assert "Anton kan nog lezen" in text_of(johan)
    tell.look(johan, "another-manager")
    press(johan, "Stop met delen")
    johan.goto(place)
    assert "Anton kan nog lezen" not in text_of(johan)


def a_talk_is_missed(tell: Teller, place: str) -> None:
    johan = tell("johan")
    johan.goto(place + "gesprek/2/")
    press(johan, "Dit gesprek ging niet door")
    press(johan, "Het ging niet door")
    tell.look(johan, "missed")
    press(johan, "Praat er de volgende keer over")
    expect(johan).to_have_url(re.compile(r"/gesprek/3/"))


def the_coach_stops(tell: Teller, place: str) -> None:
    marieke = tell("marieke")
    marieke.goto(place + "stoppen/")
    assert "Johan kan vanaf hier een andere coach laten zoeken" in text_of(marieke)
    press(marieke, "Ik stop")
    johan = tell("johan")
    johan.goto(place)
    tell.look(johan, "stopped")
    press(johan, "Zoek een andere coach")
    fatima = tell("fatima")
    press(fatima, "Open de aanvragen")
    fatima.get_by_role("link", name="Johan de Wit").click()
    fatima.get_by_role("button", name=re.compile("Saskia")).click()
    johan = tell("johan")
    johan.get_by_role("link", name=re.compile("Er is een coach met wie")).first.click()
    johan.get_by_role("button", name=re.compile("Saskia")).first.click()
    johan.wait_for_url("**/coaching/**")


def a_next_coach_reads_what_johan_gives(tell: Teller, story) -> None:
    johan = tell.pages["johan"]
    place = johan.url
    press(johan, "Wat ik een nieuwe coach meegeef")
    johan.get_by_label(re.compile(re.escape(DIRECTION))).first.check()
    press(johan, "Zet deze in de tekst hieronder")
    expect(johan.locator("textarea")).to_have_value(re.compile(re.escape(DIRECTION)))
    tell.look(johan, "given-along")
    press(johan, "Geef dit aan Saskia")
    saskia = tell("saskia")
    saskia.goto(place)
    saskia.get_by_text("Johan gaf je dit mee van hiervoor").click()
    assert DIRECTION in text_of(saskia)
    assert TOPIC not in text_of(saskia)
    tell.look(saskia, "reads-what-was-given")


def johan_leaves_and_takes_his_words_along(tell: Teller, mailbox, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/mijn-woorden/")
    with johan.expect_download() as download:
        press(johan, "Neem mee als pagina")
    assert DIRECTION in download.value.path().read_text()
    fill(johan, "Je eigen e-mailadres", "johan@thuis.example")
    tell.look(johan, "my-words")
    press(johan, "Maak de link")
    link = re.search(r"http\S+/meenemen/#\S+", text_of(johan))
    assert link is not None
    tell.look(johan, "my-link")
    with as_person(tell.site.cast.els):
        Person.objects.filter(pk=tell.site.cast.johan.pk).update(active=False)
    letter = mailbox.letters[-1]
    assert str(letter["To"]) == "johan@thuis.example"
    home = tell.site.open(width=390, scheme="dark")
    home.goto(link.group())
    assert home.url.endswith("/meenemen/")
    no_barriers(home)
    tell.look(home, "by-address")
    home.get_by_role("button", name="Laat mijn woorden zien").click()
    home.wait_for_load_state()
    assert DIRECTION in text_of(home)
    no_barriers(home)
    tell.look(home, "words-at-home")
