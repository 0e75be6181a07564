"""What external coaching costs: booked, planned, agreed, invoiced; and no name leaves the organisation."""

import uuid

import pytest

from klankbord.core import clock
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request
from klankbord.people.actions import give_role
from klankbord.people.models import Membership
from tests.browser.telling import fill, press, text_of
from tests.story import SLUG, as_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def _coached_by_saskia(cast):
    with as_person(cast.els):
        give_role(person=cast.fatima, role=Membership.Role.FINANCE)
    with as_person(cast.johan):
        request = send_request(
            once=uuid.uuid4(), slug=SLUG, client=cast.johan, words="Hardop denken.", shared=False, wishes=Wishes()
        )
    with as_person(cast.fatima):
        proposal = propose_coach(slug=SLUG, request=request, coach=cast.saskia)
    with as_person(cast.johan):
        choose_coach(slug=SLUG, proposal=proposal)


def test_fatima_books_a_year_and_saskia_agrees_to_an_amount(tell, site, no_barriers):
    _coached_by_saskia(site.cast)
    fatima = tell("fatima")
    fatima.get_by_role("link", name="Trajecten").first.click()
    press(fatima, "Naar het budget")
    fill(fatima, "Geboekt voor externe coaching", "veel")
    press(fatima, "Boek dit bedrag")
    assert "Schrijf een bedrag in euro's" in text_of(fatima)
    fill(fatima, "Geboekt voor externe coaching", "1.000")
    press(fatima, "Boek dit bedrag")
    assert "1.000,00" in text_of(fatima)
    press(fatima, "Johan de Wit met Saskia Mulder")
    fill(fatima, "Tarief per uur", "125,50")
    fill(fatima, "Minuten per gesprek", "60")
    fill(fatima, "Aantal gesprekken", "7")
    press(fatima, "Leg voor aan Saskia")
    assert "878,50" in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "costs")

    saskia = tell("saskia")
    saskia.get_by_role("link", name="Mijn coaching").first.click()
    press(saskia, "Johan")
    press(saskia, "Wat het kost")
    no_barriers(saskia)
    tell.look(saskia, "costs-for-the-coach")
    press(saskia, "Akkoord met € 878,50")
    assert "Saskia ging op" in text_of(saskia)

    fatima.reload()
    fill(fatima, "Factuurnummer", "2026-14")
    fill(fatima, "Factuurdatum", clock.today().isoformat())
    fill(fatima, "Bedrag in euro's", "251")
    press(fatima, "Noteer de factuur")
    press(fatima, "Budget")
    assert "80 procent of meer vergeven" in text_of(fatima)
    assert "251,00" in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "budget")

    johan = tell("johan")
    johan.get_by_role("link", name="Coaching").first.click()
    press(johan, "Saskia")
    press(johan, "Wat het kost")
    assert "878,50" in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "costs-for-the-client")
