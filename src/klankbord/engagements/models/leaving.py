"""Taking one's own words along when one leaves: an address that works for a while, without an account."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import fixed
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class Farewell(OrganisationModel):
    """Somebody's wish to come back for the own words.

    ``address`` is a private e-mail address. ``secret_hash`` is the SHA-256 of the secret in the link: the secret itself
    stands nowhere. ``on_leaving`` waits until the person no longer belongs to the organisation; then the link is made.
    """

    person = CompositeKey(Person, related_name="+")
    address = SealedField(label="engagements.farewell.address")
    on_leaving = models.BooleanField(default=False)
    secret_hash = models.BinaryField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = fixed("person", "address", "made_at")
        ordering: ClassVar = ["made_at"]

    @property
    def vault_scope(self) -> UUID:
        """Each has a key of its own: withdrawing it destroys the address."""
        return vault.scope(self.organisation_id, "farewell", self.pk)
