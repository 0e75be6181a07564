"""Hours of the acting coach, counted by every app that holds talks.

``coaches`` lies below those apps and may not import them. So each offers a module ``hours_held`` with one function of
that name, and they are found here, as ``trail.py`` and ``notices.py`` are.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from itertools import chain

from django.apps import apps

from klankbord.coaches.lending.queries import held_elsewhere
from klankbord.coaches.rules.hours import HeldInYear, Year, by_year

type Counts = Callable[[], Iterable[HeldInYear]]


@cache
def _counting() -> Sequence[Counts]:
    found: list[Counts] = []
    for config in apps.get_app_configs():
        if not config.name.startswith("klankbord."):
            continue
        try:
            module = import_module(f"{config.name}.hours_held")
        except ModuleNotFoundError as error:
            if error.name != f"{config.name}.hours_held":
                raise
            continue
        found.append(module.hours_held)
    return tuple(found)


def years_of_acting_coach() -> list[Year]:
    """The years in which the acting person held talks as a coach, here and as a guest elsewhere, latest first."""
    lent = (HeldInYear(one.year, one.introduction, one.minutes, one.talks, one.clients) for one in held_elsewhere())
    return by_year(chain((one for count in _counting() for one in count()), lent))
