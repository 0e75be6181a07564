"""Matching a whole group at once: who is proposed to whom, when many wait and every coach has so many places.

Four wishes, each weighed only among what the ones before it leave open:

1. as many people as possible have a coach (a maximum matching; König and Hall say when more is impossible);
2. whoever is worst off is as well off as can be (a bottleneck assignment: Burkard, Dell'Amico & Martello, *Assignment
   Problems*, 2009, chapter 6);
3. where somebody has to wait, those who waited longest do not, and the sum of all fits is as high as can be;
4. the places that are taken are spread evenly over the coaches, in proportion to the room each has.

The second comes before the third on purpose: a higher sum may be bought by giving one person a coach who hardly fits,
and nobody would explain that to this person. It costs the others little: the bound is the lowest fit that must be.

The third and fourth are one transportation problem. Its matrix is totally unimodular (Hoffman & Kruskal 1956), so the
best answer in whole people is the best answer of the linear programme, and a price for each place proves it: nobody
would rather pay the price of another coach. So we solve with a few candidates for each person (scipy's sparse
Jonker–Volgenant) and let the prices tell which of the candidates that were left out would be better; when there is
none, the answer is optimal over all of them (column generation). All arithmetic is on whole numbers below 2**53, and
nothing is drawn by lot: the same question gets the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, csr_matrix
from scipy.sparse.csgraph import maximum_flow, min_weight_full_bipartite_matching

type Whole = NDArray[np.int64]
type Yes = NDArray[np.bool_]

UNPLACED = -1
# With how many candidates for each person the first round begins, and how many more each next round may bring.
BEGIN_WITH, MORE = 16, 6
# A place counts from 0 (the first of an idle coach) to this (the last one).
FULL = 100
# Sums of two such numbers are still whole in floating point, in which scipy reckons.
EXACT = 2**51
_NEVER = np.iinfo(np.int64).min // 4


@dataclass(frozen=True)
class Group:
    """Who wait and who could coach them.

    ``possible`` and ``fit`` have a row for each request and a column for each coach; ``fit`` is whole and not negative,
    higher is better. ``places`` is how many more people each coach takes on, ``taken`` how many there are already.
    ``waiting`` says for each request how long it waits, in days or any other whole steps.
    """

    possible: Yes
    fit: Whole
    places: Whole
    taken: Whole
    waiting: Whole

    @classmethod
    def of(
        cls,
        possible: NDArray[np.generic],
        fit: NDArray[np.generic],
        places: NDArray[np.generic],
        *,
        taken: NDArray[np.generic] | None = None,
        waiting: NDArray[np.generic] | None = None,
    ) -> Group:
        """The same from arrays of any whole type. Raises ``ValueError`` when they do not belong together."""
        may, fits = np.asarray(possible, dtype=bool), np.asarray(fit, dtype=np.int64)
        room = np.asarray(places, dtype=np.int64)
        if may.ndim != 2 or may.shape != fits.shape or room.shape != (may.shape[1],):
            raise ValueError("the arrays do not have the same requests and coaches")
        if (fits[may] < 0).any() or (room < 0).any():
            raise ValueError("fits and places are not negative")
        busy = np.zeros_like(room) if taken is None else np.asarray(taken, dtype=np.int64)
        days = np.zeros(may.shape[0], dtype=np.int64) if waiting is None else np.asarray(waiting, dtype=np.int64)
        return cls(may & (room > 0), fits, np.minimum(room, may.shape[0]), busy, days)


@dataclass(frozen=True)
class Assignment:
    """Which coach each request gets (the column, or ``UNPLACED``), and what that comes to.

    ``floor`` is the lowest fit among those who have a coach; None when nobody has. ``rounds`` counts how often the
    prices brought in candidates that were left out at first.
    """

    coach: Whole
    floor: int | None
    total: int
    rounds: int = 0

    @property
    def placed(self) -> int:
        """How many have a coach."""
        return int((self.coach != UNPLACED).sum())


def assign(group: Group) -> Assignment:
    """The best assignment for *group*, as the head of this module says.

    Time: seconds for 5,000 requests and 1,000 coaches; memory: a few times the two arrays.
    """
    most = _most(group.possible, group.places)
    if most == 0:
        return Assignment(np.full(len(group.fit), UNPLACED), None, 0)
    floor = _floor(group, most)
    bounded = replace(group, possible=group.possible & (group.fit >= floor))
    values = _Values.of(bounded)
    chosen = _start(values)
    rounds = 0
    while True:
        coach = _best_among(values, chosen)
        better = _better_elsewhere(values, chosen, coach)
        if not better.any():
            break
        rounds += 1
        chosen |= better
    placed = np.flatnonzero(coach < group.fit.shape[1])
    result = np.full(len(coach), UNPLACED)
    result[placed] = coach[placed]
    return Assignment(result, int(floor), int(group.fit[placed, coach[placed]].sum()), rounds)


# --- how many, and how well the least fortunate ---------------------------------------------------------------------


def _network(possible: Yes, places: Whole) -> csr_array:
    """From a source to every request, on to the coaches who can, and through their places to a sink."""
    requests, coaches = possible.shape
    counts = np.concatenate(([requests], possible.sum(axis=1), (places > 0).astype(int), [0]))
    indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    open_places = np.flatnonzero(places)
    towards = np.concatenate(
        (
            np.arange(1, requests + 1),
            np.nonzero(possible)[1] + requests + 1,
            np.full(len(open_places), requests + coaches + 1),
        )
    )
    width = np.concatenate((np.ones(len(towards) - len(open_places)), places[open_places]))
    size = requests + coaches + 2
    return csr_array((width.astype(np.int32), towards.astype(np.int32), indptr), shape=(size, size))


def _most(possible: Yes, places: Whole) -> int:
    """How many people can have a coach at all."""
    if not possible.any():
        return 0
    return int(maximum_flow(_network(possible, places), 0, sum(possible.shape) + 1).flow_value)


def _floor(group: Group, most: int) -> int:
    """The highest bound on every fit under which *most* people still have a coach: bisection over the fits."""
    levels = np.unique(group.fit[group.possible])
    low, high = 0, len(levels) - 1
    if most == len(group.fit):
        # Nobody can have better than their own best.
        own_best = np.where(group.possible, group.fit, -1).max(axis=1).min()
        high = int(np.searchsorted(levels, own_best))
    while low < high:
        middle = (low + high + 1) // 2
        if _reaches(group, levels[middle], most):
            low = middle
        else:
            high = middle - 1
    return int(levels[low])


def _reaches(group: Group, level: int, most: int) -> bool:
    above = group.possible & (group.fit >= level)
    able = above.any(axis=1).sum()
    if able < most or np.minimum(above.sum(axis=0), group.places).sum() < most:
        return False
    return _most(above, group.places) == most


# --- the best sum ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Values:
    """All wishes in one whole number for each pair; the last column is to have no coach, which has room for everybody.

    The steps between the wishes need to outweigh one exchange only, not the whole sum: two answers differ by exchanges
    that each pass every coach at most once (the cycles of the residual network), and an answer is best when no exchange
    makes it better. So one step of fit outweighs ``FULL``, and having a coach outweighs a step of fit at every coach.
    """

    value: Whole
    places: Whole
    taken: Whole

    @classmethod
    def of(cls, group: Group) -> _Values:
        requests, coaches = group.fit.shape
        least = group.fit[group.possible].min()
        fit = np.where(group.possible, (group.fit - least + 1) * (FULL + 1), _NEVER)
        exchange = (int(fit.max()) + FULL + 1) * (min(requests, coaches) + 2)
        days = group.waiting - group.waiting.min()
        none = -(exchange * (days + int(days.max()) + 1))
        if int(none.min()) < -EXACT:
            raise ValueError("fits or waiting times are too large to be weighed exactly")
        value = np.concatenate((fit, none[:, None]), axis=1)
        return cls(value, np.append(group.places, requests), np.append(group.taken, 0))

    def weight(self, coach: Whole, nth: Whole) -> Whole:
        """How heavy the *nth* new place (from 1) of a coach counts; to have no coach weighs nothing."""
        room = np.maximum(self.places + self.taken, 1)
        heavy = (FULL * (self.taken[coach] + nth)) // room[coach]
        return np.where(coach == len(self.places) - 1, 0, np.minimum(heavy, FULL))


def _start(values: _Values) -> Yes:
    """The candidates to begin with: for each request the best at the prices of a short auction, and to have none."""
    value = values.value
    chosen = np.zeros(value.shape, dtype=bool)
    chosen[:, -1] = True
    coaches = value.shape[1] - 1
    keep = min(BEGIN_WITH, coaches)
    net = value[:, :-1] - _guessed_prices(values)[None, :]
    best = np.argpartition(net, coaches - keep, axis=1)[:, coaches - keep :]
    rows = np.arange(len(value))[:, None]
    chosen[rows, best] = value[rows, best] > _NEVER
    return chosen


def _guessed_prices(values: _Values, turns: int = 40) -> Whole:
    """Prices at which coaches are wanted about as often as they have places: a guess that only saves time."""
    value, places = values.value[:, :-1], np.maximum(values.places[:-1], 1)
    prices = np.zeros(value.shape[1], dtype=np.int64)
    step = max(1.0, float(value.max() - value[value > _NEVER].min()) / 4)
    for _turn in range(turns):
        wanted = np.bincount((value - prices).argmax(axis=1), minlength=len(prices))
        crowd = np.clip((wanted - places) / places, -1, 1)
        prices = np.maximum(0, prices + (step * crowd).astype(np.int64))
        step *= 0.9
    return prices


def _best_among(values: _Values, chosen: Yes) -> Whole:
    """The best assignment with the chosen candidates alone; every place is a column, and so is every none."""
    requests, coaches = chosen.shape[0], chosen.shape[1] - 1
    row, column = np.nonzero(chosen[:, :-1])
    room = np.minimum(values.places[:-1], chosen[:, :-1].sum(axis=0))
    first = np.concatenate(([0], np.cumsum(room)))
    times = room[column]
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    worth = np.repeat(values.value[row, column], times) - values.weight(np.repeat(column, times), nth + 1)
    places = np.concatenate((np.repeat(first[column], times) + nth, first[-1] + np.arange(requests)))
    rows = np.concatenate((np.repeat(row, times), np.arange(requests)))
    worths = np.concatenate((worth, values.value[:, -1]))
    costs = (worths.max() + 1 - worths).astype(float)
    shape = (requests, int(first[-1]) + requests)
    _rows, got = min_weight_full_bipartite_matching(csr_matrix((costs, (rows, places)), shape=shape))
    coach: Whole = np.minimum(np.searchsorted(first, got, side="right") - 1, coaches)
    return coach


def _better_elsewhere(values: _Values, chosen: Yes, coach: Whole) -> Yes:
    """Candidates that were not chosen and are better at the prices of this answer; for each request the best few."""
    prices = _prices(values, chosen, coach)
    net = values.value - prices
    mine = net[np.arange(len(coach)), coach]
    gain = np.where((values.value > _NEVER) & ~chosen, net - mine[:, None], 0)
    keep = min(MORE, gain.shape[1])
    best = np.argpartition(gain, gain.shape[1] - keep, axis=1)[:, -keep:]
    rows = np.arange(len(coach))[:, None]
    better = np.zeros_like(chosen)
    better[rows, best] = gain[rows, best] > 0
    return better


def _prices(values: _Values, chosen: Yes, coach: Whole) -> Whole:
    """What one place at each coach costs the others: the least that is lost when somebody there makes room.

    Shortest paths (Bellman–Ford) over coaches instead of people: from a coach to another costs what the cheapest move
    of somebody who is there loses. A coach with room to spare costs what the next place weighs.
    """
    count = len(values.places)
    row, column = np.nonzero(chosen)
    lost = values.value[row, coach[row]] - values.value[row, column]
    far = np.iinfo(np.int64).max // 4
    move = np.full((count, count), far)
    np.minimum.at(move, (coach[row], column), lost)
    used = np.bincount(coach, minlength=count)
    everybody = np.arange(count)
    prices = np.where(used < values.places, values.weight(everybody, used + 1), far)
    prices = np.where(values.places == 0, 0, prices)
    for _turn in range(count):
        cheaper = np.minimum(prices, (move + prices[None, :]).min(axis=1))
        if (cheaper == prices).all():
            break
        prices = cheaper
    return prices


# --- who has none, and what would help ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Help:
    """So many places of some kind, and so many more people have a coach. Every such place counts for one person."""

    kind: str
    places: int


def what_would_help(group: Group, answer: Assignment, kinds: Mapping[str, Yes]) -> list[Help]:
    """For each kind of place how many of it would help, most helpful first; kinds that help nobody are left out.

    *answer* is what :func:`assign` made of *group*; *kinds* says for each kind which requests a coach of that kind
    could take. A place may help somebody who has none without that person taking it: another moves there and makes
    room. Places of one kind help one person each until they help no more (what a flow gains from one capacity is
    concave and grows by ones), so one figure says it all: places without end are tried, and the gain is what is needed.
    """
    who, where = _hemmed_in(group, answer)
    if not len(who):
        return []
    possible, places = group.possible[np.ix_(who, where)], group.places[where]
    placed = int((answer.coach[who] != UNPLACED).sum())
    found = []
    for kind, fits in kinds.items():
        wider = np.concatenate((possible, np.asarray(fits, dtype=bool)[who, None]), axis=1)
        found.append(Help(kind, _most(wider, np.append(places, len(who))) - placed))
    return sorted((one for one in found if one.places), key=lambda one: -one.places)


def _hemmed_in(group: Group, answer: Assignment) -> tuple[Whole, Whole]:
    """Whoever has none, who has a place they could take, and so on: they want more than there is (Hall)."""
    who, where = answer.coach == UNPLACED, np.zeros(group.fit.shape[1], dtype=bool)
    while True:
        further = group.possible[who].any(axis=0) & ~where
        if not further.any():
            return np.flatnonzero(who), np.flatnonzero(where)
        where |= further
        who |= (answer.coach != UNPLACED) & where[answer.coach]
