"""How long it takes to the first talk: published once a quarter, for everybody alike, and never about a few."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.story import AMSTERDAM, SLUG, as_person

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.course import plan_introduction
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request
from klankbord.engagements.actions.waiting import count_first_talks, publish_waiting
from klankbord.engagements.jobs import waiting
from klankbord.engagements.models import FirstTalk, Request, WaitingFigure
from klankbord.engagements.queries.doors import engagement_for
from klankbord.people.actions import add_person
from klankbord.people.models import Person, Unit

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def quarter(ago: int = 0) -> date:
    """The first day of this quarter, or of so many quarters ago."""
    today = clock.today()
    months = today.year * 12 + 3 * ((today.month - 1) // 3) - 3 * ago
    return date(months // 12, months % 12 + 1, 1)


def colleagues(cast: Cast, count: int) -> list[Person]:
    with as_person(cast.els):
        unit, first = Unit.objects.get(name="Kades"), Person.objects.count()
        return [
            add_person(
                name=f"Collega Nummer{number}",
                email=f"collega{number}@waterland.example",
                staff_number=f"C{number}",
                unit=unit,
            )
            for number in range(first, first + count)
        ]


def first_talk(cast: Cast, client: Person, coach: Person, on: date, waited: int) -> None:
    """Somebody who asked *waited* days before the talk of *on*."""
    at = datetime(on.year, on.month, on.day, 10, tzinfo=AMSTERDAM)
    with as_person(client):
        request = send_request(once=uuid4(), slug=SLUG, client=client, words="x", shared=False, wishes=Wishes())
        Request.objects.filter(pk=request.pk).update(sent_at=at - timedelta(days=waited))
    with as_person(cast.fatima):
        proposal = propose_coach(slug=SLUG, request=request, coach=coach)
    with as_person(client):
        engagement = choose_coach(slug=SLUG, proposal=proposal)
    with as_person(coach):
        standing = engagement_for(coach, engagement.pk)
        plan_introduction(standing=standing, slug=SLUG, starts_at=at, minutes=60, place="")


def told(cast: Cast, clients: list[Person], on: date, *days: int) -> None:
    coaches = [cast.marieke, cast.saskia]
    for number, (client, waited) in enumerate(zip(clients, days, strict=True)):
        first_talk(cast, client, coaches[number % 2], on, waited)


def published(cast: Cast, until: date) -> bool:
    with acting_in(cast.organisation.id):
        count_first_talks()
        return publish_waiting(today=until)


def figures(cast: Cast) -> list[tuple[date, int, int, int]]:
    with as_person(cast.willem):
        return list(WaitingFigure.objects.order_by("until").values_list("until", "low", "middle", "high"))


def test_from_five_people_up_everybody_reads_the_same_quartiles_in_whole_days(cast):
    told(cast, colleagues(cast, 5), quarter() - timedelta(days=20), 4, 8, 12, 17, 40)
    assert published(cast, clock.today())
    assert figures(cast) == [(quarter(), 8, 12, 17)]
    assert not published(cast, clock.today())
    for person in (cast.johan, cast.fatima):
        client = Client()
        client.force_login(person.account)
        page = client.get(reverse("ask", args=[SLUG])).content.decode()
        assert "Meestal zit je binnen 17 dagen met een coach om tafel." in page
        assert "8 tot 17 dagen, met 12 in het midden" in page


def test_about_four_people_nothing_is_said_however_often_they_asked(cast):
    four = colleagues(cast, 4)
    told(cast, four, quarter() - timedelta(days=20), 4, 8, 12, 17)
    first_talk(cast, four[0], cast.saskia, quarter() - timedelta(days=10), 40)
    assert not published(cast, clock.today())
    assert figures(cast) == []


def test_what_began_in_a_quarter_that_is_not_over_waits_for_its_end(cast):
    told(cast, colleagues(cast, 5), quarter(), 4, 8, 12, 17, 40)
    assert not published(cast, clock.today())


def test_two_years_beside_each_other_never_tell_about_a_few(cast):
    told(cast, colleagues(cast, 5), quarter(1) - timedelta(days=20), 4, 8, 12, 17, 40)
    told(cast, colleagues(cast, 1), quarter() - timedelta(days=20), 90)
    assert published(cast, quarter(1))
    assert not published(cast, quarter())
    told(cast, colleagues(cast, 4), quarter() - timedelta(days=20), 90, 90, 90, 90)
    assert published(cast, quarter())
    assert [until for until, *_ in figures(cast)] == [quarter(1), quarter()]


def test_the_job_counts_and_publishes_for_every_organisation(cast):
    told(cast, colleagues(cast, 5), quarter() - timedelta(days=20), 4, 8, 12, 17, 40)
    assert waiting(0) == 1
    with acting_in(cast.elsewhere.id, cast.noor.pk):
        assert not WaitingFigure.objects.exists()


def test_nobody_reads_who_waited_how_long_and_nobody_publishes_or_counts_by_hand(cast):
    told(cast, colleagues(cast, 5), quarter() - timedelta(days=20), 4, 8, 12, 17, 40)
    with acting_in(cast.organisation.id):
        assert count_first_talks() == 5
    for person in (cast.fatima, cast.els, cast.marieke):
        with as_person(person):
            assert not FirstTalk.objects.exists()
            assert count_first_talks() == 0
            assert not publish_waiting(today=clock.today())
            forged = WaitingFigure(organisation_id=cast.organisation.id, until=quarter(), low=1, middle=1, high=1)
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                forged.save(force_insert=True)


@pytest.mark.parametrize("until", [quarter() + timedelta(days=1), quarter(-1)])
def test_the_database_publishes_whole_quarters_that_are_over_and_nothing_else(cast, until):
    told(cast, colleagues(cast, 5), quarter() - timedelta(days=20), 4, 8, 12, 17, 40)
    with acting_in(cast.organisation.id), connection.cursor() as cursor:
        count_first_talks()
        cursor.execute("select engagements_publish_waiting(%s)", [until])
        assert cursor.fetchone() == (False,)
