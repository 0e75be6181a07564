"""What a coach did to keep learning, and how the coach sees the own craft."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from klankbord.coaches.models.growth_guards import fixed, kept_as_made
from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


def scope_of_growth(organisation_id: UUID, person_id: UUID) -> UUID:
    """One key for how a coach looks at the own craft and tells of it: it goes when the coach has left."""
    return vault.scope(organisation_id, "coach_growth", person_id)


class Learning(OrganisationModel):
    """A training, supervision or something else that a coach learned from, with the day and the hours.

    ``shown`` is the coach's choice: then coordinators read it too, since the policy may ask for it.
    """

    class Kind(models.TextChoices):
        TRAINING = "training"
        SUPERVISION = "supervision"
        OTHER = "other"

    coach = CompositeKey(Person, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, db_collation="C")
    title = models.CharField(max_length=160)
    provider = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    proof = models.CharField(max_length=200, blank=True)
    shown = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("coach")
        indexes: ClassVar = [models.Index(fields=["organisation", "coach", "on"], name="learning_by_coach")]


class SelfAssessment(OrganisationModel):
    """How a coach sees the six sides of the craft at one moment: a level and a few words for each. Own, and sealed."""

    coach = CompositeKey(Person, related_name="+")
    body = SealedField(label="coaches.self_assessment.body")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = kept_as_made()
        indexes: ClassVar = [models.Index(fields=["organisation", "coach", "made_at"], name="assessments_by_coach")]
        ordering: ClassVar = ["made_at"]

    @property
    def vault_scope(self) -> UUID:
        """The coach's own growth."""
        return scope_of_growth(self.organisation_id, self.coach_id)


class AssessmentDone(OrganisationModel):
    """That a coach looked at the own craft in a year. All that a coordinator sees of it, and so a table of its own."""

    coach = CompositeKey(Person, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        triggers: ClassVar = kept_as_made()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "coach", "year"], name="once_done_a_year"),
        ]


class DepartedCoach(OrganisationModel):
    """Since when the night knows that somebody left who kept things here. Read and written by functions alone."""

    person = CompositeKey(Person, related_name="+")
    noticed_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="noticed_once"),
        ]
