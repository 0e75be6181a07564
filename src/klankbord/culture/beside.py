"""What is published beside the figures of a wave: how far they can be trusted, what goes together, and what changed.

Made once, when the wave is published. Change, and whether teams differ (ICC), are reckoned from what is published and
nothing else, so nothing follows from them that did not already. Alpha, omega and correlations are reckoned from
answers: over the whole organisation, from :data:`FEWEST` complete answers on, of scales that are shown for the whole,
in hundredths, and no further than :data:`MOST`. Each is one number about at least thirty people; how many exactly
answered everything is not told.

SECURITY: ICC is not reckoned from answers. With the means of teams it would tell the squares within teams of a scale,
with alpha from there those of its items, and more precisely than the deviation may tell them: among thirty people with
an alpha of 0.73 and an ICC(2) of 0.87 an attack excluded what somebody could have answered. Below nought alpha had no
end, and the further it went, the more exactly it told how answers cancel out. And that a coefficient *cannot* be
reckoned says something too, such as that all gave the same answer: where it cannot, nought stands there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from klankbord.culture.disclosure import NOWHERE, SMALLEST, Protected, Tree
from klankbord.culture.disclosure.spread import STEP
from klankbord.culture.publication import EVERYBODY, Publication, Wave
from klankbord.culture.statistics import (
    Changes,
    benjamini_hochberg,
    covariances,
    cronbach_alpha,
    deviation_of_average,
    feldt_interval,
    hedges_g,
    icc1,
    icc2,
    mcdonald_omega,
    shrunken_changes,
    spread_from,
)

type Real = NDArray[np.float64]
type Whole = NDArray[np.signedinteger]

FEWEST = 30
"""Complete answers. Of fewer, a coefficient says little, and says it about few."""
MOST: Mapping[str, float] = {"alpha": 0.95, "omega": 0.95, "correlation": 0.9}
"""To where coefficients are told. Beyond it the answers of nearly everybody follow from those of others."""
CLOSE = 1e-6
SURE = float(ndtri(0.975))
FALSE_AT_MOST = 0.05
"""Of the changes that are told as more than chance, on average at most this part is chance after all."""


@dataclass(frozen=True)
class Means:
    """What is published about everyone: means and numbers (units × names), without a number where nothing is told.

    Names are those of the items and then of the scales; *scales* has the items of each.
    """

    units: tuple[str, ...]
    items: tuple[str, ...]
    scales: Mapping[str, Sequence[str]]
    mean: Real
    many: Real

    @classmethod
    def of(cls, figures: Publication) -> Means:
        """Of a publication."""
        everyone = figures.group == EVERYBODY
        at = (figures.unit[everyone], figures.item[everyone])
        mean, many = np.full((2, len(figures.units), len(figures.names)), np.nan)
        mean[at], many[at] = figures.mean[everyone], figures.n[everyone]
        return cls(figures.units, figures.items, figures.scales, mean, many)

    @classmethod
    def read(cls, cells: Iterable[tuple[str, str]], items: Sequence[str], scales: Mapping[str, Sequence[str]]) -> Means:
        """Of units with their cells, as :meth:`Publication.by_unit` tells them; of these items and scales.

        The whole of a large publication takes ten times the time and the memory.
        """
        units: list[str] = []
        columns: dict[str, list[Any]] = {name: [] for name in ("unit", "class", "item", "mean", "n")}
        for unit, text in cells:
            told = json.loads(text)
            told["unit"] = [len(units)] * len(told["n"])
            units.append(unit)
            for name, column in columns.items():
                column.extend(told[name])
        number = {name: place for place, name in enumerate((*items, *scales))}
        item = np.array([number.get(one, NOWHERE) for one in columns["item"]], dtype=np.int64)
        known = (item != NOWHERE) & np.array([one is None for one in columns["class"]], dtype=bool)
        at = np.array(columns["unit"], dtype=np.int64)[known], item[known]
        mean, many = np.full((2, len(units), len(number)), np.nan)
        mean[at], many[at] = (np.array(columns[name], dtype=float)[known] for name in ("mean", "n"))
        return cls(tuple(units), tuple(items), scales, mean, many)


@dataclass(frozen=True)
class Earlier:
    """What was published of the wave of the same kind before this one."""

    wave: str
    means: Means
    about: Mapping[str, Any]


def reliability(wave: Wave, may: Protected, k: int = SMALLEST) -> dict[str, dict[str, float]]:
    """Alpha with its interval, and omega, of each scale of which they may be told; in hundredths."""
    found = {}
    for name, _there, answers in _told_scales(wave, _shown_for_the_whole(wave, may), k):
        if answers.shape[1] < 2:
            continue  # of one item there is none, whatever is answered
        alpha = _limited("alpha", _or_nought(lambda of: cronbach_alpha(of).value, answers))
        low, high = (_limited("alpha", one) for one in feldt_interval(alpha, *answers.shape))
        # Where no factor can be found, as where all gave the same answer to an item, alpha stands in its place.
        omega = _limited("omega", _or_nought(lambda of: mcdonald_omega(covariances(of)), answers) or alpha)
        found[name] = {"alpha": alpha, "low": low, "high": high, "omega": omega}
    return found


def _limited(coefficient: str, value: float) -> float:
    """In hundredths, and neither below nought nor beyond where it is told."""
    return round(min(max(value, 0.0), MOST[coefficient]), 2)


def _or_nought(coefficient: Callable[[Real], float], answers: Real) -> float:
    """A *coefficient* of these answers, and nought where nobody differs enough from anybody to reckon it."""
    try:
        return coefficient(answers)
    except ValueError:
        return 0.0


def narrower(wave: Wave, may: Protected, scales: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """What part of the average width of its items the interval of a scale has, where its alpha is told.

    The less its items have to do with each other, the less far the average of all of them lies off. The upper end of
    alpha's interval is taken, and what is published only: nothing follows from it that did not already.
    """
    number = {item: place for place, item in enumerate(wave.items)}
    found = {}
    for name, told in scales.items():
        single = may.deviation[[number[item] for item in wave.scales[name]]]
        if (single > 0).all():
            found[name] = deviation_of_average(single, told["high"]) / float(single.mean())
    return found


def beside(
    wave: Wave,
    may: Protected,
    figures: Publication,
    *,
    scales: Mapping[str, Mapping[str, float]],
    outcomes: Sequence[str],
    earlier: Earlier | None,
    k: int = SMALLEST,
) -> dict[str, Any]:
    """What goes into ``about``: ``everybody``, ``together``, ``deviation`` and ``units``.

    *scales* says how reliable each is; *outcomes* are items; *earlier* is the wave to compare with.
    """
    deviation = _deviation(wave, may)
    shown = _shown_for_the_whole(wave, may)
    everybody: dict[str, Any] = {"scales": scales, "teams": _teams(wave, may, scales)}
    units: dict[str, Any] = {}
    if earlier is not None:
        everybody["before"] = earlier.wave
        lines = [*figures.scales, *outcomes] if figures.scales else list(figures.items)
        before = earlier.about
        units = _change(
            _Known(Means.of(figures), deviation, scales),
            _Known(earlier.means, before.get("deviation", {}), before.get("everybody", {}).get("scales", {})),
            lines,
            whole=wave.units[wave.tree.root],
        )
    return {
        "everybody": everybody,
        "together": _together(wave, [one for one in outcomes if one in shown], shown, k),
        "deviation": deviation,
        "units": {unit: {"change": found} for unit, found in units.items()},
    }


def _deviation(wave: Wave, may: Protected) -> dict[str, list[float]]:
    """Of each item the pooled deviation within teams as the intervals have it (rounded up), and its freedom."""
    told = zip(wave.items, may.deviation.tolist(), may.freedom.tolist(), strict=True)
    return {item: [round(width, 4), free] for item, width, free in told if free > 0}


def _complete(wave: Wave, items: Sequence[str]) -> tuple[NDArray[np.bool_], Real]:
    """Who answered all of these, and what."""
    number = {item: place for place, item in enumerate(wave.items)}
    values = wave.answers.values[:, [number[item] for item in items]]
    there = (values > 0).all(axis=1)
    return there, values[there].astype(float)


def _shown_for_the_whole(wave: Wave, may: Protected) -> frozenset[str]:
    """The items and scales of which something is told about everyone in the whole organisation."""
    items = frozenset(compress(wave.items, may.units[wave.tree.root].tolist()))
    return items | {scale for scale, of in wave.scales.items() if items.issuperset(of)}


def _told_scales(wave: Wave, shown: frozenset[str], k: int) -> Iterator[tuple[str, NDArray[np.bool_], Real]]:
    """Each scale that is shown for the whole, with who answered all of it and what, where those are enough."""
    for name, items in wave.scales.items():
        there, answers = _complete(wave, items)
        if len(answers) >= max(FEWEST, k) and name in shown:
            yield name, there, answers


def _teams(wave: Wave, may: Protected, scales: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """ICC of each scale over the units as they are shown: of their published means, deviations and alpha alone."""
    number = {item: place for place, item in enumerate(wave.items)}
    found = {}
    for name, told in scales.items():
        items = [number[item] for item in wave.scales[name]]
        many, sums = _atoms(wave.tree, may, items)
        there, (single, known) = (many > 0).all(axis=1), _likely(may.deviation[items])
        if there.sum() < 2 or single <= 0:
            continue
        sizes, means = many[there].min(axis=1).astype(float), sums[there] / many[there]
        squares = _squares_within(single, len(items), told["alpha"], sizes, means)
        spread = spread_from(sizes, means.mean(axis=1), squares)
        if spread.between > 0 and (known or icc1(spread) > 0):
            found[name] = {"icc1": round(max(icc1(spread), 0.0), 2), "icc2": round(max(icc2(spread), 0.0), 2)}
    return found


def _likely(deviations: Real) -> tuple[float, bool]:
    """What the deviations of items within teams likely are, on average, from how they are told; and whether it is that.

    The upper end of a class of one step or more is told, so half a step less is about right. What is no end of a class
    is the most that can be. Where there is nothing else, ICC is no less than what follows from it, and nought of that
    says nothing.
    """
    classes = deviations[(deviations > 0) & (np.abs(deviations - deviations.round(1)) < CLOSE)]
    if len(classes):
        return float(classes.mean()) - STEP / 2, True
    return float(deviations.mean()), False


def _squares_within(single: float, items: int, alpha: float, sizes: Real, means: Real) -> float:
    """The sum of squares within teams of the average of some *items*.

    *single* is the deviation of one of them within teams, *sizes* and *means* (teams, and × items) those of teams.
    Alpha is of everybody: with it the variance of the average over everybody follows from those of the items, and from
    that goes what lies between the means of teams. It is no less than of items that have nothing to do with each other,
    and no more than of items that are all the same.
    """
    people, free = float(sizes.sum()), float(sizes.sum()) - len(sizes)

    def apart(of: Real) -> Real:
        squares: Real = sizes @ (of - sizes @ of / people) ** 2
        return squares

    every = np.sqrt((single**2 * free + apart(means)) / (people - 1))
    whole = deviation_of_average(every, alpha) ** 2 * (people - 1)
    within = whole - float(apart(means.mean(axis=1)))
    return min(max(within, single**2 / items * free), single**2 * free)


def _atoms(tree: Tree, may: Protected, items: Sequence[int]) -> tuple[Whole, Whole]:
    """What each shown unit keeps of items (units × items), from what is shown: how many answered, and their sum."""
    shown = may.units[:, items]
    near = tree.nearest(shown[:, 0])
    above = np.where(tree.parent == NOWHERE, NOWHERE, near[tree.parent])
    under = shown[:, 0] & (above != NOWHERE)
    parts = np.stack((may.many[:, items], may.sums[:, items]))
    whole = parts.copy()
    for part, of in zip(parts, whole, strict=True):
        np.subtract.at(part, above[under], of[under])
    return parts[0], parts[1]


def _together(wave: Wave, outcomes: Sequence[str], shown: frozenset[str], k: int) -> dict[str, dict[str, float]]:
    """Pearson's correlation of each dimension with each outcome, over people."""
    number = {item: place for place, item in enumerate(wave.items)}
    found: dict[str, dict[str, float]] = {}
    for name, there, answers in _told_scales(wave, shown, k):
        means = answers.mean(axis=1)
        for outcome in outcomes:
            given = wave.answers.values[there, number[outcome]].astype(float)
            both = given > 0
            if both.sum() >= max(FEWEST, k):
                told = _correlation(means[both], given[both])
                found.setdefault(name, {})[outcome] = float(np.copysign(_limited("correlation", abs(told)), told))
    return found


def _correlation(one: Real, other: Real) -> float:
    first, second = one - one.mean(), other - other.mean()
    # Sums of products, and no products of vectors: those go to all processors, which costs more than it gains.
    squares = float((first**2).sum() * (second**2).sum())
    return float((first * second).sum()) / squares**0.5 if squares > 0 else 0.0


# --- change ---------------------------------------------------------------------------------------------------------


class _Known:
    """What is published, by unit and name; and of each name the pooled deviation within teams.

    That of a scale follows from those of its items and from its alpha, which is published too.
    """

    def __init__(
        self, means: Means, deviation: Mapping[str, Sequence[float]], scales: Mapping[str, Mapping[str, float]]
    ) -> None:
        self.means = means
        self.unit = {unit: place for place, unit in enumerate(means.units)}
        self.name = {name: place for place, name in enumerate((*means.items, *means.scales))}
        single = np.array([deviation.get(item, (np.nan,))[0] for item in means.items])
        # At the upper end of alpha's interval it is rather too wide than too narrow; without alpha it is the most.
        whole = [
            deviation_of_average(single[[self.name[item] for item in items]], scales.get(scale, {}).get("high", 1.0))
            for scale, items in means.scales.items()
        ]
        self.width = np.concatenate([single, whole])


def _change(now: _Known, before: _Known, lines: Sequence[str], whole: str) -> dict[str, dict[str, Any]]:
    """By unit and line what changed.

    What stands out does so over all units and lines together; and of the *whole* organisation over its own lines: that
    is one question of its own, and the more teams there are, the less would be told about all of them.
    """
    same = [unit for unit in now.means.units if unit in before.unit]
    both = [name for name in lines if name in now.name and name in before.name]
    if not same or not both:
        return {}
    here = np.ix_([now.unit[unit] for unit in same], [now.name[name] for name in both])
    there = np.ix_([before.unit[unit] for unit in same], [before.name[name] for name in both])
    wide = (now.width[here[1]] + before.width[there[1]]) / 2
    width = np.broadcast_to(wide, (len(same), len(both)))
    by = now.means.mean[here] - before.means.mean[there]
    known = np.isfinite(by + width) & (width > 0)
    unit, line = np.nonzero(known)
    if not len(unit):
        return {}
    first, second = before.means.many[there][known], now.means.many[here][known]
    changes = hedges_g(before.means.mean[there][known], now.means.mean[here][known], first, second, width[known])
    stands_out = np.zeros(len(unit), dtype=bool)
    of_all = np.array([one == whole for one in same])[unit]
    for family in (of_all, ~of_all):
        stands_out[family] = benjamini_hochberg(changes.chance[family]) <= FALSE_AT_MOST
    difference, half = by[known], SURE * width[known] * np.sqrt(1 / first + 1 / second)
    kind = np.array(["moved_down", "moved_up"])[(difference > 0).astype(int)]
    columns = {
        "change": np.where(stands_out, kind, "within_chance"),
        "difference": difference.round(4),
        "low": (difference - half).round(4),
        "high": (difference + half).round(4),
        "effect": _effects(changes, line).round(2),
    }
    found: dict[str, dict[str, Any]] = {}
    for row, column, *values in zip(*(one.tolist() for one in (unit, line, *columns.values())), strict=True):
        found.setdefault(same[row], {})[both[column]] = dict(zip(columns, values, strict=True))
    return found


def _effects(changes: Changes, line: NDArray[np.intp]) -> Real:
    """How large changes are, those of each *line* drawn towards their average."""
    effect = np.zeros(len(line))
    for one in np.unique(line):
        rows = line == one
        effect[rows] = shrunken_changes(replace(changes, size=changes.size[rows], variance=changes.variance[rows]))
    return effect
