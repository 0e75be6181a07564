"""Pages of the culture scan for coordinators ask as often for twenty rows as for one."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klankbord.culture.actions import choose_paper, draft_wave, open_wave
from klankbord.culture.models import Wave
from klankbord.people.actions import add_unit
from klankbord.people.models import Person, Unit
from tests.cast import Cast
from tests.scan import fill_units, plan
from tests.story import SLUG, as_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MANY = 20
type Growing = Callable[[Cast], Iterator[str]]


def _draft(cast: Cast, **more: object) -> Wave:
    with as_person(cast.fatima):
        return draft_wave(once=uuid.uuid4(), plan=plan(**more), contact=cast.fatima)


def _address(route: str, wave: Wave, **more: object) -> str:
    return reverse(route, kwargs={"organisation": SLUG, "scan": wave.pk, **more})


def _more_units(cast: Cast) -> None:
    with as_person(cast.els):
        top = Unit.objects.get(parent=None)
        for number in range(MANY):
            add_unit(name=f"Team {number}", parent=top)


def the_list(cast: Cast) -> Iterator[str]:
    _draft(cast)
    yield reverse("waves", args=[SLUG])
    for _ in range(MANY):
        _draft(cast)


def today(cast: Cast) -> Iterator[str]:
    _draft(cast)
    yield reverse("today", args=[SLUG])
    for _ in range(MANY - 5):
        _draft(cast)


def a_draft(cast: Cast) -> Iterator[str]:
    yield _address("wave", _draft(cast))
    fill_units(cast, 4)


def whom(cast: Cast) -> Iterator[str]:
    yield _address("wave_part", _draft(cast), part="wie")
    _more_units(cast)


def on_paper(cast: Cast) -> Iterator[str]:
    wave = _draft(cast)
    yield _address("wave_paper", wave)
    fill_units(cast, 4)
    with as_person(cast.fatima):
        choose_paper(wave=wave, people=list(Person.objects.values_list("pk", flat=True)), paper=True)


def what_opens(cast: Cast) -> Iterator[str]:
    yield _address("wave_open", _draft(cast))
    _more_units(cast)
    fill_units(cast, 1)


def what_is_open(cast: Cast) -> Iterator[str]:
    fill_units(cast, 1)
    wave = _draft(cast)
    with as_person(cast.fatima):
        choose_paper(wave=wave, people=[cast.johan.pk], paper=True)
        yield _address("wave", open_wave(wave=wave))
    wave = _draft(cast)
    with as_person(cast.fatima):
        choose_paper(wave=wave, people=list(Person.objects.values_list("pk", flat=True)), paper=True)
        yield _address("wave", open_wave(wave=wave))


@pytest.mark.parametrize("growing", [the_list, today, a_draft, whom, on_paper, what_opens, what_is_open])
def test_as_many_questions_for_twenty_as_for_one(growing: Growing, cast: Cast):
    client = Client()
    client.force_login(cast.fatima.account)

    def asked(where: str) -> int:
        assert client.get(where).status_code == 200
        with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as other:
            client.get(where)
        return len(one) + len(other)

    steps = growing(cast)
    where = next(steps)
    few = asked(where)
    many = asked(next(steps, where))
    assert few == many
