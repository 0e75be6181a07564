"""The talk of three, for the third party: its moment, a guide of their own, and the text. Nothing else is here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.party import note_opened
from klankbord.engagements.queries.doors import PartyStanding, party_for
from klankbord.engagements.queries.line import moment_words
from klankbord.engagements.queries.meeting import Meeting, Three, meeting_of, three_of
from klankbord.engagements.rules.meeting import Voice
from klankbord.engagements.views.meeting import stage_at
from klankbord.engagements.views.three_way import guide_for, say_yes, seen_by_three, shown_text, stage_title, write_text
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow


def _page(standing: PartyStanding, three: Three, **more: Any) -> dict[str, Any]:
    """The context of both pages. What stands there is what the client said yes to, or one's own."""
    seen = seen_by_three(standing, three, "three_way_meeting", "three_way_text", agreed=True)
    return {"engagement": standing.engagement, "audience": seen, **more}


@require_GET
def party_three_way(request: MemberRequest, organisation: str, engagement: UUID, stage: str) -> HttpResponse:
    """When and where, how to prepare, and what the three agreed."""
    standing = party_for(request.person, engagement)
    at = stage_at(stage)
    meeting, three = meeting_of(standing.engagement, at), three_of(standing.engagement)
    note_opened(standing.engagement, "three_way.open", standing.engagement.client_id)
    context = _page(
        standing,
        three,
        stage=stage,
        title=stage_title(at),
        client=standing.engagement.client.first_name,
        coach=standing.engagement.coach.first_name,
        when_and_where=_when(meeting),
        planned=meeting.row is not None,
        past=standing.engagement.closed_on is not None,
        guide=guide_for(at, standing, Voice.SPONSOR),
        **shown_text(standing, meeting, three),
    )
    return render(request, "engagements/meeting/party.html", context)


def _when(meeting: Meeting) -> str:
    if meeting.row is None or meeting.row.starts_at is None:
        return ""
    return moment_words(meeting.row.starts_at, clock.now(), meeting.row.place)


@require_http_methods(["GET", "POST"])
def party_three_way_text(request: MemberRequest, organisation: str, engagement: UUID, stage: str) -> HttpResponse:
    """Write a version, as one of the three."""
    standing = party_for(request.person, engagement)
    at = stage_at(stage)
    back = redirect("party_three_way", organisation, standing.engagement.pk, stage)
    context = _page(standing, three_of(standing.engagement), back=back.url, title=stage_title(at))
    try:
        return write_text(request, standing, organisation, at, context)
    except NotNow as refusal:
        messages.info(request, refusal.text(language()))
        return back


@require_POST
def party_three_way_accept(request: MemberRequest, organisation: str, engagement: UUID, stage: str) -> HttpResponse:
    """Say yes to the version that was on the screen."""
    standing = party_for(request.person, engagement)
    back = redirect("party_three_way", organisation, standing.engagement.pk, stage)
    return say_yes(request, standing, organisation, stage_at(stage), back)
