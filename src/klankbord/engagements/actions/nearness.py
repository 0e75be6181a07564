"""Telling people that they came to stand near each other while their coaching runs."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.urls import reverse

from klankbord.core import clock
from klankbord.engagements.queries.nearness import Near, near_now
from klankbord.people.api import Membership, holders_of, notify
from klankbord.privacy.audit import action, record


@action("nearness.look")
def look_for_nearness(*, slug: str) -> int:
    """Look at every running engagement of the organisation, and tell whom it concerns. Returns how many were new.

    Client and coach are told once for each rule; a coordinator is told once, however many there are. The trail says
    that was looked, and nothing of what was found.
    """
    near = {one.engagement_id: one for one in near_now()}
    new = 0
    raised = []
    for engagement_id, tell_two, opened in _written(list(near.values())):
        one = near[engagement_id]
        if tell_two:
            new += 1
            _tell_two(slug, one)
        if opened:
            raised.append(one)
    _tell_coordinators(slug, raised)
    record("nearness.look")
    return new


def _written(near: Sequence[Near]) -> list[tuple[UUID, bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from engagements_came_near(%s::uuid[], %s::text[], %s::boolean[], %s)",
            [
                [one.engagement_id for one in near],
                [one.code for one in near],
                [one.settled for one in near],
                clock.today(),
            ],
        )
        return [tuple(row) for row in cursor.fetchall()]


def _tell_two(slug: str, one: Near) -> None:
    link = reverse("engagement", kwargs={"organisation": slug, "engagement": one.engagement_id})
    for person_id in (one.client_id, one.coach_id):
        notify(person_id=person_id, kind="nearness", link=link)


def _tell_coordinators(slug: str, raised: Sequence[Near]) -> None:
    """One notice for each coordinator who may see at least one of them."""
    link = reverse("nearness", kwargs={"organisation": slug})
    for coordinator in holders_of(Membership.Role.COORDINATOR):
        if any(coordinator.pk not in (one.client_id, one.coach_id, *one.aside) for one in raised):
            notify(person_id=coordinator.pk, kind="nearness_raised", link=link)
