"""What a coach sees over time: from five looks on, without losing one, and without knowing whose talk it was."""

from dataclasses import fields
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.coach_texts import coach_texts
from klankbord.engagements.models import CoachLook
from klankbord.engagements.rules.coach_look import ENOUGH, GROUPS, HalfYear, Look, half_year_of, patterns

PITFALLS = ("advised", "rescued", "dug")
HALVES = st.builds(HalfYear, st.integers(2024, 2028), st.integers(0, 1))
LOOKS = st.builds(Look, HALVES, st.fixed_dictionaries({"pitfalls": st.frozensets(st.sampled_from(PITFALLS))}))


def _looks(year: int, half: int, *chosen: str) -> list[Look]:
    return [Look(HalfYear(year, half), {"pitfalls": frozenset({one} if one else ())}) for one in chosen]


def test_a_half_year_of_five_is_told():
    told = patterns(_looks(2026, 0, "advised", "advised", "dug", "", ""))
    [period] = told.periods
    assert (period.looks, period.count("pitfalls", "advised"), period.count("pitfalls", "rescued")) == (5, 2, 0)
    assert not told.waiting


def test_a_half_year_of_four_waits_and_goes_with_the_next():
    four = _looks(2026, 0, *["advised"] * 4)
    assert patterns(four).periods == ()
    assert patterns(four).waiting
    [period] = patterns([*four, *_looks(2026, 1, "dug")]).periods
    assert (period.first, period.last, period.looks) == (HalfYear(2026, 0), HalfYear(2026, 1), 5)


def test_june_and_july_lie_in_different_halves():
    assert half_year_of(2026, 6) == HalfYear(2026, 0)
    assert half_year_of(2026, 7) == HalfYear(2026, 1)
    assert (half_year_of(2026, 7).first_month, half_year_of(2026, 7).last_month) == (7, 12)


@given(st.lists(LOOKS, max_size=40))
def test_no_period_is_thinner_than_five_and_no_choice_is_counted_more_often_than_there_were_looks(looks):
    told = patterns(looks)
    for period in told.periods:
        assert period.looks >= ENOUGH
        assert all(0 < count <= period.looks for count in period.counts.values())
    shown = sum(period.looks for period in told.periods)
    assert 0 <= len(looks) - shown < ENOUGH
    assert told.waiting == (shown < len(looks))


@given(st.lists(LOOKS, max_size=40))
def test_periods_follow_each_other_and_do_not_overlap(looks):
    told = patterns(looks).periods
    assert all(one.last < other.first for one, other in pairwise(told))


@given(st.lists(LOOKS, max_size=20), st.randoms())
def test_the_order_of_the_rows_says_nothing(looks, chance):
    shuffled = list(looks)
    chance.shuffle(shuffled)
    assert patterns(shuffled) == patterns(looks)


def test_a_look_in_a_pattern_knows_half_a_year_and_choices_and_nothing_else():
    assert {one.name for one in fields(Look)} == {"half", "chosen"}


def test_the_choices_fit_what_is_kept():
    steering = {one.id for one in coach_texts().group("steering").choices}
    assert steering == {one.value for one in CoachLook.Steering} - {""}
    assert all(len(one.id) <= 20 for group in coach_texts().groups for one in group.choices)
    assert [len(coach_texts().group(group).choices) for group in GROUPS] == [3, 4, 2, 3, 6]
