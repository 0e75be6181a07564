"""A group is matched at once; and a reorganisation brings two people near each other while their coaching runs."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from klankbord.engagements.actions.requests import Wishes, send_request
from klankbord.people.actions import add_person, give_role
from klankbord.people.api import import_staff
from klankbord.people.models import Membership, Person
from tests.browser.conftest import run_queue
from tests.browser.telling import Teller, press, text_of
from tests.story import SLUG, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
WAITING = 40
COACHES = ("Aïcha Bakker", "Daan Prins", "Eva Koster", "Farid Amrani", "Greetje Mol", "Hugo Vos", "Iris Blom")


def forty_people_wait(cast) -> list[Person]:
    """A programme begins: forty of another directorate asked for a coach, and seven colleagues joined the pool."""
    with as_person(cast.els):
        for number, name in enumerate(COACHES):
            coach = add_person(
                name=name, email=f"coach{number}@waterland.example", staff_number=f"8{number}", unit=cast.marieke.unit
            )
            give_role(person=coach, role=Membership.Role.COACH)
        people = [
            add_person(
                name=f"Deelnemer {number:02d}",
                email=f"d{number}@waterland.example",
                staff_number=f"9{number}",
                unit=cast.anton.unit,
                manager=cast.anton,
            )
            for number in range(1, WAITING + 1)
        ]
    for number, person in enumerate(people):
        with as_person(person):
            wishes = Wishes(employer="external" if number % 20 == 0 else "any")
            send_request(once=uuid.uuid4(), slug=SLUG, client=person, words="Kort.", shared=False, wishes=wishes)
    return people


def test_a_batch_of_forty_is_matched_and_the_client_chooses(tell: Teller, no_barriers) -> None:
    people = forty_people_wait(tell.site.cast)
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/aanvragen/")
    press(fatima, "Deel meer mensen samen in")
    fatima.mouse.move(0, 0)
    tell.look(fatima, "whom")
    no_barriers(fatima)
    fatima.get_by_label("Hoogstens drie").check()
    press(fatima, "Kijk wie wiens coach kan zijn")
    expect(fatima.get_by_role("heading", level=1)).to_have_text("40 mensen kunnen een coach krijgen")
    no_barriers(fatima)
    tell.look(fatima, "the-sheet")
    one_is_changed_by_hand(tell, no_barriers)
    press(fatima, "Stel dit voor aan 40 mensen")
    expect(fatima.get_by_role("heading", level=1)).to_have_text("40 mensen kunnen nu kiezen")
    no_barriers(fatima)
    tell.look(fatima, "confirmed")
    client = tell.site.open_person(people[0])
    client.goto(f"{tell.site.url}/waterland/coaching/")
    tell.look(client, "the-client")
    client.get_by_role("link", name=re.compile("Bekijk|voorstel", re.IGNORECASE)).first.click()
    expect(client.get_by_role("button", name="Ik wil kennismaken met Saskia")).to_be_visible()
    tell.look(client, "the-client-chooses")


def one_is_changed_by_hand(tell: Teller, no_barriers) -> None:
    fatima = tell.pages["fatima"]
    fatima.get_by_role("link", name="Verander de coach van Deelnemer 02").click()
    coach = fatima.get_by_label("Coach")
    coach.select_option(label="Bram Kuiper")
    # Shown at once, before anything is saved.
    expect(fatima.locator("#seen")).to_contain_text("vallen onder dezelfde leidinggevende")
    no_barriers(fatima)
    tell.look(fatima, "by-hand-a-rule")
    press(fatima, "Zet het zo")
    expect(fatima.locator(".error-summary")).to_contain_text("leidinggevende")
    coach = fatima.get_by_label("Coach")
    coach.select_option(label="Iris Blom")
    expect(fatima.locator("#seen")).to_contain_text("Iris")
    tell.look(fatima, "by-hand")
    press(fatima, "Zet het zo")
    expect(fatima.locator("main")).to_contain_text("met de hand")


def test_a_reorganisation_is_raised_with_those_it_concerns_and_nobody_else(tell: Teller, no_barriers, mailbox) -> None:
    story = running(tell.site.cast)
    # Twice: work that returns every few minutes may be put in the queue by the first look, and letters may come of it.
    run_queue()
    run_queue()
    mailbox.letters.clear()
    file = "personeelsnummer;naam;e-mailadres;leidinggevende\n101;Johan de Wit;johan@waterland.example;104\n"
    assert import_staff(slug=SLUG, content=file.encode()).accepted
    # The look itself, and then the letters that came of it.
    run_queue()
    run_queue()
    cast = story.cast
    for name in ("johan", "marieke", "fatima"):
        letters = mailbox.to(cast.named(name))
        assert len(letters) == 1, [str(one["Subject"]) for one in letters]
        assert "coach" not in str(letters[0]["Subject"]).lower()
    for name in ("els", "anton"):
        assert mailbox.to(cast.named(name)) == []
        page = tell(name)
        assert "dichter bij elkaar" not in text_of(page)
        page.goto(f"{tell.site.url}/waterland/raakvlakken/")
        assert "Johan" not in text_of(page)
    place = f"{tell.site.url}/waterland/coaching/{story.engagement.pk}/"
    johan = tell("johan")
    johan.goto(place)
    assert "Marieke geeft leiding aan jou" in text_of(johan)
    assert "vragen wat er kan" in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "near-johan")
    marieke = tell("marieke")
    marieke.goto(place)
    assert "iets veranderd tussen jullie" in text_of(marieke)
    tell.look(marieke, "near-marieke")
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/trajecten/")
    press(fatima, "Bij één traject is sindsdien een regel over onafhankelijkheid geraakt")
    assert "Johan de Wit met Marieke Bos" in text_of(fatima)
    assert "Een coach geeft geen leiding aan de klant" in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "near-fatima")
    press(johan, "Ik wil zo doorgaan")
    press(marieke, "Ik wil zo doorgaan")
    fatima.reload()
    assert "Opgelost in de afgelopen maand" in text_of(fatima)
    tell.look(fatima, "near-resolved")
