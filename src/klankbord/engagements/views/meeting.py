"""The talk of three, for client and coach: when it is, a guide for each, and a text all three say yes to."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.engagements.actions.meeting import plan_three_way
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.forms.course import IntroductionForm
from klankbord.engagements.queries.closing import is_past_writing
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.line import moment_words
from klankbord.engagements.queries.meeting import meeting_of, planned_meetings, three_of
from klankbord.engagements.rules.meeting import PLACES, WORDS, Stage, Voice
from klankbord.engagements.views.engagement_page import is_over, page, told_when_too_late
from klankbord.engagements.views.three_way import guide_for, say_yes, seen_by_three, shown_text, stage_title, write_text
from klankbord.people.requests import MemberRequest


def stage_at(word: str) -> Stage:
    """The stage in an address. Raises ``Http404`` for a word that is none."""
    if word not in PLACES:
        raise Http404
    return PLACES[word]


def _past(standing: Standing, stage: Stage) -> bool:
    """Whether nothing more is planned or written. The talk at the end may come after the closing."""
    return is_past_writing(standing) if stage is Stage.END else is_over(standing)


@require_GET
def three_way(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Both talks of three: at the start and at the end. Neither has to be."""
    standing = engagement_for(request.person, engagement)
    planned = {one.stage: one for one in planned_meetings(standing.engagement)}
    stages = [
        {"word": WORDS[stage], "title": stage_title(stage), "when": _when(planned.get(stage.value))} for stage in Stage
    ]
    three = three_of(standing.engagement)
    seen = seen_by_three(standing, three, "three_way_meeting")
    context = page(standing, "three_way_meeting", audience=seen, stages=stages, third=three.third)
    return render(request, "engagements/meeting/three_way.html", context)


def _when(meeting: Any) -> str:
    if meeting is None or meeting.starts_at is None:
        return ""
    return moment_words(meeting.starts_at, clock.now(), meeting.place)


@require_GET
def three_way_meeting(request: MemberRequest, organisation: str, engagement: UUID, stage: str) -> HttpResponse:
    """One of the two: when and where, how to prepare, and what the three agreed."""
    standing = engagement_for(request.person, engagement)
    return _meeting(request, standing, stage_at(stage), None)


def _meeting(
    request: MemberRequest, standing: Standing, stage: Stage, form: IntroductionForm | None, status: int = HTTPStatus.OK
) -> HttpResponse:
    note_reading(standing, "three_way.open", standing.engagement.client_id)
    meeting = meeting_of(standing.engagement, stage)
    three = three_of(standing.engagement)
    past = _past(standing, stage)
    context = page(
        standing,
        "three_way_meeting",
        audience=seen_by_three(standing, three, "three_way_meeting", "three_way_text", agreed=meeting.client_agreed),
        stage=WORDS[stage],
        title=stage_title(stage),
        when_and_where=_when(meeting.row),
        third=three.third,
        past=past,
        form=form or (None if past else _form(meeting.row)),
        open_plan=form is not None,
        guide=guide_for(stage, standing, Voice(standing.role.value)),
        **shown_text(standing, meeting, three),
    )
    return render(request, "engagements/meeting/meeting.html", context, status=status)


def _form(meeting: Any) -> IntroductionForm:
    if meeting is None or meeting.starts_at is None:
        return IntroductionForm()
    start = localtime(meeting.starts_at)
    first = {"day": start.date(), "time": start.time(), "minutes": meeting.minutes, "place": meeting.place}
    return IntroductionForm(initial=first)


@require_POST
@told_when_too_late
def plan(request: MemberRequest, organisation: str, engagement: UUID, stage: str) -> HttpResponse:
    """Give it a moment, or another one."""
    standing = engagement_for(request.person, engagement)
    at = stage_at(stage)
    form = IntroductionForm(request.POST)
    if not form.is_valid():
        return _meeting(request, standing, at, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    plan_three_way(
        standing=standing,
        slug=organisation,
        stage=at,
        starts_at=form.cleaned_data["starts_at"],
        minutes=form.cleaned_data["minutes"],
        place=form.cleaned_data["place"],
    )
    messages.success(request, _("The moment is set. The others get a message."))
    return redirect("three_way_meeting", organisation, standing.engagement.pk, stage)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def text(request: MemberRequest, organisation: str, engagement: UUID, stage: str) -> HttpResponse:
    """Write a version of what the three agree."""
    standing = engagement_for(request.person, engagement)
    at = stage_at(stage)
    back = redirect("three_way_meeting", organisation, standing.engagement.pk, stage)
    if _past(standing, at):
        messages.info(request, _("This coaching is over. You can still read everything here."))
        return back
    note_reading(standing, "three_way.open", standing.engagement.client_id)
    seen = seen_by_three(standing, three_of(standing.engagement), "three_way_text", agreed=standing.is_client)
    context = page(standing, "three_way_text", audience=seen, back=back.url, title=stage_title(at))
    return write_text(request, standing, organisation, at, context)


@require_POST
@told_when_too_late
def accept(request: MemberRequest, organisation: str, engagement: UUID, stage: str) -> HttpResponse:
    """Say yes to the version that was on the screen."""
    standing = engagement_for(request.person, engagement)
    back = redirect("three_way_meeting", organisation, standing.engagement.pk, stage)
    return say_yes(request, standing, organisation, stage_at(stage), back)
