"""Reading what was published of the culture scan: of the organisation, and of the units that are for the reader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

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
from klankbord.culture.report_words import (
    headline,
    language_on_screen,
    moved_words,
    response_words,
    row_of,
    sure_words,
    titles,
)
from klankbord.culture.rules.reports import Line
from klankbord.culture.texts import letters
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience


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

    title = titles(told)
    pictures = [
        {"id": name, "title": title[name], "rows": rows(lines)}
        for name, lines in (
            ("dimensions", report.dimensions),
            ("levels", report.levels),
            ("outcomes", report.outcomes),
            ("sentences", report.sentences),
        )
        if lines
    ]
    return {
        "wave": told.wave,
        "wave_title": told.wave.title.text(language),
        "unit": told.unit,
        "whole": not beside,
        "beside": beside,
        "closed": report.hidden,
        "headline": headline(told),
        "pictures": [] if report.hidden else pictures,
        "moved": moved_words(told),
        "before": told.before,
        "response": response_words(told),
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
        "audience": audience(
            *(("published_unit",) if told.unit.unit_id != root.unit_id else ("published_whole",)),
            viewer=reading_as(request),
        ),
    }


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
