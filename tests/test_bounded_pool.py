"""How often pages about coaches ask the database: as often for twenty as for one."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from klankbord.coaches.actions.profiles import put_photo, say_about_profile
from klankbord.coaches.actions.quality import Statement, check_quality, state_quality
from klankbord.coaches.models import QualityFact
from klankbord.coaches.picture import photo_from
from klankbord.core import clock
from klankbord.people.models import Membership, Person
from tests.cast import Cast
from tests.part_pool import drawn, presented
from tests.story import SLUG, as_person
from tests.test_bounded_queries import MANY, Growing, _asked, _repeated, address, colleagues

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _joins(cast: Cast, coach: Person) -> None:
    """A coach with everything: a profile, a face, and an accreditation that ends soon."""
    presented(cast, coach)
    until = clock.today() + timedelta(days=50)
    statement = Statement(kind=QualityFact.Kind.ACCREDITATION, body="icf", valid_from=clock.today(), valid_until=until)
    with as_person(coach):
        put_photo(coach=coach, picture=photo_from(drawn(60, 60)))
        fact = state_quality(once=uuid.uuid4(), slug=SLUG, coach=coach, statement=statement)
    with as_person(cast.fatima):
        check_quality(fact=fact, looked=True)


def _many_coaches(cast: Cast) -> None:
    for coach in list(colleagues(cast, MANY - 1, role=Membership.Role.COACH)):
        _joins(cast, coach)


def coaches(cast: Cast) -> Iterator[str]:
    _joins(cast, cast.marieke)
    yield address("coaches")
    _many_coaches(cast)


def pool(cast: Cast) -> Iterator[str]:
    _joins(cast, cast.marieke)
    yield address("pool")
    _many_coaches(cast)


def trade(cast: Cast) -> Iterator[str]:
    def once() -> None:
        with as_person(cast.marieke):
            statement = Statement(kind=QualityFact.Kind.TRAINING, name="Iets", valid_from=clock.today())
            state_quality(once=uuid.uuid4(), slug=SLUG, coach=cast.marieke, statement=statement)

    once()
    yield address("my_quality")
    for _number in range(MANY - 1):
        once()


def words(cast: Cast) -> Iterator[str]:
    def once() -> None:
        with as_person(cast.fatima):
            say_about_profile(once=uuid.uuid4(), slug=SLUG, coach=cast.marieke, author=cast.fatima, text="Korter.")

    presented(cast, cast.marieke)
    once()
    yield address("my_profile")
    for _number in range(MANY - 1):
        once()


PAGES: tuple[tuple[str, Growing], ...] = (
    ("johan", coaches),
    ("fatima", pool),
    ("marieke", trade),
    ("marieke", words),
)


@pytest.mark.parametrize(("who", "growing"), PAGES, ids=[page.__name__ for _who, page in PAGES])
def test_a_page_about_coaches_asks_as_often_for_twenty_as_for_one(cast: Cast, who: str, growing: Growing) -> None:
    client = Client()
    client.force_login(cast.named(who).account)
    making = growing(cast)
    page = next(making)
    with_one, few = _asked(client, page)
    assert list(making) == []
    with_twenty, many = _asked(client, page)
    assert len(with_one) != len(with_twenty), "the page shows what was added"
    for alias, asked_for_one in few.items():
        assert len(many[alias]) == len(asked_for_one), _repeated(many[alias])
