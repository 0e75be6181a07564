"""On whatever day the demo is built, its stories lie in order and in the past, and what is to come is still to come."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.demo.diary import diary_of, working_days_from, working_moment
from klankbord.demo.tales import Reaches, Tale, tales

STEPS = {Reaches.WAITING: 1, Reaches.PROPOSED: 2, Reaches.INTRODUCTION: 4, Reaches.AGREEMENT: 6}


@given(st.dates(date(2025, 1, 1), date(2060, 12, 31)), st.sampled_from(tales()))
def test_what_happened_happened_in_order_and_before_today(today: date, tale: Tale):
    diary = diary_of(tale, today)
    moments = [diary.asked, diary.proposed, diary.chosen, diary.planned, diary.met, diary.agreed, diary.accepted]
    moments = moments[: STEPS.get(tale.reaches)] + [talk.starts for talk in diary.talks[: len(tale.talks)]]
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert moments[-1].date() < today


@given(st.dates(date(2025, 1, 1), date(2060, 12, 31)), st.sampled_from([one for one in tales() if one.talks]))
def test_the_talks_that_were_told_are_behind_and_the_others_ahead(today: date, tale: Tale):
    talks = diary_of(tale, today).talks
    assert len(talks) == tale.count
    assert sum(talk.day < today for talk in talks) == len(tale.talks)
    assert all(talk.day != today for talk in talks)


@given(st.dates(date(2025, 1, 1), date(2060, 12, 31)))
def test_an_introduction_is_ahead_within_some_two_weeks_also_when_there_are_holidays_in_them(today: date):
    [tale] = [one for one in tales() if one.reaches is Reaches.INTRODUCTION]
    assert today < diary_of(tale, today).met.date() <= today + timedelta(days=18)


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 1, 4), date(2026, 1, 2)), (date(2026, 1, 1), date(2025, 12, 31))]
)
def test_on_a_sunday_or_a_holiday_people_had_done_it_on_the_working_day_before(day: date, expected: date):
    assert working_moment(day, 9).date() == expected


def test_working_days_are_counted_over_weekends_and_holidays():
    assert working_days_from(date(2025, 12, 24), 2) == date(2025, 12, 30)
    assert working_days_from(date(2025, 12, 30), -2) == date(2025, 12, 24)
    assert working_days_from(date(2025, 12, 27), 0) == date(2025, 12, 27)
