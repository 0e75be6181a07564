"""Reading what was published of the culture scan: of the organisation, and of the units that are for the reader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from klankbord.core.downloads import download
from klankbord.core.language import language_on_screen
from klankbord.core.paper import paper_response, pdf
from klankbord.culture.models import WaveUnit
from klankbord.culture.queries.reports import (
    READ_ALL,
    Told,
    my_units,
    published_wave_for,
    published_waves,
    told_of,
    unit_for,
    whole_unit,
)
from klankbord.culture.reports.classes import classes_in_words
from klankbord.culture.reports.files import headings, paper_facts, spreadsheet_rows
from klankbord.culture.reports.trend import trend_of_sentences, trend_of_subjects
from klankbord.culture.reports.words import (
    headline,
    moved_words,
    names_of_parts,
    response_words,
    row_of,
    spread_words,
    sure_words,
    titles,
)
from klankbord.culture.rules.reports import Line
from klankbord.culture.texts import letters
from klankbord.people.requests import MemberRequest
from klankbord.people.staff_file import rows_to_xlsx
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import Audience, audience


def reading_as(request: MemberRequest) -> SeenAs:
    """In which capacity somebody reads."""
    if "coordinator" in request.roles:
        return SeenAs.COORDINATOR
    return SeenAs.LEADERSHIP if "leadership" in request.roles else SeenAs.SELF


def told_in_words(told: Told, root: WaveUnit) -> dict[str, Any]:
    """What a report's page shows."""
    language, report, words = language_on_screen(), told.report, letters()
    beside = told.unit.unit_id != root.unit_id

    def rows(lines: tuple[Line, ...]) -> list[Any]:
        return [row_of(one, told.everybody, beside) for one in lines]

    title, parts = titles(told), names_of_parts()
    pictures = [
        {"id": name, "name": parts[name], "title": title[name], "rows": rows(lines)}
        for name, lines in (
            ("dimensions", report.dimensions),
            ("levels", report.levels),
            ("outcomes", report.outcomes),
            ("sentences", report.sentences),
        )
        if lines
    ]
    lines = [one for picture in pictures for row in picture["rows"] for one in (row, *row.items)]
    return {
        "wave": told.wave,
        "wave_title": told.wave.title.text(language),
        "unit": told.unit,
        "whole": not beside,
        "beside": beside,
        "closed": report.hidden,
        "headline": headline(told),
        "pictures": pictures[:1] if report.hidden else pictures,
        "spread": spread_words() if any(one.spread for one in lines) else "",
        "moved": moved_words(told),
        "before": told.before,
        "response": response_words(told),
        "by_class": None if report.hidden else classes_in_words(told.by_class),
        "sure": sure_words(told.wave.instrument, told.everybody) if report.dimensions else [],
        "hidden_words": words.hidden.text(language),
        "interval_words": [one.text(language) for one in words.interval],
        "points": [one.wording.text(language) for one in told.wave.instrument.points],
    }


def _page(request: MemberRequest, told: Told, root: WaveUnit) -> dict[str, Any]:
    waves, language = published_waves(), language_on_screen()
    return {
        **told_in_words(told, root),
        "units": [one for one in my_units(told.wave) if one.unit_id != told.unit.unit_id],
        "waves": [{"wave": one, "title": one.title.text(language)} for one in waves],
        "reads_all": bool(READ_ALL & request.roles),
        "audience": readers(request, told.unit, root),
    }


def readers(request: MemberRequest, unit: WaveUnit, root: WaveUnit) -> Audience:
    """Who reads what is told of this unit: of the whole organisation, everybody."""
    return audience("published_whole" if unit.unit_id == root.unit_id else "published_unit", viewer=reading_as(request))


@require_GET
def culture_report(request: MemberRequest, organisation: str) -> HttpResponse:
    """The organisation's own report of the newest wave, and the way to the reader's own units."""
    waves = published_waves()
    if not waves:
        context = {"audience": audience("published_unit", viewer=reading_as(request))}
        return render(request, "culture/reports/nothing.html", context)
    wave = next((one for one in waves if str(one.pk) == request.GET.get("wave")), waves[0])
    root = whole_unit(wave)
    return render(request, "culture/reports/report.html", _page(request, told_of(wave, root, root), root))


@require_GET
def culture_unit(request: MemberRequest, organisation: str, published: UUID, team: UUID) -> HttpResponse:
    """The report of one unit, for who is in it, who leads it, and who reads all."""
    wave = published_wave_for(published)
    unit, root = unit_for(wave, team, request.roles), whole_unit(wave)
    return render(request, "culture/reports/report.html", _page(request, told_of(wave, unit, root), root))


@require_GET
def culture_trend(request: MemberRequest, organisation: str, published: UUID, team: UUID) -> HttpResponse:
    """The same unit over time: each subject over the waves, and the sentences of the pulse beside them."""
    wave = published_wave_for(published)
    unit, root = unit_for(wave, team, request.roles), whole_unit(wave)
    told, language = told_of(wave, unit, root), language_on_screen()
    subjects, sentences = trend_of_subjects(told), trend_of_sentences(told)
    context = {
        "wave": wave,
        "unit": unit,
        "subjects": subjects,
        "sentences": sentences,
        "hidden_words": letters().hidden.text(language) if subjects.closed or sentences.closed else "",
        "caution": letters().change_caution.text(language),
        "audience": readers(request, unit, root),
    }
    return render(request, "culture/reports/trend.html", context)


@require_GET
def culture_unit_xlsx(request: MemberRequest, organisation: str, published: UUID, team: UUID) -> HttpResponse:
    """The same report as a spreadsheet: what the reader sees on the screen, and no more."""
    told = _told_for(request, published, team)
    content = rows_to_xlsx(headings(told), spreadsheet_rows(told), sheet_name=str(_("Culture scan")))
    return download(content, f"{_file_name(told)}.xlsx")


@require_GET
def culture_unit_paper(request: MemberRequest, organisation: str, published: UUID, team: UUID) -> HttpResponse:
    """The same report on paper, as a PDF that can be read aloud."""
    told = _told_for(request, published, team)
    title = f"{told['unit'].name}: {told['headline']}"
    content = pdf("culture/report", paper_facts(told), language=language_on_screen(), title=title)
    return paper_response(content, _file_name(told))


def _told_for(request: MemberRequest, published: UUID, team: UUID) -> dict[str, Any]:
    wave = published_wave_for(published)
    unit, root = unit_for(wave, team, request.roles), whole_unit(wave)
    return told_in_words(told_of(wave, unit, root), root)


def _file_name(told: dict[str, Any]) -> str:
    return f"{slugify(_('Culture scan'))}-{slugify(told['unit'].name)}"
