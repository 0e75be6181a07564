"""Coaches who learn from each other: groups, who is in them and since when, meetings, who was there, and subjects."""

from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.db import models

from klankbord.coaches.models.growth_guards import ME, fixed, kept_as_made, refused_when
from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class IntervisionGroup(OrganisationModel):
    """A group: its name, and whether other coaches may join. Every coach may read that much."""

    name = models.CharField(max_length=80)
    started_by = CompositeKey(Person, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    open = models.BooleanField(default=True)

    class Meta:
        triggers: ClassVar = fixed("name", "started_by", "started_at")

    @property
    def vault_scope(self) -> UUID:
        """One key for the subjects of a group."""
        return vault.scope(self.organisation_id, "intervision", self.pk)


class IntervisionMember(OrganisationModel):
    """Who is in a group, from when to when. Joining again after leaving is a new period, with a row of its own."""

    group = CompositeKey(IntervisionGroup, related_name="members")
    person = CompositeKey(Person, related_name="+")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [
            *fixed("group", "person", "since"),
            # SECURITY: without this somebody could join with a last day far away: in the group for whoever asks who may
            # read, and no member for those who look who is there.
            refused_when(
                "begins_open",
                "new.until is not null",
                "Cannot write: a period begins without an end",
                on=pgtrigger.Insert,
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "group", "person"],
                condition=models.Q(until=None),
                name="once_in_a_group_at_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "group"], name="intervision_by_person")]


class IntervisionMeeting(OrganisationModel):
    """When and where a group meets. The coordinator sees the day and how many were there, and nothing of the talk."""

    group = CompositeKey(IntervisionGroup, related_name="meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = fixed("group")
        indexes: ClassVar = [models.Index(fields=["organisation", "group", "starts_at"], name="meetings_by_group")]
        ordering: ClassVar = ["starts_at"]


class IntervisionSubject(OrganisationModel):
    """What a meeting was about, in a few words. Readable by who was in the group at the moment it was written."""

    group = CompositeKey(IntervisionGroup, related_name="+")
    meeting = CompositeKey(IntervisionMeeting, related_name="subjects")
    author = CompositeKey(Person, related_name="+")
    title = SealedField(label="coaches.intervision_subject.title")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *kept_as_made(),
            # SECURITY: without this a subject could hang on a meeting of another group, and show up among its own.
            refused_when(
                "of_this_group",
                "not exists (select 1 from coaches_intervisionmeeting m"
                " where m.id = new.meeting_id and m.group_id = new.group_id)",
                "Cannot write: that meeting is of another group",
                on=pgtrigger.Insert,
            ),
        ]
        ordering: ClassVar = ["made_at"]

    @property
    def vault_scope(self) -> UUID:
        """The key of the group."""
        return vault.scope(self.organisation_id, "intervision", self.group_id)


class IntervisionAttendance(OrganisationModel):
    """Who was at a meeting, noted by somebody of the group. It counts for the norm of the policy."""

    group = CompositeKey(IntervisionGroup, related_name="+")
    meeting = CompositeKey(IntervisionMeeting, related_name="attendance")
    person = CompositeKey(Person, related_name="+")
    noted_by = CompositeKey(Person, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *kept_as_made(),
            # SECURITY: without this somebody could be noted at a meeting of a group they were not in, which would
            # count for the norm.
            refused_when(
                "was_in_the_group",
                "not exists (select 1 from coaches_intervisionmeeting m"
                " join coaches_intervisionmember p on p.group_id = m.group_id"
                " where m.id = new.meeting_id and m.group_id = new.group_id and m.cancelled_at is null"
                " and p.person_id = new.person_id and p.since <= m.starts_at + interval '1 day'"
                " and (p.until is null or p.until >= m.starts_at))",
                "Cannot write: only who was in the group then can have been there",
                on=pgtrigger.Insert,
            ),
            refused_when(
                "noted_by_oneself",
                f"new.noted_by_id is distinct from {ME}",
                "Cannot write: nobody notes in the name of another",
                on=pgtrigger.Insert,
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "meeting", "person"], name="once_at_a_meeting"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "person"], name="attendance_by_person")]
