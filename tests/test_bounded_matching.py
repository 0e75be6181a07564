"""The pages of choosing a coach ask both databases as often for twenty coaches as for one."""

import uuid

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klankbord.engagements.actions.requests import Wishes, propose_coaches, send_request
from klankbord.people.actions import give_role
from klankbord.people.models import Membership
from tests.part_pool import presented
from tests.story import SLUG, as_person
from tests.test_bounded_queries import colleagues

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def request_of_johan(cast):
    with as_person(cast.johan):
        return send_request(
            once=uuid.uuid4(),
            slug=SLUG,
            client=cast.johan,
            words="x",
            shared=True,
            wishes=Wishes(themes=("project",), sensitive_themes=("strain",), coach=cast.marieke.pk),
        )


def _questions(person, address):
    client = Client()
    client.force_login(person.account)
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as asked, CaptureQueriesContext(connections["keys"]) as keys:
        assert client.get(address).status_code == 200
    return len(asked), len(keys)


def test_twenty_coaches_ask_as_much_as_one(cast, request_of_johan):
    address = reverse("request_to_match", args=[SLUG, request_of_johan.pk])
    presented(cast, cast.marieke)
    few = _questions(cast.fatima, address)
    for coach in colleagues(cast, 19, manager=cast.els):
        with as_person(cast.els):
            give_role(person=coach, role=Membership.Role.COACH)
        presented(cast, coach)
    assert _questions(cast.fatima, address) == few


def test_three_proposals_ask_the_client_as_much_as_one(cast, request_of_johan):
    address = reverse("request", args=[SLUG, request_of_johan.pk])
    with as_person(cast.els):
        give_role(person=cast.ruben, role=Membership.Role.COACH)
    for coach in (cast.marieke, cast.saskia, cast.ruben):
        presented(cast, coach)
    with as_person(cast.fatima):
        propose_coaches(slug=SLUG, request=request_of_johan, coaches=[cast.marieke])
    few = _questions(cast.johan, address)
    with as_person(cast.fatima):
        propose_coaches(slug=SLUG, request=request_of_johan, coaches=[cast.saskia, cast.ruben])
    assert _questions(cast.johan, address) == few
