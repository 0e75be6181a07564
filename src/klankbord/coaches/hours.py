"""Hours of coaches, counted by every app that holds talks.

``coaches`` lies below those apps and may not import them. So each offers a module ``hours_held``, and they are found
here, as ``trail.py`` and ``notices.py`` are. It has two functions: ``hours_held`` for the acting coach, who accounts
for them, and ``hours_of_coaches`` for the norm of the policy.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Protocol, cast
from uuid import UUID

from klankbord.coaches.lending.queries import held_elsewhere
from klankbord.coaches.rules.hours import HeldInYear, HoursInYear, Year, by_year
from klankbord.core.of_apps import modules_named


class Counting(Protocol):
    """What an app that holds talks offers in its module ``hours_held``."""

    def hours_held(self) -> Iterable[HeldInYear]:
        """Sums of the acting coach, by year."""

    def hours_of_coaches(self, person_ids: Sequence[UUID], first_year: int) -> Iterable[HoursInYear]:
        """Whole hours of each of these coaches, by year, for whoever may know them; in one query."""


@cache
def _counting() -> Sequence[Counting]:
    return tuple(cast(Counting, module) for _app, module in modules_named("hours_held"))


def years_of_acting_coach() -> list[Year]:
    """The years in which the acting person held talks as a coach, here and as a guest elsewhere, latest first."""
    lent = (HeldInYear(one.year, one.introduction, one.minutes, one.talks, one.clients) for one in held_elsewhere())
    return by_year(chain((one for app in _counting() for one in app.hours_held()), lent))


def hours_for_norm(person_ids: Sequence[UUID], first_year: int) -> Mapping[tuple[UUID | None, int], int]:
    """Whole hours of these coaches by year, as far as the acting person may know; under None the years that count.

    Talks held here, until this month began. What a coach noted of before, or held as a guest elsewhere, is for the
    coach alone, so it is not in it.
    """
    found: dict[tuple[UUID | None, int], int] = {}
    for app in _counting():
        for one in app.hours_of_coaches(person_ids, first_year):
            found[one.person_id, one.year] = found.get((one.person_id, one.year), 0) + one.hours
    return found
