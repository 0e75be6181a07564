"""The mean of a team: how certain it is, and what it is best taken for when the team is small."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from klankbord.culture.statistics.agreement import Spread

type Real = NDArray[np.float64]


def team_interval(
    mean: Real, n: Real, within: float, freedom: int, *, people: Real | None = None, certainty: float = 0.95
) -> tuple[Real, Real]:
    """Between what the means of teams lie, from the pooled mean square *within* on its degrees of *freedom*.

    With *people* (teams), how many each team has: for "this team today", mean ± t·√(within/n·(1 − n/people)), which is
    no width at all when everybody answered. Without: for whoever might be in such a team, to compare with another time.
    Source: W. G. Cochran, *Sampling techniques* (3rd ed., 1977), section 2.6.
    """
    rest = np.ones_like(n, dtype=float) if people is None else np.clip(1 - n / people, 0.0, 1.0)
    half = float(stdtrit(freedom, (1 + certainty) / 2)) * np.sqrt(within / n * rest)
    return mean - half, mean + half


def shrinkage(spread: Spread, n: Real) -> Real:
    """How far a mean of *n* people is to be believed: λ = τ²/(τ² + σ²/n), from 0 to 1.

    Source: B. Efron and C. Morris, "Data analysis using Stein's estimator and its generalizations", Journal of the
    American Statistical Association 70 (1975), 311–319.
    """
    teams = spread.variance_of_teams
    return teams / (teams + spread.within / n) if teams > 0 else np.zeros_like(n, dtype=float)


def shrinkage_from_icc(icc1: float, n: Real) -> Real:
    """The same λ from ICC(1) = τ²/(τ² + σ²), which is published: n·ICC/(1 + (n − 1)·ICC), from 0 to 1.

    Source: W. Brown, "Some experimental results in the correlation of mental abilities", British Journal of Psychology
    3 (1910), 296–322; C. Spearman, "Correlation calculated from faulty data", the same, 271–295.
    """
    return n * icc1 / (1 + (n - 1) * icc1) if icc1 > 0 else np.zeros_like(n, dtype=float)


def shrunken(mean: Real, n: Real, spread: Spread, overall: float) -> Real:
    """The best guess at the true means of teams: overall + λ·(mean − overall). Small teams move furthest."""
    return overall + shrinkage(spread, n) * (mean - overall)
