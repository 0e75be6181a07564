"""What a team decides after reading its report: its own, and back on the table the next time."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.culture.models.wave import Wave
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class TeamDecision(OrganisationModel):
    """One thing a team is going to do. It has no author: whoever is in the team wrote it for all of them."""

    wave = CompositeKey(Wave, related_name="decisions")
    unit_id = models.UUIDField()
    text = SealedField(label="culture.team_decision")
    decided_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["decided_on", "id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "unit_id"], name="decisions_by_unit")]

    @property
    def vault_scope(self) -> UUID:
        """Each has a key of its own: it goes when the team takes it away, and when it was kept long enough."""
        return scope_of_decision(self.organisation_id, self.pk)


def scope_of_decision(organisation_id: UUID, decision: UUID) -> UUID:
    """The key of one decision, also for who does not read it."""
    return vault.scope(organisation_id, "team_decision", decision)
