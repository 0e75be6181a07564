"""The calm page of a talk: a few words in large type and one field of one's own, also without a connection."""

import json
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klankbord.core.comparison import normalised
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.texts import Overtaken, note_reading, save_text
from klankbord.engagements.forms.calm import JottingForm
from klankbord.engagements.models import Session
from klankbord.engagements.queries.calm import calm_texts, jotting_of
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.queries.line import talk_title
from klankbord.engagements.rules.calm import both_kept
from klankbord.engagements.views.engagement_page import (
    Clash,
    Field,
    back_from_what_is_over,
    link_within,
    page,
    take_text,
    told_when_too_late,
)
from klankbord.engagements.writings import Kind
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow


def _talk(standing: Standing, number: int) -> Session:
    """The door to a planned talk."""
    if number == 0:
        raise Http404
    return session_for(standing, number)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def calm(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """The calm page, and what its form sends where there is no script."""
    standing = engagement_for(request.person, engagement)
    talk = _talk(standing, number)
    if request.method == "GET":
        return _calm(request, standing, organisation, talk)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = JottingForm(request.POST)
    if not form.is_valid():
        return _calm(request, standing, organisation, talk, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _refuse_somebody_elses(form, standing)
    field = Field(Kind.JOTTING, form, request.path, jotting_of(standing, talk))
    if clashed := take_text(standing, organisation, field, session=talk):
        return _calm(
            request, standing, organisation, talk, form=clashed.form, clash=clashed.clash, status=HTTPStatus.CONFLICT
        )
    messages.success(request, _("Saved, for you alone."))
    return redirect("session", organisation, standing.engagement.pk, talk.number)


def _calm(
    request: MemberRequest,
    standing: Standing,
    slug: str,
    talk: Session,
    *,
    form: Any = None,
    clash: Clash | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    texts = calm_texts(standing, talk)
    note_reading(standing, "session.open", standing.engagement.client_id)
    if texts.goal:
        note_reading(standing, "goals.open", standing.engagement.client_id)
    elif texts.direction:
        note_reading(standing, "engagement.open", standing.engagement.client_id)
    saved = texts.jotting
    if form is None:
        initial = {"text": saved.body if saved else "", "based_on": saved.revision if saved else 0}
        form = JottingForm(initial={**initial, "whose": standing.person.pk})
    context = page(
        standing,
        "jotting",
        talk=talk,
        title=talk_title(talk.number),
        until=_until(talk),
        topic=texts.topic.body if texts.topic else "",
        direction=texts.goal or (texts.direction.body if texts.direction else ""),
        jotting=saved,
        form=form,
        clash=clash,
        **_places(standing, slug, talk),
    )
    return render(request, "engagements/calm/calm.html", context, status=status)


def _until(talk: Session) -> str:
    return time_format(localtime(talk.starts_at + timedelta(minutes=talk.minutes)), "H.i")


def _places(standing: Standing, slug: str, talk: Session) -> dict[str, str]:
    link = link_within(standing, slug)
    return {
        "place": link("calm", number=talk.number),
        "worker": link("calm_worker", number=talk.number),
        "back": link("session", number=talk.number),
    }


def _refuse_somebody_elses(form: JottingForm, standing: Standing) -> None:
    """Raise ``PermissionDenied`` for words that another person typed.

    SECURITY: a page that stayed open, or a text kept on the device, is sent with the session of whoever is signed in
    by then. Without this the words of the client could become a text of the coach.
    """
    whose = form.cleaned_data.get("whose")
    if whose is not None and whose != standing.person.pk:
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def sync(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """What the page's script asks and sends. GET: who is signed in now, and with what token. POST: save the field.

    200 with the revision; 409 with what was written on another device and both as one text; 422 with words. The same
    words twice are saved once, so that whoever never heard the answer may simply ask again.
    """
    standing = engagement_for(request.person, engagement)
    talk = _talk(standing, number)
    if request.method == "GET":
        return JsonResponse({"token": get_token(request), "whose": str(standing.person.pk)})
    form = JottingForm(request.POST)
    if not form.is_valid():
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"words": words}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _refuse_somebody_elses(form, standing)
    text = form.cleaned_data["text"]
    known = jotting_of(standing, talk)
    if known and not known.gone and normalised(known.body) == normalised(text):
        return JsonResponse({"revision": known.revision})
    try:
        saved = save_text(
            standing=standing,
            slug=organisation,
            kind=Kind.JOTTING,
            text=text,
            session=talk,
            based_on=form.cleaned_data["based_on"],
        )
    except NotNow as refusal:
        return JsonResponse({"words": refusal.text(language())}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Overtaken as overtaken:
        theirs = overtaken.conflict.theirs
        both = {"revision": overtaken.revision, "theirs": theirs, "both": both_kept(text, theirs)}
        return JsonResponse(both, status=HTTPStatus.CONFLICT)
    return JsonResponse({"revision": saved.revision})


@require_GET
def shell(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """The calm page without a single text, for a browser to keep.

    SECURITY: made without the request, so that no name, no message and no token can get into what is kept.
    """
    standing = engagement_for(request.person, engagement)
    talk = _talk(standing, number)
    context = {
        "person": standing.person,
        "title": _("Calm page"),
        "form": JottingForm(initial={"text": "", "based_on": 0, "whose": standing.person.pk}),
        "shell": True,
        **_places(standing, organisation, talk),
    }
    return HttpResponse(render_to_string("engagements/calm/calm.html", context))


@require_GET
def worker(request: MemberRequest, organisation: str, engagement: UUID, number: int) -> HttpResponse:
    """The script that answers for this one page when there is no connection. It changes with what it keeps."""
    standing = engagement_for(request.person, engagement)
    talk = _talk(standing, number)
    link = link_within(standing, organisation)
    kept = {
        "page": link("calm", number=talk.number),
        "shell": link("calm_shell", number=talk.number),
        "files": [static(f"web/{name}") for name in ("build/klankbord.css", "build/klankbord-bundle.js", "js/calm.js")],
    }
    code = (files("klankbord.web") / "static" / "web" / "js" / "calm-worker.js").read_text(encoding="utf-8")
    version = sha256(f"{kept}{code}".encode()).hexdigest()[:12]
    head = f"const KEPT = {json.dumps({**kept, 'version': version})};\n"
    return HttpResponse(head + code, content_type="text/javascript; charset=utf-8")
