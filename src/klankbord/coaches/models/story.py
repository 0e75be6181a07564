"""The coach's own professional story, what of it is shared, and the talks of coach and coordinator."""

from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q

from klankbord.coaches.models.growth_guards import ME, fixed, kept_as_made, refused_when
from klankbord.coaches.models.intervision import IntervisionGroup
from klankbord.coaches.models.learning import scope_of_growth
from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class StoryPart(OrganisationModel):
    """One part of the story, as it reads now: how the coach stands in a tension, or what the organisation gains."""

    coach = CompositeKey(Person, related_name="+")
    part = models.CharField(max_length=40, db_collation="C")
    body = SealedField(label="coaches.story_part.body")
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("coach", "part")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "coach", "part"], name="one_text_per_part_of_a_story"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """The coach's own growth."""
        return scope_of_growth(self.organisation_id, self.coach_id)


class StoryShare(OrganisationModel):
    """A copy of a part, as it was when the coach shared it: with a group, with coordinators, or on the profile."""

    class Audience(models.TextChoices):
        GROUP = "group"
        COORDINATOR = "coordinator"
        PROFILE = "profile"

    coach = CompositeKey(Person, related_name="+")
    part = models.CharField(max_length=40, db_collation="C")
    audience = models.CharField(max_length=12, choices=Audience.choices, db_collation="C")
    group = CompositeKey(IntervisionGroup, related_name="+", null=True)
    text = SealedField(label="coaches.story_share.text")
    made_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = fixed("coach", "part", "audience", "group", "text", "made_at")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(audience="group", group__isnull=False) | (~Q(audience="group") & Q(group=None)),
                name="a_group_for_a_group",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "coach"], name="story_shares_by_coach")]

    @property
    def vault_scope(self) -> UUID:
        """A copy has a key of its own: withdrawing it destroys the words."""
        return vault.scope(self.organisation_id, "story_share", self.pk)


class ContactMoment(OrganisationModel):
    """A talk of a coach and a coordinator about the coaching as a craft: planned, and held or not. For those two."""

    coach = CompositeKey(Person, related_name="+")
    coordinator = CompositeKey(Person, related_name="+")
    on = models.DateField()
    held = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("coach", "coordinator", "made_at")
        indexes: ClassVar = [models.Index(fields=["organisation", "coach", "on"], name="contact_by_coach")]

    @property
    def vault_scope(self) -> UUID:
        """A contact moment has a key of its own."""
        return vault.scope(self.organisation_id, "contact_moment", self.pk)


class ContactNote(OrganisationModel):
    """What one of the two keeps of a contact moment; both read it. What was written stays as it was written."""

    contact = CompositeKey(ContactMoment, related_name="notes")
    coach = CompositeKey(Person, related_name="+")
    coordinator = CompositeKey(Person, related_name="+")
    author = CompositeKey(Person, related_name="+")
    body = SealedField(label="coaches.contact_note.body")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [
            *kept_as_made(),
            # SECURITY: without these a note could be put before others than the two, or in the other's name.
            refused_when(
                "of_these_two",
                "not exists (select 1 from coaches_contactmoment c where c.id = new.contact_id"
                " and c.coach_id = new.coach_id and c.coordinator_id = new.coordinator_id)",
                "Cannot write: that talk was of two others",
                on=pgtrigger.Insert,
            ),
            refused_when(
                "by_oneself",
                f"new.author_id is distinct from {ME}",
                "Cannot write: nobody writes in the name of another",
                on=pgtrigger.Insert,
            ),
        ]
        ordering: ClassVar = ["made_at"]

    @property
    def vault_scope(self) -> UUID:
        """The key of the contact moment."""
        return vault.scope(self.organisation_id, "contact_moment", self.contact_id)
