"""Somebody who wants to know more than is shown. Reads a publication as JSON, the tree, and who answered what; no more.

It imports nothing of the product: what the rules say is not its business. Two attacks, an item at a time:

* *span*: is there a linear combination of what is shown that is about fewer than k people? Over exact fractions: for
  every set of fewer than k people, whether any combination is nothing outside it and something inside.
* *bounds*: are there answers that somebody cannot have given? People who sit in the same unit and class are alike, so
  how many of them gave each answer are whole numbers to be found, under everything that is shown (HiGHS).

It is given more than anybody has: how many of each unit and class answered each item, by name. Who knows the rules also
knows why a figure is missing; then it is given, beside the figures, the number and sum of every part that failed
(``failed``), which is more than why, and nothing may follow about anybody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import t

type Kind = tuple[str, str | None]
"""A unit (itself, not what is under it) and a class."""


@dataclass
class Attacker:
    """*parents* tells under which unit each lies, None for the root; *answered* how many of each kind, item by item."""

    publication: Mapping[str, Any]
    parents: Mapping[str, str | None]
    answered: Mapping[str, Mapping[Kind, int]]
    failed: Sequence[Mapping[str, Any]] = ()

    @cached_property
    def _above(self) -> dict[str, set[str]]:
        above: dict[str, set[str]] = {}
        for unit in self.parents:
            line = [unit]
            while (parent := self.parents[line[-1]]) is not None:
                line.append(parent)
            above[unit] = set(line)
        return above

    def _cells(self, item: str) -> list[Mapping[str, Any]]:
        return [cell for cell in (*self.publication["cells"], *self.failed) if cell["item"] == item]

    def _counts_in(self, cell: Mapping[str, Any], kind: Kind) -> bool:
        if "part" in cell:
            return kind[0] in cell["part"]
        return cell["unit"] in self._above[kind[0]] and cell["class"] in (None, kind[1])

    # --- span -------------------------------------------------------------------------------------------------------

    def small_sets(self, item: str) -> list[str]:
        """Sets of fewer than k people about which a combination of the figures of *item* says something."""
        return self._small_sets(self._cells(item), self.answered[item])

    def small_sets_of_any(self, taking_part: Mapping[Kind, int], response: Sequence[str] = ()) -> list[str]:
        """The same with the figures of all items together, as if everybody who took part had answered all of them.

        *response* are the units of which is told how many took part.
        """
        shown = {(cell["unit"], cell["class"]): cell for cell in self.publication["cells"]}
        shown |= {(unit, None): {"unit": unit, "class": None} for unit in response}
        return self._small_sets(list(shown.values()), taking_part)

    def _small_sets(self, cells: Sequence[Mapping[str, Any]], answered: Mapping[Kind, int]) -> list[str]:
        kinds = [kind for kind, number in answered.items() if number]
        vectors = {tuple(int(self._counts_in(cell, kind)) for kind in kinds) for cell in cells}
        # People whom no figure tells apart are in the same sets; together they are one column.
        columns: dict[tuple[int, ...], int] = {}
        for column, kind in zip(zip(*vectors, strict=True), kinds, strict=False):
            if any(column):
                columns[column] = columns.get(column, 0) + answered[kind]
        basis = _reduced([[Fraction(value) for value in row] for row in zip(*columns, strict=True)])
        sizes = list(columns.values())
        return [
            f"{sum(sizes[at] for at in some)} people"
            for some in _just_small(sizes, self.publication["k"])
            if _says_something(basis, some, len(sizes))
        ]

    # --- the spread -------------------------------------------------------------------------------------------------

    def squares(self, item: str) -> tuple[list[Kind], float, float] | None:
        """What the width of the intervals tells of a sum of squares: whose, at least, and at most.

        Whose: of everybody in an atom that has no bands, or has them by itself. At most: the deviation as told. At
        least: a tenth less, if the rule says no more than that. None where these atoms are fewer than two, or the
        deviation is no whole number of tenths: then it is only the most that could be.
        """
        cells = {
            cell["unit"]: cell for cell in self.publication["cells"] if (cell["item"], cell["class"]) == (item, None)
        }
        atoms, banded = self._parts(cells, cells), {unit for unit, cell in cells.items() if cell["bands"]}
        part = {unit: next((one for one in self._line(unit, True) if one in banded), None) for unit in atoms}
        shared = Counter(part.values())
        pool = {unit: atom for unit, atom in atoms.items() if part[unit] is None or shared[part[unit]] == 1}
        wide = [cell for cell in cells.values() if cell["low"] > 1 and cell["high"] < 5]
        if not wide or len(pool) < 2:
            return None
        free = sum(n for n, _total in pool.values()) - len(pool)
        between = sum(total**2 / n for n, total in pool.values())
        half = max((cell["high"] - cell["low"]) / 2 * cell["n"] ** 0.5 for cell in wide)
        deviation = half / float(t.ppf(0.975, free))
        if abs(deviation - round(deviation, 1)) > 0.002:
            return None
        deviation += 0.0005
        whose = [kind for kind in self.answered[item] if self._atom(kind[0], cells) in pool]
        return whose, between + free * max(deviation - 0.1, 0) ** 2, between + free * deviation**2

    def _atom(self, unit: str, cells: Mapping[str, Any]) -> str | None:
        return next((one for one in self._line(unit, True) if one in cells), None)

    def _parts(self, some: Mapping[str, Any], cells: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
        """For each of *some* units n and the sum of what lies in none of the others below it; only where n is not 0."""
        parts: dict[str, tuple[int, int]] = {}
        for unit in some:
            above = next((one for one in self._line(unit) if one in some), None)
            for one, sign in ((unit, 1), (above, -1)):
                if one is not None:
                    n, total = parts.get(one, (0, 0))
                    n, total = n + sign * cells[unit]["n"], total + sign * round(cells[unit]["n"] * cells[unit]["mean"])
                    parts[one] = n, total
        return {unit: part for unit, part in parts.items() if part[0]}

    def _line(self, unit: str, itself: bool = False) -> list[str]:
        """The units above *unit*, the nearest first; *itself* before them if asked."""
        line = [unit]
        while (parent := self.parents[line[-1]]) is not None:
            line.append(parent)
        return line if itself else line[1:]

    # --- bounds -----------------------------------------------------------------------------------------------------

    def impossible(
        self,
        item: str,
        insider: tuple[Kind, int] | None = None,
        squares: tuple[list[Kind], float, float] | None = None,
    ) -> list[str]:
        """Answers that somebody cannot have given to *item*; *insider* is the kind and the answer of who attacks.

        *squares* tells of some kinds between what the sum of squares of their answers lies.
        """
        cells, of_squares = self._cells(item), set(squares[0] if squares else ())
        # People whom no figure tells apart are alike.
        alike: dict[tuple[bool, ...], Kind] = {}
        answered: dict[Kind, int] = {}
        for kind, number in self.answered[item].items():
            if number:
                same = alike.setdefault((kind in of_squares, *(self._counts_in(cell, kind) for cell in cells)), kind)
                answered[same] = answered.get(same, 0) + number
                if insider and insider[0] == kind:
                    insider = same, insider[1]
        system = _System(list(answered), answered)
        for cell in cells:
            inside = [kind for kind in answered if self._counts_in(cell, kind)]
            system.add(inside, (1, 1, 1, 1, 1), cell["n"], cell["n"])
            total = round(cell["n"] * cell["mean"])
            system.add(inside, (1, 2, 3, 4, 5), total, total)
            if cell.get("bands"):
                for band, number in zip(
                    ((1, 1, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 0, 1, 1)), cell["bands"], strict=True
                ):
                    system.add(inside, band, number, number)
        if squares:
            system.add([kind for kind in answered if kind in of_squares], (1, 4, 9, 16, 25), *squares[1:])
        known = {kind for cell in cells if "part" in cell for kind in answered if self._counts_in(cell, kind)}
        found = ((kind, answer) for kind, answer in system.never(insider) if kind not in known)
        return [f"{unit} {group}: {answer}" for (unit, group), answer in found]


class _System:
    """How many of each kind gave each answer: five unknown whole numbers a kind, and what is known of their sums."""

    def __init__(self, kinds: list[Kind], answered: Mapping[Kind, int]) -> None:
        self.kinds, self.answered = kinds, answered
        self.rows: list[np.ndarray[Any, Any]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        for kind in kinds:
            self.add([kind], (1, 1, 1, 1, 1), answered[kind], answered[kind])

    def add(self, kinds: Sequence[Kind], weights: Sequence[int], low: float, high: float) -> None:
        row = np.zeros(5 * len(self.kinds))
        for kind in kinds:
            at = 5 * self.kinds.index(kind)
            row[at : at + 5] = weights
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def never(self, insider: tuple[Kind, int] | None) -> Iterator[tuple[Kind, int]]:
        """Kinds and answers of which there can be none (not counting the insider, who is sure of one)."""
        least = np.zeros(5 * len(self.kinds))
        sure = -1
        if insider:
            sure = 5 * self.kinds.index(insider[0]) + insider[1] - 1
            least[sure] = 1
        seen = np.zeros(5 * len(self.kinds), dtype=bool)
        for place in range(5 * len(self.kinds)):
            kind = self.kinds[place // 5]
            if seen[place] or (insider and insider[0] == kind and self.answered[kind] == 1):
                continue
            wanted = least.copy()
            wanted[place] += 1
            found = self._solve(wanted)
            if found is None:
                yield kind, place % 5 + 1
            else:
                seen |= found - least > 0.5

    def _solve(self, least: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
        limits = LinearConstraint(np.array(self.rows), self.low, self.high)
        number = len(least)
        answer = milp(np.zeros(number), constraints=limits, integrality=np.ones(number), bounds=Bounds(least, np.inf))
        if answer.status == 0:
            return np.asarray(answer.x.round())
        if answer.status != 2:
            raise AssertionError(f"the solver could not say: {answer.message}")
        return None


def _just_small(sizes: Sequence[int], k: int) -> Iterator[tuple[int, ...]]:
    """Sets of columns with fewer than *k* people together, leaving out those that lie within another by one."""
    for many in range(1, min(k, len(sizes) + 1)):
        for some in combinations(range(len(sizes)), many):
            if sum(sizes[at] for at in some) < k:
                yield some


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """A basis of what the rows span: Gauss and Jordan, over fractions."""
    basis: list[list[Fraction]] = []
    for row in rows:
        rest = row
        for one in basis:
            at = next(place for place, value in enumerate(one) if value)
            if rest[at]:
                rest = [a - rest[at] * b for a, b in zip(rest, one, strict=True)]
        if any(rest):
            first = next(value for value in rest if value)
            basis.append([value / first for value in rest])
    return basis


def _says_something(basis: list[list[Fraction]], some: Sequence[int], width: int) -> bool:
    """Whether a combination is nothing outside *some* and not nothing: the rank outside is below the whole rank."""
    outside = [at for at in range(width) if at not in some]
    return len(_reduced([[row[at] for at in outside] for row in basis])) < len(basis)
