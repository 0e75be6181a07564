"""The word an organisation chose is on its screens, in its findings and nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from klankbord.core.tenant import acting_in
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import ClientWord, PolicyContent
from klankbord.policy.texts import policy_clause

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OWN = ClientWord(one="teamlid", many="teamleden", article="het", one_en="apprentice", many_en="apprentices")


@pytest.fixture
def published(cast):
    with acting_in(cast.organisation.pk, cast.fatima.pk):
        PolicyVersion(
            organisation=cast.organisation,
            number=1,
            state=PolicyVersion.State.PUBLISHED,
            body=PolicyContent(word=OWN).as_json(),
            author=cast.fatima,
        ).save(force_insert=True)
    return cast


def page(person, slug):
    client = Client()
    client.force_login(person.account)
    return client.get(reverse("who_sees_what", kwargs={"organisation": slug})).content.decode()


def test_it_stands_on_the_screens_of_that_organisation_alone(published):
    own = page(published.johan, "waterland")
    assert "zodra het teamlid ja zegt" in own
    assert "klant" not in own
    elsewhere = page(published.noor, "bergland")
    assert "zodra de klant ja zegt" in elsewhere
    assert "teamlid" not in elsewhere


def test_it_stands_in_the_texts_of_the_profession_in_both_languages(published):
    clause = policy_clause("match.client_chooses").wording
    with acting_in(published.organisation.pk, published.johan.pk):
        assert clause.text("nl").startswith("Het teamlid kiest")
        assert clause.text("en").startswith("The apprentice chooses")
    assert clause.text("nl").startswith("De klant kiest")


def test_english_has_it_too(published):
    with translation.override("en"), acting_in(published.organisation.pk, published.johan.pk):
        assert gettext("once [[the client]] says yes") == "once the apprentice says yes"


def test_what_is_no_word_falls_back_to_the_usual_one(cast):
    with acting_in(cast.organisation.pk, cast.fatima.pk):
        PolicyVersion(
            organisation=cast.organisation,
            number=1,
            state=PolicyVersion.State.PUBLISHED,
            body=PolicyContent(word=ClientWord(one="<script>")).as_json(),
            author=cast.fatima,
        ).save(force_insert=True)
    assert "<script>alert" not in page(cast.johan, "waterland")
    assert "zodra de klant ja zegt" in page(cast.johan, "waterland")
