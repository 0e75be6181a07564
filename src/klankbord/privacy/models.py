"""What happened and who looked (append-only), and drafts that belong to one person."""

from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.db import models

from klankbord.core import clock
from klankbord.core.models import OrganisationModel
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


class AuditRow(OrganisationModel):
    """One thing that was done or opened. It names people and rows by id, never by content, and outlives them.

    ``owner_id`` is the person whose thing it was: that person may see who opened it, by day.
    """

    at = models.DateTimeField(default=clock.now, editable=False)
    actor_id = models.UUIDField(null=True)
    owner_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "owner_id", "at"], name="audit_by_owner"),
            models.Index(fields=["organisation", "actor_id", "at"], name="audit_by_actor"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class Draft(OrganisationModel):
    """Unsent words of one person in one form, kept while typing. Sealed with a key of its own."""

    person_id = models.UUIDField()
    place = models.CharField(max_length=200)
    body = SealedField(label="privacy.draft.body")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person_id", "place"], name="one_draft_per_form"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """A draft's key is its own, so that sending the text can destroy the draft for good."""
        return vault.scope(self.organisation_id, "draft", self.pk)
