"""What stands beside the figures, with the figures: answers to the items of a scale that fit all of it together.

People in a team are alike, so how many of them gave which answers to all items are whole numbers to be found (HiGHS).
Alpha and ICC in hundredths, the sums of teams and the class of a deviation are linear in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from klankbord.culture.beside import MOST, Earlier, beside, reliability
from klankbord.culture.disclosure import Answers, Tree
from klankbord.culture.disclosure.spread import POINTS, _between, _ends, _left
from klankbord.culture.publication import Wave, judged, written
from klankbord.culture.statistics import icc2, spread_of

TEAMS, SIZE, ITEMS = 6, 5, 3
KINDS = np.array(list(product(range(1, 6), repeat=ITEMS)))
HALF = 0.005


def answers_by_lot(seed: int) -> Any:
    """Answers (teams × people × items) of teams that differ, of which each may be shown."""
    lot = np.random.default_rng(seed)
    while True:
        level, person = lot.uniform(1.8, 4.2, (TEAMS, 1, 1)), lot.normal(0, 0.4, (TEAMS, SIZE, 1))
        found = np.clip(np.rint(level + person + lot.normal(0, 0.5, (TEAMS, SIZE, ITEMS))), 1, 5).astype(np.int8)
        sums = found.sum(axis=1)
        if ((sums >= SIZE + 4) & (sums <= 5 * SIZE - 4)).all():
            return found


def wave_of(answers: Any, outcome: Any = None) -> Wave:
    """These teams under one root, with one scale."""
    values = answers.reshape(-1, ITEMS)
    if outcome is not None:
        values = np.column_stack((values, outcome))
    items = tuple(f"item{number}" for number in range(1, values.shape[1] + 1))
    return Wave(
        units=("all", *(f"team {number}" for number in range(TEAMS))),
        tree=Tree.of([-1] + [0] * TEAMS),
        items=items,
        answers=Answers(np.repeat(np.arange(1, TEAMS + 1), SIZE), values.astype(np.int8)),
        scales={"trust": items[:ITEMS]},
    )


def told_beside(wave: Wave, earlier: Earlier | None = None) -> dict[str, Any]:
    may = judged(wave)
    outcomes = wave.items[ITEMS:]
    return beside(wave, may, written(wave, may), scales=reliability(wave, may), outcomes=outcomes, earlier=earlier)


class Joined:
    """How many people of each team gave each set of answers, and what is known of them."""

    def __init__(self, answers: Any) -> None:
        self.rows: list[Any] = []
        self.ends: list[tuple[float, float]] = []
        self.answers, self.people = answers.astype(float), TEAMS * SIZE
        for team, sums in enumerate(answers.sum(axis=1)):
            self.know(np.ones(len(KINDS)), SIZE, SIZE, team)
            for item in range(ITEMS):
                self.know(KINDS[:, item], sums[item], sums[item], team)

    def know(self, weights: Any, low: float, high: float, team: int | None = None) -> None:
        row = np.zeros((TEAMS, len(KINDS)))
        row[slice(None) if team is None else team] = weights
        self.rows.append(row.ravel())
        self.ends.append((low - 1e-6, high + 1e-6))

    def know_alpha(self, alpha: float) -> None:
        """The squares of the items beside those of their sum; beyond its ends alpha is only known to be there."""
        flat = self.answers.reshape(-1, ITEMS)
        fixed, fixed_sum = (flat.sum(axis=0) ** 2).sum() / self.people, flat.sum() ** 2 / self.people
        for end, there in ((alpha + HALF, alpha < MOST["alpha"]), (alpha - HALF, alpha > 0)):
            part = 1 - end * (ITEMS - 1) / ITEMS
            weights, bound = (KINDS**2).sum(axis=1) - part * KINDS.sum(axis=1) ** 2, fixed - part * fixed_sum
            if there:
                self.know(weights, *((bound, np.inf) if end > alpha else (-np.inf, bound)))

    def know_icc2(self, icc: float) -> None:
        """The squares of sums within teams, from those between them."""
        teams = self.answers.sum(axis=(1, 2))
        between = (teams**2).sum() / SIZE
        scale = (between - teams.sum() ** 2 / self.people) / (TEAMS - 1) * (self.people - TEAMS)
        self.know(KINDS.sum(axis=1) ** 2, *(between + scale * (1 - icc + off) for off in (-HALF, HALF)))

    def know_deviations(self) -> None:
        """In which class the squares of each item lie."""
        for item in range(ITEMS):
            atoms = np.array([np.bincount(team, minlength=6)[1:] for team in self.answers[:, :, item].astype(int)])
            between, free = _between(atoms)
            low, high, gap = _left(atoms, atoms[:0], False)
            ends = [between + free * end**2 for end in _ends(low + gap, high - gap, between, free, gap)]
            squares, at = float((atoms @ POINTS**2).sum()), 0
            while at < len(ends) and squares > ends[at] + 1e-9:
                at += 1
            bounds = (ends[at - 1] if at else 0.0, ends[at] if at < len(ends) else np.inf)
            self.know(KINDS[:, item] ** 2, *(bounds if ends else (0.0, np.inf)))

    def never(self) -> Iterator[tuple[int, int, int]]:
        """Team, item and answer that nobody can have given."""
        seen = np.zeros((TEAMS, ITEMS, 6), dtype=bool)
        known = LinearConstraint(sparse.csr_matrix(np.array(self.rows)), *map(np.array, zip(*self.ends, strict=True)))
        for team, item, answer in product(range(TEAMS), range(ITEMS), range(1, 6)):
            if seen[team, item, answer]:
                continue
            wanted = np.zeros((TEAMS, len(KINDS)))
            wanted[team, KINDS[:, item] == answer] = 1
            some = LinearConstraint(sparse.csr_matrix(wanted.ravel()), 1, np.inf)
            # Whatever is found at once need not be looked for: rather answers that were not seen yet, and any will do.
            new = np.sum([~seen[:, one, KINDS[:, one]] for one in range(ITEMS)], axis=0).astype(float).ravel()
            found = milp(-new, constraints=[known, some], integrality=np.ones(new.size), bounds=Bounds(0, np.inf),
                         options={"mip_rel_gap": 0.9})  # fmt: skip
            if found.status == 2:
                yield team, item, answer
                continue
            assert found.status == 0, found.message
            for place in zip(*np.nonzero(found.x.reshape(TEAMS, -1).round()), strict=True):
                seen[place[0], range(ITEMS), KINDS[place[1]]] = True


def test_alpha_beside_means_and_deviations_leaves_everybody_every_answer() -> None:
    answers = answers_by_lot(50)
    attack = Joined(answers)
    attack.know_deviations()
    attack.know_alpha(told_beside(wave_of(answers))["everybody"]["scales"]["trust"]["alpha"])
    assert list(attack.never()) == []


def test_with_icc_from_answers_as_well_it_did_not() -> None:
    """So the attack can succeed, and that ICC is reckoned from what is published is needed."""
    answers = answers_by_lot(50)
    attack = Joined(answers)
    attack.know_alpha(told_beside(wave_of(answers))["everybody"]["scales"]["trust"]["alpha"])
    team = np.repeat(np.arange(TEAMS), SIZE)
    attack.know_icc2(round(icc2(spread_of(team, answers.reshape(-1, ITEMS).mean(axis=1))), 2))
    assert next(attack.never(), None) is not None


def test_icc_is_the_same_for_all_answers_of_which_the_same_is_published() -> None:
    """People of a team trade answers to an item: that changes what goes together in somebody, and alpha."""
    answers = answers_by_lot(52)
    traded = answers.copy()
    traded[:, :, 0] = np.sort(answers[:, :, 0], axis=1)
    traded[:, :, 1] = -np.sort(-answers[:, :, 1], axis=1)
    wave, other = wave_of(answers), wave_of(traded)
    scales = {"trust": {"alpha": 0.7, "low": 0.6, "high": 0.8, "omega": 0.7}}
    told = [
        beside(one, judged(one), written(one, judged(one)), scales=scales, outcomes=(), earlier=None)["everybody"]
        for one in (wave, other)
    ]
    assert reliability(wave, judged(wave)) != reliability(other, judged(other))
    assert told[0] == told[1]
    truth = [spread_of(one.answers.unit, one.answers.values.mean(axis=1)) for one in (wave, other)]
    assert abs(icc2(truth[0]) - icc2(truth[1])) > 0.02, "from answers it would have changed"


def test_coefficients_end_where_they_would_tell_that_all_answers_are_alike_or_cancel_out() -> None:
    level = np.array([2, 3, 2, 4, 3, 4])[:, None, None]
    alike = np.broadcast_to(level, (TEAMS, SIZE, ITEMS)).astype(np.int8)
    cancel = np.full((TEAMS, SIZE, ITEMS), 3, dtype=np.int8)
    cancel[:, 0], cancel[:, 1] = (5, 1, 3), (3, 5, 1)
    nobody = np.full((TEAMS, SIZE, ITEMS), 3, dtype=np.int8)
    for answers, alpha in ((alike, MOST["alpha"]), (cancel, 0.0), (nobody, 0.0)):
        wave = wave_of(answers, answers[:, :, 0].reshape(-1))
        told = told_beside(wave)
        scale = told["everybody"]["scales"]["trust"]
        assert scale["alpha"] == alpha
        assert all(0 <= value <= MOST["alpha"] for value in scale.values())
        # A coefficient that cannot be reckoned is told like one of nought: else it would say that nobody differs.
        assert abs(told["together"]["trust"]["item4"]) <= MOST["correlation"]


def test_who_asks_for_figures_of_more_people_gets_coefficients_of_as_many() -> None:
    wave = wave_of(answers_by_lot(50))
    assert reliability(wave, judged(wave), k=TEAMS * SIZE)
    assert reliability(wave, judged(wave), k=TEAMS * SIZE + 1) == {}
