"""Whether something changed between two waves, for many teams at once. From published figures only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr

type Real = NDArray[np.float64]
type Yes = NDArray[np.bool_]


@dataclass(frozen=True)
class Changes:
    """For each team: how large the change is in standard deviations, and the variance of that."""

    size: Real
    variance: Real

    @property
    def chance(self) -> Real:
        """How often chance alone would give a change this large, either way (two-sided, normal)."""
        both: Real = 2 * ndtr(-np.abs(self.size) / np.sqrt(self.variance))
        return both


def hedges_g(before: Real, after: Real, n_before: Real, n_after: Real, deviation: Real) -> Changes:
    """Hedges' g of means *after* less *before*, with the pooled standard *deviation*; all are by team.

    d = difference/deviation, made smaller by J = Γ(f/2)/(√(f/2)·Γ((f − 1)/2)) with f = n + n − 2: in small teams d is
    too large. The variance is J²·((n + n)/(n·n) + d²/(2(n + n))). Two waves are taken as two samples: who answered
    both times is nobody's business, so a change in the same people is judged with too little certainty, not too much.
    Source: L. V. Hedges, "Distribution theory for Glass's estimator of effect size and related estimators", Journal of
    Educational Statistics 6 (1981), 107–128.
    """
    both = n_before + n_after
    free = both - 2
    correction = np.exp(gammaln(free / 2) - gammaln((free - 1) / 2)) / np.sqrt(free / 2)
    plain = (after - before) / deviation
    variance = correction**2 * (both / (n_before * n_after) + plain**2 / (2 * both))
    return Changes(correction * plain, variance)


def shrunken_changes(changes: Changes) -> Real:
    """The best guess at true changes: towards the average change, the further the less certain a team's own is.

    The variance of true changes is that of DerSimonian and Laird, "Meta-analysis in clinical trials", Controlled
    Clinical Trials 7 (1986), 177–188; each change keeps the part τ²/(τ² + its variance).
    """
    weight = 1 / changes.variance
    average = float(weight @ changes.size / weight.sum())
    excess = float(weight @ (changes.size - average) ** 2) - (len(weight) - 1)
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    true = max(excess / scale, 0.0) if scale > 0 else 0.0
    renewed = 1 / (changes.variance + true)
    centre = float(renewed @ changes.size / renewed.sum())
    moved: Real = centre + true / (true + changes.variance) * (changes.size - centre)
    return moved


def benjamini_hochberg(chance: Real) -> Real:
    """Chances adjusted for how many were looked at: of those up to q at most the part q is false, on average.

    The i-th smallest of m is multiplied by m/i, and none is larger than the next. Source: Y. Benjamini and Y. Hochberg,
    "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57 (1995), 289–300.
    """
    order = np.argsort(chance, kind="stable")
    number = len(chance)
    scaled = chance[order] * number / np.arange(1, number + 1)
    adjusted = np.empty(number)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
