"""Formulas beside values that others published or computed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from klankbord.culture import statistics
from klankbord.culture.statistics import Spread, shrinkage, shrinkage_from_icc, spread_from
from klankbord.engagements.rules.goals import t_score

REFERENCE: dict[str, Any] = json.loads(Path(__file__).with_name("reference_values.json").read_text("utf-8"))
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)


def groups(name: str) -> Spread:
    """The spread of one of the data sets that Bliese published."""
    told = REFERENCE[name]
    return spread_from(np.array(told["sizes"]), np.array(told["means"]), told["squares_within"])


# --- reliability ----------------------------------------------------------------------------------------------------


def test_alpha_with_its_interval_is_that_of_pingouin_with_and_without_who_missed_something() -> None:
    answers = np.array(REFERENCE["cronbach_wide_missing"]["answers"], dtype=float)
    pairs = statistics.cronbach_alpha(answers)
    assert (round(pairs.value, 6), round(pairs.low, 3), round(pairs.high, 3)) == (0.732661, 0.435, 0.909)
    whole = statistics.cronbach_alpha(answers, listwise=True)
    assert round(whole.value, 6) == 0.801695
    assert (pairs.persons, whole.persons) == (12, 9)
    # Pingouin's interval is that of all twelve people; ours is that of the nine who are left, and so it is wider.
    assert [round(end, 3) for end in statistics.feldt_interval(whole.value, 12, 11)] == [0.581, 0.933]
    assert whole.low < 0.581
    assert whole.high > 0.933


@pytest.mark.parametrize(
    ("scale", "alpha"), [("A", 0.7030), ("C", 0.7267), ("E", 0.7617), ("N", 0.8140), ("O", 0.6002)]
)
def test_alpha_of_the_big_five_is_that_of_psych(scale: str, alpha: float) -> None:
    assert statistics.alpha_of(np.array(REFERENCE["bfi"][scale]["covariances"])) == pytest.approx(alpha, abs=5e-5)


def test_alpha_of_ten_items_about_leadership_is_that_of_bliese() -> None:
    covariances = np.array(REFERENCE["bhr2000"]["covariances"])
    assert statistics.alpha_of(covariances) == pytest.approx(0.8798, abs=5e-5)


@pytest.mark.parametrize("scale", "ACENO")
def test_the_deviation_of_an_average_follows_from_alpha_and_from_the_items(scale: str) -> None:
    covariances = np.array(REFERENCE["bfi"][scale]["covariances"])
    items = np.sqrt(np.diag(covariances))
    own = np.sqrt(covariances.sum()) / len(items)
    assert statistics.deviation_of_average(items, statistics.alpha_of(covariances)) == pytest.approx(own)
    assert own < statistics.deviation_of_average(items, 1.0) == pytest.approx(items.mean())
    assert statistics.deviation_of_average(items, -1.0) == statistics.deviation_of_average(items, 0.0) < own


@pytest.mark.parametrize("scale", "ACENO")
def test_omega_is_that_of_a_factor_fitted_by_others(scale: str) -> None:
    told = REFERENCE["bfi"][scale]
    omega = statistics.mcdonald_omega(np.array(told["covariances"]))
    assert omega == pytest.approx(told["omega_pa"], abs=2e-5)
    assert omega == pytest.approx(told["omega_ml"], abs=5e-3)


def test_one_factor_is_found_back_and_omega_is_what_it_says() -> None:
    loading, unique = np.array([0.9, 0.7, 0.5, 0.3]), np.array([0.4, 0.5, 0.9, 1.1])
    covariance = np.outer(loading, loading) + np.diag(unique)
    found, rest = statistics.one_factor(covariance)
    assert found == pytest.approx(loading, abs=1e-6)
    assert rest == pytest.approx(unique, abs=1e-6)
    common = loading.sum() ** 2
    assert statistics.mcdonald_omega(covariance) == pytest.approx(common / (common + unique.sum()))


def test_alpha_of_two_items_is_that_of_spearman_and_brown() -> None:
    assert statistics.alpha_of(np.array([[1.0, 0.5], [0.5, 1.0]])) == pytest.approx(2 * 0.5 / 1.5)


def test_a_factor_explains_no_more_than_there_is_and_nothing_where_nothing_goes_together() -> None:
    too_good = np.array([[1.0, 0.9, 0.9], [0.9, 1.0, 0.5], [0.9, 0.5, 1.0]])
    loading, unique = statistics.one_factor(too_good)
    assert np.abs(loading).max() == pytest.approx(1.0)
    assert unique.min() == pytest.approx(0.0)
    assert statistics.mcdonald_omega(np.eye(3)) == pytest.approx(0.0)


def test_items_are_compared_over_two_people_or_more_who_answered_both() -> None:
    nobody = np.nan
    found = statistics.covariances(np.array([[1.0, 2.0], [3.0, 6.0], [nobody, 1.0]]))
    assert found[0].tolist() == [2.0, 4.0]


def test_omega_is_alpha_when_all_items_weigh_the_same() -> None:
    covariance = np.full((5, 5), 0.4) + np.diag([0.3, 0.5, 0.7, 0.9, 1.1])
    assert statistics.mcdonald_omega(covariance) == pytest.approx(statistics.alpha_of(covariance))


def test_a_covariance_that_cannot_be_had_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        statistics.covariances(np.array([[1.0, 3.0], [np.nan, 2.0], [3.0, np.nan]]))
    for cancels in (np.eye(1), np.zeros((2, 2)), np.array([[1.0, -2.0], [-2.0, 1.0]])):
        with pytest.raises(ValueError, match="two items or more, which do not cancel"):
            statistics.alpha_of(cancels)
    for nothing in (np.eye(2), np.diag([1.0, 1.0, 0.0])):
        with pytest.raises(ValueError, match="three items or more, on which people differ"):
            statistics.one_factor(nothing)


# --- agreement ------------------------------------------------------------------------------------------------------


def test_the_six_forms_are_those_of_shrout_and_fleiss() -> None:
    found = statistics.shrout_fleiss(SHROUT_FLEISS)
    assert [round(value, 3) for value in (found.one_1, found.one_2, found.one_3)] == [0.166, 0.290, 0.715]
    assert [round(value, 3) for value in (found.mean_1, found.mean_2, found.mean_3)] == [0.443, 0.620, 0.909]


def test_with_teams_of_one_size_icc_is_the_first_form() -> None:
    spread = statistics.spread_of(np.repeat(np.arange(6), 4), SHROUT_FLEISS.ravel())
    found = statistics.shrout_fleiss(SHROUT_FLEISS)
    assert statistics.icc1(spread) == pytest.approx(found.one_1)
    assert statistics.icc2(spread) == pytest.approx(found.mean_1)


def test_icc_of_well_being_and_the_reliability_of_means_are_those_of_bliese() -> None:
    spread = groups("bh1996")
    assert (spread.persons, spread.freedom) == (7382, 7283)
    assert statistics.icc1(spread) == pytest.approx(0.04337, abs=5e-6)
    assert statistics.reliability_of_means(spread).mean() == pytest.approx(0.7335, abs=5e-5)


def test_icc_of_working_hours_is_that_of_bliese() -> None:
    spread = groups("bhr2000")
    assert statistics.icc1(spread) == pytest.approx(0.1741, abs=5e-5)
    assert statistics.icc2(spread) == pytest.approx(0.9200, abs=5e-5)


def test_the_mean_agreement_of_ninety_nine_groups_is_that_of_bliese() -> None:
    agreed = statistics.rwg_j(np.array(REFERENCE["bhr2000"]["mean_variances"]), 11)
    assert agreed.mean() == pytest.approx(0.887612, abs=5e-7)


def test_agreement_is_one_when_all_say_the_same_and_nothing_at_chance_and_beyond() -> None:
    assert statistics.rwg(np.array([0.0, 1.0, 2.0, 4.0])).tolist() == [1.0, 0.5, 0.0, 0.0]
    assert statistics.rwg_j(np.array([0.0, 2.0, 4.0]), 5).tolist() == [1.0, 0.0, 0.0]


def test_people_without_a_score_are_left_out_and_teams_that_tell_nothing_are_refused() -> None:
    team, score = np.array([0, 0, 1, 1, 1, 2]), np.array([1, 3, 2, 4, np.nan, np.nan])
    assert statistics.spread_of(team, score).sizes.tolist() == [2, 2]
    with pytest.raises(ValueError, match="two teams"):
        statistics.spread_of(np.zeros(4, dtype=int), np.ones(4))


# --- teams ----------------------------------------------------------------------------------------------------------


def test_shrunken_means_are_those_of_a_mixed_model() -> None:
    """Ours comes from mean squares, statsmodels' from restricted likelihood; they hardly differ."""
    told = REFERENCE["bh1996"]
    spread, model = groups("bh1996"), told["mixed_model"]
    assert spread.variance_of_teams == pytest.approx(model["teams"], rel=2e-3)
    assert spread.within == pytest.approx(model["within"], rel=1e-3)
    n, means = np.array(told["sizes"], dtype=float), np.array(told["means"])
    ours = statistics.shrunken(means, n, spread, model["overall"]) - model["overall"]
    assert np.abs(ours - np.array(model["effects"])).max() < 5e-4


def test_small_teams_move_furthest_and_teams_that_do_not_differ_move_all_the_way() -> None:
    spread = Spread(between=5.0, within=1.0, sizes=np.array([10, 10]))
    few, many = statistics.shrunken(np.array([4.0, 4.0]), np.array([5.0, 50.0]), spread, 3.0)
    assert 3.0 < few < many < 4.0
    alike = Spread(between=0.5, within=1.0, sizes=np.array([10, 10]))
    assert alike.variance_of_teams == 0
    assert statistics.shrunken(np.array([4.0]), np.array([5.0]), alike, 3.0).tolist() == [3.0]


def test_the_interval_of_a_team_ends_with_its_people() -> None:
    mean, n = np.full(3, 3.0), np.full(3, 10.0)
    low, high = statistics.team_interval(mean, n, 1.0, 60, people=np.array([10.0, 20.0, 8.0]))
    assert low[[0, 2]].tolist() == high[[0, 2]].tolist() == [3.0, 3.0]
    assert high[1] - 3 == pytest.approx(3 - low[1])
    anyone, _high = statistics.team_interval(mean, n, 1.0, 60)
    assert 3 - anyone[1] == pytest.approx((3 - low[1]) * np.sqrt(2))
    assert anyone[1] == pytest.approx(3 - 2.000298 / np.sqrt(10), abs=1e-6)


# --- change ---------------------------------------------------------------------------------------------------------


def test_hedges_g_is_that_of_the_worked_example() -> None:
    """M. Borenstein and others, *Introduction to meta-analysis* (2009), chapter 4: means 103 and 100, 50 people."""
    deviation = np.sqrt((49 * 5.5**2 + 49 * 4.5**2) / 98)
    fifty = np.array([50.0])
    found = statistics.hedges_g(np.array([100.0]), np.array([103.0]), fifty, fifty, np.array([deviation]))
    assert found.size[0] == pytest.approx(0.5924, abs=1e-4)
    assert found.variance[0] == pytest.approx(0.0411, abs=1e-4)
    assert found.chance[0] == pytest.approx(0.0035, abs=2e-4)


def test_the_effect_of_small_teams_is_made_smaller_by_the_factor_that_hedges_tabled() -> None:
    sizes, one = np.array([2.0, 3.0, 6.0]), np.ones(3)
    found = statistics.hedges_g(0 * one, one, sizes, sizes, one)
    assert found.size == pytest.approx([0.5642, 0.7979, 0.9227], abs=1e-4)


def test_the_change_of_a_single_team_stays_what_it_is() -> None:
    alone = statistics.Changes(np.array([0.4]), np.array([0.02]))
    assert statistics.shrunken_changes(alone) == pytest.approx([0.4])


def test_changes_are_pulled_together_as_far_as_chance_explains_them() -> None:
    size, variance = np.array([0.1, 0.5, 0.9]), np.full(3, 0.01)
    moved = statistics.shrunken_changes(statistics.Changes(size, variance))
    # The variance between them is 0.16, of which 0.01 is chance.
    assert moved == pytest.approx(0.5 + (1 - 0.01 / 0.16) * (size - 0.5))
    noisy = statistics.shrunken_changes(statistics.Changes(size, np.full(3, 1.0)))
    assert noisy == pytest.approx([0.5, 0.5, 0.5])


def test_adjusted_chances_are_those_of_the_example_of_benjamini_and_hochberg() -> None:
    told = REFERENCE["benjamini_hochberg"]
    chances = np.array(told["chances"])
    assert statistics.benjamini_hochberg(chances) == pytest.approx(told["adjusted"], abs=1e-8)
    order = np.random.default_rng(1).permutation(len(chances))
    assert statistics.benjamini_hochberg(chances[order]) == pytest.approx(np.array(told["adjusted"])[order], abs=1e-8)
    assert int((statistics.benjamini_hochberg(chances) <= 0.05).sum()) == 4


def test_goal_attainment_is_that_of_the_published_example() -> None:
    assert t_score([1, 0, 2]) == pytest.approx(63.694, abs=1e-3)


def test_how_far_a_team_is_to_be_believed_follows_from_icc_and_its_size_alone() -> None:
    spread = spread_from(np.array([8, 12, 20, 40]), np.array([2.8, 3.4, 3.1, 3.6]), 50.0)
    within = spread.variance_of_teams + spread.within
    sizes = np.array([1.0, 8.0, 40.0, 1000.0])
    found = shrinkage_from_icc(spread.variance_of_teams / within, sizes)
    assert np.allclose(found, shrinkage(spread, sizes))
    assert found[0] < found[1] < found[2] < found[3] < 1
    assert shrinkage_from_icc(0.0, sizes).tolist() == [0.0] * 4
    assert shrinkage_from_icc(-0.1, sizes).tolist() == [0.0] * 4
