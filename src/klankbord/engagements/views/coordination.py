"""The coordinator's pages: requests, matching, and the outline of all engagements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klankbord.core import clock
from klankbord.core.downloads import download
from klankbord.core.language import language_on_screen
from klankbord.core.pagination import LongList
from klankbord.core.spoken import days_words
from klankbord.core.wording import Language
from klankbord.engagements.actions._reading import note_opened, note_outline_downloaded
from klankbord.engagements.actions.requests import propose_coaches, step_aside
from klankbord.engagements.forms.asking import theme_labels, wishes_in_words
from klankbord.engagements.forms.coordination import STATES, OutlineFilter, ProposeForm, RequestsFilter
from klankbord.engagements.models import Engagement, Request
from klankbord.engagements.queries.costs import keeps_money
from klankbord.engagements.queries.doors import request_for_coordinator
from klankbord.engagements.queries.matching import (
    Suggestion,
    open_proposals,
    reasons_to_step_aside,
    shortlist,
)
from klankbord.engagements.queries.nearness import open_nearness_count
from klankbord.engagements.queries.policy import under_earlier_policy, versions_by_id
from klankbord.engagements.queries.requests import (
    Told,
    coach_for,
    colleague_remains,
    engagements_listed,
    preference_of,
    requests_listed,
    told_with,
)
from klankbord.engagements.queries.waiting import usual_wait
from klankbord.engagements.rules.lifecycle import (
    MOST_PROPOSALS,
    REQUEST,
    ProposalState,
    RequestAct,
    RequestState,
    Role,
    room_to_propose,
)
from klankbord.people.api import Person
from klankbord.people.requests import MemberRequest
from klankbord.people.staff_file import rows_to_xlsx
from klankbord.policy.api import changed_for_running
from klankbord.policy.rules.finding import Finding, NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import Audience, audience

A_PAGE = 50


def _only_coordinators(request: MemberRequest) -> None:
    if "coordinator" not in request.roles:
        raise PermissionDenied


def _chosen(form: RequestsFilter | OutlineFilter) -> dict[str, str]:
    """What is filtered by; an address somebody changed by hand filters by nothing."""
    return dict(form.cleaned_data) if form.is_valid() else {}


def waiting_words(since: datetime) -> str:
    """How long somebody waits, in words."""
    days = (clock.today() - localdate(since)).days
    return days_words(days, language_on_screen()) if days > 0 else _("since today")


def _readers_of_request(client: str) -> Audience:
    told = audience("request", viewer=SeenAs.COORDINATOR, names={SeenAs.CLIENT: client})
    return replace(told, short=_("The coordinators, %(client)s, and the coaches they propose.") % {"client": client})


@require_GET
def requests(request: MemberRequest, organisation: str) -> HttpResponse:
    """Who asked for a coach: those who wait first."""
    _only_coordinators(request)
    filters = RequestsFilter(request.GET)
    search, sort = request.GET.get("q", ""), request.GET.get("sort", "")
    rows = requests_listed(request.person, search=search, sort=sort, **_chosen(filters))
    page = LongList(rows, A_PAGE).get_page(request.GET.get("page"))
    listed = [
        {
            "asked": asked,
            "themes": theme_labels(asked.themes),
            "waiting": waiting_words(asked.sent_at) if asked.state == RequestState.SENT else "",
            "state": STATES[RequestState(asked.state)],
        }
        for asked in page
    ]
    context = {
        "page": page,
        "rows": listed,
        "filters": filters,
        "search": search,
        "narrowed": bool(search or any(_chosen(filters).values())),
        "several_wait": sum(one.state == RequestState.SENT for one in page) > 1,
        "usual_wait": usual_wait(),
        "audience": _readers_of_request(_("[[the client]]")),
    }
    return render(request, "engagements/coordination/requests.html", context)


@require_GET
def request_to_match(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    """One request: what is asked for, and which coaches can, with the reasons in words."""
    asked = request_for_coordinator(request.person, request_id, request.roles)
    note_opened("request.open", asked, owner_id=asked.client_id)
    state = RequestState(asked.state)
    told = _told(asked)
    names = {SeenAs.CLIENT: asked.client.first_name}
    context: dict[str, Any] = {
        "asked": asked,
        "state": STATES[state],
        "withdrawn": state is RequestState.WITHDRAWN,
        "told": told,
        "close_themes": theme_labels(told.sensitive_themes) if told else [],
        "themes": theme_labels(asked.themes),
        "wishes": _wishes(asked),
        "audience": _readers_of_request(asked.client.first_name),
        "words_audience": audience("request_words", viewer=SeenAs.COORDINATOR, names=names),
    }
    if state is not RequestState.WITHDRAWN:
        context |= _matching(request, asked, state)
    return render(request, "engagements/coordination/request.html", context)


def _wishes(asked: Request) -> list[tuple[str, str]]:
    wanted = preference_of(asked)
    if wanted is None:
        return wishes_in_words(asked)
    return wishes_in_words(asked, coach=wanted.coach, gender=wanted.gender)


def _told(asked: Request) -> Told | None:
    """The words, if the client ticked that coordinators may read them; that they were read is noted."""
    told = told_with(asked)
    # SECURITY: a coordinator who is also the chosen coach can read the words as the coach. Not here, not in this role.
    if told is None or not told.shared:
        return None
    note_opened("request_words.open", asked, owner_id=asked.client_id)
    return told


def _matching(request: MemberRequest, asked: Request, state: RequestState) -> dict[str, Any]:
    language = language_on_screen()
    lying = open_proposals(asked)
    full = room_to_propose(lying)
    may_propose = RequestAct.PROPOSE in REQUEST.acts(state, Role.COORDINATOR)
    search = request.GET.get("q", "").strip()
    found = shortlist(asked, search)
    best = [seen for seen in found.possible if not _lies_there(seen)][: MOST_PROPOSALS - lying]
    return {
        "best": [seen.coach for seen in best] if may_propose and not full and not search and len(best) > 1 else [],
        "search": search,
        "searchable": found.more or bool(search),
        "more": found.more,
        "aside": [finding.text(language) for finding in reasons_to_step_aside(request.person, asked)],
        "colleague_remains": colleague_remains(request.person, asked),
        "full": [finding.text(language) for finding in full] if may_propose else [],
        "may_propose": may_propose and not full,
        "possible": [_card(seen) for seen in found.possible],
        "impossible": [_card(seen) for seen in found.impossible],
    }


def _lies_there(seen: Suggestion) -> bool:
    """Whether this coach was proposed for this request, now or before: then it is no suggestion of ours."""
    return seen.proposal is not None


def _card(seen: Suggestion) -> dict[str, Any]:
    language = language_on_screen()
    state = seen.proposal.state if seen.proposal else ""
    return {
        "coach": seen.coach,
        "free": seen.free_places,
        "possible": seen.possible,
        "reasons": [_reason(finding, language) for finding in seen.findings if finding.blocks or seen.possible],
        "good": [finding.text(language) for finding in seen.fit.good],
        "less_good": [finding.text(language) for finding in seen.fit.less_good],
        "proposed": state == ProposalState.PROPOSED,
        "chosen": state == ProposalState.CHOSEN,
        "earlier": state in (ProposalState.PASSED, ProposalState.REFUSED),
    }


def _reason(finding: Finding, language: Language) -> dict[str, str]:
    """A finding in words, and the clause that decided when it stands in the way."""
    return {"text": finding.text(language), "clause": finding.clause if finding.blocks else ""}


@require_POST
def propose(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    """Lay a coach, or the best few at once, before the client."""
    asked = request_for_coordinator(request.person, request_id, request.roles)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a coach to propose."))
        return redirect("request_to_match", organisation, asked.pk)
    coaches = [coach_for(pk) for pk in dict.fromkeys(form.cleaned_data["coach"])]
    try:
        propose_coaches(slug=organisation, request=asked, coaches=coaches)
        said = _("%(client)s can choose %(coach)s now.")
        names = [coach.first_name for coach in coaches]
        spoken = (
            _("%(some)s or %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]} if names[1:] else names[0]
        )
        messages.success(request, said % {"client": asked.client.first_name, "coach": spoken})
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
    return redirect("request_to_match", organisation, asked.pk)


def _one_of(coaches: Sequence[Person]) -> str:
    """First names, to choose from."""
    *some, last = [coach.first_name for coach in coaches]
    return _("%(some)s or %(last)s") % {"some": ", ".join(some), "last": last} if some else last


@require_POST
def aside(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    """Leave this request to colleagues. Nobody asks why."""
    asked = request_for_coordinator(request.person, request_id, request.roles)
    step_aside(request=asked)
    said = _("You stepped aside. You do not see the request of %(name)s any more.")
    messages.success(request, said % {"name": asked.client.first_name})
    return redirect("requests", organisation)


def _outlined(request: MemberRequest) -> tuple[QuerySet[Engagement], OutlineFilter]:
    _only_coordinators(request)
    filters = OutlineFilter(request.GET)
    search, sort = request.GET.get("q", ""), request.GET.get("sort", "")
    return engagements_listed(search=search, sort=sort, **_chosen(filters)), filters


@require_GET
def outline(request: MemberRequest, organisation: str) -> HttpResponse:
    """All engagements: who, from when to when, running or closed, internal or external. Nothing else."""
    rows, filters = _outlined(request)
    told = audience("engagement", viewer=SeenAs.COORDINATOR)
    context = {
        "page": LongList(rows, A_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "search": request.GET.get("q", ""),
        "narrowed": bool(request.GET.get("q") or any(_chosen(filters).values())),
        "near_count": open_nearness_count(request.person),
        "keeps_money": keeps_money(request.roles),
        "audience": replace(told, short=_("[[Client]] and coach. The coordinators see the outline.")),
    }
    return render(request, "engagements/coordination/outline.html", context)


@require_GET
def outline_policy(request: MemberRequest, organisation: str) -> HttpResponse:
    """The running engagements under an earlier version of the policy, and what that version said otherwise.

    SECURITY: what differs is told of the versions. What two people agreed is theirs, and is not looked at here.
    """
    _only_coordinators(request)
    now, rows = under_earlier_policy()
    page = LongList(rows, A_PAGE).get_page(request.GET.get("page"))
    versions = versions_by_id(row.policy_id for row in page)
    groups = [
        {
            "version": versions[version_id],
            "rules": changed_for_running(versions[version_id].content, now.content, language_on_screen()),
            "rows": list(members),
        }
        for version_id, members in groupby(page, key=lambda row: row.policy_id)
    ]
    told = audience("engagement", viewer=SeenAs.COORDINATOR)
    context = {
        "page": page,
        "now": now,
        "groups": groups,
        "audience": replace(told, short=_("[[Client]] and coach. The coordinators see the outline.")),
    }
    return render(request, "engagements/coordination/policy.html", context)


@require_GET
def outline_file(request: MemberRequest, organisation: str) -> HttpResponse:
    """The same rows as a spreadsheet, in the same order."""
    rows, _filters = _outlined(request)
    lines = [_line(row) for row in rows]
    note_outline_downloaded(count=len(lines))
    headings = [_("[[Client]]"), _("Coach"), _("Start"), _("Planned end"), _("Standing"), _("Kind")]
    return download(rows_to_xlsx(headings, lines, sheet_name=_("Engagements")), f"{_('engagements')}.xlsx")


def _line(row: Engagement) -> list[Any]:
    return [
        row.client.name,
        row.coach.name,
        row.started_on,
        # SECURITY: beside the day of closing, or its absence from the list, it would tell who stopped early.
        None if row.closed_on else row.planned_end,
        _("closed") if row.closed_on else _("running"),
        _("external") if row.external else _("internal"),
    ]
