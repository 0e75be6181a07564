"""A unit over time: how its figures went from wave to wave, and how the pulse goes beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from klankbord.core.language import language_on_screen
from klankbord.culture.models import Wave
from klankbord.culture.queries.reports import Told
from klankbord.culture.reports.words import shown
from klankbord.culture.rules.reports import Figure, Line, Report

MOST_TIMES = 8
"""The newest so many times are drawn."""
LEFT, RIGHT, TOP, BOTTOM = 24.0, 228.0, 10.0, 74.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One time in a picture: where the dot stands, and the ends of the line through it."""

    x: str
    y: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One subject over time. ``means`` has a place for each time, empty where the figure is withheld or not asked.

    ``shift`` is the difference between the first and the last figure that are told, as they are written; None when
    there are no two.
    """

    name: str
    sentence: str
    path: str
    marks: tuple[Mark, ...]
    means: tuple[str, ...]
    shift: float | None


@dataclass(frozen=True, slots=True)
class Times:
    """Subjects over the same times, each with its day and whether it was the pulse."""

    days: tuple[tuple[date | None, bool], ...]
    trends: tuple[Trend, ...]

    @property
    def drawn(self) -> bool:
        """Whether there is anything to lay beside each other."""
        return len(self.days) > 1

    @property
    def closed(self) -> bool:
        """Whether a figure is withheld in any of them."""
        return any(not mean for one in self.trends for mean in one.means)

    @property
    def title(self) -> str:
        """The answer in a sentence: what shifted most, as it is written. It says nothing about chance."""
        shifts = [(abs(one.shift), one) for one in self.trends if one.shift is not None]
        if not shifts:
            return _("There are no two times to lay beside each other")
        size, most = max(shifts, key=lambda pair: pair[0])
        if not size:
            return _("Everything stayed about the same")
        return _("‘%(name)s’ shifted most: %(sentence)s") % {"name": most.name, "sentence": most.sentence}


def trend_of_subjects(told: Told) -> Times:
    """The dimensions over the times that the whole questionnaire was asked."""
    times = [(wave, report) for wave, report in told.over_time if wave.kind == Wave.Kind.FULL]
    return _times(times[-MOST_TIMES:], lambda report: report.dimensions)


def trend_of_sentences(told: Told) -> Times:
    """The sentences of the pulse, over both kinds of times: they are the very same in each."""
    pulse = told.wave.instrument.pulse
    if not any(wave.kind == Wave.Kind.PULSE for wave, _report in told.over_time):
        return Times((), ())

    def sentences(report: Report) -> Sequence[Line]:
        every = [*report.sentences, *(item for one in report.dimensions for item in one.items)]
        return [one for one in every if one.id in pulse]

    return _times(told.over_time[-MOST_TIMES:], sentences)


def _times(times: Sequence[tuple[Wave, Report]], lines_of: Callable[[Report], Sequence[Line]]) -> Times:
    by_time = [{one.id: one for one in lines_of(report)} for _wave, report in times]
    order: dict[str, Line] = {}
    for lines in reversed(by_time):
        for name, line in lines.items():
            order.setdefault(name, line)
    trends = [_trend(line, [lines[name].figure if name in lines else None for lines in by_time])
              for name, line in order.items()]  # fmt: skip
    return Times(tuple((wave.closed_on, wave.kind == Wave.Kind.PULSE) for wave, _report in times), tuple(trends))


def _trend(line: Line, figures: Sequence[Figure | None]) -> Trend:
    step = (RIGHT - LEFT) / max(len(figures) - 1, 1)
    there = [(place, one) for place, one in enumerate(figures) if one is not None]
    marks = tuple(
        Mark(f"{LEFT + place * step:.1f}", _height(one.mean), _height(one.high), _height(one.low))
        for place, one in there
    )
    path = "".join(f"{'M' if not number else 'L'}{mark.x} {mark.y}" for number, mark in enumerate(marks))
    ends = [round(one.mean, 1) for _place, one in (*there[:1], *there[1:][-1:])]
    means = tuple(shown(one.mean) if one else "" for one in figures)
    shift = round(ends[1] - ends[0], 1) if len(ends) > 1 else None
    return Trend(line.name.text(language_on_screen()), _sentence(ends), path, marks, means, shift)


def _sentence(ends: Sequence[float]) -> str:
    """From the first figure to the last in words."""
    said = [shown(one) for one in ends]
    if not said:
        return _("stays closed")
    if len(said) == 1:
        return said[0]
    if said[0] == said[-1]:
        return _("stayed %(value)s") % {"value": said[0]}
    return _("from %(first)s to %(last)s") % {"first": said[0], "last": said[-1]}


def _height(value: float) -> str:
    return f"{BOTTOM - (BOTTOM - TOP) * (value - 1) / 4:.1f}"
