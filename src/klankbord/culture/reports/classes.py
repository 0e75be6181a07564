"""A background attribute in a report: its classes as they are drawn and said, beside everyone in the same unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klankbord.core.language import language_on_screen
from klankbord.core.wording import Wording
from klankbord.culture.models import PublishedUnit, WaveUnit
from klankbord.culture.reports.words import Dots, dots_of, facts_of, names_of_parts, quoted, shown
from klankbord.culture.rules.classes import ByClass, Compared, cells_to_show
from klankbord.culture.rules.reports import Figure, figures_by_class, figures_of
from klankbord.culture.texts import letters


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class, or everyone, on one line of a picture. ``dots`` is None where the figure is withheld."""

    name: str
    dots: Dots | None
    mean: str
    between: str
    many: int | None
    spoken: str
    mean_value: float | None
    low_value: float | None
    high_value: float | None


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A subject with everyone and each class under it."""

    id: str
    name: str
    everyone: ClassRow
    classes: tuple[ClassRow, ...]

    @property
    def rows(self) -> tuple[ClassRow, ...]:
        """Everyone first, and then the classes."""
        return (self.everyone, *self.classes)


def classes_in_words(by: ByClass | None) -> dict[str, Any] | None:
    """What a report says by class; None when nothing was laid beside the answers."""
    if by is None:
        return None
    language, parts = language_on_screen(), names_of_parts()
    told = [
        {"id": f"by-{part}", "part": part, "name": parts[part], "title": title_of(lines), "lines": _lines(by, lines)}
        for part, lines in (
            ("dimensions", by.dimensions),
            ("levels", by.levels),
            ("outcomes", by.outcomes),
            ("sentences", by.sentences),
        )
        if any(one.shown for one in lines)
    ]
    name = by.name.text(language)
    return {
        "name": name,
        "label": _("By group: %(name)s") % {"name": name},
        "nothing": _(
            "The figures by group (%(name)s) stay closed here. "
            "That way nobody can work out what a small group or you yourself answered."
        )
        % {"name": name},
        "hidden": by.hidden,
        "closed": any(len(one.shown) < len(by.classes) for one in by.lines),
        "pictures": told,
        "caution": [one.text(language) for one in letters().class_caution],
    }


def title_of(lines: Sequence[Compared]) -> str:
    """The answer of a picture in one sentence: where classes lie apart by more than their intervals, if anywhere."""
    apart = sorted((one for one in lines if one.apart), key=lambda one: -one.gap)
    if not apart:
        return _("the groups lie nowhere clearly apart")
    facts = {"what": quoted(apart[:1]), "many": len(apart), "all": len(lines)}
    if len(apart) == 1:
        return _("the groups lie apart on %(what)s") % facts
    return _("the groups lie apart on %(many)s of %(all)s, most on %(what)s") % facts


def _lines(by: ByClass, lines: Sequence[Compared]) -> list[ClassLine]:
    language = language_on_screen()
    names = [one.text(language) for one in by.classes]
    return [
        ClassLine(
            one.id,
            one.name.text(language),
            _row(_("everyone"), one.everyone, None),
            tuple(_row(name, figure, one.everyone) for name, figure in zip(names, one.classes, strict=True)),
        )
        for one in lines
    ]


def _row(name: str, figure: Figure | None, everyone: Figure | None) -> ClassRow:
    if figure is None:
        return ClassRow(name, None, "", "", None, _("stays closed"), None, None, None)
    facts = facts_of(figure)
    spoken = _("%(mean)s on a scale of 1 to 5, between %(low)s and %(high)s") % facts
    if everyone:
        spoken = _("%(spoken)s; everyone %(mean)s") % {"spoken": spoken, "mean": shown(everyone.mean)}
    return ClassRow(
        name=name,
        dots=dots_of(figure, everyone, None),
        mean=shown(figure.mean),
        between=_("%(low)s to %(high)s") % facts,
        many=figure.n,
        spoken=spoken,
        mean_value=round(figure.mean, 2),
        low_value=round(figure.low, 2),
        high_value=round(figure.high, 2),
    )


# --- over all units -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitByClass:
    """A unit of which classes are told too: the figures of one subject, empty where they are withheld."""

    unit: WaveUnit
    depth: int
    everyone: str
    means: tuple[str, ...]
    words: str


def units_by_class(
    units: Sequence[WaveUnit], rows: Mapping[UUID, PublishedUnit], subject: str, many: int
) -> list[UnitByClass]:
    """Every unit below the whole in which something is told of a class, in the order of the tree.

    In no other order: a rank of differences between small groups would look like a finding.
    """
    found = []
    for unit in units:
        if unit.parent_id is None:
            continue  # the organisation itself stands in the picture
        cells = rows[unit.unit_id].cells if unit.unit_id in rows else []
        if of_classes := cells_to_show(cells, many, of_all=False):
            told = figures_by_class(of_classes, subject)
            everyone = figures_of(cells).get(subject)
            found.append(_unit(unit, everyone, tuple(told.get(str(one)) for one in range(1, many + 1))))
    return found


def _unit(unit: WaveUnit, everyone: Figure | None, classes: tuple[Figure | None, ...]) -> UnitByClass:
    line = Compared("", Wording(nl=unit.name, en=unit.name), everyone, classes)
    words = ""
    if len(line.shown) > 1:
        words = _("lie apart") if line.apart else _("overlap")
    means = tuple(shown(one.mean) if one else "" for one in classes)
    return UnitByClass(unit, unit.path.count("/"), shown(everyone.mean) if everyone else "", means, words)
