"""Choosing who you are: open to everybody in a demo, and nowhere else."""

from __future__ import annotations

import re

import pytest

import klankbord.config.urls
import klankbord.demo.urls
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.culture.queries.waves import wave_behind
from klankbord.demo.cast import CAST

# The route as in a demo, also where the installation under test is none.
urlpatterns = [*klankbord.demo.urls.urlpatterns, *klankbord.config.urls.urlpatterns]


pytestmark = [
    pytest.mark.usefixtures("built", "_as_in_a_demo"),
    pytest.mark.django_db(databases=["default", "keys"]),
]


@pytest.fixture
def _as_in_a_demo(settings):
    settings.DEMO = True
    settings.ROOT_URLCONF = __name__


def test_the_page_names_everybody_with_what_there_is_to_do(client):
    page = client.get("/demo/").content.decode()
    assert all(one.name in page and one.email in page for one in CAST)


def test_choosing_somebody_opens_their_day_in_their_own_organisation(client):
    for character in CAST:
        answer = client.post("/demo/", {"email": character.email}, follow=True)
        assert answer.redirect_chain[-1][0] == f"/{character.slug}/"
        assert answer.status_code == 200
        assert character.first_name in answer.content.decode()


def test_hedwig_finds_the_figures_of_the_whole_on_her_day_and_nothing_of_anybody(client):
    day = client.post("/demo/", {"email": "hedwig.vanasselt@waterland.example"}, follow=True).content.decode()
    reading = day.partition('id="figures-title"')[2].partition("</section>")[0]
    ways = re.findall(r'href="(/waterland/cultuur/[^"]*)"', reading)
    assert len(ways) == 6
    assert all(client.get(way).status_code == 200 for way in ways)
    groups = client.get(next(way for way in ways if way.endswith("/groepen/"))).content.decode()
    [title] = re.findall(r'id="by-dimensions-title">([^<]+)<', groups)
    assert "uit elkaar" in title
    assert "‘Leidinggevenden die coachen en leren’" in title
    assert client.get("/waterland/budget/").status_code == 200
    for closed in ("trajecten", "aanvragen", "mensen"):
        assert client.get(f"/waterland/{closed}/").status_code == 403, closed


def test_a_letter_leads_to_the_questionnaire_and_signs_nobody_in(client):
    page = client.get("/demo/").content.decode()
    assert page.count("/demo/brief/") == sum(one.slug == "waterland" for one in CAST)
    answer = client.post("/demo/brief/", {"email": CAST[0].email})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/waterland/scan/")
    assert "_auth_user_id" not in client.session
    with acting_in(Organisation.objects.get(slug="waterland").pk):
        wave = wave_behind(answer["Location"].split("/")[3])
        assert wave
        assert wave.state == "open"
    assert client.post("/demo/brief/", {"email": "noor.haddad@bergland.example"}).status_code == 404
    assert client.post("/demo/brief/", {"email": "roos.hendriks@waterland.example"}).status_code == 404


def test_somebody_who_is_no_character_cannot_be_chosen(client):
    assert client.post("/demo/", {"email": "roos.hendriks@waterland.example"}).status_code == 404
    assert client.post("/demo/", {}).status_code == 404


def test_outside_a_demo_the_page_does_not_exist_even_when_it_is_routed(client, settings):
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"email": CAST[0].email}).status_code == 404
    assert client.post("/demo/brief/", {"email": CAST[0].email}).status_code == 404
    assert "_auth_user_id" not in client.session
