"""Reads about how coaches keep learning and account for hours, and the doors to it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count, Q
from django.http import Http404

from klankbord.coaches.models import (
    AssessmentDone,
    ContactMoment,
    ContactNote,
    EarlierHours,
    HoursStatement,
    IntervisionAttendance,
    Learning,
    SelfAssessment,
    StoryPart,
    StoryShare,
)
from klankbord.coaches.rules.growth import Seen, read_body
from klankbord.coaches.rules.hours import hash_of
from klankbord.core import clock
from klankbord.people.api import Membership, Person, holders_of
from klankbord.privacy import vault

COACH, COORDINATOR = "coach", "coordinator"


def only_for(roles: Collection[str], *wanted: str) -> None:
    """The door to pages of coaches. Raises ``PermissionDenied`` for whoever holds none of these roles."""
    if not set(roles) & set(wanted):
        raise PermissionDenied


def _mine(model: Any, coach: Person, pk: UUID) -> Any:
    """One's own row. Raises ``Http404`` for what is not there, or not yours."""
    found = model._default_manager.filter(pk=pk, coach=coach).first()
    if found is None:
        raise Http404
    return found


# --- hours ----------------------------------------------------------------------------------------------------------


def earlier_hours_of(coach: Person) -> list[EarlierHours]:
    """What a coach stated of before, latest first."""
    return list(EarlierHours.objects.filter(coach=coach).order_by("-until_year", "-from_year", "-made_at"))


def earlier_hours_for(coach: Person, pk: UUID) -> EarlierHours:
    """The door to one of them."""
    row: EarlierHours = _mine(EarlierHours, coach, pk)
    return row


def statements_of(coach: Person) -> list[HoursStatement]:
    """The statements a coach had signed, latest first, each with ``withdrawn_on`` or None."""
    rows = HoursStatement.objects.filter(coach=coach).prefetch_related("withdrawals").order_by("-made_at")
    return list(rows)


def statement_for(coach: Person, pk: UUID) -> HoursStatement:
    """The door to one's own statement."""
    row: HoursStatement = _mine(HoursStatement, coach, pk)
    return row


def statement_by_code(code: str) -> tuple[str, bytes, bytes, date | None] | None:
    """What stands behind a code on paper: its lines, the signature, the key, and since when it was withdrawn.

    Asked without an account. SECURITY: by the hash of 128 random bits; of a code that is not there nothing is told.
    """
    with connection.cursor() as cursor:
        cursor.execute("select lines, signature, public_key, withdrawn_on from coaches_statement(%s)", [hash_of(code)])
        row = cursor.fetchone()
    return (row[0], bytes(row[1]), bytes(row[2]), row[3]) if row else None


# --- learning -------------------------------------------------------------------------------------------------------


def learning_of(coach: Person) -> list[Learning]:
    """What a coach learned from, latest first: all of it for the coach, what is shown for a coordinator."""
    return list(Learning.objects.filter(coach=coach).order_by("-on", "-made_at"))


def learning_for(coach: Person, pk: UUID) -> Learning:
    """The door to one of one's own."""
    row: Learning = _mine(Learning, coach, pk)
    return row


def learning_kinds(person_ids: Iterable[UUID], since: date | None = None) -> Mapping[UUID, frozenset[str]]:
    """Which kinds of learning (``training``, ``supervision``, ``other``) these coaches have, in one query.

    As far as the acting person may read it: a coordinator sees what the coach shows. *since* narrows to later days.
    """
    rows = Learning.objects.filter(coach_id__in=list(person_ids))
    if since:
        rows = rows.filter(on__gte=since)
    found: dict[UUID, set[str]] = {}
    for coach_id, kind in rows.values_list("coach_id", "kind").distinct():
        found.setdefault(coach_id, set()).add(kind)
    return {coach_id: frozenset(kinds) for coach_id, kinds in found.items()}


def intervision_attended(person_ids: Iterable[UUID], year: int) -> Mapping[UUID, int]:
    """At how many meetings of an intervision group each of these people was in *year*, in one query.

    Whoever was at none is not in it. Coordinators and the person concerned get an answer; others as much as they share
    a group.
    """
    counted = (
        IntervisionAttendance.objects.filter(
            person_id__in=list(person_ids), meeting__starts_at__year=year, meeting__cancelled_at=None
        )
        .values_list("person_id")
        .annotate(times=Count("id"))
        .order_by()
    )
    return dict(counted)


# --- the six sides --------------------------------------------------------------------------------------------------


def assessments_of(coach: Person) -> list[tuple[SelfAssessment, dict[str, Seen] | None]]:
    """How a coach saw the own craft, in order of time; None where it can no longer be read."""
    rows = list(SelfAssessment.objects.filter(coach=coach))
    vault.prepare(rows)
    return [(row, _read(row)) for row in rows]


def _read(row: SelfAssessment) -> dict[str, Seen] | None:
    try:
        return read_body(vault.read(row, "body"))
    except vault.Unreadable:
        return None


def assessment_for(coach: Person, pk: UUID) -> SelfAssessment:
    """The door to one of one's own."""
    row: SelfAssessment = _mine(SelfAssessment, coach, pk)
    return row


def self_assessed(person_ids: Iterable[UUID], year: int) -> frozenset[UUID]:
    """Who of these people looked at the own craft in *year*. That it was done, and nothing of it."""
    rows = AssessmentDone.objects.filter(coach_id__in=list(person_ids), year=year)
    return frozenset(rows.values_list("coach_id", flat=True))


# --- the story ------------------------------------------------------------------------------------------------------


def words_of(row: Any, field: str) -> str:
    """A sealed text, or nothing when it can no longer be read."""
    try:
        return vault.read(row, field)
    except vault.Unreadable:
        return ""


def story_of(coach: Person) -> dict[str, StoryPart]:
    """The parts of one's own story, by what they are about."""
    rows = list(StoryPart.objects.filter(coach=coach))
    vault.prepare(rows)
    return {row.part: row for row in rows}


def shares_of(coach: Person) -> list[StoryShare]:
    """What of it is shared now, as far as the acting person may read it, latest first."""
    rows = StoryShare.objects.filter(coach=coach, withdrawn_at=None).select_related("group").order_by("-made_at")
    found = list(rows)
    vault.prepare(found)
    return found


def share_for(coach: Person, pk: UUID) -> StoryShare:
    """The door to one's own."""
    row: StoryShare = _mine(StoryShare, coach, pk)
    return row


def shared_with_group(group_id: UUID) -> list[StoryShare]:
    """What members share with a group, as far as the acting person may read it."""
    rows = StoryShare.objects.filter(group_id=group_id, withdrawn_at=None).select_related("coach").order_by("-made_at")
    found = list(rows)
    vault.prepare(found)
    return found


def stories_on_profiles(person_ids: Iterable[UUID]) -> Mapping[UUID, list[StoryShare]]:
    """What these coaches put of their story on their profile; one query, and one for the keys."""
    rows = list(
        StoryShare.objects.filter(
            coach_id__in=list(person_ids), audience=StoryShare.Audience.PROFILE, withdrawn_at=None
        ).order_by("made_at")
    )
    vault.prepare(rows)
    found: dict[UUID, list[StoryShare]] = {}
    for row in rows:
        found.setdefault(row.coach_id, []).append(row)
    return found


# --- coach and coordinator ------------------------------------------------------------------------------------------


def coach_for_contact(pk: UUID) -> Person:
    """The door to a coach for a coordinator. Raises ``Http404`` for whoever is no coach here."""
    found = holders_of(Membership.Role.COACH).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def coordinators() -> list[Person]:
    """With whom a coach can plan a contact moment."""
    return list(holders_of(Membership.Role.COORDINATOR))


def contacts_of(coach: Person, viewer: Person) -> list[ContactMoment]:
    """Contact moments of a coach that the acting person is part of, latest first, each with its notes.

    SECURITY: named here as well as in the row policies, so that a coordinator who coaches sees each in its own place.
    """
    part = Q(coach=viewer) | Q(coordinator=viewer)
    rows = list(
        ContactMoment.objects.filter(part, coach=coach)
        .select_related("coach", "coordinator")
        .prefetch_related("notes")
        .order_by("-on", "-made_at")
    )
    vault.prepare(rows)
    return rows


def contact_for(viewer: Person, pk: UUID) -> ContactMoment:
    """The door for the two of a contact moment. Raises ``Http404``."""
    row = (
        ContactMoment.objects.select_related("coach", "coordinator")
        .filter(Q(coach=viewer) | Q(coordinator=viewer), pk=pk)
        .first()
    )
    if row is None:
        raise Http404
    return row


def notes_of(contact: ContactMoment) -> list[ContactNote]:
    """What the two kept of a contact moment, in order of time."""
    return list(contact.notes.all())


def this_year() -> int:
    """The year that runs, where the organisation is."""
    return clock.today().year
