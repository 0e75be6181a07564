"""When everything in a story of the demo happened, counted back from today, on working days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from klankbord.demo.tales import Reaches, Tale
from klankbord.engagements.rules.planning import AMSTERDAM, PlannedSession, holiday_on, plan_sessions

ASKED_BEFORE = 28
"""Working days between a request and the first planned talk."""

_FAR_ENOUGH_BACK = 4  # weeks; holidays move a talk by one or two


@dataclass(frozen=True, slots=True)
class Diary:
    """The moments of one story. ``talks`` is empty until an agreement holds."""

    asked: datetime
    proposed: datetime
    chosen: datetime
    planned: datetime
    met: datetime
    agreed: datetime
    accepted: datetime
    first: datetime
    talks: tuple[PlannedSession, ...] = ()


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and holiday_on(day) is None


def working_moment(day: date, hour: int, minute: int = 0) -> datetime:
    """This hour on *day*, or on the last working day before it."""
    while not _is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(hour, minute), tzinfo=AMSTERDAM)


def working_days_from(day: date, count: int) -> date:
    """The day that lies so many working days after *day*, or, for a negative count, before it."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= _is_working_day(day)
    return day


def diary_of(tale: Tale, today: date) -> Diary:
    """The moments of *tale*, as seen from *today*. Whatever happened, happened before today, and in this order."""
    talks = _talks_until(tale, today) if tale.talks else ()
    asked = working_days_from(talks[0].day, -ASKED_BEFORE) if talks else working_days_from(today, -tale.days_ago)

    def moment(days: int, hour: int, minute: int = 0) -> datetime:
        return working_moment(working_days_from(asked, days), hour, minute)

    upcoming = _next_week(tale, today)
    return Diary(
        asked=moment(0, 20, 10),
        proposed=moment(2, 11, 35),
        chosen=moment(3, 8, 50),
        planned=moment(4, 16, 20),
        met=upcoming if tale.reaches is Reaches.INTRODUCTION else moment(11, tale.hour),
        agreed=moment(13, 13, 15),
        accepted=moment(16, 9, 30),
        first=talks[0].starts if talks else upcoming,
        talks=talks,
    )


def _next_week(tale: Tale, today: date) -> datetime:
    """The fixed weekday and hour of this story in the week after this one; a holiday moves it as it moves any talk."""
    day = today + timedelta(days=7 - today.weekday() + tale.weekday)
    usual = datetime.combine(day, time(tale.hour), tzinfo=AMSTERDAM)
    return plan_sessions(usual, count=1)[0].starts


def _talks_until(tale: Tale, today: date) -> tuple[PlannedSession, ...]:
    """All planned talks, such that exactly those that were told lie behind us and the next one is still some days off.

    Raises ``ValueError`` when no such plan exists.
    """
    for first in _first_days(tale, today):
        start = datetime.combine(first, time(tale.hour), tzinfo=AMSTERDAM)
        planned = plan_sessions(start, count=tale.count, every_weeks=tale.weeks)
        quiet_since, soon = today - timedelta(days=tale.quiet_days), today + timedelta(days=1)
        behind = sum(talk.day <= quiet_since for talk in planned)
        ahead = sum(talk.day > soon for talk in planned)
        # Nobody begins on a holiday; such a plan would begin with a talk that was moved.
        if behind == len(tale.talks) and behind + ahead == tale.count and planned[0].moved_from is None:
            return tuple(planned)
    raise ValueError(f"no plan for the talks of {tale.client}")


def _first_days(tale: Tale, today: date) -> Iterator[date]:
    """Days on which the first talk may have been, likeliest first: the fixed weekday, or another around holidays."""
    latest = today - timedelta(days=tale.quiet_days, weeks=(len(tale.talks) - 1) * tale.weeks)
    for weekday in (tale.weekday, *(day for day in range(5) if day != tale.weekday)):
        nearest = latest - timedelta(days=(latest.weekday() - weekday) % 7)
        for weeks in range(_FAR_ENOUGH_BACK):
            yield nearest - timedelta(weeks=weeks)
