"""A report to take along: as a spreadsheet, and on paper; and what is laid beside each other, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from klankbord.culture.reports.all_units import HeatRow, Moved
from klankbord.culture.reports.classes import ClassLine, ClassRow
from klankbord.culture.reports.words import Dots, Row, spread_words
from klankbord.people.staff_file import Cell
from klankbord.privacy.audience import joined

type Told = dict[str, Any]
"""What ``views.reports.told_in_words`` says of a report."""


def headings(told: Told) -> list[str]:
    """The columns of the spreadsheet; that of groups only where something is told of them."""
    return [
        _("Part"),
        _("Subject"),
        _("Sentence"),
        *([_("Group")] if _by_class(told) else []),
        _("Average"),
        _("Low"),
        _("High"),
        _("Answers"),
        _("Disagree"),
        _("In between"),
        _("Agree"),
        _("Organisation"),
        _("Last time"),
        _("Change since last time"),
    ]


def spreadsheet_rows(told: Told) -> list[Sequence[Cell]]:
    """A row for each subject, and one for each sentence under it. What is withheld says so, in words."""
    found: list[Sequence[Cell]] = []
    by_class = _by_class(told)
    everyone = [_("everyone")] if by_class else []
    for picture in told["pictures"]:
        for row in picture["rows"]:
            found.append(_cells((picture["name"], row.name, "", *everyone), row))
            found += [_cells((picture["name"], row.name, one.name, *everyone), one) for one in row.items]
    for picture in by_class:
        for line in picture["lines"]:
            for one in line.classes:
                found.append((picture["name"], line.name, "", one.name, *_numbers(one), *[None] * 5, ""))
    return found


def overview_sheet(
    rows: Sequence[HeatRow], columns: Sequence[tuple[str, str]], *, careful: bool
) -> tuple[list[str], list[Sequence[Cell]]]:
    """Headings and rows of all units beside each other: the averages, and after them the careful estimates."""
    names = [name for _id, name in columns]
    headings = [pgettext("culture scan", "Unit"), _("Lies under"), _("Took part"), _("Invited"), *names]
    if careful:
        headings += [_("%(name)s, careful estimate") % {"name": name} for name in names]
    return headings, [_overview_row(row, careful=careful) for row in rows]


def _overview_row(row: HeatRow, *, careful: bool) -> Sequence[Cell]:
    closed = _("stays closed")
    means = [closed if one.mean_value is None else one.mean_value for one in row.cells]
    guesses = [None if one.mean_value is None else round(one.value, 2) for one in row.cells] if careful else []
    under = " / ".join(row.unit.path.split("/")[:-1])
    return (row.unit.name, under, row.answered, row.invited, *means, *guesses)


def change_sheet(found: Sequence[Moved], subject: str) -> tuple[list[str], list[Sequence[Cell]]]:
    """Headings and rows of what changed in each unit, of one subject."""
    headings = [
        pgettext("culture scan", "Unit"),
        _("Subject"),
        _("Change since last time"),
        _("Low"),
        _("High"),
        _("Effect (g)"),
        _("In words"),
    ]
    rows: list[Sequence[Cell]] = [
        (one.name, subject, *(round(value, 2) for value in (one.difference, one.low_value, one.high_value, one.size)),
         one.words)
        for one in found
    ]  # fmt: skip
    return headings, rows


def _by_class(told: Told) -> list[dict[str, Any]]:
    """The pictures of classes, where the report has them."""
    return told["by_class"]["pictures"] if told["by_class"] else []


def _cells(names: Sequence[Cell], row: Row) -> Sequence[Cell]:
    spread = row.spread.counts if row.spread else [None] * 3
    return (*names, *_numbers(row), *spread, row.whole_value, row.before_value, row.change_words)


def _numbers(row: Row | ClassRow) -> Sequence[Cell]:
    if row.dots is None:
        return (_("stays closed"), None, None, None)
    return (row.mean_value, row.low_value, row.high_value, row.many)


def paper_facts(told: Told) -> dict[str, Any]:
    """The facts for the paper: the same tables as on the screen, with the sentences under their subject."""
    extra = [_("Organisation")] if told["beside"] else []
    extra += [_("Last time")] if told["before"] else []
    columns = [_("Subject"), _("From 1 to 5"), _("Average"), _("Between"), _("Answers"), *extra]
    return {
        "response": told["response"] or told["wave_title"],
        "lead": _("These are averages with their precision, for a talk. They are no marks."),
        "closed": told["closed"],
        "legend": "" if told["closed"] else _legend(told),
        "hidden": told["hidden_words"],
        "parts": [
            {
                "title": picture["title"],
                "headings": columns,
                "rows": [_paper_row(row, told) for whole in picture["rows"] for row in (whole, *whole.items)],
            }
            for picture in told["pictures"]
        ]
        + _paper_by_class(told),
        "texts": []
        if told["closed"]
        else [
            {"title": _("What moved since last time"), "sentences": told["moved"]},
            *_paper_words_of_classes(told),
            {"title": _("How to read this"), "sentences": [*told["interval_words"], told["hidden_words"]]},
        ],
    }


def _legend(told: Told) -> str:
    """What is drawn in the picture, in a sentence."""
    marks = [_("the dot is the average"), _("the band how precise that is")]
    marks += [_("the open dot last time")] if told["before"] else []
    marks += [_("the line the whole organisation")] if told["beside"] else []
    said = _("In the picture %(marks)s.") % {"marks": joined(marks)}
    return f"{said} {spread_words()}" if told["spread"] else said


def _paper_by_class(told: Told) -> list[dict[str, Any]]:
    columns = [_("Subject and group"), _("From 1 to 5"), _("Average"), _("Between"), _("Answers"), _("Everyone")]
    return [
        {
            "title": f"{told['by_class']['label']} · {picture['name']}: {picture['title']}",
            "headings": columns,
            "rows": [_paper_class(line, one) for line in picture["lines"] for one in line.classes],
        }
        for picture in _by_class(told)
    ]


def _paper_words_of_classes(told: Told) -> list[dict[str, Any]]:
    by = told["by_class"]
    if not by:
        return []
    return [{"title": by["label"], "sentences": [by["nothing"]] if by["hidden"] else by["caution"]}]


def _paper_class(line: ClassLine, row: ClassRow) -> dict[str, Any]:
    cells = [f"{line.name}: {row.name}", row.mean or _("stays closed"), row.between or "–", str(row.many or "–")]
    cells.append(line.everyone.mean or "–")
    return {"cells": cells, "dots": _paper_dots(row.dots), "whole": False, "spread": "", "parts": []}


def _paper_row(row: Row, told: Told) -> dict[str, Any]:
    beside = [row.whole or "–"] if told["beside"] else []
    beside += [row.before or "–"] if told["before"] else []
    return {
        "cells": [row.name, row.mean or _("stays closed"), row.between or "–", str(row.many or "–"), *beside],
        "dots": _paper_dots(row.dots),
        "whole": bool(row.items),
        "spread": row.spread.words if row.spread else "",
        "parts": row.spread.counts if row.spread else [],
    }


def _paper_dots(dots: Dots | None) -> dict[str, Any] | None:
    if dots is None:
        return None
    return {
        "at": _number(dots.at),
        "low": _number(dots.low),
        "width": _number(dots.width),
        "whole": _number(dots.whole),
        "before": _number(dots.before),
    }


def _number(place: str) -> float | None:
    return float(place.removesuffix("%")) if place else None
