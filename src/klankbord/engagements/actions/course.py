"""The way of an engagement: getting to know each other, going on, another coach, stopping, rounding off."""

from datetime import datetime

from django.urls import reverse

from klankbord.core import clock
from klankbord.engagements.actions._steps import (
    coach_accepts,
    release_coach,
    tell_coordinators,
    tell_other,
    turn_phase,
    turn_request,
)
from klankbord.engagements.models import Request, Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.lifecycle import Act, Phase, RequestAct, RequestState, Role
from klankbord.engagements.rules.retention import destroy_on
from klankbord.people.api import notify
from klankbord.privacy.audit import action, record

# How long the few words of an introduction that did not go on stay readable for the client.
INTRODUCTION_KEPT_MONTHS = 1


@action("introduction.plan")
def plan_introduction(*, standing: Standing, slug: str, starts_at: datetime, minutes: int, place: str) -> Session:
    """Set when and where the introductory talk is, or change it. Planning it is how the coach says yes."""
    session = Session.objects.filter(engagement=standing.engagement, number=0).first()
    if session is None:
        session = Session(organisation_id=standing.engagement.organisation_id, engagement=standing.engagement, number=0)
    session.starts_at, session.minutes, session.place = starts_at, minutes, place
    session.state = Session.State.PLANNED
    session.save()
    if standing.role is Role.COACH:
        coach_accepts(standing)
    record("introduction.plan", session, owner=standing.engagement.client_id)
    tell_other(standing, slug, "introduction")
    return session


@action("engagement.go_on")
def go_on(*, standing: Standing, slug: str) -> None:
    """The client goes on with this coach. Raises ``NotNow``."""
    if standing.phase is not Phase.DIRECTION:
        turn_phase(standing, Act.GO_ON)
        tell_other(standing, slug, "gone_on")
    coach_accepts(standing)
    record("engagement.go_on", standing.engagement, owner=standing.engagement.client_id)


@action("engagement.other_coach")
def other_coach(*, standing: Standing, slug: str) -> Request:
    """The client would rather have another coach, and need not say why. The request goes round again."""
    turn_phase(standing, Act.OTHER_COACH)
    _end(standing, months=INTRODUCTION_KEPT_MONTHS)
    release_coach(standing)
    request: Request = standing.engagement.request
    act = RequestAct.ASK_AGAIN if request.state == RequestState.MATCHED else RequestAct.PASS_ALL
    turn_request(request, act, Role.CLIENT)
    record("engagement.other_coach", standing.engagement, owner=standing.engagement.client_id)
    notify(
        person_id=standing.engagement.coach_id,
        kind="introduction_ended",
        link=reverse("today", kwargs={"organisation": slug}),
    )
    tell_coordinators(slug=slug, request=request, kind="passed")
    return request


@action("engagement.not_me")
def not_available(*, standing: Standing, slug: str) -> None:
    """The coach says: not me. No reason is asked; the client is told that the coach is not available."""
    turn_phase(standing, Act.NOT_ME)
    _end(standing, months=INTRODUCTION_KEPT_MONTHS)
    request = standing.engagement.request
    if request.state == RequestState.CHOSEN:
        turn_request(request, RequestAct.REFUSE, Role.COACH)
    record("engagement.not_me", standing.engagement, owner=standing.engagement.client_id)
    link = reverse("request", kwargs={"organisation": slug, "request_id": request.pk})
    notify(person_id=standing.engagement.client_id, kind="not_available", link=link)
    release_coach(standing)
    tell_coordinators(slug=slug, request=request, kind="passed")


@action("engagement.stop")
def stop(*, standing: Standing, slug: str) -> None:
    """Stop early, by either, without a form. What was written is kept as long as was agreed."""
    turn_phase(standing, Act.STOP)
    _end(standing, months=standing.course.retention_months)
    record("engagement.stop", standing.engagement, owner=standing.engagement.client_id)
    tell_other(standing, slug, "stopped")


@action("engagement.begin_closing")
def begin_closing(*, standing: Standing, slug: str) -> None:
    """Begin to round off. Raises ``NotNow``."""
    if standing.phase is not Phase.CLOSING:
        turn_phase(standing, Act.BEGIN_CLOSING)
        tell_other(standing, slug, "closing")
    record("engagement.begin_closing", standing.engagement, owner=standing.engagement.client_id)


@action("engagement.close")
def close(*, standing: Standing, slug: str) -> None:
    """Round off. From today the clock of retention runs. Raises ``NotNow``."""
    if standing.phase is not Phase.CLOSED:
        turn_phase(standing, Act.CLOSE)
        _end(standing, months=standing.course.retention_months)
        tell_other(standing, slug, "closed")
    record("engagement.close", standing.engagement, owner=standing.engagement.client_id)


def _end(standing: Standing, *, months: int) -> None:
    today = clock.today()
    standing.engagement.closed_on = today
    standing.engagement.save(update_fields=["closed_on"])
    standing.course.destroy_on = destroy_on(today, months)
    standing.course.save(update_fields=["destroy_on"])
    Session.objects.filter(
        engagement=standing.engagement, state=Session.State.PLANNED, starts_at__gt=clock.now()
    ).update(state=Session.State.CANCELLED)
