"""Steps that several actions take. They are no actions themselves: whoever takes them leaves the audit row."""

from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.urls import reverse

from klankbord.core import clock
from klankbord.engagements.models import Course, Engagement, Proposal, Request
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.lifecycle import (
    REQUEST,
    Act,
    Phase,
    ProposalState,
    RequestAct,
    RequestState,
    Role,
    next_phase,
)
from klankbord.engagements.rules.retention import no_more_writing
from klankbord.people.api import Membership, holders_of, notify
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.audit import record
from klankbord.privacy.queries import opened_today


def engagement_link(slug: str, engagement: Engagement) -> str:
    """The address of an engagement's line of time."""
    return reverse("engagement", kwargs={"organisation": slug, "engagement": engagement.pk})


def tell_other(standing: Standing, slug: str, kind: str, link: str = "") -> None:
    """Notify the one at the other side of the table."""
    notify(
        person_id=standing.other.pk,
        kind=kind,
        link=link or engagement_link(slug, standing.engagement),
        name=standing.person.first_name,
    )


def turn_phase(standing: Standing, act: Act) -> Phase:
    """Take one step of the course. Raises ``NotNow``."""
    course = Course.objects.select_for_update().get(pk=standing.course.pk)
    after = next_phase(Phase(course.phase), act, standing.role)
    standing.course.phase = after
    standing.course.save(update_fields=["phase"])
    return after


def refuse_when_over(standing: Standing, *, after_closing: bool = False, after_stopping: bool = False) -> None:
    """Raise ``NotNow`` when nothing more is written here, as the course stands now and not when the page was opened.

    SECURITY: a text written after the key was destroyed would need a new key, which nobody destroys. The database of
    keys refuses to make one; here it is refused before that, and in words.
    """
    course = Course.objects.select_for_update().filter(pk=standing.course.pk).first()
    phase, destroyed_on = (Phase(course.phase), course.destroy_on) if course else (Phase.ENDED, None)
    too_late = no_more_writing(
        phase, destroyed_on, clock.today(), after_closing=after_closing, after_stopping=after_stopping
    )
    if too_late:
        raise NotNow(too_late[0])


def request_link(slug: str, request: Request) -> str:
    return reverse("request_to_match", kwargs={"organisation": slug, "request_id": request.pk})


def tell_coordinators(*, slug: str, request: Request, kind: str) -> None:
    """Notify the coordinators who may look for a coach for this client."""
    for coordinator in holders_of(Membership.Role.COORDINATOR):
        if coordinator.pk != request.client_id and coordinator.pk not in request.aside:
            notify(person_id=coordinator.pk, kind=kind, link=request_link(slug, request))


def turn_request(request: Request, act: RequestAct, role: Role) -> None:
    """Take one step in the lifecycle of a request. Raises ``NotNow``."""
    locked = Request.objects.select_for_update().get(pk=request.pk)
    request.state = REQUEST.next(RequestState(locked.state), act, role)
    request.changed_at = clock.now()
    request.save(update_fields=["state", "changed_at"])


def coach_accepts(standing: Standing) -> None:
    """With a yes to more than a first talk the coach says yes to the request as well."""
    request = standing.engagement.request
    if request.state == RequestState.CHOSEN:
        turn_request(request, RequestAct.ACCEPT, Role.COACH)


def note_reading(standing: Standing, verb: str, owner_id: UUID) -> None:
    """Note that somebody opened what is another's in an engagement."""
    if owner_id != standing.person.pk:
        note_opened(standing.engagement, verb, owner_id)


def note_opened(row: Model, verb: str, owner_id: UUID) -> None:
    """Note that somebody opened *row*: once a day, because access is shown by day."""
    if not opened_today(verb=verb, owner_id=owner_id, subject_id=row.pk):
        record(verb, row, owner=owner_id)


def release_coach(standing: Standing) -> None:
    """The coach takes part no longer, and reads the request's words no longer; the proposal is off the table."""
    engagement = standing.engagement
    Proposal.objects.filter(request_id=engagement.request_id, coach_id=engagement.coach_id).update(
        state=ProposalState.PASSED if standing.is_client else ProposalState.REFUSED
    )
    _end_participation(engagement.pk, engagement.coach_id)


def _end_participation(engagement_id: UUID, person_id: UUID) -> None:
    # Whoever takes part sees the own row only, so ending the other's is asked of a function that checks who asks.
    with connection.cursor() as cursor:
        cursor.execute("select engagements_end_participation(%s, %s)", [engagement_id, person_id])


def settle_nearness(course: Course) -> None:
    """When both of the two said to go on, it is resolved for the coordinators too. Part of the action that says so."""
    if course.nearness_client and course.nearness_client == course.nearness_coach:
        with connection.cursor() as cursor:
            cursor.execute("select engagements_near_settled(%s, %s)", [course.engagement_id, clock.today()])
