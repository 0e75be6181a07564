"""How long texts are kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.wording import LANGUAGES
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.engagements.rules.retention import destroy_on, no_more_writing, retention_sentence, whole_months_between

DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(0, 60)


def test_six_months_later_is_the_same_day_of_the_month() -> None:
    assert destroy_on(date(2026, 3, 15)) == date(2026, 9, 15)


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_a_month_that_is_too_short_gives_its_last_day(closed: date, expected: date) -> None:
    assert destroy_on(closed) == expected


@given(DAYS, MONTHS)
def test_a_term_ends_in_the_month_it_should(closed: date, months: int) -> None:
    day = destroy_on(closed, months)
    assert (day.year * 12 + day.month) - (closed.year * 12 + closed.month) == months
    assert day.day == closed.day or (day.day < closed.day and (day + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, MONTHS)
def test_who_closes_later_is_never_destroyed_earlier(one: date, other: date, months: int) -> None:
    first, last = sorted((one, other))
    assert destroy_on(first, months) <= destroy_on(last, months)


@given(DAYS, DAYS)
def test_the_whole_months_fit_and_one_more_does_not(one: date, other: date) -> None:
    today, later = sorted((one, other))
    whole = whole_months_between(today, later)
    assert destroy_on(today, whole) <= later
    assert today == later or destroy_on(today, whole + 1) > later


def test_a_negative_term_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        destroy_on(date(2026, 3, 15), -1)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 3, 15), "nog 6 maanden"),
        (date(2026, 3, 20), "nog ruim 5 maanden"),
        (date(2026, 8, 12), "nog 34 dagen"),
        (date(2026, 9, 14), "nog 1 dag."),
        (date(2026, 9, 15), "worden vandaag vernietigd"),
        (date(2026, 9, 16), "zijn op 15 september 2026 vernietigd"),
    ],
)
def test_the_clock_is_told_in_months_then_in_days(today: date, words: str) -> None:
    assert words in retention_sentence(date(2026, 3, 15), today).text("nl")


def test_while_the_coaching_goes_on_the_sentence_tells_what_will_happen() -> None:
    assert retention_sentence(None, date(2026, 3, 15), 1).text("nl") == (
        "De teksten blijven staan zolang de coaching loopt. Daarna blijven ze 1 maand bewaard."
    )


@given(st.none() | DAYS, DAYS, MONTHS)
def test_there_is_always_a_sentence_in_both_languages(closed: date | None, today: date, months: int) -> None:
    finding = retention_sentence(closed, today, months)
    assert all(finding.text(language).endswith(".") for language in LANGUAGES)


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("after_closing", [True, False])
def test_on_the_day_the_texts_are_destroyed_nothing_is_written_any_more(phase: Phase, after_closing: bool) -> None:
    day = date(2026, 9, 15)
    assert no_more_writing(phase, day, day, after_closing=after_closing)[0].blocks


def test_after_closing_only_what_may_be_finished_is_written_and_after_stopping_nothing() -> None:
    today, day = date(2026, 9, 14), date(2026, 9, 15)
    for phase in set(Phase) - {Phase.CLOSED, Phase.ENDED}:
        assert no_more_writing(phase, None, today, after_closing=False) == []
    assert no_more_writing(Phase.CLOSED, day, today, after_closing=True) == []
    assert no_more_writing(Phase.CLOSED, day, today, after_closing=False)
    assert no_more_writing(Phase.ENDED, day, today, after_closing=True)
    assert no_more_writing(Phase.ENDED, day, today, after_closing=True, after_stopping=True) == []
