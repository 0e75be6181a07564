"""Whether the mean of a team means something: how much teams differ, and how far people in a team agree.

Always of the organisation as a whole: such a figure of one team would tell the sum of squares of its answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Real = NDArray[np.float64]
type Whole = NDArray[np.signedinteger]


@dataclass(frozen=True)
class Spread:
    """Analysis of variance in one direction: how far apart teams are, and people within teams.

    ``between`` and ``within`` are mean squares; ``sizes`` (teams) how many people each team has.
    """

    between: float
    within: float
    sizes: Whole

    @property
    def persons(self) -> int:
        """How many people there are."""
        return int(self.sizes.sum())

    @property
    def freedom(self) -> int:
        """Degrees of freedom within teams."""
        return self.persons - len(self.sizes)

    @property
    def usual_size(self) -> float:
        """How many people a team has on average."""
        return self.persons / len(self.sizes)

    @property
    def variance_of_teams(self) -> float:
        """The variance of true means of teams, τ²; nothing when teams differ less than by chance."""
        return max((self.between - self.within) / self.usual_size, 0.0)


def spread_of(team: Whole, score: Real) -> Spread:
    """The spread of *score* (persons) over teams; *team* (persons) numbers them. People without a score (nan) are out.

    Raises ``ValueError`` with fewer than two teams, or with nobody more than there are teams.
    """
    there = ~np.isnan(score)
    _names, number = np.unique(team[there], return_inverse=True)
    sizes, used = np.bincount(number), score[there]
    means = np.bincount(number, weights=used) / sizes
    return spread_from(sizes, means, float(((used - means[number]) ** 2).sum()))


def spread_from(sizes: Whole, means: Real, squares_within: float) -> Spread:
    """The same from sizes and means of teams, and the sum of squares within all of them."""
    teams, persons = len(sizes), int(sizes.sum())
    if teams < 2 or persons <= teams:
        raise ValueError("a spread needs two teams or more, with more people than teams")
    overall = float(sizes @ means) / persons
    between = float(sizes @ (means - overall) ** 2) / (teams - 1)
    return Spread(between, squares_within / (persons - teams), sizes)


def icc1(spread: Spread) -> float:
    """ICC(1): which part of the differences between people goes with the team they are in.

    (MSB − MSW)/(MSB + (k − 1)·MSW) with k the average size of teams. Below nothing when teams differ less than by
    chance. Source: P. D. Bliese, "Within-group agreement, non-independence, and reliability" in Klein & Kozlowski
    (eds.), *Multilevel theory, research, and methods in organizations* (2000), 349–381.
    """
    size = spread.usual_size
    return (spread.between - spread.within) / (spread.between + (size - 1) * spread.within)


def icc2(spread: Spread) -> float:
    """ICC(2): how reliable means of teams of the usual size are, (MSB − MSW)/MSB. Source: as for :func:`icc1`."""
    return (spread.between - spread.within) / spread.between


def reliability_of_means(spread: Spread) -> Real:
    """How reliable the mean of each team is, by its own size: τ²/(τ² + σ²/n), one for each team.

    Source: A. S. Bryk and S. W. Raudenbush, *Hierarchical linear models* (1992), chapter 3.
    """
    return spread.variance_of_teams / (spread.variance_of_teams + spread.within / spread.sizes)


@dataclass(frozen=True)
class ShroutFleiss:
    """The six forms for a table in which each row was rated by the same number of judges.

    ``one_*`` of a single judge, ``mean_*`` of the mean of all; ``*_1`` each row by others, ``*_2`` judges drawn from
    many, ``*_3`` these judges alone.
    """

    one_1: float
    one_2: float
    one_3: float
    mean_1: float
    mean_2: float
    mean_3: float


def shrout_fleiss(ratings: Real) -> ShroutFleiss:
    """The six intraclass correlations of *ratings* (rows × judges), nothing missing.

    Source: P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability",
    Psychological Bulletin 86 (1979), 420–428.
    """
    rows, judges = ratings.shape
    mean, by_row, by_judge = ratings.mean(), ratings.mean(axis=1), ratings.mean(axis=0)
    between = judges * float(((by_row - mean) ** 2).sum()) / (rows - 1)
    within = float(((ratings - by_row[:, None]) ** 2).sum()) / (rows * (judges - 1))
    judge = rows * float(((by_judge - mean) ** 2).sum()) / (judges - 1)
    rest = ratings - by_row[:, None] - by_judge[None, :] + mean
    error = float((rest**2).sum()) / ((rows - 1) * (judges - 1))
    return ShroutFleiss(
        (between - within) / (between + (judges - 1) * within),
        (between - error) / (between + (judges - 1) * error + judges * (judge - error) / rows),
        (between - error) / (between + (judges - 1) * error),
        (between - within) / between,
        (between - error) / (between + (judge - error) / rows),
        (between - error) / between,
    )


def rwg(variance: Real, points: int = 5) -> Real:
    """How far people agree on one item: 1 − variance/variance of answers by chance, nothing at the least.

    *variance* (teams) has n − 1 in its denominator; chance is all *points* equally often, (points² − 1)/12. Source:
    L. R. James, R. G. Demaree and G. Wolf, "Estimating within-group interrater reliability with and without response
    bias", Journal of Applied Psychology 69 (1984), 85–98.
    """
    agreed: Real = np.maximum(1 - variance / ((points**2 - 1) / 12), 0.0)
    return agreed


def rwg_j(mean_variance: Real, items: int, points: int = 5) -> Real:
    """The same for a scale of *items*: *mean_variance* (teams) is the average of their variances within a team.

    J·(1 − s²/σ²)/(J·(1 − s²/σ²) + s²/σ²), nothing at the least: where people differ by more than chance the formula
    would go below nothing or above one. Source: as for :func:`rwg`.
    """
    part = mean_variance / ((points**2 - 1) / 12)
    agreed = items * np.maximum(1 - part, 0.0)
    both: Real = agreed / (agreed + part)
    return both
