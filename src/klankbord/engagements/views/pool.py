"""The pool of coaches at a glance, for coordinators, and as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from klankbord.coaches.api import fact_in_words, note_pool_downloaded, profile_in_words
from klankbord.core import clock
from klankbord.core.downloads import download
from klankbord.core.language import language_on_screen
from klankbord.core.spoken import days_words
from klankbord.engagements.forms.pool import PoolFilter
from klankbord.engagements.models import Request
from klankbord.engagements.queries.pool import InPool, Pool, longest_waiting, narrowed, pool, works
from klankbord.people.requests import MemberRequest
from klankbord.people.staff_file import rows_to_xlsx
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience

A_PAGE = 50


def _only_coordinators(request: MemberRequest) -> None:
    if "coordinator" not in request.roles:
        raise PermissionDenied


def _narrowed(request: MemberRequest, found: Pool) -> tuple[list[InPool], PoolFilter, str]:
    filters, search = PoolFilter(request.GET), request.GET.get("q", "").strip()
    show = filters.cleaned_data["show"] if filters.is_valid() else ""
    return narrowed(found.coaches, search=search, show=show, sort=request.GET.get("sort", "")), filters, search


@require_GET
def overview(request: MemberRequest, organisation: str) -> HttpResponse:
    """How much room there is, what waits, what ends, and where there is no coach nearby."""
    _only_coordinators(request)
    found = pool()
    rows, filters, search = _narrowed(request, found)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    waiting, waiting_count = longest_waiting(request.person)
    context = {
        "pool": found,
        "page": page,
        "rows": [_row(one) for one in page.object_list],
        "filters": filters,
        "search": search,
        "narrowed": len(rows) != len(found.coaches),
        "to_look_at": [one for one in found.coaches if one.waits],
        "asked": sum(bool(one.asked_for) for one in found.coaches),
        "ending": [{"fact": fact, "text": fact_in_words(fact)} for fact in found.ending],
        "waiting": [{"asked": asked, "since": _waiting(asked)} for asked in waiting],
        "waiting_count": waiting_count,
        "audience": audience("coach_profile", "quality_fact", "engagement", viewer=SeenAs.COORDINATOR),
    }
    return render(request, "engagements/coordination/pool.html", context)


def _waiting(asked: Request) -> str:
    days = (clock.today() - localdate(asked.sent_at)).days
    return days_words(days, language_on_screen()) if days > 0 else _("since today")


def _row(one: InPool) -> dict[str, Any]:
    language = language_on_screen()
    return {
        "one": one,
        "works": works(one.person),
        "asked": [finding.text(language) for finding in one.asked_for],
        "standing": _standing(one),
    }


def _standing(one: InPool) -> str:
    """How the profile stands, in a few words."""
    if one.profile is None or not one.profile.introduction:
        return _("no profile yet")
    if one.profile.visible:
        return _("visible")
    return _("waits for a look") if one.profile.waits_for_a_look else _("not shown")


@require_GET
def overview_file(request: MemberRequest, organisation: str) -> HttpResponse:
    """The same coaches as a spreadsheet, in the same order."""
    _only_coordinators(request)
    rows, _filters, _search = _narrowed(request, pool())
    lines = [_line(one) for one in rows]
    note_pool_downloaded(count=len(lines))
    headings = [
        _("Name"), _("Works"), _("Kind"), _("[[Clients]] now"), _("Fit"), _("Free"), _("Pause"),
        _("Until and including"), _("Profile"), _("Themes"), _("Languages"), _("Where"), _("What the policy asks for"),
    ]  # fmt: skip
    return download(rows_to_xlsx(headings, lines, sheet_name=_("The pool")), f"{_('pool')}.xlsx")


def _line(one: InPool) -> list[Any]:
    language = language_on_screen()
    told = profile_in_words(one.profile) if one.profile else {}
    return [
        one.person.name,
        works(one.person),
        _("external") if one.person.external else _("internal"),
        one.load.open,
        one.load.capacity,
        one.load.free,
        _("yes") if one.load.rests else _("no"),
        one.profile.paused_until if one.profile and one.load.rests else None,
        _standing(one),
        told.get("themes", ""),
        told.get("languages", ""),
        told.get("places", ""),
        "; ".join(finding.text(language) for finding in one.asked_for),
    ]
