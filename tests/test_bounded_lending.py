"""The pages of lending ask as often for twenty rows as for one."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from klankbord.coaches.lending.actions import be_lent, invite, say_yes, take_up, write
from klankbord.coaches.models import LendingAgreement, Side
from klankbord.people.actions import add_person, give_role
from klankbord.people.models import Membership, Unit
from tests.cast import Cast
from tests.lending import agreed_on, own_side, terms
from tests.story import as_person
from tests.test_bounded_queries import _asked

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _another(cast: Cast) -> None:
    """One more agreement under which Bergland lends."""
    with as_person(cast.tom):
        code = invite(coordinator=cast.tom, side=Side.LENDS)
    with as_person(cast.fatima):
        own = take_up(code=code)
        write(agreement=LendingAgreement.objects.get(pk=own), terms=terms(), based_on=0)
    with as_person(cast.tom):
        say_yes(agreement=LendingAgreement.objects.get(state="drafting"), number=1)


def agreements(cast: Cast) -> Iterator[str]:
    """What a coordinator has with others."""
    agreed_on(cast)
    yield reverse("lending", args=["bergland"])
    for _ in range(4):
        _another(cast)


def may_be_lent(cast: Cast) -> Iterator[str]:
    """What a coach may take part in."""
    agreed_on(cast)
    yield reverse("being_lent", args=["bergland"])
    for _ in range(4):
        _another(cast)


def coaches_lent(cast: Cast) -> Iterator[str]:
    """The coaches of one agreement."""
    agreed_on(cast)
    with as_person(cast.tom):
        agreement = own_side(cast.tom)
    yield reverse("lending_agreement", args=["bergland", agreement.pk])
    for number in range(8):
        with as_person(cast.noor):
            coach = add_person(
                name=f"Coach Nummer{number}",
                email=f"coach{number}@bergland.example",
                staff_number=f"C{number}",
                unit=Unit.objects.get(parent=None),
            )
            give_role(person=coach, role=Membership.Role.COACH)
        with as_person(coach):
            be_lent(agreement=agreement, coach=coach, at_most=1)


@pytest.mark.parametrize(
    ("who", "growing"),
    [("tom", agreements), ("hanna", may_be_lent), ("tom", coaches_lent)],
    ids=["agreements", "may-be-lent", "coaches-lent"],
)
def test_a_page_of_lending_asks_as_often_for_many_rows_as_for_one(cast: Cast, who: str, growing) -> None:
    client = Client()
    client.force_login(cast.named(who).account)
    making = growing(cast)
    page = next(making)
    with_one, few = _asked(client, page)
    assert list(making) == []
    with_many, many = _asked(client, page)
    assert len(with_one) != len(with_many), "the page shows what was added"
    assert {alias: len(asked) for alias, asked in many.items()} == {alias: len(asked) for alias, asked in few.items()}
