"""How a coach is introduced to colleagues, and how much room there is."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from klankbord.coaches.models.guards import WRITTEN_BY_ONE_CHECKED_BY_ANOTHER
from klankbord.coaches.rules.room import rests
from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person
from klankbord.privacy.vault import SealedField


class CoachProfile(OrganisationModel):
    """What colleagues read about a coach before they choose, and what matching counts with.

    The coach writes and publishes; a coordinator has a look (``checked_at``). Colleagues see it once both are there.
    When the words change, the look lapses, and a coordinator looks again. Whoever holds the role of coach without a
    profile may be proposed by a coordinator all the same, with the usual room.
    """

    person = CompositeKey(Person, related_name="+")
    introduction = models.TextField(blank=True)
    story_first = models.TextField(blank=True)
    story_during = models.TextField(blank=True)
    story_limits = models.TextField(blank=True)
    themes = ArrayField(models.CharField(max_length=40), default=list)
    sensitive_themes = ArrayField(models.CharField(max_length=40), default=list)
    ways = ArrayField(models.CharField(max_length=40), default=list)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    places = ArrayField(models.CharField(max_length=80), default=list)
    online = models.BooleanField(default=True)
    day_parts = ArrayField(models.CharField(max_length=20), default=list)
    gender = models.CharField(max_length=20, blank=True, db_collation="C")
    capacity = models.PositiveSmallIntegerField(default=6)
    paused = models.BooleanField(default=False)
    paused_until = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = CompositeKey(Person, related_name="+", null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [WRITTEN_BY_ONE_CHECKED_BY_ANOTHER]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_profile_per_coach"),
        ]

    @property
    def visible(self) -> bool:
        """Whether colleagues see it: published by the coach, looked at by a coordinator."""
        return self.published_at is not None and self.checked_at is not None

    @property
    def mark(self) -> str:
        """Which state of the profile this is: another one after every change, the same in every time zone."""
        return f"{self.changed_at.timestamp():.6f}"

    @property
    def waits_for_a_look(self) -> bool:
        """Whether the coach published it and a coordinator has not looked yet."""
        return self.published_at is not None and self.checked_at is None

    def rests_on(self, day: date) -> bool:
        """Whether the coach takes no new clients on that day."""
        return rests(day, paused=self.paused, until=self.paused_until)


class CoachPhoto(OrganisationModel):
    """A small picture of a coach, made anew from what was uploaded: nothing of the file itself was kept."""

    person = CompositeKey(Person, related_name="+")
    content = models.BinaryField()
    digest = models.CharField(max_length=64, db_collation="C")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_photo_per_coach"),
        ]


class ProfileWord(OrganisationModel):
    """What a coordinator would like to see otherwise in a profile. Gone, with its key, once the profile is visible."""

    coach = CompositeKey(Person, related_name="+")
    author = CompositeKey(Person, related_name="+")
    text = SealedField(label="coaches.profile_word.text")
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "coach"], name="words_by_coach")]

    @property
    def vault_scope(self) -> UUID:
        """Each word has a key of its own."""
        return self.pk
