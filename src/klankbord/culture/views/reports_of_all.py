"""Reading over all units, for who coordinates and who leads the organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from klankbord.core.downloads import download
from klankbord.core.language import language_on_screen
from klankbord.culture.actions.reading import note_words_read
from klankbord.culture.models import Wave
from klankbord.culture.queries.reports import (
    everybody_of,
    relations_of,
    rows_of_units,
    told_of,
    wave_for_readers_of_all,
    whole_unit,
)
from klankbord.culture.queries.waves import tree_of, words_of
from klankbord.culture.reports.all_units import (
    HeatRow,
    Moved,
    change_title,
    changes,
    columns_of,
    heat_rows,
    most_moved,
    relations_in_words,
    shuffled,
)
from klankbord.culture.reports.classes import classes_in_words, units_by_class
from klankbord.culture.reports.files import change_sheet, overview_sheet
from klankbord.culture.rules.ballots import fewest_words
from klankbord.culture.rules.classes import furthest_apart
from klankbord.culture.texts import letters
from klankbord.culture.views.reports import reading_as
from klankbord.people.requests import MemberRequest
from klankbord.people.staff_file import Cell, rows_to_xlsx
from klankbord.privacy.audience import audience

A_PAGE = 50


def _frame(request: MemberRequest, wave: Wave, thing: str = "publication") -> dict[str, Any]:
    return {
        "wave": wave,
        "wave_title": wave.title.text(language_on_screen()),
        "hidden_words": letters().hidden.text(language_on_screen()),
        "audience": audience(thing, viewer=reading_as(request)),
    }


@require_GET
def overview(request: MemberRequest, organisation: str, published: UUID) -> HttpResponse:
    """The heat map: units × dimensions, searched and sorted, with figure and shade. Both go by a careful estimate."""
    wave = wave_for_readers_of_all(published, request.roles)
    columns, rows, careful = _beside_each_other(request, wave)
    search = request.GET.get("q", "")
    context = {
        **_frame(request, wave),
        "columns": columns,
        "careful": careful,
        "search": search,
        "in_tree": not search and not request.GET.get("sort"),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "culture/reports/overview.html", context)


@require_GET
def overview_xlsx(request: MemberRequest, organisation: str, published: UUID) -> HttpResponse:
    """The same units and figures, in the same order, as a spreadsheet."""
    wave = wave_for_readers_of_all(published, request.roles)
    columns, rows, careful = _beside_each_other(request, wave)
    headings, lines = overview_sheet(rows, columns, careful=careful)
    return _sheet(headings, lines, _("Units beside each other"))


def _beside_each_other(request: MemberRequest, wave: Wave) -> tuple[list[tuple[str, str]], list[HeatRow], bool]:
    """Columns and rows as the address asks for them, and whether small units are taken for what they tell."""
    columns = columns_of(wave)
    teams = everybody_of(wave).get("teams", {})
    ids = [one for one, _name in columns]
    asked = {"sort": request.GET.get("sort", ""), "search": request.GET.get("q", "").strip()}
    rows = heat_rows(tree_of(wave), rows_of_units(wave), ids, teams=teams, **asked)
    return columns, rows, any(one in teams for one in ids)


def _sheet(headings: list[str], lines: list[Sequence[Cell]], name: str) -> HttpResponse:
    return download(rows_to_xlsx(headings, lines, sheet_name=name), f"{slugify(name)}.xlsx")


@require_GET
def classes(request: MemberRequest, organisation: str, published: UUID) -> HttpResponse:
    """The background attribute: its classes in the whole organisation, and in which units they are told too."""
    wave = wave_for_readers_of_all(published, request.roles)
    root = whole_unit(wave)
    told = told_of(wave, root, root)
    subjects = _subjects(wave)
    subject = request.GET.get("subject", "")
    if subject not in dict(subjects):
        most = furthest_apart((*told.by_class.dimensions, *told.by_class.sentences)) if told.by_class else None
        subject = most if most in dict(subjects) else subjects[0][0]
    found = units_by_class(tree_of(wave), rows_of_units(wave), subject, len(wave.classes)) if told.by_class else []
    context = {
        **_frame(request, wave),
        "root": root,
        "by": classes_in_words(told.by_class),
        "points": [one.wording.text(language_on_screen()) for one in wave.instrument.points],
        "subjects": subjects,
        "subject": subject,
        "subject_name": dict(subjects)[subject],
        "closed": _("kept closed"),
        "names": [one.text(language_on_screen()) for one in wave.class_names],
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "culture/reports/classes.html", context)


def _subjects(wave: Wave) -> list[tuple[str, str]]:
    """What one may choose from: dimensions and outcomes, or the sentences of a pulse."""
    if wave.kind == Wave.Kind.PULSE:
        return columns_of(wave)
    return [*columns_of(wave), *((one.id, one.name.text(language_on_screen())) for one in wave.instrument.outcomes)]


@require_GET
def change(request: MemberRequest, organisation: str, published: UUID) -> HttpResponse:
    """What changed since last time in each unit, of one subject: a forest of dots with their precision."""
    wave = wave_for_readers_of_all(published, request.roles)
    names, subject, found = _changes(request, wave)
    context = {
        **_frame(request, wave),
        "subjects": list(names.items()),
        "subject": subject,
        "title": change_title(names[subject], found),
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "caution": letters().change_caution.text(language_on_screen()),
    }
    return render(request, "culture/reports/change.html", context)


@require_GET
def change_xlsx(request: MemberRequest, organisation: str, published: UUID) -> HttpResponse:
    """The same changes as a spreadsheet."""
    wave = wave_for_readers_of_all(published, request.roles)
    names, subject, found = _changes(request, wave)
    headings, lines = change_sheet(found, names[subject])
    return _sheet(headings, lines, _("What moved, unit by unit"))


def _changes(request: MemberRequest, wave: Wave) -> tuple[dict[str, str], str, list[Moved]]:
    """The subjects one may choose, the one that is asked for or that moved most, and what changed in it."""
    names = dict(_subjects(wave))
    rows = rows_of_units(wave)
    subject = request.GET.get("subject", "")
    subject = subject if subject in names else most_moved(rows, list(names))
    return names, subject, changes(tree_of(wave), rows, subject)


@require_GET
def relations(request: MemberRequest, organisation: str, published: UUID) -> HttpResponse:
    """How dimensions and outcomes go together in the whole organisation, in cautious words."""
    wave = wave_for_readers_of_all(published, request.roles)
    context = {
        **_frame(request, wave),
        "found": relations_in_words(wave.instrument, relations_of(wave)),
        "caution": letters().together_caution.text(language_on_screen()),
    }
    return render(request, "culture/reports/relations.html", context)


@require_GET
def words(request: MemberRequest, organisation: str, published: UUID) -> HttpResponse:
    """Answers in own words, of the whole organisation and from ten on, in an order that means nothing."""
    wave = wave_for_readers_of_all(published, request.roles)
    said, language = words_of(wave), language_on_screen()
    note_words_read(wave=wave)
    context = {
        **_frame(request, wave, "open_answer"),
        "least": fewest_words(wave.k),
        "questions": [
            {"question": one.wording.text(language), "texts": shuffled(said.get(one.id, []))}
            for one in wave.open_questions
        ],
    }
    return render(request, "culture/reports/words.html", context)
