"""What coaches can show about their trade: accreditations, training, supervision, a code of ethics."""

from typing import ClassVar

from django.db import models

from klankbord.coaches.models.guards import STATED_BY_ONE_CHECKED_BY_ANOTHER
from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person


class QualityFact(OrganisationModel):
    """Something a coach states about the own trade. A coordinator may have a look at the paper that shows it.

    What was stated stays as it is. Who made a mistake takes it away and states it anew.
    """

    class Kind(models.TextChoices):
        ACCREDITATION = "accreditation"
        TRAINING = "training"
        SUPERVISION = "supervision"
        CODE_OF_ETHICS = "code_of_ethics"

    person = CompositeKey(Person, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, db_collation="C")
    body = models.CharField(max_length=40, blank=True, db_collation="C")
    level = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    stated_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True)
    checked_by = CompositeKey(Person, related_name="+", null=True)

    class Meta:
        triggers: ClassVar = [STATED_BY_ONE_CHECKED_BY_ANOTHER]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "person"], name="quality_by_coach"),
            models.Index(fields=["valid_until"], name="quality_by_last_day"),
        ]


class QualityProof(OrganisationModel):
    """The paper beside a statement, for the coach and the coordinators alone."""

    person = CompositeKey(Person, related_name="+")
    fact = CompositeKey(QualityFact, related_name="+")
    content = models.BinaryField()
    media_type = models.CharField(max_length=40, db_collation="C")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "fact"], name="one_proof_per_fact"),
        ]


class QualityReminder(OrganisationModel):
    """That a coach was told so many days before the last day. It keeps a job that runs twice from telling twice."""

    person = CompositeKey(Person, related_name="+")
    fact = CompositeKey(QualityFact, related_name="+")
    days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "fact", "days"], name="told_once_per_term"),
        ]
