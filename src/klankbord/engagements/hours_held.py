"""What ``coaches`` asks of every app that holds talks: how many hours a coach held, by year (see ``coaches.hours``)."""

from collections.abc import Iterator

from django.db import connection

from klankbord.coaches.api import HeldInYear
from klankbord.core import clock


def hours_held() -> Iterator[HeldInYear]:
    """Talks of the acting person as a coach that began in the past and were not cancelled: sums by year and kind.

    An introduction counts as a kind of its own. Of whom the talks were, and on which days, is not told.
    """
    with connection.cursor() as cursor:
        cursor.execute("select year, kind, minutes, talks, clients from engagements_hours_held(%s)", [clock.now()])
        for year, kind, minutes, talks, clients in cursor.fetchall():
            yield HeldInYear(year, kind == "introduction", minutes, talks, clients)
