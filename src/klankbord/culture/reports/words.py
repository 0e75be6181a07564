"""A report as it is drawn and said: positions for the pictures, figures as one writes them, and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klankbord.core.language import language_on_screen
from klankbord.core.wording import Wording
from klankbord.culture.instrument import Instrument
from klankbord.culture.queries.reports import Told
from klankbord.culture.rules.reports import Figure, Line, extremes, moved
from klankbord.culture.texts import Change, letters
from klankbord.privacy.audience import joined

LEAST, WIDE, ASIDE = 1, 4, 3
"""The scale begins at 1 and is 4 wide; the picture keeps 3 per cent free on either side, for the dots."""


def shown(value: float | None, digits: int = 1) -> str:
    """A figure as one writes it here: "3,4" in Dutch. Nothing for no figure."""
    return "" if value is None else str(number_format(round(value, digits), digits))


def facts_of(figure: Figure) -> dict[str, str]:
    """The mean and its bounds as one writes them; bounds that would read the same have a digit more."""
    digits = 1 if shown(figure.low) != shown(figure.high) else 2
    return {"mean": shown(figure.mean), "low": shown(figure.low, digits), "high": shown(figure.high, digits)}


def place(value: float) -> str:
    """Where a value between 1 and 5 stands in a picture, in per cents of its width. Never localised."""
    return f"{ASIDE + (100 - 2 * ASIDE) * (value - LEAST) / WIDE:.2f}%"


@dataclass(frozen=True, slots=True)
class Dots:
    """Where the marks of one line stand; ``width`` is that of the band between ``low`` and the other end."""

    at: str
    low: str
    width: str
    whole: str
    before: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How many people disagreed, stood in between and agreed, and where these three parts lie in a bar."""

    counts: tuple[int, int, int]
    parts: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a report on the screen. ``dots`` is None where the figure is withheld, ``spread`` where that is."""

    id: str
    name: str
    dots: Dots | None
    spread: Spread | None
    mean: str
    between: str
    many: int | None
    whole: str
    before: str
    change: str
    change_words: str
    spoken: str
    meaning: str
    reading: str
    sure: str
    items: tuple[Row, ...]
    mean_value: float | None
    low_value: float | None
    high_value: float | None
    whole_value: float | None
    before_value: float | None


def row_of(line: Line, everybody: Mapping[str, Any], beside: bool) -> Row:
    """A line as it is drawn. *beside* says whether the organisation is drawn beside it."""
    language, words = language_on_screen(), letters()
    figure = line.figure
    whole = line.whole if beside else None
    scale = everybody.get("scales", {}).get(line.id)
    return Row(
        id=line.id,
        name=line.name.text(language),
        dots=dots_of(figure, whole, line.before) if figure else None,
        spread=spread_of(figure.bands) if figure and figure.bands else None,
        mean=shown(figure.mean) if figure else "",
        between=_("%(low)s to %(high)s") % facts_of(figure) if figure else "",
        many=figure.n if figure else None,
        whole=shown(whole.mean) if whole else "",
        before=shown(line.before.mean) if line.before else "",
        change=str(line.change),
        change_words=words.change(line.change).text(language) if figure else "",
        spoken=_spoken(figure, whole, line.before),
        meaning=line.meaning.text(language) if line.meaning else "",
        reading=line.reading.text(language) if line.reading else "",
        sure=words.reliability_in_words(scale["alpha"]).wording.text(language) if scale else "",
        items=tuple(row_of(one, everybody, beside) for one in line.items),
        mean_value=round(figure.mean, 2) if figure else None,
        low_value=round(figure.low, 2) if figure else None,
        high_value=round(figure.high, 2) if figure else None,
        whole_value=round(whole.mean, 2) if whole else None,
        before_value=round(line.before.mean, 2) if line.before else None,
    )


def dots_of(figure: Figure, whole: Figure | None, before: Figure | None) -> Dots:
    """Where a figure stands in a picture, with what is drawn beside it."""
    share = (100 - 2 * ASIDE) * (figure.high - figure.low) / WIDE
    return Dots(
        at=place(figure.mean),
        low=place(figure.low),
        width=f"{share:.2f}%",
        whole=place(whole.mean) if whole else "",
        before=place(before.mean) if before else "",
    )


def spread_of(bands: tuple[int, int, int]) -> Spread:
    """The published bands of a sentence as a bar, in words and in numbers."""
    total, starts = sum(bands), accumulate(bands[:-1], initial=0)
    shares = zip(starts, bands, strict=True)
    parts = tuple((f"{100 * start / total:.2f}%", f"{100 * many / total:.2f}%") for start, many in shares)
    low, middle, high = bands
    words = _("%(low)s disagree, %(middle)s in between, %(high)s agree") % {"low": low, "middle": middle, "high": high}
    return Spread(bands, parts, words)


def spread_words() -> str:
    """Why how people spread stands under some sentences, and not under all."""
    return _(
        "Under a sentence stands how many people disagreed (1 or 2), stood in between (3) and agreed (4 or 5). "
        "Only where that gives away nobody's answer."
    )


def _spoken(figure: Figure | None, whole: Figure | None, before: Figure | None) -> str:
    """What the picture of one line says, for who hears it."""
    if figure is None:
        return _("stays closed")
    said = [_("%(mean)s on a scale of 1 to 5, between %(low)s and %(high)s") % facts_of(figure)]
    if whole:
        said.append(_("the whole organisation %(mean)s") % {"mean": shown(whole.mean)})
    if before:
        said.append(_("last time %(mean)s") % {"mean": shown(before.mean)})
    return "; ".join(said)


class Named(Protocol):
    """Anything with a name in both languages."""

    @property
    def name(self) -> Wording: ...


def quoted(lines: Sequence[Named]) -> str:
    """The names of lines, each between quotation marks."""
    language = language_on_screen()
    return joined([f"‘{one.name.text(language)}’" for one in lines])


def headline(told: Told) -> str:
    """The answer of a report in one sentence: what moved, or else what stands out."""
    report = told.report
    lines = report.dimensions or report.sentences
    if report.hidden:
        return _("This report stays closed")
    up, down = moved(lines)
    if up and not down:
        return ngettext(
            "%(what)s went up since last time", "%(what)s went up since last time", len(up)
        ) % {"what": quoted(up)}  # fmt: skip
    if down and not up:
        return ngettext(
            "%(what)s went down since last time", "%(what)s went down since last time", len(down)
        ) % {"what": quoted(down)}  # fmt: skip
    if up and down:
        return _("%(up)s went up, %(down)s went down") % {"up": quoted(up), "down": quoted(down)}
    return _calm_headline(told, lines)


def _calm_headline(told: Told, lines: Sequence[Line]) -> str:
    if any(one.change is Change.WITHIN_CHANCE for one in lines):
        return _("Little moved since last time")
    if told.answered is None:
        return _ends(lines)
    return ngettext(
        "How we learn here, says %(many)s person", "How we learn here, say %(many)s people", told.answered
    ) % {"many": told.answered}  # fmt: skip


def _ends(lines: Sequence[Line]) -> str:
    low, high = extremes(lines)
    facts = {"high": quoted([high]) if high else "", "low": quoted([low]) if low else ""}
    if low and high:
        return _("%(high)s is seen most, %(low)s least") % facts
    if high:
        return _("%(high)s is seen most") % facts
    return _("%(low)s is seen least") % facts if low else _("The subjects lie close together")


def titles(told: Told) -> dict[str, str]:
    """For each picture a title that answers its question."""
    report = told.report
    return {
        "dimensions": _ends(report.dimensions) if any(one.figure for one in report.dimensions) else _("Still closed"),
        "levels": _level_title(report.levels),
        "outcomes": _outcome_title(report.outcomes),
        "sentences": _("What our own sentences say") if report.dimensions else _("What the sentences say"),
    }


def names_of_parts() -> dict[str, str]:
    """What the parts of a report are called."""
    return {
        "dimensions": _("Subjects"),
        "levels": _("Levels"),
        "outcomes": _("What comes of it"),
        "sentences": _("Sentences"),
    }


def _level_title(levels: Sequence[Line]) -> str:
    low, high = extremes(levels)
    facts = {"high": quoted([high]) if high else "", "low": quoted([low]) if low else ""}
    if low and high:
        return _("It shows most clearly in %(high)s, and least in %(low)s") % facts
    if high:
        return _("It shows most clearly in %(high)s") % facts
    if low:
        return _("It shows least in %(low)s") % facts
    return _("Between two people, in the team and in the organisation it looks much the same")


def _outcome_title(outcomes: Sequence[Line]) -> str:
    found = [one for one in outcomes if one.figure]
    agreed = [one for one in found if one.figure and one.figure.low > 3]
    if not found:
        return _("Still closed")
    if not agreed:
        return _("On none of the outcomes do people clearly agree more than they disagree")
    if len(agreed) == len(outcomes) > 1:
        return _("On all outcomes people agree more than they disagree")
    return _("On %(what)s people agree more than they disagree") % {"what": quoted(agreed)}


def moved_words(told: Told) -> list[str]:
    """What moved since last time, a sentence each; and that it may be chance, or that there is nothing to compare."""
    language, words = language_on_screen(), letters()
    lines = (*told.report.dimensions, *told.report.outcomes, *told.report.sentences)
    if told.before is None:
        return [_("This was the first time, so there is nothing to compare with yet.")]
    up, down = moved(lines)
    said = [f"{quoted(some)}: {words.change(what).text(language)}" for some, what in
            ((up, Change.MOVED_UP), (down, Change.MOVED_DOWN)) if some]  # fmt: skip
    still = [one for one in lines if one.change is Change.WITHIN_CHANCE]
    if still and said:
        said.append(_("Of the others the difference is so small that it may be chance."))
    elif still:
        said.append(_("Nothing moved by more than chance may do."))
    if not up and not down and not still:
        return [words.change(Change.NOT_COMPARED).text(language)]
    return [*said, words.change_caution.text(language)]


def response_words(told: Told) -> str:
    """How many answered, where that is told."""
    if told.answered is None or told.invited is None:
        return ""
    return ngettext(
        "%(answered)s of %(invited)s person answered.",
        "%(answered)s of %(invited)s people answered.",
        told.invited,
    ) % {"answered": told.answered, "invited": told.invited}


def sure_words(instrument: Instrument, everybody: Mapping[str, Any]) -> list[dict[str, str]]:
    """How far each dimension can be trusted: whether its sentences belong together, and whether teams differ."""
    language, words = language_on_screen(), letters()
    said = []
    for one in instrument.dimensions:
        scale, teams = everybody.get("scales", {}).get(one.id), everybody.get("teams", {}).get(one.id)
        if not scale:
            continue
        said.append(
            {
                "name": one.name.text(language),
                "belongs": words.reliability_in_words(scale["alpha"]).wording.text(language),
                "teams": words.between_teams_in_words(teams["icc2"]).wording.text(language) if teams else "",
                "alpha": shown(scale["alpha"], 2),
                "low": shown(scale["low"], 2),
                "high": shown(scale["high"], 2),
                "omega": shown(scale.get("omega"), 2),
                "icc1": shown(teams["icc1"], 2) if teams else "",
                "icc2": shown(teams["icc2"], 2) if teams else "",
            }
        )
    return said
