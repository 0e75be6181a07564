"""How far the items of a scale measure one thing: Cronbach's alpha and McDonald's omega, organisation-wide.

Answers are arrays persons × items with ``nan`` where nobody answered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

type Real = NDArray[np.float64]

STEPS, CLOSE = 500, 1e-10


@dataclass(frozen=True)
class Reliability:
    """A coefficient with the interval around it; *persons* is on how many it rests."""

    value: float
    low: float
    high: float
    persons: int


def covariances(answers: Real) -> Real:
    """Covariances (items × items), each over the people who answered both items.

    Raises ``ValueError`` when two items have fewer than two people in common.
    """
    there = ~np.isnan(answers)
    filled = np.where(there, answers, 0.0)
    number = there.T.astype(float) @ there
    if (number < 2).any():
        raise ValueError("two items were answered by too few of the same people")
    sums = filled.T @ there
    products: Real = filled.T @ filled
    found: Real = (products - sums * sums.T / number) / (number - 1)
    return found


def alpha_of(covariance: Real) -> float:
    """Cronbach's alpha of a matrix of covariances: k/(k − 1)·(1 − sum of variances/sum of everything).

    Source: L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951), 297–334.
    """
    items = len(covariance)
    if items < 2 or covariance.sum() <= 0:
        raise ValueError("alpha needs two items or more, which do not cancel each other out")
    return float(items / (items - 1) * (1 - np.trace(covariance) / covariance.sum()))


def deviation_of_average(deviations: Real, alpha: float) -> float:
    """The standard deviation of the average of k items, from theirs and alpha; never more than their own average.

    Alpha the other way round: the variance of the average is (Σσ²/k²)/(1 − α(k − 1)/k). With α = 1 and equal σ it is
    σ²; an alpha below nought counts as nought.
    """
    items = len(deviations)
    shared = 1 - min(max(alpha, 0.0), 1.0) * (items - 1) / items
    return min(float(deviations.mean()), float(np.sqrt((deviations**2).sum() / items**2 / shared)))


def cronbach_alpha(answers: Real, *, listwise: bool = False, certainty: float = 0.95) -> Reliability:
    """Alpha of a scale with Feldt's interval. *listwise* leaves out whoever missed an item; otherwise pair by pair."""
    used = answers[~np.isnan(answers).any(axis=1)] if listwise else answers[~np.isnan(answers).all(axis=1)]
    alpha = alpha_of(covariances(used))
    persons, items = used.shape
    return Reliability(alpha, *feldt_interval(alpha, persons, items, certainty), persons)


def feldt_interval(alpha: float, persons: int, items: int, certainty: float = 0.95) -> tuple[float, float]:
    """Between what alpha lies in truth.

    With n people and k items, (1 − alpha in truth)/(1 − alpha found) has an F distribution on n − 1 and (n − 1)(k − 1)
    degrees of freedom. Source: L. S. Feldt, "The approximate sampling distribution of Kuder–Richardson reliability
    coefficient twenty", Psychometrika 30 (1965), 357–370.
    """
    tail = (1 - certainty) / 2
    free = (persons - 1, (persons - 1) * (items - 1))
    low, high = (1 - (1 - alpha) * float(fdtri(*free, part)) for part in (1 - tail, tail))
    return low, high


def one_factor(covariance: Real) -> tuple[Real, Real]:
    """Loadings and unique variances (both by item) of the single factor that explains the covariances best.

    Minimum residuals: the covariances off the diagonal are fitted by least squares, item by item in turn, which never
    makes the fit worse. Source: H. H. Harman and W. H. Jones, "Factor analysis by minimizing residuals (minres)",
    Psychometrika 31 (1966), 351–368. Unique variances are kept from falling below nothing.
    """
    spread = np.sqrt(np.diag(covariance))
    if len(covariance) < 3 or (spread <= 0).any():
        raise ValueError("a factor needs three items or more, on which people differ")
    relation = covariance / np.outer(spread, spread)
    values, vectors = np.linalg.eigh(relation)
    loading = vectors[:, -1] * np.sqrt(values[-1]) * np.sign(vectors[:, -1].sum() or 1.0)
    np.fill_diagonal(relation, 0.0)
    for _step in range(STEPS):
        before = loading.copy()
        for item in range(len(loading)):
            others = loading @ loading - loading[item] ** 2
            loading[item] = np.clip(relation[item] @ loading / others, -1.0, 1.0) if others > 0 else 0.0
        if np.abs(loading - before).max() < CLOSE:
            break
    return loading * spread, (1 - loading**2) * spread**2


def mcdonald_omega(covariance: Real) -> float:
    """McDonald's omega with one factor: (sum of loadings)²/((sum of loadings)² + sum of unique variances).

    Source: R. P. McDonald, *Test theory: a unified treatment* (1999), chapter 6. Equal to alpha when all loadings are
    equal, and else above it.
    """
    loading, unique = one_factor(covariance)
    common = float(loading.sum()) ** 2
    return common / (common + float(unique.sum()))
