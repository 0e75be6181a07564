"""Money, for the coordinator with the task of finance; the leadership reads the sums of the whole organisation."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.downloads import download
from klankbord.core.language import language_on_screen
from klankbord.engagements.actions.costs import (
    NumberTaken,
    book_budget,
    note_costs_downloaded,
    note_invoice,
    plan_costs,
)
from klankbord.engagements.forms.costs import BookForm, InvoiceForm, PlanForm
from klankbord.engagements.models import Engagement, EngagementCost
from klankbord.engagements.queries.costs import (
    cost_of,
    engagement_to_pay,
    invoices_of,
    invoices_of_year,
    keeps_money,
    money_for,
    money_kept_until,
    totals_for_leadership,
    year_and_costs,
    years_with_money,
)
from klankbord.engagements.rules.costs import Cost, Year, as_csv, budget_findings
from klankbord.people.requests import MemberRequest
from klankbord.people.staff_file import rows_to_xlsx
from klankbord.policy.api import policy_in_force
from klankbord.policy.rules.finding import Finding, NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience

UNTOUCHED = HTTPStatus.UNPROCESSABLE_ENTITY


def _year(request: MemberRequest) -> int:
    """The year in the address, or this one; an address somebody changed by hand shows this year."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= 2100 else clock.today().year


def _only_keepers(request: MemberRequest) -> None:
    if not keeps_money(request.roles):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def budget(request: MemberRequest, organisation: str) -> HttpResponse:
    """A year: what is booked, planned, agreed, spent and left, and each external coaching with its money."""
    if not keeps_money(request.roles):
        return _for_leadership(request)
    year = _year(request)
    form = BookForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        book_budget(year=year, cents=form.cleaned_data["cents"])
        messages.success(request, _("Booked for %(year)d.") % {"year": year})
        return redirect(f"{reverse('budget', args=[organisation])}?year={year}")
    sums, lines = year_and_costs(year)
    context = {
        "year": year,
        "years": years_with_money(),
        "sums": sums,
        "share": _share(sums),
        "lines": lines,
        "form": form or BookForm(initial={"cents": "" if sums.booked is None else f"{sums.booked // 100}"}),
        "findings": _told(budget_findings(sums, policy_in_force().content.money.warn_at)),
        "audience": audience("engagement_cost", "year_budget", viewer=SeenAs.FINANCE),
    }
    return render(request, "engagements/costs/budget.html", context, status=UNTOUCHED if form else HTTPStatus.OK)


def _share(sums: Year) -> int | None:
    """How much of what is booked is taken, in whole per cents and never more than all of it; for the bar."""
    return min(100, sums.expected * 100 // sums.booked) if sums.booked else None


def _told(findings: Iterable[Finding]) -> list[str]:
    return [one.text(language_on_screen()) for one in findings]


def _for_leadership(request: MemberRequest) -> HttpResponse:
    if "leadership" not in request.roles or request.method != "GET":
        raise PermissionDenied
    year = _year(request)
    sums, _lines = year_and_costs(year)
    context = {
        "year": year,
        "years": years_with_money(),
        "booked": sums.booked,
        "steps": totals_for_leadership(year),
        "audience": audience("year_budget", viewer=SeenAs.LEADERSHIP),
    }
    return render(request, "engagements/costs/leadership.html", context)


@require_GET
def budget_xlsx(request: MemberRequest, organisation: str) -> HttpResponse:
    """For finance: each reference with its amounts. No name and no part of the organisation stands in it."""
    _only_keepers(request)
    year = _year(request)
    rows = [_line(one.row, one.cost) for one in year_and_costs(year)[1] if one.row and one.cost]
    note_costs_downloaded(year=year, count=len(rows))
    headings = [_("Reference"), _("Year"), _("Rate an hour"), _("Planned"), _("Agreed"), _("Spent"), _("Expected")]
    return download(rows_to_xlsx(headings, rows, sheet_name=str(year)), f"{_('costs')}-{year}.xlsx")


def _line(row: EngagementCost, cost: Cost) -> list[Any]:
    amounts = (row.rate_cents, cost.planned, cost.agreed, cost.spent, cost.expected)
    return [row.reference, row.year, *(None if cents is None else cents / 100 for cents in amounts)]


@require_GET
def budget_csv(request: MemberRequest, organisation: str) -> HttpResponse:
    """For finance: each invoice with the reference it belongs to."""
    _only_keepers(request)
    year = _year(request)
    rows = [
        (one.cost.reference, one.number, one.day.isoformat(), f"{one.cents / 100:.2f}".replace(".", ","))
        for one in invoices_of_year(year)
    ]
    note_costs_downloaded(year=year, count=len(rows))
    headings = [_("Reference"), _("Number of the invoice"), _("Date"), _("Amount in euros")]
    return download(as_csv(headings, rows), f"{_('invoices')}-{year}.csv")


@require_http_methods(["GET", "POST"])
def costs(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """One external coaching: what it may cost, what the coach said yes to, and the invoices."""
    found = engagement_to_pay(request.person, request.roles, engagement)
    form = PlanForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            plan_costs(engagement=found, slug=organisation, **form.cleaned_data)
        except NotNow as refused:
            form.add_error("rate", refused.text(language_on_screen()))
        else:
            said = _("%(name)s is asked to say yes to this amount.")
            messages.success(request, said % {"name": found.coach.first_name})
            return redirect("costs", organisation, found.pk)
    return _costs_page(request, found, plan=form)


@require_POST
def invoice(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """Note an invoice."""
    found = engagement_to_pay(request.person, request.roles, engagement)
    cost = cost_of(found)
    if cost is None:
        raise Http404
    form = InvoiceForm(request.POST)
    if form.is_valid():
        try:
            note_invoice(cost=cost, slug=organisation, **form.cleaned_data)
        except NumberTaken:
            form.add_error("number", _("There is an invoice with this number already."))
        else:
            messages.success(request, _("The invoice is noted."))
            return redirect("costs", organisation, found.pk)
    return _costs_page(request, found, invoice=form)


def _costs_page(
    request: MemberRequest, found: Engagement, plan: PlanForm | None = None, invoice: InvoiceForm | None = None
) -> HttpResponse:
    cost = cost_of(found)
    names = {SeenAs.CLIENT: found.client.first_name, SeenAs.COACH: found.coach.first_name}
    context = {
        "engagement": found,
        "cost": cost,
        "plan": plan or PlanForm.begun_with(cost, policy_in_force().content),
        "invoice": invoice or InvoiceForm(),
        "audience": audience("engagement_cost", "invoice", viewer=SeenAs.FINANCE, names=names),
        **_money(cost),
    }
    status = UNTOUCHED if plan or invoice else HTTPStatus.OK
    return render(request, "engagements/costs/costs.html", context, status=status)


def _money(cost: EngagementCost | None) -> dict[str, Any]:
    if cost is None:
        return {}
    invoices = invoices_of(cost)
    kept = money_kept_until(cost, invoices)
    return {"invoices": invoices, "money": money_for(cost, invoices), "kept_until": kept}
