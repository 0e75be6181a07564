"""Intervision: the groups, their meetings, who was there, and what it was about for who was there."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.coaches.actions.intervision import (
    cancel_meeting,
    join_group,
    leave_group,
    note_attendance,
    open_group,
    plan_meeting,
    remove_subject,
    start_group,
    write_subject,
)
from klankbord.coaches.forms.growth import AttendanceForm, GroupForm, MeetingForm, SubjectForm
from klankbord.coaches.growth_texts import part_named
from klankbord.coaches.models import IntervisionMeeting
from klankbord.coaches.queries.growth import (
    COACH,
    COORDINATOR,
    intervision_attended,
    only_for,
    shared_with_group,
    this_year,
    words_of,
)
from klankbord.coaches.queries.intervision import (
    Place,
    could_be_there,
    group_for,
    groups_for,
    meeting_for,
    meetings_of,
    members_of,
    own_group_for,
    subject_for,
    subjects_of,
    there_at,
)
from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.people.requests import MemberRequest
from klankbord.policy.api import policy_in_force
from klankbord.privacy.access import Role
from klankbord.privacy.audience import Audience, audience


def _seen(request: MemberRequest, *keys: str) -> Audience:
    return audience(*keys, viewer=Role.COACH if COACH in request.roles else Role.COORDINATOR)


@require_http_methods(["GET", "POST"])
def groups(request: MemberRequest, organisation: str) -> HttpResponse:
    """The groups of this organisation; and a form to start one."""
    only_for(request.roles, COACH, COORDINATOR)
    form = GroupForm(request.POST or None)
    if form.is_bound and form.is_valid():
        group = start_group(takes_part=COACH in request.roles, person=request.person, **form.cleaned_data)
        return redirect("intervision_group", organisation, group.pk)
    year = this_year()
    context = {
        "audience": _seen(request, "intervision_group", "intervision_attendance", "intervision_subject"),
        "groups": groups_for(request.person),
        "is_coach": COACH in request.roles,
        "is_coordinator": COORDINATOR in request.roles,
        "attended": intervision_attended([request.person.pk], year).get(request.person.pk, 0),
        "norm": policy_in_force().content.quality.internal_intervision,
        "year": year,
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "coaches/growth/intervision.html", context, status=status)


@require_GET
def group_page(request: MemberRequest, organisation: str, group: UUID) -> HttpResponse:
    """A group: its meetings for who is in it; for a coordinator the days and how many were there."""
    return _group(request, group_for(request.person, request.roles, group), MeetingForm())


def _group(request: MemberRequest, place: Place, form: MeetingForm, status: int = HTTPStatus.OK) -> HttpResponse:
    meetings = meetings_of(place.group)
    context = {
        "audience": _seen(request, "intervision_meeting", "intervision_attendance", "intervision_subject"),
        "group": place.group,
        "member": place.member,
        "members": members_of(place.group),
        "coming": [one for one in reversed(meetings) if not one.past],
        "past": [one for one in meetings if one.past],
        "may_join": COACH in request.roles and place.member is None and place.group.open,
        "looks_on": place.member is None and COORDINATOR in request.roles,
        "shares": _shares(place) if place.member else [],
        "form": form,
    }
    return render(request, "coaches/growth/group.html", context, status=status)


def _shares(place: Place) -> list[dict[str, str]]:
    found = []
    for share in shared_with_group(place.group.pk):
        part = part_named(share.part)
        if part:
            found.append({"who": share.coach.name, "name": part.name.text(language()), "text": words_of(share, "text")})
    return found


@require_POST
def join(request: MemberRequest, organisation: str, group: UUID) -> HttpResponse:
    """Join a group that takes others in."""
    place = group_for(request.person, request.roles, group)
    only_for(request.roles, COACH)
    if place.member is None and not place.group.open:
        messages.info(request, _("This group takes nobody new at the moment. Ask one of its members."))
        return redirect("intervision_group", organisation, place.group.pk)
    join_group(slug=organisation, person=request.person, group=place.group)
    messages.success(request, _("You are in this group. What was written before stays with who was there."))
    return redirect("intervision_group", organisation, place.group.pk)


@require_POST
def leave(request: MemberRequest, organisation: str, group: UUID) -> HttpResponse:
    """Leave a group."""
    leave_group(person=request.person, group=own_group_for(request.person, request.roles, group))
    messages.success(request, _("You left the group. What is written from now on, you do not read."))
    return redirect("intervision", organisation)


@require_POST
def open_or_close(request: MemberRequest, organisation: str, group: UUID) -> HttpResponse:
    """Say whether others may join."""
    found = own_group_for(request.person, request.roles, group)
    open_group(person=request.person, group=found, is_open=bool(request.POST.get("open")))
    return redirect("intervision_group", organisation, found.pk)


@require_POST
def plan(request: MemberRequest, organisation: str, group: UUID) -> HttpResponse:
    """Plan a meeting, or note one that was."""
    found = own_group_for(request.person, request.roles, group)
    form = MeetingForm(request.POST)
    if not form.is_valid():
        place = group_for(request.person, request.roles, group)
        return _group(request, place, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    moment = datetime.combine(form.cleaned_data["on"], form.cleaned_data["at"])
    meeting = plan_meeting(
        once=form.cleaned_data["once"],
        slug=organisation,
        person=request.person,
        group=found,
        starts_at=timezone.make_aware(moment),
        place=form.cleaned_data["place"],
    )
    return redirect("intervision_meeting", organisation, found.pk, meeting.pk)


# --- a meeting ------------------------------------------------------------------------------------------------------


def _meeting_for(request: MemberRequest, group: UUID, meeting: UUID) -> IntervisionMeeting:
    return meeting_for(own_group_for(request.person, request.roles, group), meeting)


@require_GET
def meeting_page(request: MemberRequest, organisation: str, group: UUID, meeting: UUID) -> HttpResponse:
    """A meeting, for who is in the group: when and where, what it was about, and who was there."""
    return _meeting(request, _meeting_for(request, group, meeting), SubjectForm())


def _meeting(
    request: MemberRequest, meeting: IntervisionMeeting, form: SubjectForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    people, there = could_be_there(meeting), there_at(meeting)
    context: dict[str, Any] = {
        "audience": _seen(request, "intervision_subject", "intervision_attendance"),
        "meeting": meeting,
        "group": meeting.group,
        "past": meeting.starts_at <= clock.now(),
        "subjects": subjects_of(meeting),
        "form": form,
        "attendance": AttendanceForm(initial={"there": [str(one) for one in there]}, people=people),
    }
    return render(request, "coaches/growth/meeting.html", context, status=status)


@require_POST
def attendance(request: MemberRequest, organisation: str, group: UUID, meeting: UUID) -> HttpResponse:
    """Note who was there."""
    found = _meeting_for(request, group, meeting)
    if found.starts_at > clock.now():
        messages.info(request, _("This meeting is still to come. Note who was there once it was."))
        return redirect("intervision_meeting", organisation, found.group_id, found.pk)
    form = AttendanceForm(request.POST, people=could_be_there(found))
    if form.is_valid():
        note_attendance(person=request.person, meeting=found, there=form.chosen())
        messages.success(request, _("Noted. The coordinator sees how many of you there were."))
    return redirect("intervision_meeting", organisation, found.group_id, found.pk)


@require_POST
def add_subject(request: MemberRequest, organisation: str, group: UUID, meeting: UUID) -> HttpResponse:
    """Keep in a few words what it is about."""
    found = _meeting_for(request, group, meeting)
    form = SubjectForm(request.POST)
    if not form.is_valid():
        return _meeting(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    write_subject(person=request.person, meeting=found, **form.cleaned_data)
    return redirect("intervision_meeting", organisation, found.group_id, found.pk)


@require_POST
def remove_subject_of(
    request: MemberRequest, organisation: str, group: UUID, meeting: UUID, subject: UUID
) -> HttpResponse:
    """Take one's own words away."""
    found = _meeting_for(request, group, meeting)
    remove_subject(subject=subject_for(request.person, found, subject))
    messages.success(request, _("Taken away."))
    return redirect("intervision_meeting", organisation, found.group_id, found.pk)


@require_POST
def cancel(request: MemberRequest, organisation: str, group: UUID, meeting: UUID) -> HttpResponse:
    """The meeting does not take place."""
    found = _meeting_for(request, group, meeting)
    cancel_meeting(slug=organisation, person=request.person, meeting=found)
    messages.success(request, _("Cancelled. The others in the group know it."))
    return redirect("intervision_group", organisation, found.group_id)
