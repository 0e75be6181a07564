"""The days on which everybody is reminded, of a wave that is open."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.culture.actions import plan_reminders
from klankbord.culture.forms.waves import RemindersForm, as_fields
from klankbord.culture.models import Wave
from klankbord.culture.rules.waves import (
    MOST_REMINDERS,
    NotInThisState,
    State,
    first_to_plan,
    reminders_to_come,
)
from klankbord.culture.views._waves import wave_of_coordinator, who_sees_open
from klankbord.people.requests import MemberRequest


@require_http_methods(["GET", "POST"])
def plan(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """Change or leave out the reminders that have not gone yet."""
    found = wave_of_coordinator(request, scan)
    if found.state == State.DRAFT:
        return redirect("wave_part", organisation, found.pk, "wanneer")
    if found.state != State.OPEN:
        return redirect("wave", organisation, found.pk)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            plan_reminders(wave=found, days=form.planned())
        except NotInThisState:
            # A colleague sent one or closed it in the meantime: its page tells how it stands now.
            messages.info(request, _("Something changed in the meantime. Look once more."))
        else:
            messages.success(request, _("Saved."))
        return redirect("wave", organisation, found.pk)
    context = {
        "wave": found,
        "title": found.title.text(language_on_screen()),
        "form": form,
        "gone": len(found.reminded),
        "audience": who_sees_open(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "culture/waves/reminders.html", context, status=status)


def _form(request: MemberRequest, found: Wave) -> RemindersForm:
    today, last_letter = clock.today(), found.last_letter_on or found.opens
    return RemindersForm(
        request.POST if request.method == "POST" else None,
        initial=as_fields(reminders_to_come(found.reminders, last_letter, today)),
        room=MOST_REMINDERS + 1 - found.letters,
        first=first_to_plan(found.reminders, last_letter, today),
        last=found.closes - timedelta(days=1),
    )
