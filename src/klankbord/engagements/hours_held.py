"""What ``coaches`` asks of every app that holds talks: how many hours a coach held, by year (see ``coaches.hours``)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import connection

from klankbord.coaches.api import HeldInYear, HoursInYear
from klankbord.core import clock


def hours_held() -> Iterator[HeldInYear]:
    """Talks of the acting person as a coach that began in the past and were not cancelled: sums by year and kind.

    An introduction counts as a kind of its own. Of whom the talks were, and on which days, is not told.
    """
    with connection.cursor() as cursor:
        cursor.execute("select year, kind, minutes, talks, clients from engagements_hours_held(%s)", [clock.now()])
        for year, kind, minutes, talks, clients in cursor.fetchall():
            yield HeldInYear(year, kind == "introduction", minutes, talks, clients)


def hours_of_coaches(person_ids: Sequence[UUID], first_year: int) -> Iterator[HoursInYear]:
    """Whole hours of talks of each of these coaches, by year from *first_year* until this month began; in one query.

    Under no person stand the years in which anybody held a talk. The database answers a coordinator, and a coach about
    the own hours; nobody else.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, year, hours from engagements_hours_of_coaches(%s, %s, %s)",
            [list(person_ids), first_year, clock.now()],
        )
        for person_id, year, hours in cursor.fetchall():
            yield HoursInYear(person_id, year, hours or 0)
