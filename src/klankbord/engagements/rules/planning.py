"""Planning the talks of an engagement: a fixed day and time, in a steady rhythm, around Dutch holidays.

The rhythm is people's rhythm: ten o'clock stays ten o'clock when the clocks change. A talk that falls on a
holiday moves alone; all others keep their date, because a fixed day is what makes a talk happen. The moved
talk looks for a place in the order people would: a week later, a week earlier, a nearby working day, and when
a whole stretch is closed, the first free week after it.

Holidays are the official Dutch ones. Good Friday is an ordinary working day (it is a day off by custom in some
places only) and Liberation Day counts in the years in which it is a national day off: every fifth year. An
organisation that closes on other days gives those days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from klankbord.core.spoken import date_words
from klankbord.policy.rules.content import TEMPLATE
from klankbord.policy.rules.finding import Finding, NotNow, Severity

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_WEEK = timedelta(weeks=1)
_WEEKEND = (5, 6)
_FURTHEST = 104  # weeks; who is away for two years has another question than a date
CLAUSE = "planning.holidays"
TO_COME = "planning.to_come"


@dataclass(frozen=True, slots=True)
class Holiday:
    """An official holiday under its name in both languages."""

    day: date
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One talk in the plan. ``starts`` is aware, in Dutch time. ``moved_because`` explains another day than usual."""

    number: int
    starts: datetime
    minutes: int
    moved_from: date | None = None
    moved_because: Finding | None = None

    @property
    def ends(self) -> datetime:
        """When the talk ends. Counted over UTC, so that an hour lasts an hour in the night the clocks change."""
        return (self.starts.astimezone(UTC) + timedelta(minutes=self.minutes)).astimezone(AMSTERDAM)

    @property
    def day(self) -> date:
        """The date of the talk, in Dutch time."""
        return self.starts.date()


@cache
def _holidays_of(year: int) -> dict[date, Holiday]:
    dutch = holidays.country_holidays("NL", years=year, language="nl")
    english = holidays.country_holidays("NL", years=year, language="en_US")
    good_friday = _good_friday(dutch)
    return {day: Holiday(day, _as_written(dutch[day]), english[day]) for day in sorted(dutch) if day != good_friday}


def _as_written(name: str) -> str:
    """Dutch writes "Koningsdag" with a capital, but "eerste kerstdag" without."""
    return name[:1].lower() + name[1:] if name.startswith(("Eerste ", "Tweede ")) else name


def _good_friday(dutch: holidays.HolidayBase) -> date | None:
    return next((day for day, name in dutch.items() if name == "Goede vrijdag"), None)


def holiday_on(day: date) -> Holiday | None:
    """The official Dutch holiday on this day, if there is one."""
    return _holidays_of(day.year).get(day)


def plan_sessions(
    first: datetime,
    *,
    count: int = TEMPLATE.talks.count,
    every_weeks: int = TEMPLATE.talks.weeks,
    minutes: int = TEMPLATE.talks.minutes,
    not_on: Collection[date] = (),
) -> list[PlannedSession]:
    """Plan ``count`` talks from ``first`` on, every ``every_weeks`` weeks, at the same day and time of the week.

    ``not_on`` holds further days on which there can be no talk: a closing day, a holiday of one of the two.
    The talks come in order of date, numbered from 1. Raises ``ValueError`` for a moment without a time zone or
    numbers below one, and ``NotNow`` when no day can be found.
    """
    if first.tzinfo is None:
        raise ValueError("first must carry a time zone")
    if min(count, every_weeks, minutes) < 1:
        raise ValueError("count, every_weeks and minutes start at 1")
    start = first.astimezone(AMSTERDAM)
    usual_days = [start.date() + number * every_weeks * _WEEK for number in range(count)]
    calendar = _Calendar(usual_days, frozenset(not_on))
    placed = sorted((calendar.place(usual), usual) for usual in usual_days)
    return [
        PlannedSession(
            number=number,
            starts=datetime.combine(day, start.time(), tzinfo=AMSTERDAM),
            minutes=minutes,
            moved_from=None if day == usual else usual,
            moved_because=None if day == usual else _moved_because(usual, day),
        )
        for number, (day, usual) in enumerate(placed, start=1)
    ]


def still_to_come(first: datetime, now: datetime) -> list[Finding]:
    """Whether talks can be planned from ``first`` on. Empty when that moment is still to come."""
    if first > now:
        return []
    day = first.astimezone(AMSTERDAM).date()
    return [
        Finding(
            code="planning.first_talk_passed",
            severity=Severity.BLOCKS,
            nl=f"Het eerste gesprek zou op {date_words(day, 'nl')} zijn, en dat moment is voorbij. "
            "Kies er een nieuw moment voor; daarna kunnen jullie ja zeggen.",
            en=f"The first talk would be on {date_words(day, 'en')}, and that moment has passed. "
            "Choose another moment for it; then you can both say yes.",
            clause=TO_COME,
        )
    ]


class _Calendar:
    """Which days are taken while one plan is being made."""

    def __init__(self, usual_days: list[date], not_on: frozenset[date]) -> None:
        self._first = usual_days[0]
        self._not_on = not_on
        # A talk that can stay where it is goes first, so that a moved one never pushes it aside.
        self._taken = {day for day in usual_days if self._is_open(day)}
        self._next_usual = dict(zip(usual_days, [*usual_days[1:], date.max], strict=True))

    def place(self, usual: date) -> date:
        """The day for the talk that would fall on ``usual``. To be asked in order of date."""
        day = usual if usual in self._taken else next(self._free_days(usual), None)
        if day is None:
            raise NotNow(_no_day(usual))
        self._taken.add(day)
        return day

    def _is_open(self, day: date) -> bool:
        return day not in self._not_on and holiday_on(day) is None

    def _free_days(self, usual: date) -> Iterator[date]:
        for day in _nearby(usual):
            if self._is_free(day) and self._keeps_order(day, usual):
                yield day
        for weeks in range(2, _FURTHEST):
            if self._is_free(day := usual + weeks * _WEEK):
                yield day

    def _is_free(self, day: date) -> bool:
        return self._is_open(day) and day not in self._taken

    def _keeps_order(self, day: date, usual: date) -> bool:
        # The talk before needs no asking: a week back is either after it, or its own place.
        return self._first <= day < self._next_usual[usual]


def _nearby(usual: date) -> Iterator[date]:
    """Days near ``usual`` in the order in which people would try them."""
    yield usual + _WEEK
    yield usual - _WEEK
    for distance in (1, -1, 2, -2, 3, -3):
        day = usual + timedelta(days=distance)
        if day.weekday() not in _WEEKEND:
            yield day


def _moved_because(usual: date, day: date) -> Finding:
    holiday = holiday_on(usual)
    if holiday:
        nl, en = f"is het {holiday.nl}", f"is {holiday.en}"
        code = "planning.moved_for_holiday"
    else:
        nl, en = "kan het niet", "is not possible"
        code = "planning.moved_for_closed_day"
    return Finding(
        code=code,
        severity=Severity.INFORMS,
        nl=f"{_capital(date_words(usual, 'nl', with_weekday=True))} {nl}. "
        f"Dit gesprek is nu op {date_words(day, 'nl', with_weekday=True)}.",
        en=f"{date_words(usual, 'en', with_weekday=True)} {en}. "
        f"This talk is now on {date_words(day, 'en', with_weekday=True)}.",
        clause=CLAUSE,
    )


def _no_day(usual: date) -> Finding:
    return Finding(
        code="planning.no_day",
        severity=Severity.BLOCKS,
        nl=f"Voor het gesprek van {date_words(usual, 'nl')} is in twee jaar geen dag te vinden.",
        en=f"For the talk of {date_words(usual, 'en')} no day can be found within two years.",
        clause=CLAUSE,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
