"""What a coaching costs, for the client, the coach, and whoever pays for it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klankbord.engagements.actions.costs import Changed, agree_to_costs
from klankbord.engagements.forms.costs import AgreeForm
from klankbord.engagements.models import Participant
from klankbord.engagements.queries.costs import cost_for, invoices_of, money_for, money_kept_until
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience


@require_GET
def costs_for_two(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The amounts and the invoices of one's own coaching."""
    seen = cost_for(request.person, engagement)
    invoices = invoices_of(seen.cost)
    two = seen.cost.engagement
    names = {SeenAs.CLIENT: two.client.first_name, SeenAs.COACH: two.coach.first_name}
    if two.client.manager is not None and seen.role == Participant.Role.CLIENT:
        names[SeenAs.MANAGER] = two.client.manager.first_name
    context = {
        "engagement": two,
        "cost": seen.cost,
        "role": seen.role,
        "may_agree": seen.role == Participant.Role.COACH and seen.cost.agreed_cents != seen.cost.planned_cents,
        "invoices": invoices,
        "money": money_for(seen.cost, invoices),
        "kept_until": money_kept_until(seen.cost, invoices),
        "audience": audience("engagement_cost", "invoice", viewer=SeenAs(seen.role), names=names),
    }
    return render(request, "engagements/costs/for_two.html", context)


@require_POST
def agree(request: MemberRequest, organisation: str, engagement: UUID) -> HttpResponse:
    """The coach says yes to the amount on the page."""
    seen = cost_for(request.person, engagement)
    if seen.role != Participant.Role.COACH:
        raise PermissionDenied
    form = AgreeForm(request.POST)
    try:
        if form.is_valid():
            agree_to_costs(cost=seen.cost, seen=form.cleaned_data["seen"])
            messages.success(request, _("You said yes to this amount."))
    except Changed:
        messages.info(request, _("The amount changed in the meantime. Have another look."))
    return redirect("costs_for_two", organisation, engagement)
