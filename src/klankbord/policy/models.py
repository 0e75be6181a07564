"""The coaching policy of an organisation, version by version."""

from typing import ClassVar

import pgtrigger
from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person
from klankbord.policy.rules.content import PolicyContent, content_from

# SECURITY: an agreement and a finding name a version. What it said may never become something else afterwards.
PUBLISHED_STAYS = pgtrigger.Trigger(
    name="published_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("old.state <> 'draft'"),
    func="""
        if new.state = 'draft' or to_jsonb(new) - 'state' - 'archived_at' is distinct from
           to_jsonb(old) - 'state' - 'archived_at' then
            raise exception 'Cannot update: a published policy stays as it is';
        end if;
        return new;
    """,
)


class PolicyVersion(OrganisationModel):
    """One version: a draft, the one in force (published), or one that was in force before (archived).

    ``number`` counts the published ones from 1; a draft has none yet. Once published nothing of it changes but that a
    later one takes its place.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        ARCHIVED = "archived"

    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, db_collation="C")
    language = models.CharField(max_length=5, default="nl")
    body = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    author = CompositeKey(Person, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)

    class Meta:
        triggers: ClassVar = [PUBLISHED_STAYS]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_policy_per_number"),
            models.UniqueConstraint(
                fields=["organisation", "state"],
                condition=~models.Q(state="archived"),
                name="one_draft_and_one_policy_in_force",
            ),
        ]
        ordering: ClassVar = ["-number"]

    @property
    def content(self) -> PolicyContent:
        """What it says."""
        return content_from(self.body)
