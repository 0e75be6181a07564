"""Reads about money, each page in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Sum
from django.http import Http404

from klankbord.core import clock
from klankbord.engagements.models import Engagement, EngagementCost, Invoice, Participant, YearBudget
from klankbord.engagements.rules.costs import Cost, Year, kept_until, year_of
from klankbord.people.api import Membership, Person, holders_of


def keeps_money(roles: frozenset[str]) -> bool:
    """Whether somebody with these roles keeps the money: a coordinator with the task of finance."""
    return {"coordinator", "finance"} <= roles


def keepers_of_money() -> QuerySet[Person]:
    """The coordinators with the task of finance."""
    return holders_of(Membership.Role.FINANCE).filter(memberships__in=_coordinators())


def _coordinators() -> QuerySet[Membership]:
    return Membership.objects.filter(role=Membership.Role.COORDINATOR)


@dataclass(frozen=True)
class Line:
    """One external engagement with its money; *cost* is None while nobody planned any."""

    engagement: Engagement
    row: EngagementCost | None
    cost: Cost | None


def year_and_costs(year: int) -> tuple[Year, list[Line]]:
    """The sums of a year, and each external engagement of it that the acting person keeps the money of."""
    booked = YearBudget.objects.filter(year=year).first()
    rows = list(
        EngagementCost.objects.filter(year=year)
        .select_related("engagement__client", "engagement__coach")
        .order_by("reference")
    )
    spent = spent_on(rows)
    lines = [Line(row.engagement, row, _cost(row, spent)) for row in rows]
    # Once the money of a year need not be kept any more, there is none to plan for it either.
    if clock.today() <= kept_until(date(year, 1, 1)):
        without = Engagement.objects.filter(external=True, costs=None, started_on__year=year)
        lines += [
            Line(one, None, None) for one in without.select_related("client", "coach").order_by("started_on", "pk")
        ]
    return year_of(booked.cents if booked else None, [one.cost for one in lines if one.cost]), lines


def spent_on(rows: Sequence[EngagementCost]) -> dict[UUID, int]:
    """What was spent on each of these, in cents."""
    sums = Invoice.objects.filter(cost__in=rows).values_list("cost_id").annotate(sum=Sum("cents"))
    return defaultdict(int, {cost_id: int(total) for cost_id, total in sums})


def _cost(row: EngagementCost, spent: dict[UUID, int]) -> Cost:
    return Cost(
        planned=row.planned_cents,
        agreed=row.agreed_cents,
        spent=spent[row.pk],
        over=row.engagement.closed_on is not None,
    )


def years_with_money() -> list[int]:
    """The years there is something to see of, newest first; always this year."""
    booked = YearBudget.objects.values_list("year", flat=True)
    started = EngagementCost.objects.values_list("year", flat=True).distinct()
    return sorted({clock.today().year, *booked, *started}, reverse=True)


def engagement_to_pay(person: Person, roles: frozenset[str], pk: UUID) -> Engagement:
    """The door to the money of one external engagement, for who keeps it. Nobody keeps the money of their own coaching.

    Raises ``Http404``, also for whoever has no such task: the address names an engagement.
    """
    found = Engagement.objects.filter(pk=pk, external=True).select_related("client", "coach", "request").first()
    if found is None or not keeps_money(roles) or person.pk in (found.client_id, found.coach_id, *found.request.aside):
        raise Http404
    return found


def cost_of(engagement: Engagement) -> EngagementCost | None:
    """The money of one engagement, as far as the acting person may see it."""
    return EngagementCost.objects.filter(engagement=engagement).select_related("engagement").first()


def invoices_of(cost: EngagementCost) -> list[Invoice]:
    """The invoices, oldest first."""
    return list(Invoice.objects.filter(cost=cost).order_by("day", "noted_at"))


def invoices_of_year(year: int) -> list[Invoice]:
    """Every invoice of the engagements of a year that the acting person keeps the money of, by reference."""
    rows = Invoice.objects.filter(cost__year=year).select_related("cost")
    return list(rows.order_by("cost__reference", "day", "noted_at"))


def money_for(cost: EngagementCost, invoices: Sequence[Invoice]) -> Cost:
    """The money of one engagement with these invoices."""
    return _cost(cost, defaultdict(int, {cost.pk: sum(one.cents for one in invoices)}))


def money_kept_until(cost: EngagementCost, invoices: Sequence[Invoice]) -> date:
    """The last day on which this money is kept."""
    return kept_until(date(cost.year, 1, 1), cost.changed_at, cost.agreed_at, *(one.day for one in invoices))


@dataclass(frozen=True)
class Insight:
    """The money of an engagement for somebody who takes part in it, and as what."""

    cost: EngagementCost
    role: str


def cost_for(person: Person, pk: UUID) -> Insight:
    """The door to the money of an engagement for client, coach and whoever pays for it. Raises ``Http404``."""
    part = Participant.objects.filter(engagement_id=pk, person=person, until=None).first()
    cost = (
        EngagementCost.objects.filter(engagement_id=pk)
        .select_related("engagement__client__manager", "engagement__coach")
        .first()
    )
    if part is None or cost is None or (part.role == Participant.Role.SPONSOR and not cost.sponsor_pays):
        raise Http404
    return Insight(cost, part.role)


def has_costs(engagement: Engagement) -> bool:
    """Whether somebody planned what this engagement costs."""
    return engagement.external and EngagementCost.objects.filter(engagement=engagement).exists()


def is_paid_by_third(engagement: Engagement) -> bool:
    """Whether the third party, who is acting, pays for this engagement."""
    return EngagementCost.objects.filter(engagement=engagement, sponsor_pays=True).exists()


@dataclass(frozen=True)
class Step:
    """What was spent until the end of a quarter, in cents, for the leadership."""

    year: int
    quarter: int
    spent: int


def totals_for_leadership(year: int) -> list[Step]:
    """What was spent on all external coaching of *year*, quarter after quarter, adding up.

    A quarter that is over stands there when at least five engagements had an invoice noted since the one before it that
    stands there: so no two of these sums differ by what fewer than five people cost.
    """
    with connection.cursor() as cursor:
        cursor.execute("select quarter, cents from engagements_cost_totals(%s, %s)", [year, clock.today()])
        return [Step(year, quarter, int(cents)) for quarter, cents in cursor.fetchall()]
