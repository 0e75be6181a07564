"""Reads about intervision groups, within what the acting person may see, and the doors to them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404

from klankbord.coaches.models import (
    IntervisionGroup,
    IntervisionMeeting,
    IntervisionMember,
    IntervisionSubject,
)
from klankbord.coaches.queries.growth import COORDINATOR, only_for, words_of
from klankbord.core import clock
from klankbord.people.api import Person
from klankbord.privacy import vault


@dataclass(frozen=True)
class GroupInList:
    """A group, who is in it now, and whether the reader is."""

    group: IntervisionGroup
    members: list[Person]
    mine: bool
    met: int


def groups_for(person: Person) -> list[GroupInList]:
    """Every group of the organisation; own ones first. How often each met this year, as far as the reader may know."""
    groups = IntervisionGroup.objects.order_by("name", "started_at")
    members: dict[UUID, list[Person]] = {}
    for one in _members_now().filter(group__in=groups):
        members.setdefault(one.group_id, []).append(one.person)
    met = dict(
        IntervisionMeeting.objects.filter(
            starts_at__year=clock.today().year, starts_at__lte=clock.now(), cancelled_at=None
        )
        .values_list("group_id")
        .annotate(times=Count("id"))
        .order_by()
    )
    found = [
        GroupInList(
            group,
            members.get(group.pk, []),
            any(one.pk == person.pk for one in members.get(group.pk, [])),
            met.get(group.pk, 0),
        )
        for group in groups
    ]
    return sorted(found, key=lambda one: not one.mine)


def _members_now() -> QuerySet[IntervisionMember]:
    return IntervisionMember.objects.filter(until=None).select_related("person").order_by("person__sort_key")


@dataclass(frozen=True)
class Place:
    """Where somebody stands in a group: in it now, or looking on as a coordinator or as a coach who may join."""

    group: IntervisionGroup
    member: IntervisionMember | None


def group_for(person: Person, roles: Collection[str], pk: UUID) -> Place:
    """The door to a group. Raises ``PermissionDenied`` for who is neither coach nor coordinator, else ``Http404``."""
    only_for(roles, "coach", COORDINATOR)
    group = IntervisionGroup.objects.filter(pk=pk).first()
    if group is None:
        raise Http404
    member = IntervisionMember.objects.filter(group=group, person=person, until=None).first()
    return Place(group, member if "coach" in roles else None)


def own_group_for(person: Person, roles: Collection[str], pk: UUID) -> IntervisionGroup:
    """The door for who is in the group now."""
    place = group_for(person, roles, pk)
    if place.member is None:
        raise PermissionDenied
    return place.group


def members_of(group: IntervisionGroup) -> list[Person]:
    """Who is in a group now."""
    return [one.person for one in _members_now().filter(group=group)]


def own_groups(person: Person) -> list[IntervisionGroup]:
    """The groups somebody is in now."""
    return [
        one.group
        for one in IntervisionMember.objects.filter(person=person, until=None)
        .select_related("group")
        .order_by("group__name")
    ]


@dataclass(frozen=True)
class MeetingInList:
    """A meeting and how many were there."""

    meeting: IntervisionMeeting
    attended: int
    past: bool


def meetings_of(group: IntervisionGroup) -> list[MeetingInList]:
    """The meetings of a group, the latest first, as far as the acting person may see them."""
    rows = (
        IntervisionMeeting.objects.filter(group=group, cancelled_at=None)
        .annotate(there=Count("attendance"))
        .order_by("-starts_at")
    )
    return [MeetingInList(row, row.there, row.starts_at <= clock.now()) for row in rows]


def meeting_for(group: IntervisionGroup, pk: UUID) -> IntervisionMeeting:
    """The door to a meeting of this group."""
    meeting = IntervisionMeeting.objects.filter(pk=pk, group=group).first()
    if meeting is None:
        raise Http404
    return meeting


def could_be_there(meeting: IntervisionMeeting) -> list[Person]:
    """Who was in the group on the day of this meeting."""
    rows = IntervisionMember.objects.filter(group_id=meeting.group_id).select_related("person")
    found = {
        one.person_id: one.person
        for one in rows.order_by("person__sort_key")
        if one.since.date() <= meeting.starts_at.date() and (one.until is None or one.until >= meeting.starts_at)
    }
    return list(found.values())


def there_at(meeting: IntervisionMeeting) -> frozenset[UUID]:
    """Who was noted at this meeting."""
    return frozenset(meeting.attendance.values_list("person_id", flat=True))


@dataclass(frozen=True)
class SubjectRead:
    """A subject, in words."""

    row: IntervisionSubject
    title: str


def subjects_of(meeting: IntervisionMeeting) -> list[SubjectRead]:
    """What a meeting was about, as far as the acting person was in the group when it was written."""
    rows = list(IntervisionSubject.objects.filter(meeting=meeting).select_related("author"))
    vault.prepare(rows)
    return [SubjectRead(row, words_of(row, "title")) for row in rows]


def subject_for(person: Person, meeting: IntervisionMeeting, pk: UUID) -> IntervisionSubject:
    """The door to a subject one wrote."""
    found = IntervisionSubject.objects.filter(pk=pk, meeting=meeting, author=person).first()
    if found is None:
        raise Http404
    return found
