"""The coach's own look after a talk, and what shows over time. For the coach alone."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klankbord.core import clock
from klankbord.core.comparison import same_words
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.coach import LookOvertaken, save_look
from klankbord.engagements.coach_texts import LookGroup, coach_texts
from klankbord.engagements.forms.coach import LookForm
from klankbord.engagements.models import Session
from klankbord.engagements.queries.coach import Noted, look_after, looks_of, noted_in
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.queries.line import talk_title
from klankbord.engagements.rules.coach_look import GROUPS, Period, patterns
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.views.engagement_page import (
    Clash,
    back_from_what_is_over,
    is_over,
    page,
    told_when_too_late,
)
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft


@require_http_methods(["GET", "POST"])
@told_when_too_late
def look(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """What stood out in the own coaching during this talk: choices, all of them optional."""
    standing = engagement_for(request.person, engagement, need=Role.COACH)
    if number == 0:
        raise Http404
    talk = session_for(standing, number)
    noted = noted_in(look_after(standing, talk))
    if request.method == "GET":
        return _look(request, standing, talk, *_as_typed(request.path, noted))
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = LookForm(request.POST)
    if not form.is_valid():
        return _look(request, standing, talk, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    try:
        saved = save_look(
            standing=standing, session=talk, chosen=form.chosen, why=given["why"], based_on=given["based_on"]
        )
    except LookOvertaken as overtaken:
        form = LookForm({**_singles(form.chosen), "why": given["why"], "based_on": overtaken.noted.mark})
        clash = _clash(overtaken.noted, given["why"])
        return _look(request, standing, talk, form, clash, status=HTTPStatus.CONFLICT)
    drop_draft(request.path)
    messages.success(request, _("Saved, for you alone.") if saved else _("There is nothing kept for this talk."))
    return redirect("session", organisation, standing.engagement.pk, talk.number)


def _as_typed(place: str, noted: Noted) -> tuple[LookForm, Clash | None]:
    """The form with what was being typed, else with what was noted; with both when they went different ways."""
    typed = draft_at(place)
    if not typed:
        return LookForm(initial={**_singles(noted.chosen), "why": noted.why, "based_on": noted.mark}), None
    chosen = {group: [one for one in typed.get(group, "").split("\n") if one] for group in GROUPS}
    why = typed.get("why", "")
    overtaken = typed.get("based_on", "") != noted.mark and not same_words(why, noted.why)
    based_on = noted.mark if overtaken else typed.get("based_on", "")
    form = LookForm(initial={**_singles(chosen), "why": why, "based_on": based_on})
    return form, _clash(noted, why) if overtaken else None


def _singles(chosen: dict[str, list[str]]) -> dict[str, Any]:
    """The choices as the form takes them: one word for how tightly was steered, a list for the others."""
    return {**chosen, "steering": next(iter(chosen.get("steering", ())), "")}


def _clash(noted: Noted, mine: str) -> Clash:
    return Clash(who=_("You yourself, in another window,"), when="", theirs=noted.why, mine=mine)


def _look(
    request: MemberRequest,
    standing: Standing,
    talk: Session,
    form: LookForm,
    clash: Clash | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = page(
        standing,
        "coach_look",
        talk=talk,
        title=talk_title(talk.number),
        form=form,
        clash=clash,
        place=request.path,
        groups=[_group(group, form) for group in coach_texts().groups],
        over=is_over(standing),
    )
    return render(request, "engagements/coach/look.html", context, status=status)


def _group(group: LookGroup, form: LookForm) -> dict[str, Any]:
    """A question with its choices: folded as long as nothing was chosen."""
    value = form[group.id].value() or []
    chosen = [value] if isinstance(value, str) else list(value)
    words = [(one.name.text(language()), one.about.text(language())) for one in group.choices]
    return {
        "id": group.id,
        "name": group.name.text(language()),
        "about": group.about.text(language()),
        "words": words,
        "field": form[group.id],
        "open": bool(chosen) or bool(form[group.id].errors) or (group.id == "steering" and bool(form["why"].value())),
        "chosen": [one.name.text(language()) for one in group.choices if one.id in chosen],
    }


# --- over time --------------------------------------------------------------------------------------------------


@require_GET
def over_time(request: MemberRequest, organisation: str) -> HttpResponse:
    """The own coaching over all talks: how often what was chosen. No client, no engagement, no day."""
    looks = looks_of(request.person)
    if "coach" not in request.roles and not looks:
        raise PermissionDenied
    told = patterns(looks)
    latest = told.periods[-1] if told.periods else None
    texts = coach_texts()
    asked = texts.questions[clock.today().month % len(texts.questions)]
    context = {
        "latest": latest,
        "span": _span(latest) if latest else "",
        "figures": [figure for group in texts.groups if latest and (figure := _figure(group, latest))],
        "spans": [_span(period) for period in told.periods],
        "rows": list(_rows(texts.groups, told.periods)),
        "waiting": told.waiting,
        "question": asked.text(language()),
        "audience": audience("coach_look", viewer=SeenAs.COACH),
    }
    return render(request, "engagements/coach/over_time.html", context)


def _span(period: Period) -> str:
    """From which month to which, in words."""
    begin, end = (MONTHS[period.first.first_month], MONTHS[period.last.last_month])
    if period.first.year == period.last.year:
        return _("%(begin)s to %(end)s %(year)s") % {"begin": begin, "end": end, "year": period.last.year}
    names = {"begin": begin, "first": period.first.year, "end": end, "last": period.last.year}
    return _("%(begin)s %(first)s to %(end)s %(last)s") % names


def _figure(group: LookGroup, period: Period) -> dict[str, Any] | None:
    """One group as bars, titled with what was chosen most, if that is one thing; None when nothing was chosen."""
    bars = [
        {"seen": one.seen.text(language()), "name": one.name.text(language()), "count": period.count(group.id, one.id)}
        for one in group.choices
    ]
    highest = max(period.count(group.id, one.id) for one in group.choices)
    if not highest:
        return None
    most = [bar["seen"] for bar in bars if bar["count"] == highest]
    title = _("%(count)s of the %(looks)s times %(seen)s.")
    named = {"count": highest, "looks": period.looks, "seen": most[0]}
    return {
        "title": title % named if len(most) == 1 else group.name.text(language()),
        "bars": [{**bar, "share": round(100 * int(str(bar["count"])) / period.looks)} for bar in bars],
    }


def _rows(groups: Iterable[LookGroup], periods: Iterable[Period]) -> Iterable[dict[str, Any]]:
    """The same figures as rows of a table, with a column for each period."""
    for group in groups:
        for one in group.choices:
            cells = [(period.count(group.id, one.id), period.looks) for period in periods]
            yield {"group": group.name.text(language()), "name": one.name.text(language()), "cells": cells}
