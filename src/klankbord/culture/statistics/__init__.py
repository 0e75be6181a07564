"""Measuring well: how reliable a scale is, whether a team's mean means something, and whether something changed.

Formulas are short and ours; each names its source, and tests hold them to published values. Goal attainment (Kiresuk
and Sherman's T) is with the goals: ``klankbord.engagements.rules.goals.t_score``.
"""

from klankbord.culture.statistics.agreement import (
    ShroutFleiss,
    Spread,
    icc1,
    icc2,
    reliability_of_means,
    rwg,
    rwg_j,
    shrout_fleiss,
    spread_from,
    spread_of,
)
from klankbord.culture.statistics.change import Changes, benjamini_hochberg, hedges_g, shrunken_changes
from klankbord.culture.statistics.reliability import (
    Reliability,
    alpha_of,
    covariances,
    cronbach_alpha,
    deviation_of_average,
    feldt_interval,
    mcdonald_omega,
    one_factor,
)
from klankbord.culture.statistics.teams import shrinkage, shrinkage_from_icc, shrunken, team_interval

__all__ = [
    "Changes",
    "Reliability",
    "ShroutFleiss",
    "Spread",
    "alpha_of",
    "benjamini_hochberg",
    "covariances",
    "cronbach_alpha",
    "deviation_of_average",
    "feldt_interval",
    "hedges_g",
    "icc1",
    "icc2",
    "mcdonald_omega",
    "one_factor",
    "reliability_of_means",
    "rwg",
    "rwg_j",
    "shrinkage",
    "shrinkage_from_icc",
    "shrout_fleiss",
    "shrunken",
    "shrunken_changes",
    "spread_from",
    "spread_of",
    "team_interval",
]
