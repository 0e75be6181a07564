"""Pages over all units, for who coordinates and who leads the organisation: as they are drawn and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klankbord.core.language import language_on_screen
from klankbord.core.wording import Language
from klankbord.culture.instrument import Instrument
from klankbord.culture.models import PublishedUnit, Wave, WaveUnit
from klankbord.culture.reports.words import shown
from klankbord.culture.rules.reports import Figures, careful, figures_of
from klankbord.culture.texts import Change, letters

STEPS = (2.5, 3.0, 3.5, 4.0)
"""Where the five shades of the heat map begin. A shade repeats the careful estimate; it says nothing of its own."""
MOST_CHANGE = 2.0
"""Points to either side in the picture of change; a longer line is cut off at the edge."""


@dataclass(frozen=True, slots=True)
class Heat:
    """A cell of the heat map: the figure as one writes it, and its shade from 1 to 5; nothing where it is withheld.

    ``guess`` is the careful estimate that shade and order follow, as one writes it, and ``value`` the same as a number.
    """

    mean: str
    shade: int
    guess: str
    value: float
    mean_value: float | None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit in the heat map."""

    unit: WaveUnit
    depth: int
    cells: tuple[Heat, ...]
    answered: int | None
    invited: int | None

    @property
    def closed(self) -> bool:
        """Whether nothing at all is told of it."""
        return not any(one.shade for one in self.cells)


def columns_of(wave: Wave) -> list[tuple[str, str]]:
    """Id and name of what stands in the columns: dimensions, or the sentences of a pulse."""
    language = language_on_screen()
    if wave.kind == Wave.Kind.PULSE:
        return [(one.id, one.wording.text(language)) for one in wave.rated]
    return [(one.id, one.name.text(language)) for one in wave.instrument.dimensions]


def heat_rows(
    units: Sequence[WaveUnit],
    rows: Mapping[UUID, PublishedUnit],
    columns: Sequence[str],
    *,
    teams: Mapping[str, Mapping[str, float]],
    sort: str = "",
    search: str = "",
) -> list[HeatRow]:
    """Every unit with its figures, in the order of the tree or by a column; what is withheld comes last.

    With *search* only units with that in their name.
    *teams* holds the published ICC(1) by column: beside each other, small units are taken for what they tell.
    """
    root = next((one for one in units if one.parent_id is None), None)
    whole = _told(rows.get(root.unit_id)) if root else {}
    asked = [unit for unit in units if search.casefold() in unit.name.casefold()]
    found = [_heat_row(unit, rows.get(unit.unit_id), whole, columns, teams) for unit in asked]
    name = sort.removeprefix("-")
    if name in columns:
        at, sign = list(columns).index(name), -1 if sort.startswith("-") else 1
        found.sort(key=lambda one: (not one.cells[at].shade, sign * one.cells[at].value))
    elif name == "unit":
        found.sort(key=lambda one: one.unit.name, reverse=sort.startswith("-"))
    return found


def _told(row: PublishedUnit | None) -> Figures:
    return figures_of(row.cells) if row else {}


def _heat_row(
    unit: WaveUnit,
    row: PublishedUnit | None,
    whole: Figures,
    columns: Sequence[str],
    teams: Mapping[str, Mapping[str, float]],
) -> HeatRow:
    figures = _told(row)
    cells = [
        _heat(figures[one].mean, careful(figures[one], whole.get(one), teams.get(one, {}).get("icc1")))
        if one in figures
        else Heat("", 0, "", 0.0, None)
        for one in columns
    ]
    answered, invited = (row.answered, row.invited) if row else (None, None)
    return HeatRow(unit, unit.path.count("/"), tuple(cells), answered, invited)


def _heat(mean: float, guess: float) -> Heat:
    """Shaded by the estimate as it is written, so that two that read the same look the same."""
    shade = 1 + sum(round(guess, 1) >= step for step in STEPS)
    return Heat(shown(mean), shade, shown(guess), guess, round(mean, 2))


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit in the picture of change."""

    name: str
    at: str
    low: str
    width: str
    by: str
    between: str
    effect: str
    change: str
    words: str
    difference: float
    low_value: float
    high_value: float
    size: float


def changes(units: Sequence[WaveUnit], rows: Mapping[UUID, PublishedUnit], subject: str) -> list[Moved]:
    """What changed in each unit of which both times tell something, the largest rise first.

    By effect, which is shrunken: a small unit does not stand at an end because of a few answers.
    """
    language, found = language_on_screen(), []
    for unit in units:
        row = rows.get(unit.unit_id)
        told = row.about.get("change", {}).get(subject) if row else None
        if told:
            found.append(_moved(unit.name, told, language))
    return sorted(found, key=lambda one: (-one.size, -one.difference))


def most_moved(rows: Mapping[UUID, PublishedUnit], subjects: Sequence[str]) -> str:
    """The subject that moved by more than chance in most units; the first where none did."""
    told = [row.about.get("change", {}) for row in rows.values()]

    def times(subject: str) -> int:
        return sum(one.get(subject, {}).get("change") in (Change.MOVED_UP, Change.MOVED_DOWN) for one in told)

    return max(subjects, key=times)


def _moved(name: str, told: Mapping[str, Any], language: Language) -> Moved:
    low, high = _across(told["low"]), _across(told["high"])
    return Moved(
        name=name,
        at=f"{_across(told['difference']):.2f}%",
        low=f"{low:.2f}%",
        width=f"{max(high - low, 0):.2f}%",
        by=_signed(told["difference"]),
        between=_("%(low)s to %(high)s") % {"low": _signed(told["low"]), "high": _signed(told["high"])},
        effect=_signed(told["effect"]),
        change=told["change"],
        words=letters().change(Change(told["change"])).text(language),
        difference=told["difference"],
        low_value=told["low"],
        high_value=told["high"],
        size=told["effect"],
    )


def _across(value: float) -> float:
    return 3 + 94 * (min(max(value, -MOST_CHANGE), MOST_CHANGE) + MOST_CHANGE) / (2 * MOST_CHANGE)


def _signed(value: float) -> str:
    rounded = round(value, 2)
    said = shown(abs(rounded), 2)
    return f"+{said}" if rounded > 0 else f"−{said}" if rounded < 0 else said


def change_title(name: str, found: Sequence[Moved]) -> str:
    """The answer of the picture of change in a sentence."""
    up, down = (sum(one.change == what for one in found) for what in (Change.MOVED_UP, Change.MOVED_DOWN))
    if not found:
        return _("Of ‘%(name)s’ there is nothing to compare yet") % {"name": name}
    if not up and not down:
        return _("‘%(name)s’ moved nowhere by more than chance") % {"name": name}
    facts = {"name": name, "up": up, "down": down, "all": len(found)}
    if up and down:
        return _("‘%(name)s’ went up in %(up)s of %(all)s units, and down in %(down)s") % facts
    if up:
        return ngettext(
            "‘%(name)s’ went up in %(up)s of %(all)s unit", "‘%(name)s’ went up in %(up)s of %(all)s units", len(found)
        ) % facts  # fmt: skip
    return ngettext(
        "‘%(name)s’ went down in %(down)s of %(all)s unit",
        "‘%(name)s’ went down in %(down)s of %(all)s units",
        len(found),
    ) % facts  # fmt: skip


@dataclass(frozen=True, slots=True)
class Together:
    """How the dimensions go together with one outcome."""

    outcome: str
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]


def relations_in_words(instrument: Instrument, told: Mapping[str, Mapping[str, float]]) -> list[Together]:
    """For each outcome the three dimensions that go with it most, in words; and all of them as figures."""
    language, words, found = language_on_screen(), letters(), []
    names = {one.id: one.name.text(language) for one in instrument.dimensions}
    for outcome in instrument.outcomes:
        by = {one: told[one][outcome.id] for one in names if outcome.id in told.get(one, {})}
        if not by:
            continue
        strongest = sorted(by, key=lambda one: -abs(by[one]))
        sentences = []
        for one in strongest[:3]:
            said = words.together_in_words(by[one]).text(language)
            sentences.append(said.format(dimension=names[one], outcome=outcome.name.text(language)))
        figures = tuple((names[one], _signed(by[one])) for one in strongest)
        found.append(Together(outcome.name.text(language), tuple(sentences), figures))
    return found


def shuffled(texts: Sequence[str]) -> list[str]:
    """In an order that means nothing and is the same for every reader on every day."""
    return sorted(texts, key=lambda text: sha256(text.encode()).digest())
