"""Does coaching fit here? A thinking aid for client and coach, and what becomes of a thought."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions._steps import note_reading
from klankbord.engagements.actions.fit import destroy_letter, open_letter, pass_on, reply, share, take_back
from klankbord.engagements.fit_texts import fit_words, pattern_words
from klankbord.engagements.forms.fit import PassOnForm, ReplyForm, ThoughtForm
from klankbord.engagements.models import Request
from klankbord.engagements.queries.doors import Standing, engagement_for, request_for_client
from klankbord.engagements.queries.fit import (
    Letter,
    can_be_passed_on,
    letter_for,
    letters_about,
    passed_on_about,
    readers_of,
    shared_by,
    signal_for_client,
)
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.views.engagement_page import is_over, page, told_when_too_late
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience, joined
from klankbord.privacy.drafts import draft_at, drop_draft

# --- reading along the patterns -------------------------------------------------------------------------------------


def patterns(of: str) -> list[dict[str, Any]]:
    """The patterns with the questions for this one of the two. What is read of them is kept nowhere."""
    tongue = language()
    return [
        {
            "name": one.name.text(tongue),
            "about": one.about.text(tongue),
            "questions": [question.text(tongue) for question in getattr(one, of)],
            "step": one.step.text(tongue) if of == "client" else "",
        }
        for one in fit_words().patterns
    ]


def pattern_name(pattern: str) -> str:
    """What a pattern is called on screen; empty for none."""
    return pattern_words(pattern).name.text(language()) if pattern else ""


@require_GET
def for_request(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    """The thinking aid for the client alone, with what was shared and what was passed on."""
    return _for_client(request, request_for_client(request.person, request_id))


@require_http_methods(["GET", "POST"])
@told_when_too_late
def within(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The same page from within a coaching; for the coach the questions of a coach, and a thought to share."""
    standing = engagement_for(request.person, engagement)
    if standing.is_client:
        if request.method == "POST":
            raise PermissionDenied
        return _for_client(request, standing.engagement.request)
    return _for_coach(request, standing, organisation)


def _for_client(request: MemberRequest, asked: Request) -> HttpResponse:
    context = {
        "asked": asked,
        "lead": fit_words().lead_client.text(language()),
        "patterns": patterns("client"),
        "letters": letters_about(request.person, asked),
        "passed_on": [
            {"row": one.row, "name": pattern_name(one.pattern), "text": one.text}
            for one in passed_on_about(request.person, asked)
        ],
        "can_pass_on": can_be_passed_on(asked),
        "audience": _seen_by_client(request, "fit_signal", "fit_letter"),
    }
    return render(request, "engagements/fit/client.html", context)


def _seen_by_client(request: MemberRequest, *things: str, coach: str = "") -> Any:
    manager = request.person.manager
    names = {SeenAs.MANAGER: manager.first_name} if manager else {}
    if coach:
        names[SeenAs.COACH] = coach
    return audience(*things, viewer=SeenAs.CLIENT, names=names)


# --- the coach ------------------------------------------------------------------------------------------------------


def _for_coach(request: MemberRequest, standing: Standing, slug: str) -> HttpResponse:
    form = ThoughtForm(request.POST) if request.method == "POST" else ThoughtForm(initial=_typed(request))
    if form.is_bound and form.is_valid():
        clean = form.cleaned_data
        share(once=clean["once"], standing=standing, slug=slug, text=clean["text"], pattern=clean["pattern"])
        drop_draft(request.path)
        said = _("%(name)s can read it now. Nobody else can.")
        messages.success(request, said % {"name": standing.other.first_name})
        return redirect("fit", slug, standing.engagement.pk)
    thoughts = shared_by(standing)
    if any(one.reply for one in thoughts):
        note_reading(standing, "fit_reply.open", standing.engagement.client_id)
    context = page(
        standing,
        "fit_thought",
        "fit_reply",
        lead=fit_words().lead_coach.text(language()),
        patterns=patterns("coach"),
        form=form,
        thoughts=[{"one": one, "name": pattern_name(one.pattern)} for one in thoughts],
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "engagements/fit/coach.html", context, status=status)


def _typed(request: MemberRequest) -> dict[str, str]:
    """What was being typed here, without the id of the sending: every page makes a new one."""
    return {name: value for name, value in draft_at(request.path).items() if name in ("text", "pattern")}


# --- the client with a thought --------------------------------------------------------------------------------------


@require_GET
def letter(request: MemberRequest, organisation: str, letter: UUID) -> HttpResponse:
    """What the coach wrote, and what the client can do with it: nothing, answer, pass on, or let it be destroyed."""
    found = letter_for(request.person, letter)
    if found.row.opened_at is None:
        open_letter(letter=found.row)
    return _letter(request, found)


def _letter(
    request: MemberRequest, found: Letter, form: ReplyForm | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    standing = _standing_if_any(request, found)
    place = reverse("fit_reply", kwargs={"organisation": request.organisation.slug, "letter": found.row.pk})
    words = pattern_words(found.pattern) if found.pattern else None
    context = {
        "letter": found.row,
        "text": found.text,
        "reply": found.reply,
        "coach": found.row.coach.first_name,
        "pattern": {"name": words.name.text(language()), "about": words.about.text(language())} if words else None,
        "form": form or ReplyForm(initial={"text": draft_at(place).get("text", found.reply)}),
        "place": place,
        "can_reply": standing is not None and not is_over(standing),
        "request_id": found.row.engagement.request_id,
        "audience": _seen_by_client(request, "fit_letter", "fit_reply", coach=found.row.coach.first_name),
    }
    return render(request, "engagements/fit/letter.html", context, status=status)


def _standing_if_any(request: MemberRequest, found: Letter) -> Standing | None:
    """Where the client stands in the coaching of a thought; None once its course is gone."""
    try:
        return engagement_for(request.person, found.row.engagement_id, need=Role.CLIENT)
    except Http404:
        return None


@require_POST
def answer(request: MemberRequest, organisation: str, letter: UUID) -> HttpResponse:
    """Answer the coach."""
    found = letter_for(request.person, letter)
    standing = engagement_for(request.person, found.row.engagement_id, need=Role.CLIENT)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _letter(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        reply(letter=found.row, standing=standing, slug=organisation, text=form.cleaned_data["text"])
    except NotNow as refusal:
        messages.info(request, refusal.text(language()))
    else:
        drop_draft(request.path)
        messages.success(request, _("%(name)s can read your answer.") % {"name": found.row.coach.first_name})
    return redirect("fit_letter", organisation, found.row.pk)


@require_POST
def destroy(request: MemberRequest, organisation: str, letter: UUID) -> HttpResponse:
    """Let a thought be destroyed."""
    found = letter_for(request.person, letter)
    destroy_letter(letter=found.row)
    drop_draft(reverse("fit_reply", kwargs={"organisation": organisation, "letter": letter}))
    messages.success(request, _("It is gone. Nobody is told."))
    return redirect("request_fit", organisation, found.row.engagement.request_id)


# --- passing on, with a preview -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def pass_on_to_coordinator(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    """Choose what goes, look at exactly that, and pass it on."""
    asked = request_for_client(request.person, request_id)
    if request.method == "GET":
        return _passing_on(request, asked, PassOnForm(initial=_begin_with(request)))
    form = PassOnForm(request.POST)
    if not form.is_valid():
        return _passing_on(request, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if "send" not in request.POST:
        return _passing_on(request, asked, form) if "edit" in request.POST else _preview(request, asked, form)
    clean = form.cleaned_data
    try:
        pass_on(once=clean["once"], slug=organisation, request=asked, pattern=clean["pattern"], text=clean["text"])
    except NotNow as refusal:
        messages.info(request, refusal.text(language()))
    else:
        drop_draft(request.path)
        messages.success(request, _("Passed on. You can take it back here."))
    return redirect("request_fit", organisation, asked.pk)


def _begin_with(request: MemberRequest) -> dict[str, str]:
    """What was being typed; else the pattern of the thought one comes from, named by its id alone."""
    typed = _typed(request)
    try:
        origin = UUID(request.GET.get("from", ""))
    except ValueError:
        return typed
    return {"pattern": letter_for(request.person, origin).pattern, **typed}


def _names_of_readers(asked: Request) -> str:
    return joined([one.first_name for one in readers_of(asked)])


def _passing_on(
    request: MemberRequest, asked: Request, form: PassOnForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "asked": asked,
        "form": form,
        "readers": _names_of_readers(asked),
        "audience": _seen_by_client(request, "fit_signal"),
    }
    return render(request, "engagements/fit/pass_on.html", context, status=status)


def _preview(request: MemberRequest, asked: Request, form: PassOnForm) -> HttpResponse:
    words = pattern_words(form.cleaned_data["pattern"])
    told = _seen_by_client(request, "fit_signal")
    context = {
        "asked": asked,
        "form": form,
        "pattern": {"name": words.name.text(language()), "about": words.about.text(language())},
        "text": form.cleaned_data["text"],
        "readers": _names_of_readers(asked),
        "audience": replace(told, short=_("Nobody yet. Nothing was passed on.")),
    }
    return render(request, "engagements/fit/preview.html", context)


@require_POST
def take_back_signal(request: MemberRequest, organisation: str, passed_on: UUID) -> HttpResponse:
    """Take back what was passed on."""
    found = signal_for_client(request.person, passed_on)
    take_back(signal=found)
    messages.success(request, _("Taken back. The coordinators no longer find it; what somebody read, they know."))
    return redirect("request_fit", organisation, found.request_id)
