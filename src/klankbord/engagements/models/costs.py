"""What external coaching costs: a year's budget, the money of one engagement, and invoices."""

from typing import ClassVar

import pgtrigger
from django.db import models

from klankbord.core import clock
from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.engagements.models.columns import fixed
from klankbord.engagements.models.engagement import Engagement

# SECURITY: without this the coach could raise the amount, and whoever keeps the money could say yes for the coach.
EACH_THE_OWN_SIDE = pgtrigger.Trigger(
    name="each_the_own_side",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
    declare=[("me", "uuid"), ("two", "record")],
    func="""
        me := nullif(current_setting('klankbord.person', true), '')::uuid;
        select client_id, coach_id into two from engagements_engagement where id = new.engagement_id;
        if tg_op = 'INSERT' then
            if me in (two.client_id, two.coach_id) then
                raise exception 'Cannot add: nobody plans the costs of their own coaching';
            end if;
            if new.agreed_cents is not null or new.agreed_at is not null then
                raise exception 'Cannot add: only the coach says yes to an amount';
            end if;
            return new;
        end if;
        if (new.agreed_cents, new.agreed_at) is distinct from (old.agreed_cents, old.agreed_at) then
            if two.coach_id is distinct from me or new.agreed_cents is distinct from new.planned_cents then
                raise exception 'Cannot update: only the coach says yes, and to the amount that stands there';
            end if;
        end if;
        if to_jsonb(new) - 'agreed_cents' - 'agreed_at' is distinct from to_jsonb(old) - 'agreed_cents' - 'agreed_at'
           and (me in (two.client_id, two.coach_id) or not klankbord_holds('finance')) then
            raise exception 'Cannot update: only who has the task of finance changes an amount';
        end if;
        return new;
    """,
)

# SECURITY: without this somebody who keeps the money could note an invoice for the own coaching, or put one before the
# people of another coaching than it is about.
OF_ITS_COSTS = pgtrigger.Trigger(
    name="of_its_costs",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
    declare=[("me", "uuid")],
    func="""
        me := nullif(current_setting('klankbord.person', true), '')::uuid;
        if not exists (select 1 from engagements_engagementcost c
                       join engagements_engagement e on e.id = c.engagement_id
                       where c.id = new.cost_id and c.engagement_id = new.engagement_id
                         and me is distinct from e.client_id and me is distinct from e.coach_id) then
            raise exception 'Cannot add: that money is of another coaching, or of the own';
        end if;
        return new;
    """,
)


class YearBudget(OrganisationModel):
    """What was booked for external coaching in one calendar year, in cents. Of the whole organisation."""

    year = models.PositiveSmallIntegerField()
    cents = models.PositiveBigIntegerField()
    warned_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = fixed("year")
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "year"], name="one_budget_per_year")]


class EngagementCost(OrganisationModel):
    """The money of one external engagement, in cents, without VAT.

    ``reference`` stands for the engagement wherever finance reads along, and says nothing of who it is. What the coach
    said yes to is ``agreed_cents``; a later plan waits for a new yes.
    """

    engagement = CompositeKey(Engagement, related_name="costs")
    reference = models.CharField(max_length=12, db_collation="C")
    year = models.PositiveSmallIntegerField()
    rate_cents = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField()
    talks = models.PositiveSmallIntegerField()
    planned_cents = models.PositiveBigIntegerField()
    agreed_cents = models.PositiveBigIntegerField(null=True)
    agreed_at = models.DateTimeField(null=True)
    sponsor_pays = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [*fixed("engagement", "reference"), EACH_THE_OWN_SIDE]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "engagement"], name="one_cost_per_engagement"),
            models.UniqueConstraint(fields=["organisation", "reference"], name="one_cost_per_reference"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "year"], name="costs_by_year")]


class Invoice(OrganisationModel):
    """One invoice of a coach or bureau. What was wrong is put right with a second one, below zero."""

    engagement = CompositeKey(Engagement, related_name="invoices")
    cost = CompositeKey(EngagementCost, related_name="invoices")
    number = models.CharField(max_length=40)
    day = models.DateField()
    cents = models.BigIntegerField()
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers: ClassVar = [OF_ITS_COSTS]
        indexes: ClassVar = [models.Index(fields=["organisation", "cost"], name="invoices_by_cost")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "cost", "number"], name="one_invoice_per_number"),
        ]
