"""A manager suggests coaching; the employee answers for themselves."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.core.language import language_on_screen
from klankbord.engagements.actions._reading import note_opened
from klankbord.engagements.actions.referrals import (
    answer_referral,
    ask_about_referral,
    reply_to_question,
    suggest_coaching,
)
from klankbord.engagements.forms.referrals import AnswerForm, AskFirstForm, ReplyForm, SuggestForm
from klankbord.engagements.models import Referral, ReferralQuestion
from klankbord.engagements.queries.doors import referral_for
from klankbord.engagements.queries.requests import (
    answer_to,
    letters_of,
    people_to_ask,
    question_for,
    questions_about,
    referral_for_client,
)
from klankbord.engagements.rules.lifecycle import REFERRAL, ReferralAct, ReferralState, Role
from klankbord.people.api import reports_of
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import NAMES, Audience, Line, audience
from klankbord.privacy.drafts import draft_at, drop_draft


def _status(form: Any) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.is_bound else HTTPStatus.OK


def _typed(place: str, *names: str) -> dict[str, str]:
    """What was being typed here, without the id of the sending: every page makes a new one."""
    return {name: value for name, value in draft_at(place).items() if name in names}


@require_http_methods(["GET", "POST"])
def suggest(request: MemberRequest, organisation: str) -> HttpResponse:
    """The manager's own words to one of their people, and what was written before."""
    reports = reports_of(request.person)
    if not reports.exists():
        raise PermissionDenied
    if request.method == "POST":
        form = SuggestForm(request.POST, reports=reports)
        if form.is_valid():
            return _suggested(request, organisation, form)
    else:
        form = SuggestForm(initial=_typed(request.path, "client", "text"), reports=reports)
    names = {SeenAs.CLIENT: _("the one you write to")}
    context = {
        "form": form,
        "letters": letters_of(request.person),
        "audience": audience("referral", viewer=SeenAs.MANAGER, names=names),
    }
    return render(request, "engagements/referrals/suggest.html", context, status=_status(form))


def _suggested(request: MemberRequest, organisation: str, form: SuggestForm) -> HttpResponse:
    clean = form.cleaned_data
    suggest_coaching(
        once=clean["once"], slug=organisation, manager=request.person, client=clean["client"], text=clean["text"]
    )
    drop_draft(request.path)
    said = _("%(name)s can read it now. You will hear the answer from %(name)s.")
    messages.success(request, said % {"name": clean["client"].first_name})
    return redirect("suggest", organisation)


@require_http_methods(["GET"])
def referral(request: MemberRequest, organisation: str, referral: UUID) -> HttpResponse:
    """The literal text: for the employee with three ways on, for its writer as it was sent and nothing more."""
    found = referral_for(request.person, referral)
    context: dict[str, Any] = {"referral": found, "text": vault.read(found, "text")}
    if found.client_id != request.person.pk:
        # SECURITY: nothing here looks at the answer. What became of it is the employee's to tell.
        names = {SeenAs.CLIENT: found.client.first_name}
        context["audience"] = audience("referral", viewer=SeenAs.MANAGER, names=names)
        return render(request, "engagements/referrals/sent.html", context)
    state = answer_to(found)
    acts = REFERRAL.acts(state, Role.CLIENT)
    context |= {
        "state": state.value,
        "questions": questions_about(found),
        "may_say_yes": ReferralAct.SAY_YES in acts,
        "may_ask": ReferralAct.ASK in acts or state is ReferralState.QUESTION,
        "may_say_not_now": ReferralAct.SAY_NOT_NOW in acts,
        "audience": audience(
            "referral", "referral_answer", viewer=SeenAs.CLIENT, names={SeenAs.MANAGER: found.manager.first_name}
        ),
    }
    return render(request, "engagements/referrals/referral.html", context)


@require_POST
def answer(request: MemberRequest, organisation: str, referral: UUID) -> HttpResponse:
    """Yes leads to asking in your own words; not now leads nowhere, and nobody is told."""
    found = referral_for_client(request.person, referral)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return redirect("referral", organisation, found.pk)
    try:
        answer_referral(referral=found, act=form.cleaned_data["act"])
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
        return redirect("referral", organisation, found.pk)
    name = {"name": found.manager.first_name}
    if form.cleaned_data["act"] is ReferralAct.SAY_YES:
        messages.success(request, _("Tell in your own words what is on your mind. %(name)s does not read it.") % name)
        return redirect("ask", organisation)
    messages.success(request, _("Fine. %(name)s hears this from you alone. You can always come back to it.") % name)
    return redirect("referral", organisation, found.pk)


@require_http_methods(["GET", "POST"])
def ask_first(request: MemberRequest, organisation: str, referral: UUID) -> HttpResponse:
    """A question first, to the one who wrote or to a coordinator."""
    found = referral_for_client(request.person, referral)
    people = people_to_ask(found)
    if request.method == "POST":
        form = AskFirstForm(request.POST, referral=found, people=people)
        if form.is_valid():
            return _asked(request, organisation, found, form)
    else:
        first = {"asked": str(people[0].pk), **_typed(request.path, "asked", "text")}
        form = AskFirstForm(initial=first, referral=found, people=people)
    whoever = audience("referral_question", viewer=SeenAs.CLIENT, names={SeenAs.ASKED: _("the one you ask")})
    context = {"referral": found, "form": form, "audience": _but_for(whoever, _("Nobody else."))}
    return render(request, "engagements/referrals/ask_first.html", context, status=_status(form))


def _asked(request: MemberRequest, organisation: str, found: Referral, form: AskFirstForm) -> HttpResponse:
    clean = form.cleaned_data
    try:
        ask_about_referral(
            once=clean["once"], slug=organisation, referral=found, asked=clean["asked"], text=clean["text"]
        )
        drop_draft(request.path)
        messages.success(request, _("%(name)s can read your question now.") % {"name": clean["asked"].first_name})
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
    return redirect("referral", organisation, found.pk)


@require_http_methods(["GET", "POST"])
def question(request: MemberRequest, organisation: str, question: UUID) -> HttpResponse:
    """One question: for who was asked with room to reply, for who asked to read back."""
    found = question_for(request.person, question)
    row = found.row
    mine = row.client_id == request.person.pk
    form = None
    if not mine and row.answered_at is None:
        form = ReplyForm(request.POST) if request.method == "POST" else ReplyForm(initial=_typed(request.path, "text"))
    if form and form.is_bound and form.is_valid():
        reply_to_question(slug=organisation, question=row, text=form.cleaned_data["text"])
        drop_draft(request.path)
        messages.success(request, _("%(name)s can read your answer now.") % {"name": row.client.first_name})
        return redirect("referral_question", organisation, row.pk)
    if not mine:
        note_opened("referral_question.open", row, owner_id=row.client_id)
    elif request.method == "POST":
        raise Http404
    context = {"question": found, "mine": mine, "form": form, "audience": _between(row, mine=mine)}
    return render(request, "engagements/referrals/question.html", context, status=_status(form))


def _between(row: ReferralQuestion, *, mine: bool) -> Audience:
    """Who sees a question: the two of them, whether the manager was asked or a coordinator."""
    names = {SeenAs.CLIENT: row.client.first_name, SeenAs.ASKED: row.asked.first_name}
    told = audience("referral_question", viewer=SeenAs.CLIENT if mine else SeenAs.ASKED, names=names)
    both = _("You and %(name)s.") % {"name": (row.asked if mine else row.client).first_name}
    told = replace(told, short=both)
    manager = row.client.manager
    of_manager = manager is None or manager.pk == row.asked_id
    other = str(NAMES[SeenAs.COORDINATOR]) if of_manager else manager.first_name
    return _but_for(told, _("Nobody else. Not %(who)s either.") % {"who": other})


def _but_for(told: Audience, kept_out: str) -> Audience:
    """The same audience, where a coordinator may be the one who was asked: others are kept out then."""
    lines = [line for line in told.lines if line.kind != "hidden"]
    return Audience(told.short, (*lines, Line("hidden", kept_out)))
