"""The account of a year: one page about coaching in the whole organisation, published once, for everybody."""

from typing import ClassVar

import pgtrigger
from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person

# SECURITY: a figure that changes afterwards tells, by the difference, of whom it changed. Whoever asks, it stays.
STAYS_AS_PUBLISHED = pgtrigger.Trigger(
    name="stays_as_published",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="raise exception 'Cannot update: the account of a year stays as it was published';",
)

# SECURITY: an account of a year that still runs could be subtracted from what is known the day after.
ONLY_OF_A_YEAR_THAT_IS_OVER = pgtrigger.Trigger(
    name="only_of_a_year_that_is_over",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Condition("new.year >= extract(year from current_date)"),
    func="raise exception 'Cannot add: this year is not over';",
)


class YearAccount(OrganisationModel):
    """What was published about one calendar year: protected figures, and a coordinator's own words beside them.

    ``figures`` holds what :func:`klankbord.engagements.rules.account.protected` made, and nothing that was withheld.
    """

    year = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    language = models.CharField(max_length=5, default="nl")
    words = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    author = CompositeKey(Person, related_name="+")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [STAYS_AS_PUBLISHED, ONLY_OF_A_YEAR_THAT_IS_OVER]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "year"], name="one_account_per_year")]
        ordering: ClassVar = ["-year"]
