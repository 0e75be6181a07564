"""How long it takes from asking to the first talk: what is counted, and what was published of it."""

from typing import ClassVar

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.requests import Request
from klankbord.people.models import Person


class FirstTalk(OrganisationModel):
    """How many days after asking the first talk of a request was. For nobody to read; the database counts with it.

    It is written down because talks are destroyed when the agreed term is over, and goes itself after three years.
    """

    request = CompositeKey(Request, related_name="+")
    client = CompositeKey(Person, related_name="+")
    talked_on = models.DateField()
    days = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "request"], name="one_first_talk_per_request"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "talked_on"], name="first_talks_by_day")]


class WaitingFigure(OrganisationModel):
    """What was published once about a year of first talks, up to but not on ``until``: whole days, for everybody.

    Half of the people waited from ``low`` to ``high`` days, ``middle`` is the median.
    """

    until = models.DateField()
    low = models.PositiveIntegerField()
    middle = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "until"], name="one_waiting_figure_per_quarter"),
        ]
