"""How a coach is introduced to colleagues, and how much room there is."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person


class CoachProfile(OrganisationModel):
    """What colleagues read about a coach before they choose, and what matching counts with.

    The coach writes and publishes; a coordinator has a look (``checked_at``). Whoever holds the role of coach without a
    profile may be proposed by a coordinator all the same, with the usual room.
    """

    person = CompositeKey(Person, related_name="+")
    introduction = models.TextField(blank=True)
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
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_profile_per_coach"),
        ]
