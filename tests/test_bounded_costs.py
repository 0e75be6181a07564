"""The pages of money ask the database as often for twenty coachings as for one."""

import uuid

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klankbord.core import clock
from klankbord.engagements.actions.costs import note_invoice, plan_costs
from klankbord.engagements.models import Engagement
from klankbord.people.actions import give_role
from klankbord.people.models import Membership
from tests.story import SLUG, as_person
from tests.test_bounded_queries import asked, colleagues

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _grow(cast, count):
    for client in colleagues(cast, count):
        request = asked(client)
        with as_person(client):
            engagement = Engagement(
                organisation_id=client.organisation_id, request=request, client=client, coach=cast.saskia, external=True
            )
            engagement.save(force_insert=True)
        with as_person(cast.fatima):
            cost = plan_costs(engagement=engagement, slug=SLUG, rate=10_000, minutes=60, talks=5, sponsor_pays=False)
            note_invoice(once=uuid.uuid4(), cost=cost, slug=SLUG, number="1", day=clock.today(), cents=10_000)


def _questions(person, route):
    client = Client()
    client.force_login(person.account)
    where = reverse(route, kwargs={"organisation": SLUG})
    client.get(where)
    with CaptureQueriesContext(connections["default"]) as asked_for:
        assert client.get(where).status_code == 200
    return len(asked_for)


@pytest.mark.parametrize("route", ["budget", "budget_xlsx", "budget_csv"])
def test_twenty_coachings_ask_as_much_as_one(cast, route):
    with as_person(cast.els):
        give_role(person=cast.fatima, role=Membership.Role.FINANCE)
    _grow(cast, 1)
    few = _questions(cast.fatima, route)
    _grow(cast, 19)
    assert _questions(cast.fatima, route) == few
