"""From published cells to what a report tells: lines with their figures, what stands out, and what to talk about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from klankbord.core.wording import Wording
from klankbord.culture.instrument import Instrument, Rated
from klankbord.culture.statistics import shrinkage_from_icc
from klankbord.culture.texts import Change, Situation, Starter, starters_for

STARTERS = 3
STANDS_OUT = 0.2
"""Points from the average of all subjects from which the lowest or the highest is named."""
MOST_DIFFERENT = 0.5
"""Points on a scale of five between a team and the organisation from which that is something to talk about."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure: how many answered, the mean, its bounds, and the bands where those are told."""

    n: int
    mean: float
    low: float
    high: float
    bands: tuple[int, int, int] | None = None


type Figures = Mapping[str, Figure]
"""The figures of one unit in one wave, by item or scale. What is withheld is not in it."""
type Moves = Mapping[str, Mapping[str, Any]]
"""What the publication says of change in one unit, by dimension or outcome."""


def figures_of(cells: Iterable[Mapping[str, Any]], group: str | None = None) -> Figures:
    """The figures about everyone in the cells of a unit, or about one class."""
    return {one["item"]: _figure(one) for one in cells if one["class"] == group}


def figures_by_class(cells: Iterable[Mapping[str, Any]], item: str) -> Mapping[str | None, Figure]:
    """The figures of one item or scale in the cells of a unit, by class; those about everyone under None."""
    return {one["class"]: _figure(one) for one in cells if one["item"] == item}


def _figure(cell: Mapping[str, Any]) -> Figure:
    bands = cell["bands"]
    return Figure(cell["n"], cell["mean"], cell["low"], cell["high"], None if bands is None else tuple(bands))


def together(figures: Figures, items: Sequence[str]) -> Figure | None:
    """The plain average of the figures of *items*, as of a scale; None where one of them is withheld.

    It is a function of what is published, so nothing follows from it that did not already.
    """
    found = [figures[one] for one in items if one in figures]
    if not items or len(found) < len(items):
        return None
    many = len(found)
    return Figure(
        min(one.n for one in found),
        sum(one.mean for one in found) / many,
        sum(one.low for one in found) / many,
        sum(one.high for one in found) / many,
    )


def careful(figure: Figure, whole: Figure | None, icc1: float | None) -> float:
    """What the mean of a unit is best taken for beside other units: closer to the *whole* the fewer answered.

    whole + λ·(mean − whole), with λ from ICC(1) and n. Everything in it is published. Without *icc1* or *whole* it is
    the mean itself.
    """
    if icc1 is None or whole is None:
        return figure.mean
    believed = float(shrinkage_from_icc(icc1, np.array([figure.n]))[0])
    return whole.mean + believed * (figure.mean - whole.mean)


@dataclass(frozen=True, slots=True)
class Unit:
    """Everything that is published of one unit and laid beside it: the whole organisation, and last time."""

    figures: Figures = field(default_factory=dict)
    whole: Figures = field(default_factory=dict)
    before: Figures = field(default_factory=dict)
    moves: Moves = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One dimension, level, outcome or sentence of a report. ``figure`` is None when it is withheld."""

    id: str
    name: Wording
    figure: Figure | None
    whole: Figure | None
    before: Figure | None
    change: Change
    meaning: Wording | None = None
    reading: Wording | None = None
    items: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of one unit in one wave."""

    dimensions: tuple[Line, ...] = ()
    levels: tuple[Line, ...] = ()
    outcomes: tuple[Line, ...] = ()
    sentences: tuple[Line, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether nothing at all is told."""
        every = (*self.dimensions, *self.levels, *self.outcomes, *self.sentences)
        return all(one.figure is None for line in every for one in (line, *line.items))


def change_of(moves: Moves, name: str, now: Figure | None, before: Figure | None) -> Change:
    """How a figure compares with the last one, as the publication says it."""
    if now is None or before is None or name not in moves:
        return Change.NOT_COMPARED
    return Change(moves[name]["change"])


def _line(unit: Unit, name: str, wording: Wording, items: Sequence[str] = ()) -> Line:
    def of(figures: Figures) -> Figure | None:
        return together(figures, items) if items else figures.get(name)

    now, before = of(unit.figures), of(unit.before)
    return Line(name, wording, now, of(unit.whole), before, change_of(unit.moves, name, now, before))


def report_of(instrument: Instrument, unit: Unit, own: Sequence[Rated] = ()) -> Report:
    """The report of a whole questionnaire; *own* are the organisation's own sentences."""
    dimensions = []
    for one in instrument.dimensions:
        line = _line(unit, one.id, one.name)
        reading = one.reading(line.figure.mean) if line.figure else None
        items = tuple(_line(unit, item.id, item.wording) for item in one.items)
        dimensions.append(replace(line, meaning=one.meaning, reading=reading, items=items))
    levels = []
    for level, level_items in instrument.level_scales.items():
        text = instrument.level(level)
        levels.append(replace(_line(unit, str(level), text.name, level_items), meaning=text.about))
    outcomes = [replace(_line(unit, one.id, one.name), meaning=one.wording) for one in instrument.outcomes]
    return Report(
        tuple(dimensions), tuple(levels), tuple(outcomes), tuple(_line(unit, one.id, one.wording) for one in own)
    )


def pulse_of(unit: Unit, rated: Sequence[Rated]) -> Report:
    """The report of a pulse: its sentences."""
    return Report(sentences=tuple(_line(unit, one.id, one.wording) for one in rated))


# --- what stands out ------------------------------------------------------------------------------------------------


def extremes(lines: Sequence[Line]) -> tuple[Line | None, Line | None]:
    """The lowest and the highest line, each where it clearly stands out.

    That is :data:`STANDS_OUT` or more from the average of them all, and with its whole interval beyond the next one.
    Otherwise the order of lines that lie close together would look like a finding.
    """
    shown = sorted(((one, one.figure) for one in lines if one.figure is not None), key=lambda one: one[1].mean)
    if len(shown) < 2:
        return None, None
    middle = sum(figure.mean for _line, figure in shown) / len(shown)
    (low, least), (_next, above) = shown[:2]
    (_before, under), (high, most) = shown[-2:]
    return (
        low if least.high < above.mean and middle - least.mean >= STANDS_OUT else None,
        high if most.low > under.mean and most.mean - middle >= STANDS_OUT else None,
    )


def moved(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that went up and those that went down, more than chance would do."""
    up = [one for one in lines if one.change is Change.MOVED_UP]
    return up, [one for one in lines if one.change is Change.MOVED_DOWN]


def situations(lines: Sequence[Line]) -> list[tuple[str, Situation]]:
    """What is to be seen in a team's dimensions, the most telling first and each dimension once.

    Something that moved comes first, then what stands out low or high, then what differs from the organisation, then
    where answers lie far apart.
    """
    found: list[tuple[str, Situation]] = []
    up, down = moved(lines)
    found += [(one.id, Situation.MOVED_DOWN) for one in down] + [(one.id, Situation.MOVED_UP) for one in up]
    low, high = extremes(lines)
    found += [(low.id, Situation.STANDS_OUT_LOW)] if low else []
    found += [(high.id, Situation.STANDS_OUT_HIGH)] if high else []
    found += [(one.id, Situation.DIFFERS) for one in lines if _differs(one)]
    found += [(one.id, Situation.SPREAD) for one in lines if any(_spread(item.figure) for item in one.items)]
    first: dict[str, Situation] = {}
    for name, what in found:
        first.setdefault(name, what)
    return list(first.items())


def _differs(line: Line) -> bool:
    if line.figure is None or line.whole is None:
        return False
    apart = line.figure.high < line.whole.mean or line.figure.low > line.whole.mean
    return apart and abs(line.figure.mean - line.whole.mean) >= MOST_DIFFERENT


def _spread(figure: Figure | None) -> bool:
    """Whether more people stand at both ends than in the middle, where that may be shown."""
    if figure is None or figure.bands is None:
        return False
    low, middle, high = figure.bands
    return min(low, high) > middle


def starters_from(lines: Sequence[Line]) -> list[tuple[str, Situation, Starter]]:
    """Three conversation starters, from what stands out; the low and the high ones of every dimension fill up."""
    shown = sorted((one for one in lines if one.figure), key=lambda one: one.figure.mean if one.figure else 0)
    fill = [(one.id, Situation.STANDS_OUT_LOW) for one in shown[:1]]
    fill += [(one.id, Situation.STANDS_OUT_HIGH) for one in shown[:0:-1]]
    chosen: dict[str, tuple[str, Situation, Starter]] = {}
    for name, what in [*situations(lines), *fill]:
        for starter in starters_for(name, what)[:1]:
            chosen.setdefault(name, (name, what, starter))
    return list(chosen.values())[:STARTERS]
