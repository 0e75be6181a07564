"""Groups of coaches who learn from each other: starting, joining, leaving, meeting, and who was there."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from klankbord.coaches.actions._sharing import end_share
from klankbord.coaches.models import (
    IntervisionAttendance,
    IntervisionGroup,
    IntervisionMeeting,
    IntervisionMember,
    IntervisionSubject,
    StoryShare,
)
from klankbord.coaches.queries.intervision import could_be_there, members_of
from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.people.api import Person, notify
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@action("intervision.start")
def start_group(*, once: UUID, person: Person, name: str, takes_part: bool) -> IntervisionGroup:
    """Start a group; a coach is in it from then on. Sending the same form twice starts one."""
    one_at_a_time(once)
    known = IntervisionGroup.objects.filter(pk=once).first()
    if known:
        record("intervision.start", known, owner=person.pk, detail={"outcome": "again"})
        return known
    group = IntervisionGroup(
        id=once, organisation_id=person.organisation_id, name=name, started_by=person, started_at=clock.now()
    )
    group.save(force_insert=True)
    if takes_part:
        IntervisionMember(organisation_id=group.organisation_id, group=group, person=person).save(force_insert=True)
    record("intervision.start", group, owner=person.pk)
    return group


@action("intervision.join")
def join_group(*, slug: str, person: Person, group: IntervisionGroup) -> None:
    """Join a group. Who is in it hears so. What was written before stays with who was there."""
    one_at_a_time(f"{group.pk} {person.pk}")
    if IntervisionMember.objects.filter(group=group, person=person, until=None).exists():
        record("intervision.join", group, owner=person.pk, detail={"outcome": "again"})
        return
    others = members_of(group)
    IntervisionMember(organisation_id=group.organisation_id, group=group, person=person).save(force_insert=True)
    record("intervision.join", group, owner=person.pk)
    link = reverse("intervision_group", kwargs={"organisation": slug, "group": group.pk})
    for other in others:
        notify(person_id=other.pk, kind="intervision_joined", link=link, name=person.first_name)


@action("intervision.leave")
def leave_group(*, person: Person, group: IntervisionGroup) -> None:
    """Leave a group. What one shared of the own story with it is withdrawn."""
    IntervisionMember.objects.filter(group=group, person=person, until=None).update(until=clock.now())
    for share in StoryShare.objects.filter(group=group, coach=person, withdrawn_at=None):
        end_share(share)
    record("intervision.leave", group, owner=person.pk)


@action("intervision.turn")
def open_group(*, person: Person, group: IntervisionGroup, is_open: bool) -> None:
    """Say whether others may join."""
    IntervisionGroup.objects.filter(pk=group.pk).update(open=is_open)
    record("intervision.turn", group, owner=person.pk)


@action("intervision.plan")
def plan_meeting(
    *, once: UUID, slug: str, person: Person, group: IntervisionGroup, starts_at: datetime, place: str
) -> IntervisionMeeting:
    """Plan a meeting, or note one that was. The others in the group hear of one that is still to come."""
    one_at_a_time(once)
    known = IntervisionMeeting.objects.filter(pk=once, group=group).first()
    if known:
        record("intervision.plan", known, owner=person.pk, detail={"outcome": "again"})
        return known
    meeting = IntervisionMeeting(
        id=once, organisation_id=group.organisation_id, group=group, starts_at=starts_at, place=place
    )
    meeting.save(force_insert=True)
    record("intervision.plan", meeting, owner=person.pk)
    if starts_at > clock.now():
        link = reverse("intervision_meeting", kwargs={"organisation": slug, "group": group.pk, "meeting": meeting.pk})
        for other in members_of(group):
            if other.pk != person.pk:
                notify(person_id=other.pk, kind="intervision_planned", link=link)
    return meeting


@action("intervision.cancel")
def cancel_meeting(*, slug: str, person: Person, meeting: IntervisionMeeting) -> None:
    """A meeting does not take place."""
    meeting.cancelled_at = clock.now()
    meeting.save(update_fields=["cancelled_at"])
    record("intervision.cancel", meeting, owner=person.pk)
    if meeting.starts_at > clock.now():
        link = reverse("intervision_group", kwargs={"organisation": slug, "group": meeting.group_id})
        for other in members_of(meeting.group):
            if other.pk != person.pk:
                notify(person_id=other.pk, kind="intervision_cancelled", link=link)


@action("intervision.note_attendance")
def note_attendance(*, person: Person, meeting: IntervisionMeeting, there: Collection[UUID]) -> None:
    """Note who was there: exactly these, of who was in the group that day."""
    one_at_a_time(meeting.pk)
    possible = {one.pk for one in could_be_there(meeting)}
    wanted = set(there) & possible
    noted = set(meeting.attendance.values_list("person_id", flat=True))
    IntervisionAttendance.objects.filter(meeting=meeting, person_id__in=noted - wanted).delete()
    for person_id in wanted - noted:
        IntervisionAttendance(
            organisation_id=meeting.organisation_id,
            group_id=meeting.group_id,
            meeting=meeting,
            person_id=person_id,
            noted_by=person,
        ).save(force_insert=True)
        record("intervision.note_attendance", meeting, owner=person_id)
    for person_id in noted - wanted:
        record("intervision.unnote_attendance", meeting, owner=person_id)
    if noted == wanted:
        record("intervision.note_attendance", meeting, owner=person.pk, detail={"outcome": "again"})


@action("intervision.write_subject")
def write_subject(*, once: UUID, person: Person, meeting: IntervisionMeeting, title: str) -> IntervisionSubject:
    """Keep in a few words what a meeting is about, for who is in the group now."""
    one_at_a_time(once)
    known = IntervisionSubject.objects.filter(pk=once, author=person).first()
    if known:
        record("intervision.write_subject", known, owner=person.pk, detail={"outcome": "again"})
        return known
    row = IntervisionSubject(
        id=once,
        organisation_id=meeting.organisation_id,
        group_id=meeting.group_id,
        meeting=meeting,
        author=person,
        made_at=clock.now(),
    )
    vault.seal(row, "title", title)
    row.save(force_insert=True)
    record("intervision.write_subject", row, owner=person.pk)
    return row


@action("intervision.remove_subject")
def remove_subject(*, subject: IntervisionSubject) -> None:
    """Take one's own words away again."""
    record("intervision.remove_subject", subject, owner=subject.author_id)
    subject.delete()
