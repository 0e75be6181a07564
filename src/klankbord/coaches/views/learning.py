"""Training and supervision, and the six sides of the own craft over time."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.coaches.actions.learning import (
    Learned,
    add_learning,
    look_at_craft,
    remove_assessment,
    remove_learning,
    show_learning,
)
from klankbord.coaches.forms.growth import KINDS, LearningForm, LookForm
from klankbord.coaches.growth_texts import aspects
from klankbord.coaches.queries.growth import (
    COACH,
    assessment_for,
    assessments_of,
    learning_for,
    learning_of,
    only_for,
)
from klankbord.coaches.rules.growth import Seen, drawn
from klankbord.core.language import language_on_screen as language
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft


@require_http_methods(["GET", "POST"])
def my_learning(request: MemberRequest, organisation: str) -> HttpResponse:
    """What a coach learned from, and a form to keep something more."""
    only_for(request.roles, COACH)
    form = LearningForm(request.POST) if request.method == "POST" else LearningForm()
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        add_learning(once=given.pop("once"), coach=request.person, learned=Learned(**given))
        messages.success(request, _("Kept."))
        return redirect("craft_learning", organisation)
    rows = [{"row": one, "kind": KINDS[one.Kind(one.kind)]} for one in learning_of(request.person)]
    context = {"audience": audience("learning", viewer=Role.COACH), "rows": rows, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "coaches/growth/learning.html", context, status=status)


@require_POST
def remove(request: MemberRequest, organisation: str, learning: UUID) -> HttpResponse:
    """Take something away."""
    only_for(request.roles, COACH)
    remove_learning(learning=learning_for(request.person, learning))
    messages.success(request, _("Taken away."))
    return redirect("craft_learning", organisation)


@require_POST
def show(request: MemberRequest, organisation: str, learning: UUID) -> HttpResponse:
    """Let the coordinator read it, or no longer."""
    only_for(request.roles, COACH)
    shown = bool(request.POST.get("shown"))
    show_learning(learning=learning_for(request.person, learning), shown=shown)
    messages.success(request, _("The coordinator can read this.") if shown else _("Only you see this now."))
    return redirect("craft_learning", organisation)


# --- the six sides --------------------------------------------------------------------------------------------------


@require_GET
def sides(request: MemberRequest, organisation: str) -> HttpResponse:
    """How the six sides moved, drawn, with the words of the last time."""
    only_for(request.roles, COACH)
    looks = assessments_of(request.person)
    read = [(row, seen) for row, seen in looks if seen is not None]
    context = {
        "audience": audience("self_assessment", "assessment_done", viewer=Role.COACH),
        "looks": [row for row, _seen in looks],
        "moments": [row.made_at for row, _seen in read],
        "pictures": _pictures([seen for _row, seen in read]),
    }
    return render(request, "coaches/growth/sides.html", context)


def _pictures(seen: list[dict[str, Seen]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for aspect in aspects():
        said = [one.get(aspect.id, Seen()) for one in seen]
        path, marks = drawn([aspect.place(one.level) for one in said], len(aspect.levels))
        latest = next((one for one in reversed(said) if one.level or one.words), Seen())
        level = aspect.level(latest.level)
        words = [aspect.level(one.level) for one in said]
        found.append(
            {
                "name": aspect.name.text(language()),
                "now": level.text.text(language()) if level else "",
                "words": latest.words,
                "path": path,
                "marks": marks,
                "cells": [one.text.text(language()) if one else "" for one in words],
            }
        )
    return found


@require_http_methods(["GET", "POST"])
def look(request: MemberRequest, organisation: str) -> HttpResponse:
    """Look at the six sides now; every side may be left open."""
    only_for(request.roles, COACH)
    if request.method == "GET":
        typed = {name: words for name, words in draft_at(request.path).items() if words}
        return _look(request, LookForm(initial=typed))
    form = LookForm(request.POST)
    if not form.is_valid():
        return _look(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    look_at_craft(once=form.cleaned_data["once"], coach=request.person, seen=form.seen())
    drop_draft(request.path)
    messages.success(request, _("Kept, for you alone."))
    return redirect("craft_sides", organisation)


def _look(request: MemberRequest, form: LookForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "audience": audience("self_assessment", "assessment_done", viewer=Role.COACH)}
    return render(request, "coaches/growth/look.html", context, status=status)


@require_POST
def remove_look(request: MemberRequest, organisation: str, assessment: UUID) -> HttpResponse:
    """Take one look away."""
    only_for(request.roles, COACH)
    remove_assessment(assessment=assessment_for(request.person, assessment))
    messages.success(request, _("Taken away."))
    return redirect("craft_sides", organisation)
