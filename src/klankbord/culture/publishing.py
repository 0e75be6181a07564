"""From the answers of a closed wave to what is published of it. Everything that needs answers is made here, once.

Afterwards the answers are gone: what is not made of them here can never be made. Whoever adds figures adds them to
:func:`about` (``disclosure`` says which may be told), and tells in ``docs/reference/publication.md`` what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from json import dumps
from typing import Any
from uuid import UUID

import numpy as np

from klankbord.culture import ballots, publication
from klankbord.culture.beside import Earlier, Means, beside, narrower, reliability
from klankbord.culture.disclosure import NOWHERE, Answers, Protected, Tree
from klankbord.culture.models import Wave, WaveUnit
from klankbord.culture.publication import Publication


@dataclass(frozen=True)
class Made:
    """What is published of a wave: the figures, and of each published unit how many answered and were invited."""

    figures: Publication
    response: Mapping[str, tuple[int, int]]
    beside: Mapping[str, Any]

    @property
    def about(self) -> dict[str, Any]:
        """What stands beside the figures of the whole and is published as well."""
        whole = {name: told for name, told in self.beside.items() if name != "units"}
        return {"response": {unit: list(counts) for unit, counts in self.response.items()}, **whole}

    def to_write(self) -> ballots.ToWrite:
        """What ``ballots.publish_rows`` writes: the whole, and the same by unit."""
        return ballots.ToWrite(self.figures.packed(), dumps(self.about), self._units())

    def _units(self) -> Iterator[ballots.UnitToWrite]:
        beside = self.beside["units"]
        for unit, cells, withheld in self.figures.by_unit():
            answered, invited = self.response.get(unit, (None, None))
            yield ballots.UnitToWrite(unit, cells, withheld, dumps(beside.get(unit, {})), answered, invited)


def asked_and_answered(wave: Wave) -> publication.Wave:
    """A closed wave as the engine takes it. Units are known by their ids, classes by their numbers."""
    units = _parents_first(WaveUnit.objects.filter(wave=wave).order_by("path").values_list("unit_id", "parent_id"))
    number = {unit: place for place, (unit, _parent) in enumerate(units)}
    items = [one.id for one in wave.rated]
    rows = ballots.kept_answers(wave)
    digits = b"".join(said.encode() for _unit, _group, said in rows)
    values = (np.frombuffer(digits, dtype=np.uint8) - ord("0")).astype(np.int8).reshape(-1, len(items))
    groups = np.array([group - 1 if group else NOWHERE for _unit, group, _said in rows], dtype=np.int64)
    invited = ballots.invited_by_unit(wave)
    classes = tuple(str(place) for place in range(1, len(wave.classes) + 1))
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
        scales=_scales(wave),
        sensitive=frozenset(one.id for one in wave.rated if one.sensitive),
        attribute=wave.attribute if classes else None,
        classes=classes,
        staff=np.array([invited.get(unit, 0) for unit, _parent in units], dtype=np.int64),
    )


def _parents_first(units: Iterable[tuple[UUID, UUID | None]]) -> list[tuple[UUID, UUID | None]]:
    """The units with those that lie under nothing first; the engine asks for one that lies under nothing."""
    return sorted(units, key=lambda one: one[1] is not None)


def made_of(wave: Wave) -> Made:
    """Everything that is published of a closed wave."""
    whole = asked_and_answered(wave)
    may = publication.judged(whole, wave.k)
    scales = reliability(whole, may, wave.k)
    figures = publication.written(whole, may, wave.k, narrower(whole, may, scales))
    outcomes = () if wave.kind == Wave.Kind.PULSE else tuple(one.id for one in wave.instrument.outcomes)
    told = beside(whole, may, figures, scales=scales, outcomes=outcomes, earlier=_earlier(wave), k=wave.k)
    return Made(figures, _response(whole, may), told)


def _scales(wave: Wave) -> Mapping[str, tuple[str, ...]]:
    """The scales of what was asked; a pulse has none."""
    return {} if wave.kind == Wave.Kind.PULSE else {**wave.instrument.scales}


def _earlier(wave: Wave) -> Earlier | None:
    """What was published of the wave of the same kind before this one; None when there is none."""
    found = ballots.published_before(wave)
    if found is None:
        return None
    before, about = Wave.objects.get(pk=found[0]), found[1]
    means = Means.read(ballots.published_cells(before), [one.id for one in before.rated], _scales(before))
    return Earlier(str(before.pk), means, about)


def _response(whole: publication.Wave, may: Protected) -> dict[str, tuple[int, int]]:
    """How many answered and were invited, in each unit in which that may be told.

    SECURITY: these are the very units within which all figures lie. Of each part that can be told apart, nobody
    answered or at least k people did; with a set of units of its own the response of a team less that of a figure
    would be about the few people who are in neither.
    """
    asked = whole.tree.totals(np.asarray(whole.staff))
    many = may.taking_part
    there = np.flatnonzero(may.counted & (many > 0))
    return {whole.units[place]: (int(many[place]), int(asked[place])) for place in there}
