"""Talks of a coach and a coordinator about the coaching as a craft: planned, held, and kept for the two of them."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.coaches.actions.story import hold_contact, note_contact, note_contact_opened, plan_contact
from klankbord.coaches.forms.growth import KINDS, ContactForm, NoteForm
from klankbord.coaches.growth_texts import part_named
from klankbord.coaches.models import StoryShare
from klankbord.coaches.queries.growth import (
    COACH,
    COORDINATOR,
    coach_for_contact,
    contact_for,
    contacts_of,
    coordinators,
    intervision_attended,
    learning_of,
    notes_of,
    only_for,
    self_assessed,
    shares_of,
    this_year,
    words_of,
)
from klankbord.core.language import language_on_screen as language
from klankbord.people.api import Person
from klankbord.people.requests import MemberRequest
from klankbord.policy.api import policy_in_force
from klankbord.privacy.access import Role
from klankbord.privacy.audience import audience


def _the_coach(request: MemberRequest, pk: UUID) -> Person:
    """The coach whose page this is: oneself, or for a coordinator any coach of the organisation."""
    only_for(request.roles, COACH, COORDINATOR)
    if request.person.pk == pk and COACH in request.roles:
        return request.person
    if COORDINATOR not in request.roles:
        raise Http404
    return coach_for_contact(pk)


@require_http_methods(["GET", "POST"])
def contact(request: MemberRequest, organisation: str, coach: UUID) -> HttpResponse:
    """The talks of this coach with the reader, and for a coordinator that this year's learning was done."""
    person = _the_coach(request, coach)
    own = person.pk == request.person.pk
    choices = [one for one in coordinators() if one.pk != person.pk] if own else []
    form = ContactForm(request.POST or None, coordinators=choices)
    if form.is_bound and form.is_valid():
        other = form.cleaned_data["coordinator"] if own and choices else request.person
        if own and not choices:
            raise Http404
        plan_contact(
            once=form.cleaned_data["once"],
            slug=organisation,
            by=request.person,
            coach=person,
            coordinator=other,
            on=form.cleaned_data["on"],
        )
        messages.success(request, _("Planned."))
        return redirect("contact", organisation, person.pk)
    if not own:
        note_contact_opened(coach=person)
    return _contact(request, person, form)


def _contact(
    request: MemberRequest, coach: Person, form: ContactForm, note: NoteForm | None = None, at: UUID | None = None
) -> HttpResponse:
    own = coach.pk == request.person.pk
    year = this_year()
    rows = [
        {
            "row": row,
            "other": row.coordinator if own else row.coach,
            "notes": [
                {"mine": one.author_id == request.person.pk, "at": one.made_at, "text": words_of(one, "body")}
                for one in notes_of(row)
            ],
            "form": note if row.pk == at else NoteForm(auto_id=f"{row.pk}_%s"),
        }
        for row in contacts_of(coach, request.person)
    ]
    context: dict[str, Any] = {
        "coach": coach,
        "own": own,
        "form": form,
        "rows": rows,
        "year": year,
        "can_plan": not own or "coordinator" in form.fields,
        "audience": audience(
            *(("contact_note",) if own else ("contact_note", "learning", "assessment_done")),
            viewer=Role.COACH if own else Role.COORDINATOR,
            names={Role.COACH: coach.first_name},
        ),
    }
    if not own:
        context |= {
            "attended": intervision_attended([coach.pk], year).get(coach.pk, 0),
            "norm": policy_in_force().content.quality.internal_intervision,
            "looked": coach.pk in self_assessed([coach.pk], year),
            "learned": [{"row": one, "kind": KINDS[one.Kind(one.kind)]} for one in learning_of(coach)],
            "shares": _shared_with_coordinators(coach),
        }
    failed = form.is_bound or (note is not None and note.is_bound)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK
    return render(request, "coaches/growth/contact.html", context, status=status)


def _shared_with_coordinators(coach: Person) -> list[dict[str, str]]:
    """What this coach shares with coordinators of the own story."""
    found = []
    for share in shares_of(coach):
        part = part_named(share.part)
        if share.audience == StoryShare.Audience.COORDINATOR and part:
            found.append({"name": part.name.text(language()), "text": words_of(share, "text")})
    return found


@require_POST
def hold(request: MemberRequest, organisation: str, contact: UUID) -> HttpResponse:
    """The talk took place, or did not after all."""
    only_for(request.roles, COACH, COORDINATOR)
    found = contact_for(request.person, contact)
    hold_contact(contact=found, held=bool(request.POST.get("held")))
    messages.success(request, _("Kept."))
    return redirect("contact", organisation, found.coach_id)


@require_POST
def note(request: MemberRequest, organisation: str, contact: UUID) -> HttpResponse:
    """Keep something of the talk, for the two of it."""
    only_for(request.roles, COACH, COORDINATOR)
    found = contact_for(request.person, contact)
    form = NoteForm(request.POST, auto_id=f"{found.pk}_%s")
    if not form.is_valid():
        choices = coordinators() if found.coach_id == request.person.pk else []
        return _contact(request, found.coach, ContactForm(coordinators=choices), form, found.pk)
    note_contact(once=form.cleaned_data["once"], author=request.person, contact=found, text=form.cleaned_data["text"])
    messages.success(request, _("Kept, for the two of you."))
    return redirect("contact", organisation, found.coach_id)
