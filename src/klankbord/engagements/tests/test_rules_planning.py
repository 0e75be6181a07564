"""Planning talks around Dutch holidays, at the same hour by the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klankbord.core.wording import LANGUAGES
from klankbord.engagements.rules.planning import AMSTERDAM, PlannedSession, holiday_on, plan_sessions, still_to_come
from klankbord.policy.rules.finding import NotNow


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=AMSTERDAM)


def days(sessions: list[PlannedSession]) -> list[date]:
    return [session.day for session in sessions]


def test_johans_seven_talks_come_every_three_weeks() -> None:
    sessions = plan_sessions(at(2026, 9, 1))
    assert days(sessions) == [date(2026, 9, 1) + timedelta(weeks=3 * number) for number in range(7)]
    assert [session.number for session in sessions] == [1, 2, 3, 4, 5, 6, 7]


def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change() -> None:
    sessions = plan_sessions(at(2026, 10, 6), count=3)
    assert [session.starts.hour for session in sessions] == [10, 10, 10]
    assert {session.starts.utcoffset() for session in sessions} == {timedelta(hours=1), timedelta(hours=2)}


def test_a_talk_in_the_night_the_clocks_change_lasts_as_long_as_agreed() -> None:
    (session,) = plan_sessions(datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM), count=1, minutes=60)
    assert session.ends.astimezone(UTC) - session.starts.astimezone(UTC) == timedelta(hours=1)


def test_a_talk_on_ascension_day_moves_one_week_and_says_why() -> None:
    moved = plan_sessions(at(2026, 4, 2))[2]
    assert (moved.day, moved.moved_from) == (date(2026, 5, 21), date(2026, 5, 14))
    assert moved.moved_because is not None
    assert moved.moved_because.text("nl") == (
        "Donderdag 14 mei 2026 is het Hemelvaartsdag. Dit gesprek is nu op donderdag 21 mei 2026."
    )


def test_the_talks_after_a_moved_one_keep_their_date() -> None:
    sessions = plan_sessions(at(2026, 4, 2))
    assert sessions[3].day == date(2026, 6, 4)
    assert sessions[3].moved_because is None


def test_a_fortnightly_talk_moves_to_the_week_between() -> None:
    assert days(plan_sessions(at(2026, 4, 30), count=3, every_weeks=2)) == [
        date(2026, 4, 30),
        date(2026, 5, 21),
        date(2026, 5, 28),
    ]


def test_a_weekly_talk_moves_to_the_day_after_because_both_weeks_are_taken() -> None:
    assert days(plan_sessions(at(2026, 3, 30), count=3, every_weeks=1)) == [
        date(2026, 3, 30),
        date(2026, 4, 7),
        date(2026, 4, 13),
    ]


def test_a_week_later_that_is_closed_too_becomes_a_week_earlier() -> None:
    sessions = plan_sessions(at(2026, 4, 23), count=2, not_on={date(2026, 5, 21)})
    assert sessions[1].day == date(2026, 5, 7)


def test_talks_in_a_long_absence_come_after_it_in_order() -> None:
    away = {date(2026, 7, 6) + timedelta(days=day) for day in range(42)}
    sessions = plan_sessions(at(2026, 6, 23), count=4, not_on=away)
    assert days(sessions) == [date(2026, 6, 23), date(2026, 8, 18), date(2026, 8, 25), date(2026, 9, 1)]


def test_a_talk_stays_near_its_day_even_when_the_one_before_had_to_go_far() -> None:
    week = {date(2026, 7, 13) + timedelta(days=day) for day in range(5)}
    tuesdays = {date(2026, 7, 7) + timedelta(weeks=number) for number in range(6)}
    sessions = plan_sessions(at(2026, 6, 23), count=3, not_on=week | tuesdays)
    assert days(sessions) == [date(2026, 6, 23), date(2026, 8, 5), date(2026, 8, 18)]


def test_a_closed_day_is_explained_without_a_holiday() -> None:
    moved = plan_sessions(at(2026, 9, 1), count=2, not_on=[date(2026, 9, 22)])[1]
    assert moved.moved_because is not None
    assert moved.moved_because.text("nl").startswith("Dinsdag 22 september 2026 kan het niet.")


def test_a_first_talk_on_a_holiday_moves_forward_and_never_back() -> None:
    (session,) = plan_sessions(at(2026, 4, 27), count=1, not_on=[date(2026, 5, 4)])
    assert session.day == date(2026, 4, 28)


def test_good_friday_is_a_working_day() -> None:
    assert holiday_on(date(2026, 4, 3)) is None


@pytest.mark.parametrize(("day", "is_holiday"), [(date(2025, 5, 5), True), (date(2026, 5, 5), False)])
def test_liberation_day_counts_once_in_five_years(day: date, is_holiday: bool) -> None:
    assert (holiday_on(day) is not None) is is_holiday


def test_kings_day_on_a_sunday_is_kept_on_saturday() -> None:
    assert holiday_on(date(2025, 4, 26)) is not None
    assert holiday_on(date(2025, 4, 27)) is None


def test_christmas_is_written_as_dutch_writes_it() -> None:
    christmas = holiday_on(date(2026, 12, 25))
    assert christmas is not None
    assert christmas.nl == "eerste kerstdag"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        plan_sessions(at(2026, 9, 1).replace(tzinfo=None))


@pytest.mark.parametrize("wrong", [{"count": 0}, {"every_weeks": 0}, {"minutes": 0}])
def test_numbers_below_one_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="start at 1"):
        plan_sessions(
            at(2026, 9, 1),
            count=wrong.get("count", 7),
            every_weeks=wrong.get("every_weeks", 3),
            minutes=wrong.get("minutes", 60),
        )


def test_a_plan_for_which_there_is_no_day_is_refused_with_words() -> None:
    never = {date(2026, 1, 1) + timedelta(days=day) for day in range(1500)}
    with pytest.raises(NotNow) as refused:
        plan_sessions(at(2026, 9, 1), count=1, not_on=never)
    assert "1 september 2026" in refused.value.text("nl")


def test_a_moment_given_in_another_zone_is_planned_in_dutch_time() -> None:
    (session,) = plan_sessions(datetime(2026, 7, 1, 8, tzinfo=UTC), count=1)
    assert session.starts.hour == 10


# The borders are without a zone because hypothesis adds it.
FIRST_TALKS = st.datetimes(
    at(2024, 1, 1).replace(tzinfo=None), at(2036, 1, 1).replace(tzinfo=None), timezones=st.just(AMSTERDAM)
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[datetime, int, int, set[date]]:
    first = draw(FIRST_TALKS)
    count, weeks = draw(st.integers(1, 10)), draw(st.integers(1, 5))
    offsets = draw(st.sets(st.integers(0, count * weeks * 7), max_size=30))
    return first, count, weeks, {first.date() + timedelta(days=offset) for offset in offsets}


@settings(max_examples=150)
@given(plans())
def test_every_plan_keeps_its_promises(plan: tuple[datetime, int, int, set[date]]) -> None:
    first, count, weeks, not_on = plan
    sessions = plan_sessions(first, count=count, every_weeks=weeks, not_on=not_on)
    found = days(sessions)
    usual = {first.date() + timedelta(weeks=weeks * number) for number in range(count)}
    assert len(found) == count
    assert found == sorted(set(found)), "in order, no two on one day"
    assert found[0] >= first.date()
    assert not [day for day in found if holiday_on(day) or day in not_on]
    assert all(session.starts.timetz() == first.timetz() for session in sessions)
    assert {day for day in usual if not holiday_on(day) and day not in not_on} <= set(found), "the rhythm stays"


@settings(max_examples=100)
@given(plans())
def test_a_moved_talk_always_explains_itself_and_an_unmoved_one_never(
    plan: tuple[datetime, int, int, set[date]],
) -> None:
    first, count, weeks, not_on = plan
    for session in plan_sessions(first, count=count, every_weeks=weeks, not_on=not_on):
        assert (session.moved_from is None) is (session.moved_because is None)
        assert session.moved_from != session.day
        if session.moved_because:
            assert all(session.moved_because.text(language).endswith(".") for language in LANGUAGES)


def test_only_a_first_talk_that_is_still_to_come_can_be_planned() -> None:
    first = datetime(2026, 3, 3, 10, tzinfo=AMSTERDAM)
    assert still_to_come(first, first - timedelta(minutes=1)) == []
    (finding,) = still_to_come(first, first)
    assert finding.blocks
    assert "3 maart" in finding.text("nl")
    assert "3 March" in finding.text("en")
