"""A request by telephone: the coordinator notes it, and the one who asked sends it or throws it away."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.engagements.actions.noted import drop_noted, note_request, take_noted
from klankbord.engagements.forms.asking import theme_labels
from klankbord.engagements.forms.noted import NoteForm
from klankbord.engagements.queries.noted import all_noted_by, answers_of, noted_by, noted_for
from klankbord.people.api import Person, found_people
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft, keep_draft

AT_ONCE = 8


@require_http_methods(["GET", "POST"])
def note(request: MemberRequest, organisation: str) -> HttpResponse:
    """Note what somebody asked for: find them by name, and write down what they told."""
    if "coordinator" not in request.roles:
        raise PermissionDenied
    if request.method == "GET":
        kept = draft_at(request.path)
        return _note_page(request, NoteForm(initial=_first(kept), people=_found(request, kept.get("name", ""))))
    looked_for = request.POST.get("name", "").strip()
    form = NoteForm(request.POST, people=_found(request, looked_for))
    if "find" in request.POST:
        keep_draft(request.path, {name: "\n".join(request.POST.getlist(name)) for name in _FIELDS})
        return redirect(request.path)
    if not form.is_valid():
        return _note_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    client = form.cleaned_data["person"]
    note_request(
        once=form.cleaned_data["once"], slug=organisation, client=client, author=request.person, answers=form.noted()
    )
    drop_draft(request.path)
    said = _("%(name)s gets a message, and decides whether it is sent.")
    messages.success(request, said % {"name": client.first_name})
    return redirect("note_request", organisation)


_FIELDS = ("name", "words", "themes", "place", "employer")


def _first(kept: dict[str, str]) -> dict[str, object]:
    first: dict[str, object] = {name: value for name, value in kept.items() if value and name in _FIELDS}
    return first | {"themes": kept.get("themes", "").split()}


def _found(request: MemberRequest, text: str) -> list[Person]:
    """Whoever is called so; nobody for no name. Not oneself: an own request is made on the own screen."""
    if not text.strip():
        return []
    people = found_people(text).filter(active=True).exclude(pk=request.person.pk)
    return list(people.order_by("sort_key")[:AT_ONCE])


def _note_page(request: MemberRequest, form: NoteForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {
        "form": form,
        "looked_for": form.data.get("name", "") if form.is_bound else form.initial.get("name", ""),
        "waiting": all_noted_by(request.person),
        "audience": audience("noted_request", viewer=SeenAs.COORDINATOR),
    }
    return render(request, "engagements/noted/note.html", context, status=status)


@require_POST
def withdraw(request: MemberRequest, organisation: str, noted: UUID) -> HttpResponse:
    """Whoever noted it takes it back."""
    drop_noted(noted=noted_by(request.person, noted))
    messages.success(request, _("It is gone."))
    return redirect("note_request", organisation)


@require_GET
def read(request: MemberRequest, organisation: str, noted: UUID) -> HttpResponse:
    """What was noted for me, and what I want to do with it."""
    found = noted_for(request.person, noted)
    answers = answers_of(found)
    context = {
        "noted": found,
        "author": found.author.first_name,
        "words": answers["words"],
        "themes": theme_labels(answers.get("themes", "").split()),
        "audience": audience(
            "noted_request", viewer=SeenAs.CLIENT, names={SeenAs.COORDINATOR: found.author.first_name}
        ),
    }
    return render(request, "engagements/noted/noted.html", context)


@require_POST
def take(request: MemberRequest, organisation: str, noted: UUID) -> HttpResponse:
    """Go on with it: it stands in the own form now, after whatever stood there."""
    found = noted_for(request.person, noted)
    place = reverse("ask", kwargs={"organisation": organisation})
    kept, answers = draft_at(place), answers_of(found)
    words = "\n\n".join(text for text in (kept.get("words", "").strip(), answers["words"]) if text)
    keep_draft(place, {**answers, **{name: value for name, value in kept.items() if value}, "words": words})
    take_noted(noted=found)
    messages.info(request, _("It stands here now, in your own form. Change what you like; nothing is sent yet."))
    return redirect("ask", organisation)


@require_POST
def drop(request: MemberRequest, organisation: str, noted: UUID) -> HttpResponse:
    """Throw it away. Nobody is told."""
    drop_noted(noted=noted_for(request.person, noted))
    messages.success(request, _("It is gone. Nobody looks for a coach."))
    return redirect("today", organisation)
