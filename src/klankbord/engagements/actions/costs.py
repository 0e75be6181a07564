"""Money for external coaching: what is booked, planned, agreed and spent."""

import secrets
from datetime import date
from uuid import UUID

from django.urls import reverse

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.engagements.models import Engagement, EngagementCost, Invoice, YearBudget
from klankbord.engagements.queries.costs import keepers_of_money, year_and_costs
from klankbord.engagements.rules.costs import planned_for, rate_findings
from klankbord.people.api import notify
from klankbord.policy.api import policy_in_force
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.audit import action, record

# No letters or figures that are taken for one another when somebody reads them aloud.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Changed(Exception):
    """The amount changed since the coach looked at it."""


@action("budget.book")
def book_budget(*, year: int, cents: int) -> YearBudget:
    """Book *cents* for external coaching in *year*; whoever books again changes what is booked."""
    one_at_a_time(f"budget {current_scope().organisation_id} {year}")
    row = YearBudget.objects.filter(year=year).first()
    if row is None:
        row = YearBudget(organisation_id=current_scope().organisation_id, year=year, cents=cents)
        row.save(force_insert=True)
    else:
        row.cents, row.warned_at, row.changed_at = cents, None, clock.now()
        row.save(update_fields=["cents", "warned_at", "changed_at"])
    record("budget.book", row, detail={"number": year})
    return row


@action("costs.plan")
def plan_costs(
    *, engagement: Engagement, slug: str, rate: int, minutes: int, talks: int, sponsor_pays: bool
) -> EngagementCost:
    """Say what an external coaching may cost: *rate* in cents an hour. The coach is asked to say yes to it.

    Raises ``NotNow`` for a rate above what policy allows. The same plan again asks nobody anything.
    """
    if refused := rate_findings(rate, policy_in_force().content.money.rate_most):
        raise NotNow(refused[0])
    one_at_a_time(f"costs {engagement.pk}")
    row = EngagementCost.objects.filter(engagement=engagement).first() or _new(engagement)
    before = (row.rate_cents, row.minutes, row.talks)
    row.rate_cents, row.minutes, row.talks, row.sponsor_pays = rate, minutes, talks, sponsor_pays
    row.planned_cents, row.changed_at = planned_for(rate=rate, minutes=minutes, talks=talks), clock.now()
    row.save()
    record("costs.plan", row, owner=engagement.client_id)
    if before != (rate, minutes, talks):
        notify(person_id=engagement.coach_id, kind="costs", link=_link(slug, engagement))
    _warn(slug, row.year)
    return row


def _new(engagement: Engagement) -> EngagementCost:
    reference = "-".join(("KB", "".join(secrets.choice(_LETTERS) for _one in range(7))))
    return EngagementCost(
        organisation_id=engagement.organisation_id,
        engagement=engagement,
        reference=reference,
        year=engagement.started_on.year,
    )


@action("costs.agree")
def agree_to_costs(*, cost: EngagementCost, seen: int) -> None:
    """The coach says yes to the amount. Raises :class:`Changed` when it is not *seen* (cents) any more."""
    locked = EngagementCost.objects.select_for_update().get(pk=cost.pk)
    if locked.planned_cents != seen:
        raise Changed
    if locked.agreed_cents != seen:
        locked.agreed_cents, locked.agreed_at = seen, clock.now()
        locked.save(update_fields=["agreed_cents", "agreed_at"])
    record("costs.agree", locked, owner=locked.engagement.client_id)


class NumberTaken(Exception):
    """There is an invoice with this number already."""


@action("costs.note_invoice")
def note_invoice(*, once: UUID, cost: EngagementCost, slug: str, number: str, day: date, cents: int) -> Invoice:
    """Keep an invoice; below zero puts an earlier one right. Raises :class:`NumberTaken`."""
    known = Invoice.objects.filter(pk=once, cost=cost).first()
    if known is not None:
        record("costs.note_invoice", known, detail={"outcome": "again"})
        return known
    one_at_a_time(f"costs {cost.engagement_id}")
    if Invoice.objects.filter(cost=cost, number=number).exists():
        raise NumberTaken
    row = Invoice(
        id=once,
        organisation_id=cost.organisation_id,
        engagement_id=cost.engagement_id,
        cost=cost,
        number=number,
        day=day,
        cents=cents,
    )
    row.save(force_insert=True)
    record("costs.note_invoice", row, owner=cost.engagement.client_id)
    _warn(slug, cost.year)
    return row


@action("costs.download")
def note_costs_downloaded(*, year: int, count: int) -> None:
    """Leave a trace of a list that was taken along."""
    record("costs.download", detail={"number": year, "count": count})


def _warn(slug: str, year: int) -> None:
    """Tell those who keep the money, once, that a budget is nearly full."""
    booked = YearBudget.objects.select_for_update().filter(year=year, warned_at=None).first()
    if booked is None:
        return
    sums, _costs = year_and_costs(year)
    if not sums.reaches(policy_in_force().content.money.warn_at):
        return
    booked.warned_at = clock.now()
    booked.save(update_fields=["warned_at"])
    link = reverse("budget", kwargs={"organisation": slug}) + f"?year={year}"
    for keeper in keepers_of_money():
        notify(person_id=keeper.pk, kind="budget", link=link)


def _link(slug: str, engagement: Engagement) -> str:
    return reverse("costs_for_two", kwargs={"organisation": slug, "engagement": engagement.pk})
