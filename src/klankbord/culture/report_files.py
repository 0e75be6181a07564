"""A report to take along: as a spreadsheet, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from klankbord.culture.report_words import Row
from klankbord.people.staff_file import Cell

type Told = dict[str, Any]
"""What ``views.reports.told_in_words`` says of a report."""


def headings() -> list[str]:
    """The columns of the spreadsheet."""
    return [
        _("Part"),
        _("Subject"),
        _("Sentence"),
        _("Average"),
        _("Low"),
        _("High"),
        _("Answers"),
        _("Organisation"),
        _("Last time"),
        _("Change since last time"),
    ]


def spreadsheet_rows(told: Told) -> list[Sequence[Cell]]:
    """A row for each subject, and one for each sentence under it. What is withheld says so, in words."""
    found: list[Sequence[Cell]] = []
    for picture in told["pictures"]:
        for row in picture["rows"]:
            found.append(_cells(picture["name"], row.name, "", row))
            found += [_cells(picture["name"], row.name, one.name, one) for one in row.items]
    return found


def _cells(part: str, subject: str, sentence: str, row: Row) -> Sequence[Cell]:
    numbers: Iterable[Cell] = (row.mean_value, row.low_value, row.high_value, row.many)
    if row.dots is None:
        numbers = (_("stays closed"), None, None, None)
    return (part, subject, sentence, *numbers, row.whole_value, row.before_value, row.change_words)


def paper_facts(told: Told) -> dict[str, Any]:
    """The facts for the paper: the same tables as on the screen, with the sentences under their subject."""
    extra = [_("Organisation")] if told["beside"] else []
    extra += [_("Last time")] if told["before"] else []
    columns = [_("Subject"), _("From 1 to 5"), _("Average"), _("Between"), _("Answers"), *extra]
    return {
        "response": told["response"] or told["wave_title"],
        "lead": _("These are averages with their precision, for a talk. They are no marks."),
        "closed": told["closed"],
        "hidden": told["hidden_words"],
        "parts": [
            {
                "title": picture["title"],
                "headings": columns,
                "rows": [_paper_row(row, told) for whole in picture["rows"] for row in (whole, *whole.items)],
            }
            for picture in told["pictures"]
        ],
        "texts": []
        if told["closed"]
        else [
            {"title": _("What moved since last time"), "sentences": told["moved"]},
            {"title": _("How to read this"), "sentences": [*told["interval_words"], told["hidden_words"]]},
        ],
    }


def _paper_row(row: Row, told: Told) -> dict[str, Any]:
    beside = [row.whole or "–"] if told["beside"] else []
    beside += [row.before or "–"] if told["before"] else []
    dots = row.dots
    return {
        "cells": [row.name, row.mean or _("stays closed"), row.between or "–", str(row.many or "–"), *beside],
        "dots": dots
        and {
            "at": _number(dots.at),
            "low": _number(dots.low),
            "width": _number(dots.width),
            "whole": _number(dots.whole),
            "before": _number(dots.before),
        },
    }


def _number(place: str) -> float | None:
    return float(place.removesuffix("%")) if place else None
