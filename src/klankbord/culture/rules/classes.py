"""From published cells of classes to what a report tells of them: each class beside everyone in the same unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klankbord.core.wording import Wording
from klankbord.culture.rules.reports import Figure, Line, Report


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a report: of everyone, and of each class in their order. None is what is withheld."""

    id: str
    name: Wording
    everyone: Figure | None
    classes: tuple[Figure | None, ...]

    @property
    def shown(self) -> tuple[Figure, ...]:
        """What is told of classes."""
        return tuple(one for one in self.classes if one is not None)

    @property
    def gap(self) -> float:
        """How far the lowest and the highest class lie from each other; nothing with fewer than two."""
        means = [one.mean for one in self.shown]
        return max(means) - min(means) if len(means) > 1 else 0.0

    @property
    def apart(self) -> bool:
        """Whether the intervals of two classes lie wholly beside each other. Where none do, it may be chance."""
        return len(self.shown) > 1 and max(one.low for one in self.shown) > min(one.high for one in self.shown)


@dataclass(frozen=True, slots=True)
class ByClass:
    """What is told by class in one unit: the attribute, its classes, and the lines of a report."""

    name: Wording
    classes: tuple[Wording, ...]
    dimensions: tuple[Compared, ...] = ()
    levels: tuple[Compared, ...] = ()
    outcomes: tuple[Compared, ...] = ()
    sentences: tuple[Compared, ...] = ()

    @property
    def lines(self) -> tuple[Compared, ...]:
        """All of them."""
        return (*self.dimensions, *self.levels, *self.outcomes, *self.sentences)

    @property
    def hidden(self) -> bool:
        """Whether nothing is told of any class."""
        return not any(one.shown for one in self.lines)


def furthest_apart(lines: Sequence[Compared]) -> str | None:
    """The line on which classes lie apart most; None where they lie apart on none."""
    apart = [one for one in lines if one.apart]
    return max(apart, key=lambda one: one.gap).id if apart else None


def cells_to_show(cells: Sequence[Mapping[str, Any]], classes: int, *, of_all: bool) -> list[Mapping[str, Any]]:
    """The cells of classes of a unit that a screen may tell; none where they would only tell who did not take part.

    SECURITY: where the classes that are told make up everyone, nobody answered in those that are not. In a team with
    one manager that says of the manager, by name, that nothing was filled in. A team in which the manager did answer
    is withheld by the rules, and on a screen both read the same now; who lays units beside the one above them and
    subtracts may still find that nobody did. Of the whole organisation (*of_all*) each class has k people
    or more, or the wave would not have opened.
    """
    told: dict[str, list[int]] = {}
    everyone = {one["item"]: one["n"] for one in cells if one["class"] is None}
    shown = [one for one in cells if one["class"] is not None]
    for one in shown:
        told.setdefault(one["item"], []).append(one["n"])
    empty = any(len(many) < classes and sum(many) >= everyone.get(item, 0) for item, many in told.items())
    return [] if empty and not of_all else shown


def by_class(everyone: Report, of_classes: Sequence[Report], name: Wording, classes: Sequence[Wording]) -> ByClass:
    """The report of everyone and those of the classes, made of the same questionnaire, laid beside each other."""

    def beside(part: str) -> tuple[Compared, ...]:
        rows: list[tuple[Line, ...]] = [getattr(one, part) for one in of_classes]
        return tuple(
            Compared(line.id, line.name, line.figure, tuple(row[place].figure for row in rows))
            for place, line in enumerate(getattr(everyone, part))
        )

    return ByClass(
        name=name,
        classes=tuple(classes),
        dimensions=beside("dimensions"),
        levels=beside("levels"),
        outcomes=beside("outcomes"),
        sentences=beside("sentences"),
    )
