"""Pages of matching a group and of who came to stand near whom ask as often for twenty rows as for one."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.nearness import look_for_nearness
from klankbord.engagements.actions.rounds import start_round
from klankbord.engagements.models import Course, Engagement, MatchRound, Participant, Request
from klankbord.engagements.queries.rounds import rows_of, waiting_requests
from klankbord.people.actions import add_person, give_role
from klankbord.people.models import Membership, Person
from tests.cast import Cast
from tests.story import SLUG, as_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MANY = 20
type Growing = Callable[[Cast], Iterator[str]]


def _colleague(cast: Cast, number: int, **place: object) -> Person:
    with as_person(cast.els):
        usual = {"unit": cast.anton.unit, "manager": cast.anton}
        return add_person(
            name=f"Klant {number}", email=f"k{number}@waterland.example", staff_number=f"9{number}", **(usual | place)
        )


def _coaches_join(cast: Cast) -> None:
    with as_person(cast.els):
        for number in range(MANY):
            coach = add_person(
                name=f"Coach {number}",
                email=f"c{number}@waterland.example",
                staff_number=f"8{number}",
                unit=cast.marieke.unit,
                manager=None,
            )
            give_role(person=coach, role=Membership.Role.COACH)


def _asks(cast: Cast, person: Person) -> None:
    with as_person(person):
        Request(organisation=cast.organisation, client=person).save(force_insert=True)


def _laid(cast: Cast) -> MatchRound:
    with as_person(cast.fatima):
        return start_round(
            once=uuid.uuid4(), coordinator=cast.fatima, requests=list(waiting_requests(cast.fatima)), also=0
        )


def _address(route: str, **more: object) -> str:
    return reverse(route, kwargs={"organisation": SLUG, **more})


def whom(cast: Cast) -> Iterator[str]:
    _asks(cast, _colleague(cast, 0))
    _laid(cast)
    yield _address("rounds")
    for number in range(1, MANY):
        _asks(cast, _colleague(cast, number))
    _laid(cast)


def a_sheet(cast: Cast) -> Iterator[str]:
    _asks(cast, _colleague(cast, 0))
    yield _address("round", round_id=_laid(cast).pk)
    _coaches_join(cast)
    for number in range(1, MANY):
        _asks(cast, _colleague(cast, number))
    yield _address("round", round_id=_laid(cast).pk)


def a_row(cast: Cast) -> Iterator[str]:
    def place() -> str:
        made = _laid(cast)
        with as_person(cast.fatima):
            return _address("round_row", round_id=made.pk, row_id=rows_of(made)[0].pk)

    _asks(cast, _colleague(cast, 0))
    yield place()
    _coaches_join(cast)
    for number in range(1, MANY):
        _asks(cast, _colleague(cast, number))
    yield place()


def near(cast: Cast) -> Iterator[str]:
    def once(number: int) -> None:
        client = _colleague(cast, number, manager=cast.marieke)
        with as_person(client):
            same = {"organisation": cast.organisation}
            request = Request(**same, client=client, state="matched")
            request.save(force_insert=True)
            engagement = Engagement(**same, request=request, client=client, coach=cast.marieke)
            engagement.save(force_insert=True)
            Participant(**same, engagement=engagement, person=client, role="client").save(force_insert=True)
            Course(**same, engagement=engagement).save(force_insert=True)

    def look() -> None:
        with acting_in(cast.organisation.pk):
            look_for_nearness(slug=SLUG)

    once(0)
    look()
    yield _address("nearness")
    for number in range(1, MANY):
        once(number)
    look()


@pytest.mark.parametrize("growing", [whom, a_sheet, a_row, near])
def test_as_many_questions_for_twenty_as_for_one(growing: Growing, cast: Cast):
    client = Client()
    client.force_login(cast.fatima.account)

    def asked(where: str) -> int:
        # Who opened something is noted once a day: the first look writes, the second only reads.
        assert client.get(where).status_code == 200
        with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as other:
            client.get(where)
        return len(one) + len(other)

    steps = growing(cast)
    where = next(steps)
    few = asked(where)
    many = asked(next(steps, where))
    assert few == many
