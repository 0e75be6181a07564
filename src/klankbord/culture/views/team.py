"""The page for a team's talk: three starters, and what the team decides."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.core.language import language_on_screen
from klankbord.culture.actions.team import remove_decision, write_decision
from klankbord.culture.forms.team import DecisionForm
from klankbord.culture.queries.reports import (
    Told,
    decision_for,
    decisions_of,
    own_team,
    published_wave_for,
    told_of,
    unit_for,
    whole_unit,
)
from klankbord.culture.rules.reports import starters_from
from klankbord.culture.views.reports import readers
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import Audience, Line, audience
from klankbord.privacy.drafts import draft_at, drop_draft


def _starters(told: Told) -> list[dict[str, str]]:
    """Three questions with something to try; where nothing is told of the team, of what stands out in the whole."""
    language, instrument = language_on_screen(), told.wave.instrument
    return [
        {
            "about": instrument.dimension(name).name.text(language),
            "question": starter.question.text(language),
            "attempt": starter.attempt.text(language),
        }
        for name, _situation, starter in starters_from(told.report.dimensions)
    ]


def _who_sees_what() -> Audience:
    """To somebody of the team: the questions are not for the team alone, what it writes down is."""
    team = audience("team_decision", viewer=SeenAs.SELF)
    first, *others = team.lines
    written = _("What you write down: %(who)s") % {"who": first.text[:1].lower() + first.text[1:]}
    questions = Line("eye", _("The questions: whoever reads this report."))
    return Audience(short=written, lines=(questions, Line(first.kind, written), *others))


@require_http_methods(["GET", "POST"])
def talk(request: MemberRequest, organisation: str, published: UUID, team: UUID) -> HttpResponse:
    """Starters from what stands out, and what the team decided, now and before. Only the team reads the latter."""
    wave = published_wave_for(published)
    unit, root = unit_for(wave, team, request.roles), whole_unit(wave)
    form = DecisionForm(request.POST) if request.method == "POST" else None
    if form is not None:
        own_team(request.person, unit.unit_id)
        if form.is_valid():
            given = form.cleaned_data
            write_decision(once=given["once"], wave=wave, unit_id=unit.unit_id, text=given["text"])
            drop_draft(request.path)
            messages.success(request, _("It stands here now, for everyone in this team."))
            return redirect("culture_team", organisation, published, team)
    told = told_of(wave, unit, root)
    starters = _starters(told)
    decided, mine = decisions_of(unit.unit_id), request.person.unit_id == unit.unit_id
    context: dict[str, Any] = {
        "wave": wave,
        "wave_title": wave.title.text(language_on_screen()),
        "unit": unit,
        "starters": starters or _starters(told_of(wave, root, root)),
        "of_the_whole": not starters,
        "mine": mine,
        "form": form or DecisionForm(initial={"text": draft_at(request.path).get("text", "")}),
        "now": [one for one in decided if one.row.wave_id == wave.pk],
        "before": [one for one in decided if one.row.wave_id != wave.pk],
        # Whoever is not in the team reads the questions only, as everybody does who reads the report.
        "audience": _who_sees_what() if mine else readers(request, unit, root),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "culture/reports/team.html", context, status=status)


@require_POST
def remove(request: MemberRequest, organisation: str, published: UUID, team: UUID, decision: UUID) -> HttpResponse:
    """Take something away that the team decided."""
    unit = unit_for(published_wave_for(published), team, request.roles)
    own_team(request.person, unit.unit_id)
    remove_decision(decision=decision_for(unit.unit_id, decision))
    messages.success(request, _("It is gone."))
    return redirect("culture_team", organisation, published, team)
