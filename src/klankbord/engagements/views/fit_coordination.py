"""What clients passed on, for the coordinators; and once a year how often, with what one could do about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from klankbord.core.language import language_on_screen as language
from klankbord.core.pagination import LongList
from klankbord.engagements.actions._reading import note_opened
from klankbord.engagements.fit_texts import fit_words, pattern_words
from klankbord.engagements.queries.fit import signal_for_coordinator, signals_listed, years_published
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import audience

A_PAGE = 50


@require_GET
def signals(request: MemberRequest, organisation: str) -> HttpResponse:
    """What was passed on, and the counts of whole years."""
    if "coordinator" not in request.roles:
        raise PermissionDenied
    context = {
        "page": LongList(signals_listed(request.person), A_PAGE).get_page(request.GET.get("page")),
        "years": [{"year": one.year, "rows": _in_words(one.counts)} for one in years_published()],
        "ideas": _ideas(),
        "audience": audience("fit_signal", "fit_count", viewer=SeenAs.COORDINATOR, reached=(When.SHARED,)),
    }
    return render(request, "engagements/fit/signals.html", context)


def _in_words(counts: dict[str, int | None]) -> list[dict[str, Any]]:
    return [{"name": one.name.text(language()), "count": counts.get(one.id)} for one in fit_words().patterns]


def _ideas() -> list[dict[str, Any]]:
    tongue = language()
    return [
        {
            "name": one.name.text(tongue),
            "about": one.about.text(tongue),
            "lines": [line.text(tongue) for line in one.organisation],
        }
        for one in fit_words().patterns
    ]


@require_GET
def signal(request: MemberRequest, organisation: str, passed_on: UUID) -> HttpResponse:
    """One thing a client passed on, in their words, and what one could do about it."""
    found = signal_for_coordinator(request.person, passed_on, request.roles)
    client = found.row.client
    note_opened("fit_signal.open", found.row, owner_id=client.pk)
    words, tongue = pattern_words(found.pattern), language()
    context = {
        "signal": found.row,
        "client": client,
        "text": found.text,
        "pattern": {"name": words.name.text(tongue), "about": words.about.text(tongue)},
        "ideas": [line.text(tongue) for line in words.organisation],
        "audience": audience(
            "fit_signal",
            viewer=SeenAs.COORDINATOR,
            names={SeenAs.CLIENT: client.first_name},
            reached=(When.SHARED,),
        ),
    }
    return render(request, "engagements/fit/signal.html", context)
