"""The pages of "does coaching fit here?" ask both databases as often for twenty rows as for one."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from klankbord.engagements.actions.fit import pass_on, reply, share
from klankbord.engagements.models import Engagement, FitLetter, Request
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.rules.suitability import Pattern
from klankbord.people.models import Person
from tests.cast import Cast
from tests.story import SLUG, as_person, matched, requested
from tests.test_bounded_queries import MANY, _asked, _repeated, address

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
type Growing = Callable[[Cast], Iterator[str]]


def _begun(cast: Cast) -> tuple[Request, Engagement]:
    _, _, request = requested(cast)
    return request, matched(cast, request)[1]


def _thought(cast: Cast, engagement: Engagement) -> None:
    once = uuid.uuid4()
    with as_person(cast.marieke):
        standing = engagement_for(cast.marieke, engagement.pk)
        share(once=once, standing=standing, slug=SLUG, text="Een gedachte.", pattern=Pattern.FILE)
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        reply(letter=FitLetter.objects.get(pk=once), standing=standing, slug=SLUG, text="Een antwoord.")


def _passed_on(person: Person, request: Request) -> None:
    with as_person(person):
        asked = Request.objects.select_related("client").get(pk=request.pk)
        pass_on(once=uuid.uuid4(), slug=SLUG, request=asked, pattern=Pattern.FILE, text="Eigen woorden.")


def with_the_client(cast: Cast) -> Iterator[str]:
    request, engagement = _begun(cast)
    for number in range(MANY):
        _thought(cast, engagement)
        _passed_on(cast.johan, request)
        if number == 0:
            yield address("request_fit", request_id=request.pk)


def with_the_coach(cast: Cast) -> Iterator[str]:
    _, engagement = _begun(cast)
    for number in range(MANY):
        _thought(cast, engagement)
        if number == 0:
            yield address("fit", engagement=engagement.pk)


def with_the_coordinator(cast: Cast) -> Iterator[str]:
    request, _ = _begun(cast)
    for number in range(MANY):
        _passed_on(cast.johan, request)
        if number == 0:
            yield address("fit_signals")


def on_today(cast: Cast) -> Iterator[str]:
    _, engagement = _begun(cast)
    for number in range(MANY):
        _thought(cast, engagement)
        if number == 0:
            yield address("today")


@pytest.mark.parametrize(
    ("who", "growing"),
    [
        ("johan", with_the_client),
        ("marieke", with_the_coach),
        ("fatima", with_the_coordinator),
        ("johan", on_today),
    ],
)
def test_a_page_about_whether_coaching_fits_asks_as_often_for_twenty_rows(
    cast: Cast, who: str, growing: Growing
) -> None:
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
