"""Your engagements, and the line of time of one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions._reading import note_each_opened
from klankbord.engagements.actions.course import stop
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.models import Session
from klankbord.engagements.queries.agreements import third_party_of
from klankbord.engagements.queries.course import Coaching, coaching_of, requests_under_way, sessions_of, told_of
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.line import Link, Point, Told, asked, first_sentence, points, talk_title
from klankbord.engagements.queries.policy import may_take_one_talk, policy_of
from klankbord.engagements.queries.short_line import points_of_one_talk
from klankbord.engagements.rules.lifecycle import ENGAGEMENT, Act, Phase, RequestState, acts
from klankbord.engagements.views.engagement_page import link_within, page, why_not
from klankbord.engagements.views.otherwise import changes_around
from klankbord.engagements.views.policy_words import findings_in_words
from klankbord.engagements.views.rooms import wings_of
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.checks import WayFacts, way_findings
from klankbord.policy.rules.finding import Finding, NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import Audience, audience


@require_GET
def mine(request: MemberRequest, organisation: str) -> HttpResponse:
    """My engagements, as client and as coach, and a request that is still looking for a coach."""
    found = coaching_of(request.person)
    _note_directions(found)
    running = [one for one in found if not one.over]
    as_client = [_card(one) for one in running if one.standing.is_client]
    context = {
        "as_client": as_client,
        "as_coach": [_card(one) for one in running if not one.standing.is_client],
        "over": [_card(one) for one in found if one.over],
        "requests": [
            {"request": one, "proposed": one.state == RequestState.PROPOSED}
            for one in requests_under_way(request.person)
        ],
        "audience": _who_sees_mine(found),
    }
    return render(request, "engagements/course/mine.html", context)


def _note_directions(found: list[Coaching]) -> None:
    """A coach who reads the clients' directions on the cards leaves a trail for each of them."""
    read = [one.standing.engagement for one in found if one.direction and not one.standing.is_client]
    note_each_opened("direction.open", {engagement: engagement.client_id for engagement in read})


def _who_sees_mine(found: list[Coaching]) -> Audience | None:
    """What the cards tell, and to whom: as the client when somebody is one, since that weighs most."""
    if not found:
        return None
    as_client = any(one.standing.is_client for one in found)
    return audience("direction", "session", "engagement", viewer=SeenAs.CLIENT if as_client else SeenAs.COACH)


def _card(coaching: Coaching) -> dict[str, Any]:
    standing = coaching.standing
    return {
        "engagement": standing.engagement,
        "title": coaching.direction.rstrip(".") or _("Coaching with %(name)s") % {"name": standing.other.first_name},
        "other": standing.other,
        "stands": ENGAGEMENT.stands[standing.phase].text(language()),
        "next_talk": coaching.next_talk,
    }


@require_GET
def line_of_time(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The whole way of an engagement, from the first question until afterwards."""
    standing = engagement_for(request.person, engagement)
    note_reading(standing, "engagement.open", standing.engagement.client_id)
    told = told_of(standing)
    possible = acts(standing.phase, standing.role)
    context = page(
        standing,
        "session",
        "direction",
        "reflection",
        "engagement",
        title=first_sentence(told.direction).rstrip(".") or _("Coaching with %(name)s") % {"name": told.other},
        items=_line(told, link_within(standing, organisation)),
        around=changes_around(standing),
        wings=list(wings_of(standing, organisation)),
        talks=_planned(standing_talks=sessions_of(standing)),
        stands=ENGAGEMENT.stands[standing.phase].text(language()),
        may_stop=Act.STOP in possible,
        may_change_coach=Act.OTHER_COACH in possible,
        may_take_one_talk=may_take_one_talk(standing),
        findings=findings_in_words(_policy_says(standing, told), language()),
        may_decline=Act.NOT_ME in possible,
        may_round_off=Act.BEGIN_CLOSING in possible,
    )
    return render(request, "engagements/course/line_of_time.html", context)


def _policy_says(standing: Standing, told: Told) -> list[Finding]:
    """What the policy has to say of how far a coaching is, while it runs."""
    if told.short or standing.phase is not Phase.RUNNING:
        return []
    way = WayFacts(
        held=told.held,
        direction=bool(told.direction),
        evaluate_after=told.evaluate_after,
        looked_back=told.looked_back,
        third=third_party_of(standing.engagement) is not None,
        met_at_start=any(not one.at_the_end for one in told.of_three),
    )
    return way_findings(policy_of(standing.engagement).content, way)


def _line(told: Told, link: Link) -> list[Point]:
    """The line of time: the long way, or the short one of one talk."""
    return [*asked(told), *points_of_one_talk(told, link)] if told.short else points(told, link)


def _planned(*, standing_talks: list[Session]) -> list[dict[str, Any]]:
    """The talks for the margin, those that do not take place included, by date."""
    talks = sorted((one for one in standing_talks if one.number > 0), key=lambda one: one.starts_at)
    return [
        {
            "number": one.number,
            "title": talk_title(one.number),
            "starts_at": one.starts_at,
            "cancelled": one.state == Session.State.CANCELLED,
        }
        for one in talks
    ]


@require_http_methods(["GET", "POST"])
def stop_early(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Stop, without a form and without a reason. GET says what then happens."""
    standing = engagement_for(request.person, engagement)
    if request.method == "POST":
        try:
            stop(standing=standing, slug=organisation)
            said = _("You stopped. %(name)s gets a message, without a reason.")
            messages.success(request, said % {"name": standing.other.first_name})
        except NotNow as refusal:
            messages.warning(request, refusal.text(language()))
        return redirect("engagement", organisation, standing.engagement.pk)
    months = standing.course.retention_months
    context = page(
        standing,
        "engagement",
        not_now=why_not(standing, Act.STOP),
        months=months,
        may_change_coach=Act.OTHER_COACH in acts(standing.phase, standing.role),
    )
    return render(request, "engagements/course/stop.html", context)
