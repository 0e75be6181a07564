"""Counting hours and what a statement says, without a database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.coaches.rules.hours import (
    Earlier,
    HeldInYear,
    Year,
    as_hours,
    by_year,
    hash_of,
    lines_of,
    new_code,
    plain_code,
    read_lines,
    told_clients,
    total_hours,
)


def lines(**changes) -> str:
    usual = {
        "coach": "Marieke Bos",
        "organisation": "Waterland",
        "from_year": 2024,
        "until_year": 2025,
        "made_on": "2026-01-10",
        "years": [Year(2026, 60, 1, 1), Year(2025, 750, 12, 6, 30, 1), Year(2024, 300, 5, 4)],
        "earlier": [Earlier(2018, 2021, 120, 3, "Gemeente Oever")],
    }
    return lines_of(**{**usual, **changes})


def test_years_stand_latest_first_with_introductions_apart():
    counted = [
        HeldInYear(2024, False, 60, 1, 1),
        HeldInYear(2025, True, 30, 1, 1),
        HeldInYear(2025, False, 90, 2, 2),
        HeldInYear(2025, False, 30, 1, 1),
    ]
    assert by_year(counted) == [Year(2025, 120, 3, 3, 30, 1), Year(2024, 60, 1, 1)]


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0"), (29, "0"), (30, "0.5"), (60, "1"), (119, "1.5"), (750, "12.5")]
)
def test_hours_are_told_in_halves_and_never_too_many(minutes, words):
    assert as_hours(minutes) == words


@given(st.lists(st.integers(0, 10_000)))
def test_the_total_is_never_more_than_the_minutes(minutes):
    total = total_hours([{"hours": as_hours(one)} for one in minutes])
    assert float(total) * 60 <= sum(minutes)
    assert float(total) * 60 >= sum(minutes) - 30 * len(minutes)


def test_fewer_than_five_clients_are_no_number():
    assert [told_clients(count) for count in (None, 0, 4, 5, 40)] == [None, None, None, 5, 40]
    told = read_lines(lines())
    assert [one["clients"] for one in told["counted"]] == [None, 6]
    assert told["stated_by_coach"][0]["clients"] is None


def test_a_statement_is_about_its_years_and_keeps_what_the_coach_states_apart():
    told = read_lines(lines())
    assert [one["year"] for one in told["counted"]] == [2024, 2025]
    assert told["stated_by_coach"] == [
        {"from_year": 2018, "until_year": 2021, "hours": 120, "clients": None, "source": "Gemeente Oever"}
    ]
    assert read_lines(lines(earlier=[]))["stated_by_coach"] == []


def test_the_same_facts_are_the_same_letters():
    assert lines() == lines()
    assert lines() == json.dumps(json.loads(lines()), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_a_code_is_read_as_it_was_meant():
    code = new_code()
    assert len(plain_code(code)) == 26, "128 bits, five a letter"
    for typed in (code, code.lower(), code.replace("-", " "), f"https://x.example/urenverklaring/#{code}"):
        assert hash_of(typed) == hash_of(code)
    assert plain_code("O0I1B8") == "OOIIBB"
    assert hash_of(new_code()) != hash_of(code)
