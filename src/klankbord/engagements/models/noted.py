"""A request that somebody made by telephone or in the corridor: noted by a coordinator, and theirs to send."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import fixed
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class NotedRequest(OrganisationModel):
    """What a coordinator noted for somebody, until that person sends it or throws it away. It is no request yet.

    ``answers`` are the fields of the form in which somebody asks for a coach, as JSON.
    """

    client = CompositeKey(Person, related_name="+")
    author = CompositeKey(Person, related_name="+")
    answers = SealedField(label="engagements.notedrequest.answers")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("client", "author", "answers")
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="noted_by_client")]

    @property
    def vault_scope(self) -> UUID:
        """What was noted has a key of its own, which goes when it is sent or thrown away."""
        return vault.scope(self.organisation_id, "noted", self.pk)
