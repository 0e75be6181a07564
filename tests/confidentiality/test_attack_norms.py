"""What the norms of the policy count about a coach, asked by everybody who has no use for it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.requests import step_aside
from klankbord.engagements.models import Request, Session
from klankbord.people.actions import take_role
from klankbord.people.models import Membership
from tests.story import AMSTERDAM, as_person, running

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
# Whoever is neither Marieke nor a coordinator: her client, managers, an administrator, other coaches.
OTHERS = ("johan", "anton", "els", "ruben", "willem", "bram", "saskia")


@pytest.fixture
def story(cast):
    """Two talks of Marieke's were last year: one in October, one on the third of November."""
    story = running(cast)
    with as_person(cast.marieke):
        sessions = Session.objects.filter(engagement=story.engagement)
        assert sessions.filter(number=1).update(starts_at=at(10, 14)) == 1
        assert sessions.filter(number=2).update(starts_at=at(11, 3), minutes=90) == 1
        # An introduction is not in the hours, and a talk that was cancelled neither.
        assert sessions.filter(number=0).update(starts_at=at(9, 1)) == 1
        assert sessions.filter(number=3).update(starts_at=at(9, 8), state=Session.State.CANCELLED) == 1
    return story


def at(month: int, day: int) -> datetime:
    return datetime(clock.today().year - 1, month, day, 10, tzinfo=AMSTERDAM)


def hours(wanted, moment=None) -> dict[object, int | None]:
    """What the database says of last year, by person."""
    year = clock.today().year - 1
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, year, hours from engagements_hours_of_coaches(%s, %s, %s)",
            [[one.pk for one in wanted], year, moment or clock.now()],
        )
        return {row[0]: row[2] for row in cursor.fetchall() if row[1] == year}


def rows(asked: str, wanted) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(asked, [[one.pk for one in wanted]])
        return cursor.fetchall()


def test_hours_are_told_to_the_coach_and_to_coordinators_and_to_nobody_else(story, cast):
    both = (cast.marieke, cast.willem)
    for name in ("fatima", "marieke"):
        with as_person(cast.named(name)):
            assert hours(both) == {cast.marieke.pk: 2, None: None}, name
    for name in OTHERS:
        with as_person(cast.named(name)):
            assert set(hours(both)) <= {None}, name
    for name in ("johan", "anton", "els"):
        with as_person(cast.named(name)):
            assert hours(both) == {}, "not even whether anybody coached"
    with acting_in(cast.elsewhere.pk, cast.noor.pk):
        assert hours(both) == {}
    with acting_in(cast.organisation.pk):
        assert hours(both) == {}, "nobody in particular asks"


def test_from_hours_nobody_can_tell_on_which_day_somebody_talked(story, cast):
    with as_person(cast.fatima):
        told = {day: hours([cast.marieke], at(11, day)).get(cast.marieke.pk) for day in (1, 2, 3, 4, 29)}
        assert set(told.values()) == {1}, "the talk of the third counts once the month is over"
        assert hours([cast.marieke], at(12, 1))[cast.marieke.pk] == 2
        assert hours([cast.marieke], clock.now() + timedelta(days=900)) == hours([cast.marieke])


def test_of_a_coaching_a_coordinator_stepped_aside_from_no_hours_are_told(story, cast):
    with as_person(cast.fatima):
        step_aside(request=Request.objects.get(pk=story.request.pk))
        assert cast.marieke.pk not in hours([cast.marieke])
    with as_person(cast.marieke):
        assert hours([cast.marieke])[cast.marieke.pk] == 2


def test_papers_and_intervision_are_told_to_the_coach_and_to_coordinators_and_to_nobody_else(story, cast):
    papers = "select person_id from coaches_held(%s)"
    intervision = "select person_id from coaches_intervision_counts(%s, 2000) where person_id is not null"
    anybody = "select person_id from coaches_intervision_counts(%s, 2000)"
    both = (cast.marieke, cast.willem)
    for asked in (papers, intervision):
        with as_person(cast.fatima):
            assert (cast.marieke.pk,) in rows(asked, both)
        with as_person(cast.marieke):
            assert set(rows(asked, both)) == {(cast.marieke.pk,)}
        for name in OTHERS:
            with as_person(cast.named(name)):
                assert rows(asked, [cast.marieke]) == [], (name, asked)
    for name in ("johan", "anton", "els"):
        with as_person(cast.named(name)):
            assert rows(anybody, both) == [], "nor that intervision is kept at all"


def test_who_is_coordinator_no_longer_is_told_nothing(story, cast):
    with as_person(cast.els):
        take_role(person=cast.fatima, role=Membership.Role.COORDINATOR)
    with as_person(cast.fatima):
        assert hours([cast.marieke]) == {}
        assert rows("select * from coaches_held(%s)", [cast.marieke]) == []
        assert rows("select * from coaches_intervision_counts(%s, 2000)", [cast.marieke]) == []
