"""The coaching policy of an organisation, version by version."""

from typing import ClassVar

import pgtrigger
from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.people.models import Person
from klankbord.policy.rules.content import PolicyContent, content_from

# SECURITY: an agreement and a finding name a version. What it said may never become something else afterwards, and what
# was replaced does not come back into force without being published anew, under a name and with a note.
PUBLISHED_STAYS = pgtrigger.Trigger(
    name="published_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("old.state <> 'draft'"),
    func="""
        if old.state <> 'published' or new.state <> 'archived'
           or to_jsonb(new) - 'state' - 'archived_at' is distinct from to_jsonb(old) - 'state' - 'archived_at' then
            raise exception 'Cannot update: a published policy stays as it is';
        end if;
        return new;
    """,
)

# SECURITY: a version bears the name of who last wrote in it or published it. Nobody puts it under another's name.
IN_OWN_NAME = pgtrigger.Trigger(
    name="in_own_name",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app' and old.state = 'draft'"),
    func="""
        if new.author_id is distinct from nullif(current_setting('klankbord.person', true), '')::uuid then
            raise exception 'Cannot update: a policy is written in your own name';
        end if;
        return new;
    """,
)

# SECURITY: what the policy asks counts from the day it was first published, and which version was in force on a day
# stands in its dates. So nobody writes them: they are the moment of the transaction, or of the story that is told (see
# ``core.tenant``). And a version goes its way: a draft, in force under the next number, in the archive.
DATED_BY_THE_CLOCK = pgtrigger.Trigger(
    name="dated_by_the_clock",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
    declare=[("moment", "timestamptz"), ("last", "integer"), ("before", "text")],
    func="""
        moment := coalesce(nullif(current_setting('klankbord.moment', true), '')::timestamptz, now());
        before := case when tg_op = 'UPDATE' then old.state else 'draft' end;
        if new.state = 'draft' then
            new.published_at := null;
            new.archived_at := null;
        elsif before = 'draft' then
            select coalesce(max(p.number), 0) into last from policy_policyversion p
            where p.organisation_id = new.organisation_id;
            if new.state <> 'published' or new.number is distinct from last + 1 then
                raise exception 'Cannot write: a policy comes into force under the next number';
            end if;
            new.published_at := moment;
            new.archived_at := null;
        elsif before = 'published' and new.state = 'archived' then
            new.archived_at := moment;
        end if;
        return new;
    """,
)


class PolicyVersion(OrganisationModel):
    """One version: a draft, the one in force (published), or one that was in force before (archived).

    ``number`` counts the published ones from 1; a draft has none yet. Once published nothing of it changes but that a
    later one takes its place. ``hands`` holds, of a draft, who last saved each of its parts, and when.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        ARCHIVED = "archived"

    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, db_collation="C")
    language = models.CharField(max_length=5, default="nl")
    body = models.JSONField(default=dict)
    hands = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    author = CompositeKey(Person, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)

    class Meta:
        triggers: ClassVar = [PUBLISHED_STAYS, IN_OWN_NAME, DATED_BY_THE_CLOCK]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_policy_per_number"),
            models.UniqueConstraint(
                fields=["organisation", "state"],
                condition=~models.Q(state="archived"),
                name="one_draft_and_one_policy_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", number=None)
                | (~models.Q(state="draft") & models.Q(number__isnull=False)),
                name="a_published_policy_has_a_number",
            ),
        ]
        ordering: ClassVar = ["-number"]

    @property
    def content(self) -> PolicyContent:
        """What it says."""
        return content_from(self.body)

    @property
    def last_change(self) -> str:
        """When it last changed, to be sent along by whoever publishes what was read."""
        return self.changed_at.isoformat()
