"""From the answers of a closed wave to what is published of it. Everything that needs answers is made here, once.

Afterwards the answers are gone: what is not made of them here can never be made. Whoever adds figures adds them to
:func:`about` (``disclosure`` says which may be told), and tells in ``docs/reference/publication.md`` what they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from json import dumps
from typing import Any
from uuid import UUID

import numpy as np

from klankbord.culture import ballots, publication
from klankbord.culture.beside import Earlier, beside
from klankbord.culture.disclosure import NOWHERE, Answers, Tree
from klankbord.culture.disclosure.units import units_with_enough_people
from klankbord.culture.models import Wave
from klankbord.culture.publication import Publication
from klankbord.culture.queries.waves import tree_of


@dataclass(frozen=True)
class Made:
    """What is published of a wave: the figures, and of each published unit how many answered and were invited."""

    figures: Publication
    response: Mapping[str, tuple[int, int]]
    beside: Mapping[str, Any]

    @property
    def about(self) -> dict[str, Any]:
        """What stands beside the figures and is published as well."""
        return {"response": {unit: list(counts) for unit, counts in self.response.items()}, **self.beside}

    def columns(self) -> list[Any]:
        """What ``ballots.publish_rows`` writes: the whole, and the same by unit."""
        cells: dict[str, list[dict[str, Any]]] = {}
        withheld: dict[str, list[dict[str, Any]]] = {}
        for cell in self.figures.cells():
            row = {name: getattr(cell, name) for name in ("item", "n", "mean", "low", "high", "bands")}
            cells.setdefault(cell.unit, []).append({"class": cell.group, **row})
        for unit, group, item in self.figures.withheld():
            withheld.setdefault(unit, []).append({"class": group, "item": item})
        units = list(dict.fromkeys((*cells, *withheld)))
        counts = [self.response.get(unit, (None, None)) for unit in units]
        return [
            self.figures.text(),
            dumps(self.about),
            [UUID(unit) for unit in units],
            [dumps(cells.get(unit, [])) for unit in units],
            [dumps(withheld.get(unit, [])) for unit in units],
            [answered for answered, _invited in counts],
            [invited for _answered, invited in counts],
        ]


def asked_and_answered(wave: Wave) -> publication.Wave:
    """A closed wave as the engine takes it. Units are known by their ids, classes by their numbers."""
    units = _parents_first([(one.unit_id, one.parent_id) for one in tree_of(wave)])
    number = {unit: place for place, (unit, _parent) in enumerate(units)}
    items = [one.id for one in wave.rated]
    rows = ballots.kept_answers(wave)
    digits = b"".join(said.encode() for _unit, _group, said in rows)
    values = (np.frombuffer(digits, dtype=np.uint8) - ord("0")).astype(np.int8).reshape(-1, len(items))
    groups = np.array([group - 1 if group else NOWHERE for _unit, group, _said in rows], dtype=np.int64)
    invited = ballots.invited_by_unit(wave)
    classes = tuple(str(place) for place in range(1, len(wave.classes) + 1))
    scales = {} if wave.kind == Wave.Kind.PULSE else {**wave.instrument.scales}
    return publication.Wave(
        units=tuple(str(unit) for unit, _parent in units),
        tree=Tree.of([NOWHERE if parent is None else number.get(parent, NOWHERE) for _unit, parent in units]),
        items=tuple(items),
        answers=Answers(
            np.array([number[unit] for unit, _group, _said in rows], dtype=np.int64),
            values,
            groups if classes else None,
            len(classes),
        ),
        scales=scales,
        sensitive=frozenset(one.id for one in wave.rated if one.sensitive),
        attribute=wave.attribute if classes else None,
        classes=classes,
        staff=np.array([invited.get(unit, 0) for unit, _parent in units], dtype=np.int64),
    )


def _parents_first(units: Sequence[tuple[UUID, UUID | None]]) -> list[tuple[UUID, UUID | None]]:
    """The units with those that lie under nothing first; the engine asks for one that lies under nothing."""
    return sorted(units, key=lambda one: one[1] is not None)


def made_of(wave: Wave) -> Made:
    """Everything that is published of a closed wave."""
    whole = asked_and_answered(wave)
    may = publication.judged(whole, wave.k)
    figures = publication.written(whole, may, wave.k)
    outcomes = () if wave.kind == Wave.Kind.PULSE else tuple(one.id for one in wave.instrument.outcomes)
    return Made(figures, _response(whole, wave.k), beside(whole, may, figures, outcomes, _earlier(wave)))


def _earlier(wave: Wave) -> Earlier | None:
    """What was published of the wave of the same kind before this one; None when there is none."""
    found = ballots.published_before(wave)
    if found is None:
        return None
    earlier, figures, about = found
    return Earlier(str(earlier), publication.read(StringIO(figures)), about)


def _response(whole: publication.Wave, k: int) -> dict[str, tuple[int, int]]:
    """How many answered and were invited, in each unit in which that may be told.

    These are the units within which all figures lie: of each part that can be told apart, nobody answered or at least
    k people did. SECURITY: from other numbers the response of a few could be subtracted.
    """
    answered = whole.answers.unit[whole.answers.values.any(axis=1)]
    own = np.bincount(answered, minlength=len(whole.tree))
    told = units_with_enough_people(whole.tree, own, k)
    many = whole.tree.totals(own)
    asked = whole.tree.totals(np.asarray(whole.staff))
    return {
        whole.units[place]: (int(many[place]), int(asked[place])) for place in np.flatnonzero(told) if many[place] > 0
    }
