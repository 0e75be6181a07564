"""For coordinators: where client and coach came to stand near each other while their coaching runs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from klankbord.core.language import language_on_screen
from klankbord.core.pagination import LongList
from klankbord.engagements.queries.nearness import Raised, nearness_listed, raised
from klankbord.people.requests import MemberRequest
from klankbord.policy.texts import policy_clause
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience

A_PAGE = 50


@require_GET
def nearness(request: MemberRequest, organisation: str) -> HttpResponse:
    """Who coaches whom where a rule is touched since: the outline, the rule, and nothing of the coaching."""
    if "coordinator" not in request.roles:
        raise PermissionDenied
    search = request.GET.get("q", "").strip()
    page = LongList(nearness_listed(request.person, search=search), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "open": [_in_words(one) for one in raised(list(page))],
        "resolved": list(nearness_listed(request.person, search=search, resolved=True)[:A_PAGE]),
        "search": search,
        "audience": audience("came_near", viewer=SeenAs.COORDINATOR),
    }
    return render(request, "engagements/coordination/nearness.html", context)


def _in_words(one: Raised) -> dict[str, Any]:
    if one.finding is None:
        return {"row": one.row, "what": "", "rule": ""}
    language = language_on_screen()
    # How they stand, and not what would follow from it before a match: here nothing stops.
    stand = one.finding.text(language).partition(". ")[0].rstrip(".")
    return {
        "row": one.row,
        "what": f"{stand}.",
        "rule": policy_clause(one.finding.clause).wording.text(language),
    }
