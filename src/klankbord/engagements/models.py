"""Requests, referrals, engagements, and the texts in them.

What has another audience lives in another table, because row security is per row. Free text is sealed; plain columns
hold ids, times, states and places.
"""

from functools import reduce
from operator import or_
from typing import Any, ClassVar
from uuid import UUID

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.rules.lifecycle import Phase, ProposalState, ReferralState, RequestState
from klankbord.engagements.writings import MANNERS, TOGETHER, Kind
from klankbord.people.models import Person
from klankbord.privacy import vault
from klankbord.privacy.vault import SealedField


def _state(states: Any, default: Any) -> Any:
    """A column that holds one of the states of a lifecycle."""
    choices = [(state.value, state.value) for state in states]
    return models.CharField(max_length=20, choices=choices, default=default, db_collation="C")


def _fixed(*fields: str) -> list[pgtrigger.Trigger]:
    """Columns that are written once.

    SECURITY: row policies say who may change a row, not what of it. Without this a participant could make somebody
    else the client, or a text that was sealed for one row belong to another.
    """
    return [pgtrigger.ReadOnly(name="fixed", fields=["id", "organisation", *fields])]


def _by_function_only(*fields: str) -> pgtrigger.Trigger:
    """Columns that only the functions of the schema's owner change, each of which checks who asks."""
    changed = " or ".join(f"old.{field} is distinct from new.{field}" for field in fields)
    return pgtrigger.Trigger(
        name="by_function_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"current_user = 'klankbord_app' and ({changed})"),
        func="raise exception 'Cannot update: only a function changes this';",
    )


# SECURITY: without this one of the two could say yes in the other's name.
YES_IS_FOR_ONESELF = pgtrigger.Trigger(
    name="yes_is_for_oneself",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
    declare=[("me", "uuid"), ("two", "record")],
    func="""
        me := nullif(current_setting('klankbord.person', true), '')::uuid;
        select client_id, coach_id into two from engagements_engagement where id = new.engagement_id;
        if (tg_op = 'INSERT' and new.client_accepted_at is not null
            or tg_op = 'UPDATE' and new.client_accepted_at is distinct from old.client_accepted_at)
           and two.client_id is distinct from me then
            raise exception 'Cannot update: only the client says yes for the client';
        end if;
        if (tg_op = 'INSERT' and new.coach_accepted_at is not null
            or tg_op = 'UPDATE' and new.coach_accepted_at is distinct from old.coach_accepted_at)
           and two.coach_id is distinct from me then
            raise exception 'Cannot update: only the coach says yes for the coach';
        end if;
        return new;
    """,
)


class Referral(OrganisationModel):
    """A manager's suggestion of coaching, in the manager's own words. It holds no answer: that is the employee's."""

    client = CompositeKey(Person, related_name="+")
    manager = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.referral.text")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = _fixed("client", "manager")
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="referrals_by_client")]

    @property
    def vault_scope(self) -> UUID:
        """A referral has a key of its own."""
        return vault.scope(self.organisation_id, "referral", self.pk)


class ReferralAnswer(OrganisationModel):
    """Where the employee stands with a referral. For the employee's eyes alone."""

    client = CompositeKey(Person, related_name="+")
    referral = CompositeKey(Referral, related_name="answers")
    state = _state(ReferralState, ReferralState.OPEN)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = _fixed("client", "referral")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "referral"], name="one_answer_per_referral"),
        ]


class ReferralQuestion(OrganisationModel):
    """A question the employee asks first, and its answer. Between these two people only."""

    referral = CompositeKey(Referral, related_name="questions")
    client = CompositeKey(Person, related_name="+")
    asked = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.referralquestion.text")
    answer = SealedField(label="engagements.referralquestion.answer", null=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = _fixed("referral", "client", "asked")

    @property
    def vault_scope(self) -> UUID:
        """A question shares the key of its referral."""
        return vault.scope(self.organisation_id, "referral", self.referral_id)


class Request(OrganisationModel):
    """A request for coaching: what the coordinator needs to find a coach, and nothing of what it is about.

    ``aside`` holds the coordinators who stepped aside because they judge or manage this person: for them the row is
    gone.
    """

    class Place(models.TextChoices):
        ANY = "any"
        MEET = "meet"
        ONLINE = "online"

    class Employer(models.TextChoices):
        ANY = "any"
        INTERNAL = "internal"
        EXTERNAL = "external"

    client = CompositeKey(Person, related_name="+")
    state = _state(RequestState, RequestState.SENT)
    themes = ArrayField(models.CharField(max_length=40), default=list)
    language = models.CharField(max_length=5, default="nl")
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.ANY)
    employer = models.CharField(max_length=10, choices=Employer.choices, default=Employer.ANY)
    aside = ArrayField(models.UUIDField(), default=list)
    sent_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [*_fixed("client"), _by_function_only("aside", "themes")]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "client"], name="requests_by_client"),
            models.Index(fields=["organisation", "state", "sent_at"], name="requests_by_state"),
        ]


class RequestWords(OrganisationModel):
    """The client's own words with a request, and the sensitive themes, which follow them."""

    request = CompositeKey(Request, related_name="words")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+", null=True)
    shared = models.BooleanField(default=False)
    text = SealedField(label="engagements.requestwords.text")
    sensitive = SealedField(label="engagements.requestwords.sensitive", null=True)

    class Meta:
        triggers: ClassVar = _fixed("request", "client")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "request"], name="one_wording_per_request"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """The words share the key of their request."""
        return vault.scope(self.organisation_id, "request", self.request_id)


class Proposal(OrganisationModel):
    """A coach whom the coordinator proposes for a request."""

    request = CompositeKey(Request, related_name="proposals")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+")
    state = _state(ProposalState, ProposalState.PROPOSED)
    proposed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = _fixed("request", "client", "coach")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "request", "coach"], name="one_proposal_per_coach"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "coach"], name="proposals_by_coach")]


class Engagement(OrganisationModel):
    """That two people work together: from when to when, and whether the coach is internal. Nothing of the content."""

    request = CompositeKey(Request, related_name="engagements")
    client = CompositeKey(Person, related_name="+")
    coach = CompositeKey(Person, related_name="+")
    external = models.BooleanField(default=False)
    started_on = models.DateField(default=clock.today)
    planned_end = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        triggers: ClassVar = _fixed("request", "client", "coach", "external")
        indexes: ClassVar = [
            models.Index(fields=["organisation", "client"], name="engagements_by_client"),
            models.Index(fields=["organisation", "coach"], name="engagements_by_coach"),
            models.Index(fields=["organisation", "closed_on", "started_on"], name="engagements_by_end"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """All texts of an engagement share one key, so that they end together."""
        return vault.scope(self.organisation_id, "engagement", self.pk)


class Participant(OrganisationModel):
    """Who takes part in an engagement, as what, and in which period. Each sees the own row only."""

    class Role(models.TextChoices):
        CLIENT = "client"
        COACH = "coach"
        SPONSOR = "sponsor"

    engagement = CompositeKey(Engagement, related_name="participants")
    person = CompositeKey(Person, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices, db_collation="C")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = _fixed("engagement", "person", "role", "since")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "engagement", "person", "role"], name="one_participation_per_role"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "engagement"], name="participations_by_person")]


class Course(OrganisationModel):
    """Where an engagement is on its way, and how long its texts are kept. For client and coach."""

    engagement = CompositeKey(Engagement, related_name="course")
    phase = _state(Phase, Phase.INTRODUCTION)
    retention_months = models.PositiveSmallIntegerField(default=6)
    destroy_on = models.DateField(null=True)

    class Meta:
        triggers: ClassVar = _fixed("engagement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement"], name="one_course_per_engagement"),
        ]


class Session(OrganisationModel):
    """A talk: the introduction (number 0), or one of the planned ones."""

    class State(models.TextChoices):
        PLANNED = "planned"
        HELD = "held"
        CANCELLED = "cancelled"

    engagement = CompositeKey(Engagement, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    just_coming = models.BooleanField(default=False)

    class Meta:
        triggers: ClassVar = _fixed("engagement", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement", "number"], name="one_session_per_number"),
        ]
        ordering: ClassVar = ["number"]


def _audience_fits() -> Q:
    """For each kind, an audience within what the kind allows: the database refuses to share a coach's own page."""
    return reduce(
        or_, (Q(kind=kind.value, audience__contained_by=list(manner.audience)) for kind, manner in MANNERS.items())
    )


class Writing(OrganisationModel):
    """A text in an engagement. ``audience`` and ``shared_at`` say who besides the writer may read it, from when."""

    engagement = CompositeKey(Engagement, related_name="writings")
    session = CompositeKey(Session, related_name="writings", null=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind], db_collation="C")
    author = CompositeKey(Person, related_name="+")
    body = SealedField(label="engagements.writing.body")
    revision = models.PositiveIntegerField(default=1)
    audience = ArrayField(models.CharField(max_length=10), default=list)
    shared_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = _fixed("engagement", "session", "kind", "author")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "engagement", "session", "kind", "author"],
                condition=~Q(kind__in=TOGETHER),
                nulls_distinct=False,
                name="one_text_per_kind_and_author",
            ),
            models.UniqueConstraint(
                fields=["organisation", "engagement", "session", "kind"],
                condition=Q(kind__in=TOGETHER),
                nulls_distinct=False,
                name="one_text_together",
            ),
            models.CheckConstraint(condition=_audience_fits(), name="audience_fits_the_kind"),
        ]

    @property
    def vault_scope(self) -> UUID:
        """Texts share the key of their engagement."""
        return vault.scope(self.organisation_id, "engagement", self.engagement_id)


class Agreement(OrganisationModel):
    """A version of "onze afspraken". It holds when both have said yes to this very version."""

    engagement = CompositeKey(Engagement, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    author = CompositeKey(Person, related_name="+")
    clauses = SealedField(label="engagements.agreement.clauses")
    plan = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    client_accepted_at = models.DateTimeField(null=True)
    coach_accepted_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = [
            *_fixed("engagement", "version", "author", "clauses", "plan", "made_at"),
            YES_IS_FOR_ONESELF,
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement", "version"], name="one_agreement_per_version"),
        ]
        ordering: ClassVar = ["version"]

    @property
    def vault_scope(self) -> UUID:
        """Agreements share the key of their engagement."""
        return vault.scope(self.organisation_id, "engagement", self.engagement_id)

    @property
    def in_force(self) -> bool:
        """Whether both have accepted this version."""
        return bool(self.client_accepted_at and self.coach_accepted_at)


class Share(OrganisationModel):
    """A text the client lets the manager read. A copy, exactly as shown in the preview; it can be withdrawn."""

    engagement = CompositeKey(Engagement, related_name="shares")
    client = CompositeKey(Person, related_name="+")
    reader = CompositeKey(Person, related_name="+")
    text = SealedField(label="engagements.share.text")
    shared_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        triggers: ClassVar = _fixed("engagement", "client", "reader")

    @property
    def vault_scope(self) -> UUID:
        """A share has a key of its own: withdrawing it destroys the copy and nothing else."""
        return vault.scope(self.organisation_id, "share", self.pk)
