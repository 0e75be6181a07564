"""Asking for coaching: words, wishes, a last look, and what follows.

Between the steps the answers are kept in one sealed draft at the address of step 1. So nothing of them lies in the
session or in an address, going back finds everything, and a lost session returns somebody to their words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core.language import language_on_screen
from klankbord.engagements.actions.requests import choose_coach, pass_proposal, send_request, withdraw_request
from klankbord.engagements.forms.asking import (
    Asking,
    Asks,
    SendForm,
    WishesForm,
    WordsForm,
    from_draft,
    theme_labels,
    whole_request,
    wishes_from_draft,
    wishes_in_words,
)
from klankbord.engagements.models import Request
from klankbord.engagements.queries.doors import proposal_for_client, request_for_client
from klankbord.engagements.queries.requests import (
    coach_for,
    coaching_from,
    declined_for,
    fresh_once,
    offers_of,
    open_requests_of,
    preference_of,
    request_sent_as,
    running_coaching_of,
    told_with,
)
from klankbord.engagements.queries.waiting import usual_wait
from klankbord.engagements.rules.lifecycle import REQUEST, RequestAct, RequestState, Role
from klankbord.engagements.views.guidance import address_of
from klankbord.people.api import Person
from klankbord.people.requests import MemberRequest
from klankbord.policy.api import neighbours, policy_in_force
from klankbord.policy.rules.checks import one_talk
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft, keep_draft


def _place(organisation: str) -> str:
    """Where the one draft of all three steps lies."""
    return reverse("ask", kwargs={"organisation": organisation})


def _names(request: MemberRequest) -> dict[SeenAs, str]:
    manager = request.person.manager
    return {SeenAs.MANAGER: manager.first_name} if manager else {}


def _audiences(request: MemberRequest) -> dict[str, Any]:
    """Who sees a request: of the page, and of its two parts."""
    names = _names(request)
    return {
        "audience": audience("request_words", "request", viewer=SeenAs.CLIENT, names=names),
        "words_audience": audience("request_words", viewer=SeenAs.CLIENT, names=names),
        "wishes_audience": audience("request", viewer=SeenAs.CLIENT, names=names),
    }


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, organisation: str) -> HttpResponse:
    """Step 1: in your own words."""
    kept = draft_at(_place(organisation))
    once = fresh_once(request.person, request.POST.get("once") or kept.get("once", ""))
    came_for = _came_for(request.GET.get("coach") or kept.get("coach", ""))
    first = {**from_draft(kept), "once": once, "coach": str(came_for.pk) if came_for else ""}
    form = WordsForm(request.POST) if request.method == "POST" else WordsForm(initial=first)
    if form.is_bound and form.is_valid():
        keep_draft(_place(organisation), {**kept, **form.kept(), "once": str(once)})
        return redirect("after_illness" if form.cleaned_data["coming_back"] else "ask_wishes", organisation)
    context = {
        "form": form,
        "open_requests": open_requests_of(request.person),
        "running": running_coaching_of(request.person),
        "came_for": came_for,
        "usual_wait": usual_wait(),
        **_audiences(request),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "engagements/asking/words.html", context, status=status)


def _came_for(kept: str) -> Person | None:
    """The coach whose page somebody came from. Whoever is no coach here is nobody."""
    try:
        return coach_for(UUID(kept))
    except (ValueError, Http404):
        return None


def _asks(kept: Mapping[str, str]) -> Asks:
    policy = policy_in_force().content
    return Asks(
        about_person=policy.match.wishes_about_person,
        one_talk=not one_talk(policy),
        coach=_came_for(kept.get("coach", "")),
    )


@require_http_methods(["GET", "POST"])
def ask_wishes(request: MemberRequest, organisation: str) -> HttpResponse:
    """Step 2: what kind of coach. Going back keeps what was chosen here."""
    kept = draft_at(_place(organisation))
    if not kept.get("words", "").strip():
        return redirect("ask", organisation)
    if kept.get("coming_back"):
        return redirect("after_illness", organisation)
    usual = {
        "length": WishesForm.SEVERAL,
        "language": request.person.language,
        "place": Request.Place.ANY,
        "employer": Request.Employer.ANY,
    }
    chosen = {name: value for name, value in kept.items() if value}
    first = {**usual, **wishes_from_draft(chosen)}
    asks = _asks(kept)
    form = WishesForm(request.POST, asks=asks) if request.method == "POST" else WishesForm(initial=first, asks=asks)
    if form.is_bound and form.is_valid():
        keep_draft(_place(organisation), {**kept, **form.kept()})
        return redirect("ask" if "back" in request.POST else "ask_send", organisation)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "engagements/asking/wishes.html", {"form": form, **_wishes_only(request)}, status=status)


def _wishes_only(request: MemberRequest) -> dict[str, Any]:
    return {"audience": audience("request", viewer=SeenAs.CLIENT, names=_names(request))}


@require_http_methods(["GET", "POST"])
def ask_send(request: MemberRequest, organisation: str) -> HttpResponse:
    """Step 3: read it back, see who will read what, and send it."""
    kept = draft_at(_place(organisation))
    asks = _asks(kept)
    asking = whole_request(kept, asks)
    form = SendForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        once = form.cleaned_data["once"]
        sent = request_sent_as(request.person, once)
        if sent is None and asking and form.cleaned_data["seen"] == asking.fingerprint:
            sent = _send(request, organisation, once, asking)
        if sent:
            return redirect("request", organisation, sent.pk)
        if asking:
            messages.info(request, _("Your text changed in the meantime. Read it once more before you send it."))
    if asking is None:
        return redirect("ask_wishes" if kept.get("words") else "ask", organisation)
    return render(request, "engagements/asking/check.html", _check(request, asking, kept.get("once", ""), asks))


def _send(request: MemberRequest, organisation: str, once: UUID, asking: Asking) -> Request:
    sent = send_request(
        once=once,
        slug=organisation,
        client=request.person,
        words=asking.words,
        shared=asking.shared,
        wishes=asking.wishes,
    )
    drop_draft(_place(organisation))
    messages.success(request, _("Your request has been sent."))
    return sent


def _check(request: MemberRequest, asking: Asking, once: str, asks: Asks) -> dict[str, Any]:
    wishes = asking.wishes
    coach = asks.coach if wishes.coach else None
    first = {"once": fresh_once(request.person, once), "seen": asking.fingerprint}
    return {
        "asking": asking,
        "themes": theme_labels(wishes.themes),
        "close_themes": theme_labels(wishes.sensitive_themes),
        "wishes": wishes_in_words(wishes, coach=coach, gender=wishes.gender),
        "form": SendForm(initial=first),
        **_audiences(request),
    }


@require_GET
def other_help(request: MemberRequest, organisation: str) -> HttpResponse:
    """Help that lives next door to coaching."""
    language, addresses = language_on_screen(), policy_in_force().content.addresses
    shown = [
        {
            "name": one.name.text(language),
            "fits": one.fits.text(language),
            "contact": one.contact.text(language) if one.contact else "",
            "address": address_of(addresses, one.id),
            "urgent": one.urgent,
        }
        for one in neighbours()
    ]
    return render(request, "engagements/asking/other_help.html", {"neighbours": shown})


@require_GET
def request_page(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    """One's own request: where it stands, the words, and the coaches there are to choose from."""
    asked = request_for_client(request.person, request_id)
    coaching = coaching_from(asked)
    state = RequestState(asked.state)
    told = told_with(asked)
    context = {
        "asked": asked,
        "coaching": coaching,
        "offers": _offers(request, asked) if state is RequestState.PROPOSED else [],
        "declined": declined_for(asked) if state in (RequestState.SENT, RequestState.PROPOSED) else [],
        "told": told,
        "themes": theme_labels(asked.themes),
        "close_themes": theme_labels(told.sensitive_themes) if told else [],
        "wishes": wishes_in_words(asked, **_preference(asked)),
        "may_withdraw": not coaching and RequestAct.WITHDRAW in REQUEST.acts(state, Role.CLIENT),
        # Once it was sent, "only you" would claim too much for the whole of it.
        "audience": replace(_audiences(request)["audience"], short=_("That differs by part: have a look.")),
    }
    return render(request, "engagements/asking/request.html", context)


def _preference(asked: Request) -> dict[str, Any]:
    wanted = preference_of(asked)
    return {"coach": wanted.coach, "gender": wanted.gender} if wanted else {}


def _offers(request: MemberRequest, asked: Request) -> list[dict[str, Any]]:
    """The cards: who it is, and what there is to know about the two, in words."""
    language = language_on_screen()
    return [
        {
            "proposal": offer.proposal,
            "coach": offer.proposal.coach,
            "reasons": [finding.text(language) for finding in offer.findings],
            "good": [finding.text(language) for finding in offer.fit.good],
            "less_good": [finding.text(language) for finding in offer.fit.less_good],
            "profile": offer.profile,
            "photo": offer.photo,
            "out_of_line": offer.out_of_line,
        }
        for offer in offers_of(asked, request.person)
    ]


@require_POST
def withdraw(request: MemberRequest, organisation: str, request_id: UUID) -> HttpResponse:
    """The client changes their mind. Once a coach was chosen, stopping is a matter between the two."""
    asked = request_for_client(request.person, request_id)
    coaching = coaching_from(asked)
    if coaching:
        messages.info(request, _("You have chosen a coach already. Here you can stop, or choose another coach."))
        return redirect("engagement", organisation, coaching.pk)
    try:
        withdraw_request(request=asked)
        messages.success(request, _("Your request has been withdrawn. Your words are gone."))
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
    return redirect("request", organisation, asked.pk)


@require_POST
def choose(request: MemberRequest, organisation: str, proposal: UUID) -> HttpResponse:
    """The client would like to get to know this coach."""
    offered = proposal_for_client(request.person, proposal)
    try:
        coaching = choose_coach(slug=organisation, proposal=offered)
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
        return redirect("request", organisation, offered.request_id)
    said = _("%(name)s knows that you would like to meet, and can read your request now.")
    messages.success(request, said % {"name": offered.coach.first_name})
    return redirect("engagement", organisation, coaching.pk)


@require_POST
def pass_on(request: MemberRequest, organisation: str, proposal: UUID) -> HttpResponse:
    """The client would rather have somebody else, and need not say why."""
    offered = proposal_for_client(request.person, proposal)
    try:
        pass_proposal(slug=organisation, proposal=offered)
        messages.success(request, _("Fine. You need not explain."))
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
        coaching = coaching_from(offered.request)
        if coaching and coaching.coach_id == offered.coach_id:
            return redirect("engagement", organisation, coaching.pk)
    return redirect("request", organisation, offered.request_id)
