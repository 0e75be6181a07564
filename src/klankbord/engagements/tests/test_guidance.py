"""What fits: five questions that leave no trace, the organisation's own addresses, and coming back after illness."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from tests.story import SLUG, as_person

from klankbord.core import clock
from klankbord.engagements.models import Request
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import PolicyContent
from klankbord.privacy.drafts import draft_at

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Na maanden thuis wil ik rustig weer beginnen."


def _in_force(cast, **addresses: str) -> None:
    body = PolicyContent(addresses=addresses).as_json()
    with as_person(cast.fatima):
        PolicyVersion(
            organisation=cast.organisation,
            number=1,
            state="published",
            body=body,
            author=cast.fatima,
            published_at=clock.now(),
        ).save(force_insert=True)


def test_the_answers_lead_to_what_fits_with_why_and_where_to_find_it_here(cast):
    _in_force(cast, mediation="Bel Greet, toestel 12", mentor="Zie de lijst op het prikbord")
    johan = Visitor(cast.johan)
    page = text_of(johan.send("what_fits", {"about": "conflict", "reach": "together"}))
    assert page.index("Mediation") < page.index("Change my answers")
    assert "Being stuck takes two." in page
    assert "Bel Greet, toestel 12" in page
    page = text_of(johan.send("what_fits", {"about": "way"}))
    assert "Zie de lijst op het prikbord" in page


def test_danger_puts_urgent_help_first_and_otherwise_it_stays_in_sight(cast):
    johan = Visitor(cast.johan)
    page = text_of(johan.send("what_fits", {"well": "danger", "about": "myself"}))
    assert page.index("0800-0113") < page.index("Fits best")
    page = text_of(johan.send("what_fits", {"about": "myself"}))
    assert page.index("0800-0113") > page.index("Fits best")
    assert "0800-0113" in text_of(johan.open("what_fits"))


def test_nothing_of_the_answers_is_kept_anywhere(cast):
    johan = Visitor(cast.johan)
    johan.open("what_fits")
    johan.send("what_fits", {"well": "danger", "about": "wrong", "help": "heard"})
    assert not {"danger", "wrong", "heard"} & set(re.findall(r"\w+", str(dict(johan.client.session))))
    with as_person(cast.johan), connection.cursor() as cursor:
        assert draft_at(johan.address("what_fits")) == {}
        cursor.execute("select count(*) from privacy_auditrow where actor_id = %s", [cast.johan.pk])
        assert cursor.fetchone()[0] == 0


def test_answers_in_the_address_are_not_read(cast):
    page = Visitor(cast.johan).client.get(reverse("what_fits", kwargs={"organisation": SLUG}) + "?well=danger")
    assert page.context["advice"] is None
    assert "checked" not in page.content.decode()


def test_an_answer_that_nobody_offered_counts_as_left_open(cast):
    answer = Visitor(cast.johan).send("what_fits", {"about": "<b>", "well": "ill"})
    assert answer.status_code == 200
    assert [one["id"] for one in answer.context["best"]] == ["company_doctor"]


def test_other_help_shows_the_organisations_own_addresses(cast):
    _in_force(cast, confidential_adviser="Yara, vertrouwenspersoon@waterland.example")
    page = text_of(Visitor(cast.johan).open("other_help"))
    assert 'href="mailto:vertrouwenspersoon@waterland.example"' in page.replace("'", '"')
    assert "Here with us:" in page


def test_an_address_is_text_and_never_markup(cast):
    _in_force(cast, company_doctor='<script>alert("x")</script>')
    page = Visitor(cast.johan).open("after_illness").content.decode()
    assert '<script>alert("x")' not in page
    assert "&lt;script&gt;" in page


def _ask(johan: Visitor, **more: str):
    return johan.send("ask", {"once": str(uuid4()), "words": WORDS, **more})


def test_coming_back_after_illness_is_referred_and_not_started(cast):
    johan = Visitor(cast.johan)
    assert _ask(johan, coming_back="on").headers["Location"] == johan.address("after_illness")
    page = text_of(johan.open("after_illness"))
    assert "company doctor" in page
    assert johan.open("ask_wishes").headers["Location"] == johan.address("after_illness")
    assert johan.open("ask_send").status_code == 302
    wishes = {"language": "nl", "place": "any", "employer": "any"}
    johan.send("ask_wishes", wishes)
    johan.send("ask_send", {"once": str(uuid4()), "seen": "x"})
    with as_person(cast.johan):
        assert not Request.objects.exists()


def test_going_on_about_something_else_keeps_the_words_and_takes_the_tick_away(cast):
    johan = Visitor(cast.johan)
    _ask(johan, coming_back="on")
    assert johan.send("after_illness", {"otherwise": "yes"}).headers["Location"] == johan.address("ask")
    page = johan.open("ask").content.decode()
    assert WORDS in page
    assert not re.search(r'name="coming_back"[^>]*checked', page)
    assert johan.open("ask_wishes").status_code == 200


def test_the_words_can_be_thrown_away_there(cast):
    johan = Visitor(cast.johan)
    _ask(johan, coming_back="on")
    johan.send("after_illness", {"forget": "yes"})
    assert WORDS not in johan.open("ask").content.decode()


def test_that_it_was_about_illness_lies_sealed_with_the_words_and_nowhere_else(cast):
    johan = Visitor(cast.johan)
    _ask(johan, coming_back="on")
    assert "coming_back" not in str(dict(johan.client.session))
    with as_person(cast.johan), connection.cursor() as cursor:
        assert draft_at(johan.address("ask"))["coming_back"] == "on"
        cursor.execute("select body from privacy_draft")
        assert not any(b"coming_back" in bytes(row[0]) for row in cursor.fetchall())
    assert not [field.name for field in Request._meta.get_fields() if "ill" in field.name or "back" in field.name]


def test_the_manager_finds_on_the_page_for_suggesting_what_coaching_is_not_for(cast):
    page = text_of(Visitor(cast.anton).open("suggest"))
    assert Visitor(cast.anton).address("what_fits") in page
    assert "the company doctor comes first" in page
