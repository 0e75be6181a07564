"""The short route: choosing it, agreeing on one talk, and going on."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.agreements import NewerVersion, Plan
from klankbord.engagements.actions.short import agree_on_one_talk, choose_route, grow
from klankbord.engagements.forms.short import OneTalkForm
from klankbord.engagements.models import Agreement, Course
from klankbord.engagements.queries.agreements import latest_agreement
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.drafting import first_moment, readable_clauses, tongue_of
from klankbord.engagements.queries.policy import policy_of
from klankbord.engagements.rules.lifecycle import Role
from klankbord.engagements.short_texts import filled_lines
from klankbord.engagements.views.engagement_page import back_from_what_is_over, page, told_when_too_late
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.drafts import draft_at, drop_draft


@require_http_methods(["GET", "POST"])
@told_when_too_late
def one_talk(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """When and where the one talk is, and four lines. The other reads it and says yes."""
    standing = engagement_for(request.person, engagement)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    if standing.course.route != Course.Route.SHORT:
        return redirect("agreement", organisation, standing.engagement.pk)
    last = latest_agreement(standing.engagement)
    tongue = tongue_of(standing)
    if request.method == "GET":
        initial = {**_first_values(standing, last), **draft_at(request.path)}
        return _form(request, standing, OneTalkForm(initial=initial, tongue=tongue))
    form = OneTalkForm(request.POST, tongue=tongue)
    if not form.is_valid():
        return _form(request, standing, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    clean = form.cleaned_data
    plan = Plan(
        first=clean["starts_at"].isoformat(),
        place=clean["place"],
        count=1,
        minutes=clean["minutes"],
        evaluate_after=1,
        retention_months=standing.course.retention_months,
    )
    try:
        agree_on_one_talk(
            standing=standing, slug=organisation, lines=form.lines(), plan=plan, based_on=clean["based_on"]
        )
    except NewerVersion:
        newest = latest_agreement(standing.engagement)
        again = OneTalkForm({**request.POST.dict(), "based_on": newest.version if newest else 0}, tongue=tongue)
        return _form(request, standing, again, HTTPStatus.CONFLICT, newer=newest)
    drop_draft(request.path)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("agreement", organisation, standing.engagement.pk)


def _first_values(standing: Standing, last: Agreement | None) -> dict[str, Any]:
    engagement = standing.engagement
    lines = filled_lines(
        client=engagement.client.first_name, coach=engagement.coach.first_name, language=tongue_of(standing)
    )
    if last is None:
        usual = policy_of(engagement).content.talks.minutes
        minutes = min(OneTalkForm.LENGTHS, key=lambda length: abs(length - usual))
        return {"minutes": minutes, "based_on": 0, **{line.id: line.text for line in lines}}
    start = localtime(first_moment(last.plan))
    return {
        "day": start.date(),
        "time": start.time(),
        "minutes": last.plan["minutes"],
        "place": last.plan["place"],
        "based_on": last.version,
        **{line.id: line.text for line in readable_clauses(last) or []},
    }


def _form(
    request: MemberRequest,
    standing: Standing,
    form: OneTalkForm,
    status: int = HTTPStatus.OK,
    *,
    newer: Agreement | None = None,
) -> HttpResponse:
    theirs = (readable_clauses(newer) or []) if newer else []
    context = page(standing, "agreement", "session", form=form, place=request.path, newer=newer, theirs=theirs)
    return render(request, "engagements/short/one_talk.html", context, status=status)


@require_POST
@told_when_too_late
def choose(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """One talk, or rather getting to know each other first: the client says, and may say otherwise later."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    wanted = request.POST.get("route", "")
    if wanted not in Course.Route.values:
        raise Http404
    choose_route(standing=standing, route=Course.Route(wanted))
    onward_to = "one_talk" if wanted == Course.Route.SHORT else "introduction"
    return redirect(onward_to, organisation, standing.engagement.pk)


@require_POST
def go_further(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """One talk turned out to be a beginning."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    try:
        grow(standing=standing, slug=organisation)
    except NotNow as refusal:
        messages.info(request, refusal.text(language()))
        return redirect("engagement", organisation, standing.engagement.pk)
    messages.success(request, _("You go on together. %(name)s gets a message.") % {"name": standing.other.first_name})
    return redirect("direction", organisation, standing.engagement.pk)
