"""Getting to know each other, and going on or not."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.language import language_on_screen as language
from klankbord.engagements import texts as content
from klankbord.engagements.actions.course import go_on, not_available, other_coach, plan_introduction
from klankbord.engagements.actions.texts import note_reading
from klankbord.engagements.forms.course import IntroductionForm, TextForm
from klankbord.engagements.models import Session
from klankbord.engagements.queries.course import introduction_of, words_at_the_start
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.line import moment_words
from klankbord.engagements.queries.texts import Texts, texts_of
from klankbord.engagements.rules.lifecycle import Act, Phase, Role
from klankbord.engagements.views.engagement_page import (
    Field,
    back_from_what_is_over,
    field_for,
    link_within,
    page,
    saved_text,
    seen_by,
    take_text,
    told_when_too_late,
    why_not,
)
from klankbord.engagements.writings import Kind
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow


@require_GET
def introduction(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The page of the introductory talk."""
    standing = engagement_for(request.person, engagement)
    note_reading(standing, "introduction.open", standing.engagement.client_id)
    return _introduction(request, standing, organisation)


def _introduction(
    request: MemberRequest,
    standing: Standing,
    slug: str,
    *,
    plan_form: IntroductionForm | None = None,
    field: Field | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    talk = introduction_of(standing)
    texts = texts_of(standing, [Kind.EXPECTATION])
    words = words_at_the_start(standing)
    context = page(
        standing,
        "session",
        "expectation",
        talk=talk,
        when_and_where=moment_words(talk.starts_at, clock.now(), talk.place) if talk else "",
        has_begun=talk is not None and talk.starts_at <= clock.now(),
        deciding=standing.phase is Phase.INTRODUCTION,
        guide=_guide(standing),
        words=words,
        words_seen=seen_by(standing, "request_words"),
        plan_form=plan_form or _plan_form(talk),
        field=field or _expectation_field(standing, slug, texts),
        sides=_sides(standing, texts),
        expectation_seen=seen_by(standing, "expectation"),
    )
    return render(request, "engagements/introduction/introduction.html", context, status=status)


def _guide(standing: Standing) -> dict[str, Any]:
    """The guide for this role, in the language on the screen. What is read of it is kept nowhere."""
    guide, tongue = content.introduction(), language()
    mine = "client" if standing.is_client else "coach"
    return {
        "lead": guide.lead.text(tongue),
        "parts": [
            {
                "title": part.title.text(tongue),
                "about": part.about.text(tongue),
                "lines": [line.text(tongue) for line in getattr(part, mine)],
            }
            for part in guide.parts
        ],
        "expectations": [
            {"title": one.title.text(tongue), "question": getattr(one, mine).text(tongue)} for one in guide.expectations
        ],
        "thinking_aid": None if standing.is_client else _thinking_aid(),
    }


def _thinking_aid() -> dict[str, Any]:
    aid, tongue = content.introduction().thinking_aid, language()
    return {
        "lead": aid.lead.text(tongue),
        "starts": [
            {
                "title": start.title.text(tongue),
                "hear": start.hear.text(tongue),
                "begin": [line.text(tongue) for line in start.begin],
            }
            for start in aid.starts
        ],
    }


def _plan_form(talk: Session | None) -> IntroductionForm:
    if talk is None:
        return IntroductionForm()
    start = localtime(talk.starts_at)
    initial = {"day": start.date(), "time": start.time(), "minutes": talk.minutes, "place": talk.place}
    return IntroductionForm(initial=initial)


def _expectation_words(standing: Standing) -> dict[str, Any]:
    reason = _("%(name)s reads this as soon as you save it. Rather no names of others and no medical details.")
    return {"label": _("What I expect"), "reason": reason % {"name": standing.other.first_name}}


def _expectation_field(standing: Standing, slug: str, texts: Texts) -> Field:
    saved = saved_text(standing, texts, Kind.EXPECTATION)
    place = link_within(standing, slug)("expectation")
    return field_for(standing, Kind.EXPECTATION, saved, place, **_expectation_words(standing))


def _sides(standing: Standing, texts: Texts) -> list[dict[str, str]]:
    mine, theirs = texts.mine(Kind.EXPECTATION), texts.theirs(Kind.EXPECTATION)
    return [
        {"who": standing.person.first_name, "text": mine.body if mine else ""},
        {"who": standing.other.first_name, "text": theirs.body if theirs else ""},
    ]


@require_POST
def plan(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Set when and where the introductory talk is, or change it."""
    standing = engagement_for(request.person, engagement)
    if standing.phase is not Phase.INTRODUCTION:
        messages.info(request, _("You have met already. The talks are planned in your agreement."))
        return redirect("engagement", organisation, standing.engagement.pk)
    form = IntroductionForm(request.POST)
    if not form.is_valid():
        return _introduction(request, standing, organisation, plan_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    plan_introduction(
        standing=standing,
        slug=organisation,
        starts_at=form.cleaned_data["starts_at"],
        minutes=form.cleaned_data["minutes"],
        place=form.cleaned_data["place"],
    )
    said = _("The first talk is planned. %(name)s gets a message.")
    messages.success(request, said % {"name": standing.other.first_name})
    return redirect("introduction", organisation, standing.engagement.pk)


@require_POST
@told_when_too_late
def expectation(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Save what somebody expects, for both to read."""
    standing = engagement_for(request.person, engagement)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    form = TextForm(request.POST, **_expectation_words(standing))
    field = Field(Kind.EXPECTATION, form, request.path, None)
    if not form.is_valid():
        return _introduction(request, standing, organisation, field=field, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_text(standing, organisation, field):
        return _introduction(request, standing, organisation, field=clashed, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    return redirect("introduction", organisation, standing.engagement.pk)


@require_POST
def onward(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The client goes on with this coach."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    try:
        go_on(standing=standing, slug=organisation)
    except NotNow as refusal:
        messages.info(request, refusal.text(language()))
        return redirect("engagement", organisation, standing.engagement.pk)
    messages.success(request, _("You go on together. %(name)s gets a message.") % {"name": standing.other.first_name})
    return redirect("direction", organisation, standing.engagement.pk)


@require_http_methods(["GET", "POST"])
def another(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The client would rather have another coach. Nobody asks why; GET says what then happens."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if request.method == "POST":
        try:
            asked = other_coach(standing=standing, slug=organisation)
        except NotNow as refusal:
            messages.info(request, refusal.text(language()))
            return redirect("engagement", organisation, standing.engagement.pk)
        messages.success(request, _("Your request goes round again. You need not explain anything."))
        return redirect("request", organisation, asked.pk)
    context = page(standing, "engagement", not_now=why_not(standing, Act.OTHER_COACH))
    return render(request, "engagements/introduction/another.html", context)


@require_http_methods(["GET", "POST"])
def unavailable(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The coach says: not me. GET says what then happens."""
    standing = engagement_for(request.person, engagement, need=Role.COACH)
    if request.method == "POST":
        try:
            not_available(standing=standing, slug=organisation)
        except NotNow as refusal:
            messages.info(request, refusal.text(language()))
            return redirect("engagement", organisation, standing.engagement.pk)
        said = _("You are not the coach here. %(name)s hears only that you are not available.")
        messages.success(request, said % {"name": standing.other.first_name})
        return redirect("my_coaching", organisation)
    context = page(standing, "engagement", not_now=why_not(standing, Act.NOT_ME))
    return render(request, "engagements/introduction/unavailable.html", context)


@require_http_methods(["GET", "POST"])
@told_when_too_late
def direction(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The provisional direction, in the client's own words. It may be skipped."""
    standing = engagement_for(request.person, engagement, need=Role.CLIENT)
    if away := back_from_what_is_over(request, standing, organisation):
        return away
    words: dict[str, Any] = {
        "label": _("My direction for now"),
        "reason": _("What would you like to see change, in your work and in how you do it? A few words are enough."),
    }
    saved = saved_text(standing, texts_of(standing, [Kind.DIRECTION]), Kind.DIRECTION)
    if request.method == "GET":
        return _direction(request, standing, field_for(standing, Kind.DIRECTION, saved, request.path, **words))
    field = Field(Kind.DIRECTION, TextForm(request.POST, **words), request.path, saved)
    if not field.form.is_valid():
        return _direction(request, standing, field, HTTPStatus.UNPROCESSABLE_ENTITY)
    if clashed := take_text(standing, organisation, field):
        return _direction(request, standing, clashed, HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. %(name)s can read it.") % {"name": standing.other.first_name})
    onward_to = "agreement" if standing.phase is Phase.DIRECTION else "engagement"
    return redirect(onward_to, organisation, standing.engagement.pk)


def _direction(request: MemberRequest, standing: Standing, field: Field, status: int = HTTPStatus.OK) -> HttpResponse:
    context = page(standing, "direction", field=field, finding=standing.phase is Phase.DIRECTION)
    return render(request, "engagements/introduction/direction.html", context, status=status)
