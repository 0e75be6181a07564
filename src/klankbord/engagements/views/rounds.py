"""Matching a group at once: whom, the proposal, changing by hand, and confirming."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.language import language_on_screen
from klankbord.core.pagination import LongList
from klankbord.engagements.actions._reading import note_opened
from klankbord.engagements.actions.rounds import change_row, confirm_or_leave, discard_round, start_round
from klankbord.engagements.forms.rounds import EVERYBODY, OUTCOMES, RoundForm, RowForm
from klankbord.engagements.models import MatchRound, MatchRow
from klankbord.engagements.queries.round_check import against
from klankbord.engagements.queries.rounds import (
    RoundFacts,
    coach_of_round,
    given_in,
    round_for,
    rounds_of,
    row_for,
    rows_of,
    spread_of,
    waiting_requests,
    weighed_of,
)
from klankbord.engagements.rules.fit import fit
from klankbord.engagements.rules.match import match_findings
from klankbord.engagements.rules.pairs import scores
from klankbord.engagements.rules.rounds import STEPS, Outcome, RoundState, help_in_words, room_within
from klankbord.engagements.views.coordination import waiting_words
from klankbord.engagements.wish_texts import labels
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import Finding, NotNow
from klankbord.policy.texts import policy_clause
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import Audience, audience

A_PAGE = 50
# So many requests can be ticked one by one; of more, everybody goes along.
TICKED_AT_ONCE = 200


def _only_coordinators(request: MemberRequest) -> None:
    if "coordinator" not in request.roles:
        raise PermissionDenied


def _readers() -> Audience:
    return audience("match_round", viewer=SeenAs.COORDINATOR)


@require_http_methods(["GET", "POST"])
def rounds(request: MemberRequest, organisation: str) -> HttpResponse:
    """Whom to match together."""
    _only_coordinators(request)
    everybody = waiting_requests(request.person)
    waiting = list(everybody[:TICKED_AT_ONCE])
    form = RoundForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        chosen = everybody if clean["who"] == EVERYBODY else everybody.filter(pk__in=clean["requests"])
        try:
            made = start_round(
                once=clean["once"], coordinator=request.person, requests=list(chosen), also=clean["also"]
            )
            return redirect("round", organisation, made.pk)
        except NotNow as refusal:
            messages.info(request, refusal.text(language_on_screen()))
    context = {
        "form": form,
        "waiting": [{"asked": one, "since": waiting_words(one.sent_at)} for one in waiting],
        "count": everybody.count(),
        "rounds": rounds_of(request.person),
        "audience": _readers(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "engagements/rounds/rounds.html", context, status=status)


@require_GET
def round_page(request: MemberRequest, organisation: str, round_id: UUID) -> HttpResponse:
    """A round: at work, to be looked over, or confirmed."""
    made = round_for(request.person, round_id, request.roles)
    context: dict[str, Any] = {"round": made, "audience": _readers()}
    if made.state == RoundState.WORKING or (made.state == RoundState.READY and made.step == STEPS):
        context |= {"step": made.step, "steps": STEPS, "confirming": made.step == STEPS}
        return render(request, "engagements/rounds/working.html", context)
    if made.state == RoundState.CONFIRMED:
        rest = rows_of(made).exclude(outcome=Outcome.PROPOSED)
        page = LongList(rest, A_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rest": [_left(row) for row in page]}
        return render(request, "engagements/rounds/confirmed.html", context)
    return render(request, "engagements/rounds/round.html", context | _proposal(request, made))


def _left(row: MatchRow) -> dict[str, Any]:
    return {"row": row, "said": OUTCOMES.get(Outcome(row.outcome), ""), "rules": _rules(row)}


def _rules(row: MatchRow) -> list[dict[str, Any]]:
    """The rules that kept coaches from a request, those that kept most first."""
    counts = sorted(row.why.items(), key=lambda one: (-one[1], one[0]))
    return [{"rule": _clause(clause), "count": count} for clause, count in counts]


def _clause(clause: str) -> str:
    return policy_clause(clause).wording.text(language_on_screen())


def _proposal(request: MemberRequest, made: MatchRound) -> dict[str, Any]:
    without = rows_of(made).filter(coach=None)
    page = LongList(rows_of(made).exclude(coach=None), A_PAGE).get_page(request.GET.get("page"))
    some = list(page)
    weighed = weighed_of(some, chosen_only=True)
    spread = spread_of(made)
    words = (help_in_words(kind, places, labels().languages) for kind, places in made.helps)
    return {
        "page": page,
        "rows": [_row(weighed, number) for number in range(len(some))],
        "without": [{"row": row, "rules": _rules(row)} for row in without[:A_PAGE]],
        "without_count": without.count(),
        "helps": [one.text(language_on_screen()) for one in words if one],
        "spread": spread,
        "most": max((share.coming for share in spread), default=0),
    }


def _row(weighed: RoundFacts, number: int) -> dict[str, Any]:
    """One request with its coach: what is good and less good about it, in words, and whether a rule came between."""
    row, place = weighed.rows[number], weighed.place_of(weighed.rows[number])
    if place < 0:
        return {"row": row, "blocks": [{"text": _("Not available as a coach any more."), "rule": ""}]}
    return {"row": row} | _words(weighed, number, place)


def _words(weighed: RoundFacts, number: int, place: int, more: tuple[Finding, ...] = ()) -> dict[str, Any]:
    facts, language = weighed.facts, language_on_screen()
    client = facts.clients[number]
    found = (*match_findings(client, facts.candidates[place], rules=facts.rules), *more)
    fits = fit(facts.wishes[number], facts.offers[place], client=client.name, labels=labels())
    return {
        "blocks": [{"text": one.text(language), "rule": _clause(one.clause)} for one in found if one.blocks],
        "good": [one.text(language) for one in fits.good],
        "less_good": [one.text(language) for one in (*(f for f in found if not f.blocks), *fits.less_good)],
    }


@require_http_methods(["GET", "POST"])
def round_row(request: MemberRequest, organisation: str, round_id: UUID, row_id: UUID) -> HttpResponse:
    """Another coach for one request. What the rules say shows as soon as somebody is chosen, before it is saved."""
    made = round_for(request.person, round_id, request.roles)
    row = row_for(made, row_id)
    if made.state != RoundState.READY or made.step == STEPS:
        return redirect("round", organisation, made.pk)
    note_opened("request.open", row.request, owner_id=row.request.client_id)
    weighed = weighed_of([row])
    chosen = request.POST if request.method == "POST" else request.GET if "coach" in request.GET else None
    form = RowForm(chosen, **_choices(weighed, made, row), initial={"coach": str(row.coach_id or "")})
    if request.method == "POST" and form.is_valid() and _changed(request, row, form):
        return redirect("round", organisation, made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {
        "round": made,
        "row": row,
        "form": form,
        "seen": _seen(weighed, row, form),
        "since": waiting_words(row.request.sent_at),
        "audience": _readers(),
    }
    return render(request, "engagements/rounds/row.html", context, status=status)


def _changed(request: MemberRequest, row: MatchRow, form: RowForm) -> bool:
    coach = coach_of_round(UUID(form.cleaned_data["coach"])) if form.cleaned_data["coach"] else None
    try:
        change_row(row=row, coach=coach)
    except NotNow as refusal:
        form.add_error("coach", refusal.text(language_on_screen()))
        return False
    names = {"client": row.request.client.first_name, "coach": coach.first_name if coach else ""}
    said = _("%(client)s stands beside %(coach)s now.") if coach else _("%(client)s waits for now.")
    messages.success(request, said % names)
    return True


def _choices(weighed: RoundFacts, made: MatchRound, row: MatchRow) -> dict[str, list[tuple[str, str]]]:
    """Every coach, those who can by how well they fit; room within this round counts."""
    shut, given = weighed.facts.shut_out()[0], given_in(made, besides=row)
    points = scores(weighed.facts.wishes, weighed.facts.offers)[0]
    can: list[int] = []
    cannot: list[int] = []
    for place, coach in enumerate(weighed.coaches):
        full = room_within(weighed.facts.candidates[place], given[coach.pk])
        (cannot if shut[place] or full else can).append(place)
    can.sort(key=lambda place: (-int(points[place]), weighed.coaches[place].sort_key))
    named = [
        [(str(weighed.coaches[place].pk), weighed.coaches[place].name) for place in some] for some in (can, cannot)
    ]
    return {"can": named[0], "cannot": named[1]}


def _seen(weighed: RoundFacts, row: MatchRow, form: RowForm) -> dict[str, Any] | None:
    """What there is to say about whoever is chosen in the form."""
    try:
        place = weighed.column[UUID(str(form["coach"].value()))]
    except (KeyError, ValueError):
        return None
    coach = coach_of_round(weighed.coaches[place].pk)
    # What the round itself has to say comes on top of the rules: no room left in it, or an earlier no.
    more = tuple(one for one in against(row=row, coach=coach) if one.code.startswith("round."))
    return {"coach": coach} | _words(weighed, 0, place, more)


@require_POST
def round_confirm(request: MemberRequest, organisation: str, round_id: UUID) -> HttpResponse:
    """Lay the coaches before the clients."""
    made = round_for(request.person, round_id, request.roles)
    try:
        confirm_or_leave(round=made, slug=organisation)
    except NotNow as refusal:
        messages.info(request, refusal.text(language_on_screen()))
        return redirect("round", organisation, made.pk)
    made.refresh_from_db()
    if made.state == RoundState.CONFIRMED:
        said = ngettext("%(n)s person can choose now.", "%(n)s people can choose now.", made.proposed)
        messages.success(request, said % {"n": made.proposed})
    return redirect("round", organisation, made.pk)


@require_POST
def round_discard(request: MemberRequest, organisation: str, round_id: UUID) -> HttpResponse:
    """Throw the sheet away."""
    discard_round(round=round_for(request.person, round_id, request.roles))
    messages.success(request, _("Thrown away. Nothing was proposed with it."))
    return redirect("rounds", organisation)
