"""The pages of the policy ask as often with twenty versions as with two."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from klankbord.core import clock
from klankbord.policy.actions import begin_draft, publish_policy
from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import policy_in_force
from tests.cast import Cast
from tests.story import SLUG, as_person
from tests.test_bounded_queries import _asked

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PAGES = ("policy", "policy_compare", "policy_draft", "today")


def published(cast: Cast, versions: int) -> None:
    """So many versions in all, and a draft."""
    with as_person(cast.fatima):
        for _ in range(PolicyVersion.objects.exclude(number=None).count(), versions):
            publish_policy(draft=begin_draft(), note="Zo.", review_on=clock.today() + timedelta(days=20))
        begin_draft()


def test_a_page_of_the_policy_asks_as_often_for_twenty_versions_as_for_two(cast):
    client = Client()
    client.force_login(cast.fatima.account)
    places = [reverse(route, kwargs={"organisation": SLUG}) for route in PAGES]
    published(cast, 2)
    few = [_asked(client, place) for place in places]
    published(cast, 20)
    many = [_asked(client, place) for place in places]
    for place, (_, before), (_, after) in zip(places, few, many, strict=True):
        assert [len(asked) for asked in after.values()] == [len(asked) for asked in before.values()], place
    assert len(many[0][0]) > len(few[0][0]), "the page shows what was added"


def test_what_holds_now_is_one_question(cast, django_assert_num_queries):
    published(cast, 2)
    with as_person(cast.johan), django_assert_num_queries(1):
        assert policy_in_force().number == 2
