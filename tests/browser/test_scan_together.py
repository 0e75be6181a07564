"""Four hundred people answer one culture scan over the wire, and four people read what came of it."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from klankbord.core.tenant import acting_in
from klankbord.culture.answering import screens_of
from klankbord.culture.models import Publication, Wave
from klankbord.people.actions import give_role
from klankbord.people.models import Membership
from tests.browser.conftest import Site, run_queue
from tests.browser.telling import press, text_of
from tests.scan import Asked, asked, fill_units, opened_wave, some_values

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
EACH = 80
AT_ONCE = 4


def _sends(site: Site, wave: Wave, one: Asked) -> bool:
    """Send the whole questionnaire as a browser without JavaScript does from the last page; whether it was received."""
    values = some_values(wave, one.person.pk)
    filled = {item: str(value) for item, value in values.items() if value}
    form = {**filled, "at": str(len(screens_of(wave)) + 1), "go": "send", "language": "nl"}
    request = Request(
        f"{site.url}/waterland/scan/{one.given}/", data=urlencode(form).encode(), headers={"Accept-Language": "nl"}
    )
    with urlopen(request) as answer:
        return "Je antwoorden liggen in de stembus" in answer.read().decode()


def test_four_hundred_people_answer_and_four_read_what_they_may(tell, site):
    cast = site.cast
    fill_units(cast, EACH)
    with acting_in(cast.organisation.id, cast.els.pk):
        give_role(person=cast.ruben, role=Membership.Role.LEADERSHIP)
    wave = opened_wave(cast)
    people = asked(cast, wave)[:400]
    assert len(people) == 400
    with ThreadPoolExecutor(AT_ONCE) as several:
        assert all(several.map(lambda one: _sends(site, wave, one), people))
    assert not _sends(site, wave, people[0]), "one answer for each link"

    fatima = tell("fatima")
    fatima.get_by_role("link", name="Een cultuurscan houden", exact=True).click()
    fatima.get_by_role("link", name=re.compile("Hoe leren wij")).first.click()
    press(fatima, "Sluit hem eerder")
    press(fatima, "Sluit hem nu, voor iedereen")
    fatima.get_by_role("button", name="Sluit hem nu").wait_for(state="detached")
    run_queue()
    with acting_in(cast.organisation.id, cast.fatima.pk):
        assert Wave.objects.get(pk=wave.pk).state == "published"
        assert Publication.objects.filter(wave=wave).count() == 1

    for name, may in (("johan", False), ("anton", False), ("fatima", True), ("ruben", True)):
        page = tell(name)
        press(page, "Hoe wij leren: wat de cultuurscan vertelt")
        assert re.search(r"400 van \d+ mensen hebben geantwoord", text_of(page)), name
        beside = page.get_by_role("link", name="Alle afdelingen naast elkaar")
        assert (beside.count() > 0) is may, name
