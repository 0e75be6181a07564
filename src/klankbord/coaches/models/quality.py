"""What coaches can show about their trade: accreditations, training, supervision, a code of ethics."""

from typing import ClassVar

import pgtrigger
from django.db import models

from klankbord.coaches.models.growth_guards import refused_when
from klankbord.coaches.models.guards import STATED_BY_ONE_CHECKED_BY_ANOTHER
from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person

# SECURITY: without this somebody could lay the own paper beside what another stated, or keep another from being told.
BESIDE_ONES_OWN = refused_when(
    "beside_ones_own",
    "not exists (select 1 from coaches_qualityfact f where f.id = new.fact_id and f.person_id = new.person_id)",
    "Cannot write: somebody else stated that",
    on=pgtrigger.Insert,
)


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
        triggers: ClassVar = [BESIDE_ONES_OWN]
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
        triggers: ClassVar = [BESIDE_ONES_OWN]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "fact", "days"], name="told_once_per_term"),
        ]
