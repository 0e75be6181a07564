"""Money: amounts as people write them, what is expected of a year, and what policy says of a rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.rules.costs import (
    CLAUSES,
    Cost,
    as_csv,
    budget_findings,
    cents_from,
    planned_for,
    rate_findings,
    year_of,
)
from klankbord.policy.texts import policy_clauses

MONEY = st.integers(0, 10_000_000)
COSTS = st.lists(st.builds(Cost, planned=MONEY, agreed=st.none() | MONEY, spent=MONEY, over=st.booleans()), max_size=8)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1250", 125_000),
        ("1.250", 125_000),
        ("€ 1.250,50", 125_050),
        ("1 250,5", 125_050),
        ("90.00", 9_000),
        ("90,-", 9_000),
        ("0,05", 5),
        ("1.000.000", 100_000_000),
    ],
)
def test_an_amount_may_be_written_in_many_ways(text, cents):
    assert cents_from(text) == cents


@pytest.mark.parametrize("text", ["", "veel", "1,2,3", "12.5000", "1.25.0", "10%", "-5", "1e3"])
def test_what_is_no_amount_is_refused(text):
    assert cents_from(text) is None


@given(MONEY)
def test_every_amount_is_read_back_as_it_is_shown(cents):
    assert cents_from(f"{cents // 100},{cents % 100:02d}") == cents


@given(COSTS, st.none() | MONEY)
def test_what_is_left_is_what_nothing_is_expected_of(costs, booked):
    year = year_of(booked, costs)
    assert year.expected == sum(one.expected for one in costs)
    assert year.expected >= year.spent
    assert year.left == (None if booked is None else booked - year.expected)


@given(COSTS)
def test_what_was_spent_above_the_agreement_is_expected_too_and_what_is_over_costs_what_it_cost(costs):
    for one in costs:
        assert one.expected == one.spent if one.over else one.expected >= one.spent


def test_three_talks_of_ninety_minutes_at_a_hundred_euros():
    assert planned_for(rate=10_000, minutes=90, talks=3) == 45_000


@given(st.integers(0, 100_000), st.integers(0, 500))
def test_only_a_rate_above_the_policy_is_refused_and_no_limit_refuses_nothing(rate, most):
    found = rate_findings(rate, most)
    assert bool(found) == (most > 0 and rate > most * 100)
    assert all(one.blocks and one.clause in CLAUSES for one in found)


@given(COSTS, MONEY, st.integers(1, 100))
def test_a_full_budget_warns_and_never_stops_a_coaching(costs, booked, warn_at):
    year = year_of(booked, costs)
    found = budget_findings(year, warn_at)
    assert not any(one.blocks for one in found)
    assert bool(found) == (year.expected > booked or year.expected * 100 >= booked * warn_at)


def test_a_year_without_a_budget_says_nothing():
    assert budget_findings(year_of(None, [Cost(planned=100)]), 80) == []


def test_the_clauses_stand_in_the_policy():
    assert {clause.id for clause in policy_clauses()} >= CLAUSES


def test_a_spreadsheet_reads_no_formula():
    assert as_csv(["Kenmerk"], [["=1+1"], ["KB-2"]]).decode("utf-8-sig") == "Kenmerk\r\n'=1+1\r\nKB-2\r\n"
