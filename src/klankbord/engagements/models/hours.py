"""What stays of talks once they are forgotten: how many a coach held in a year, and how long they took together."""

from typing import ClassVar

from django.db import models

from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person


class HoursKept(OrganisationModel):
    """Sums of a coach in one year, of talks whose coaching is past its term. No day, no client, no engagement.

    Added to by the database itself, at the moment the talks go.
    """

    class Kind(models.TextChoices):
        TALK = "talk"
        INTRODUCTION = "introduction"

    coach = CompositeKey(Person, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, db_collation="C")
    minutes = models.PositiveIntegerField()
    talks = models.PositiveIntegerField()
    clients = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "coach", "year", "kind"], name="one_sum_per_year"),
        ]
