"""Lending coaches: the coordinator's pages, and the coach's own choice."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.coaches.lending import actions
from klankbord.coaches.lending.forms import BeLentForm, CodeForm, EndForm, InviteForm, NameForm, TermsForm, YesForm
from klankbord.coaches.lending.paper import facts_of, lender_and_borrower, paper_of
from klankbord.coaches.lending.queries import (
    agreement_for,
    agreements,
    open_to,
    pool_of,
    terms_in_force,
    version_for,
    versions_of,
    years_elsewhere,
)
from klankbord.coaches.lending.rules import earliest_end
from klankbord.coaches.lending.texts import parts_of, text_to_start_from
from klankbord.coaches.models import LendingAgreement, LendingVersion, Side
from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.core.paper import paper_response
from klankbord.people.api import person_for
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.audience import Audience, Line

COORDINATOR, COACH = "coordinator", "coach"


def _need(request: MemberRequest, *roles: str) -> None:
    if not request.roles & set(roles):
        raise PermissionDenied


# The access table speaks of one organisation. What lies at two is told in words of its own.


def _seen_by_coordinators(other: str = "") -> Audience:
    if other:
        both = _("The coordinators here and at %(name)s.") % {"name": other}
        later = Line("lock", _("The coaches of the lending side, once both said yes."))
        return Audience(short=both, lines=(Line("eye", both), later, Line("hidden", _("Nobody else."))))
    here, there = _("You and the other coordinators."), _("Of an agreement also the coordinators of the other side.")
    return Audience(short=here, lines=(Line("eye", here), Line("eye", there), Line("hidden", _("Nobody else."))))


def _seen_of_coach(other: str = "") -> Audience:
    here = _("You and the coordinators here.")
    there = (
        _("Everybody at %(name)s: your name and your profile.") % {"name": other}
        if other
        else _("Where you take part also everybody there: your name and your profile.")
    )
    return Audience(short=here, lines=(Line("eye", here), Line("eye", there), Line("hidden", _("Nobody else."))))


# --- All agreements, and a code for a new one -------------------------------------------------------------------------


@require_GET
def lending(request: MemberRequest, organisation: str) -> HttpResponse:
    """With whom this organisation lends and borrows, and how to begin."""
    _need(request, COORDINATOR)
    return _overview(request)


def _overview(request: MemberRequest, *, status: int = HTTPStatus.OK, **more: object) -> HttpResponse:
    context = {
        "rows": [{"agreement": one, "state": _state(one)} for one in agreements()],
        "invite": InviteForm(),
        "take_up": CodeForm(),
        "audience": _seen_by_coordinators(),
        **more,
    }
    return render(request, "coaches/lending/lending.html", context, status=status)


def _state(agreement: LendingAgreement) -> str:
    words = {
        LendingAgreement.State.DRAFTING: _("being written"),
        LendingAgreement.State.IN_FORCE: _("in force"),
        LendingAgreement.State.ENDED: _("over"),
    }
    return words[LendingAgreement.State(agreement.state)]


@require_POST
def lending_invite(request: MemberRequest, organisation: str) -> HttpResponse:
    """Make a code. It is shown here, once."""
    _need(request, COORDINATOR)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _overview(request, invite=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    code = actions.invite(coordinator=request.person, side=Side(form.cleaned_data["side"]))
    return _overview(request, code=code)


@require_POST
def lending_take_up(request: MemberRequest, organisation: str) -> HttpResponse:
    """Begin with the code of another organisation."""
    _need(request, COORDINATOR)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            own = actions.take_up(code=form.cleaned_data["code"])
        except NotNow as error:
            form.add_error("code", error.text(language_on_screen()))
        else:
            return redirect("lending_agreement", organisation, own)
    return _overview(request, take_up=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


# --- One agreement ----------------------------------------------------------------------------------------------------


@require_GET
def lending_agreement(request: MemberRequest, organisation: str, lending: UUID) -> HttpResponse:
    """What lies on the table, who said yes, and which coaches take part."""
    _need(request, COORDINATOR)
    agreement = agreement_for(lending)
    versions = versions_of(agreement)
    last = versions[0] if versions else None
    lender, borrower = lender_and_borrower(agreement, request.organisation.name)
    context = {
        "agreement": agreement,
        "state": _state(agreement),
        "lends": agreement.side == Side.LENDS,
        "over": agreement.state == LendingAgreement.State.ENDED,
        "in_force": agreement.state == LendingAgreement.State.IN_FORCE,
        "versions": versions,
        "terms": terms_in_force(versions),
        "pool": pool_of(agreement) if agreement.state != LendingAgreement.State.DRAFTING else [],
        "lender": lender,
        "borrower": borrower,
        "audience": _seen_by_coordinators(agreement.other),
        **(_shown(agreement, last) if last else {}),
    }
    return render(request, "coaches/lending/agreement.html", context)


def _shown(agreement: LendingAgreement, last: LendingVersion) -> dict[str, Any]:
    return {
        "last": last,
        "parts": parts_of(last.text),
        "counted": facts_of(last),
        "my_turn": last.written_by != agreement.side and not last.agreed,
        "theirs": last.written_by == agreement.side and not last.agreed,
    }


@require_http_methods(["GET", "POST"])
def lending_write(request: MemberRequest, organisation: str, lending: UUID) -> HttpResponse:
    """Write the next version. Whoever writes says yes to it with that."""
    _need(request, COORDINATOR)
    agreement = agreement_for(lending)
    if agreement.state == LendingAgreement.State.ENDED:
        messages.info(request, _("This agreement is over."))
        return redirect("lending_agreement", organisation, agreement.pk)
    if request.method == "GET":
        return _writing(request, agreement, TermsForm(initial=_to_start_from(request, agreement)))
    form = TermsForm(request.POST)
    if form.is_valid():
        try:
            actions.write(
                agreement=agreement, terms=form.terms(language_on_screen()), based_on=form.cleaned_data["based_on"]
            )
        except NotNow as error:
            form.add_error(None, error.text(language_on_screen()))
        else:
            messages.success(request, _("Written down. %(name)s can read it now.") % {"name": agreement.other})
            return redirect("lending_agreement", organisation, agreement.pk)
    return _writing(request, agreement, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _to_start_from(request: MemberRequest, agreement: LendingAgreement) -> dict[str, Any]:
    last = next(iter(versions_of(agreement)), None)
    if last:
        names = ("text", "starts_on", "until", "places", "named_only", "notice_months")
        return {"based_on": last.number, **{name: getattr(last, name) for name in names}}
    lender, borrower = lender_and_borrower(agreement, request.organisation.name)
    text = text_to_start_from(language_on_screen(), lender=lender, borrower=borrower)
    return {"based_on": 0, "text": text, "starts_on": clock.today(), "notice_months": 2}


def _writing(
    request: MemberRequest, agreement: LendingAgreement, form: TermsForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"agreement": agreement, "form": form, "audience": _seen_by_coordinators(agreement.other)}
    return render(request, "coaches/lending/write.html", context, status=status)


@require_POST
def lending_yes(request: MemberRequest, organisation: str, lending: UUID) -> HttpResponse:
    """Say yes for this organisation."""
    _need(request, COORDINATOR)
    agreement = agreement_for(lending)
    form = YesForm(request.POST)
    try:
        actions.say_yes(agreement=agreement, number=form.cleaned_data["number"] if form.is_valid() else 0)
        messages.success(request, _("You agree. From now on coaches can take part."))
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
    return redirect("lending_agreement", organisation, agreement.pk)


@require_http_methods(["GET", "POST"])
def lending_end(request: MemberRequest, organisation: str, lending: UUID) -> HttpResponse:
    """Give notice: what that means, and from which day."""
    _need(request, COORDINATOR)
    agreement = agreement_for(lending)
    terms = terms_in_force(versions_of(agreement))
    earliest = earliest_end(clock.today(), terms.notice_months if terms else 0)
    form = EndForm(request.POST if request.method == "POST" else None, earliest=earliest)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(agreement=agreement, last_day=form.cleaned_data["last_day"])
        except NotNow as error:
            form.add_error("last_day", error.text(language_on_screen()))
        else:
            messages.success(request, _("Notice is given. What runs is finished."))
            return redirect("lending_agreement", organisation, agreement.pk)
    context = {
        "agreement": agreement,
        "form": form,
        "earliest": earliest,
        "audience": _seen_by_coordinators(agreement.other),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "coaches/lending/end.html", context, status=status)


@require_POST
def lending_name(request: MemberRequest, organisation: str, lending: UUID) -> HttpResponse:
    """Name a coach who may be lent, or take the name off."""
    _need(request, COORDINATOR)
    agreement = agreement_for(lending)
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a coach."))
        return redirect("lending_agreement", organisation, agreement.pk)
    coach = person_for(form.cleaned_data["coach"])
    try:
        actions.name_coach(agreement=agreement, coach=coach, named=form.cleaned_data["named"])
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
    return redirect("lending_agreement", organisation, agreement.pk)


@require_GET
def lending_pdf(request: MemberRequest, organisation: str, lending: UUID, version: int) -> HttpResponse:
    """One version on paper, for coordinators, and for coaches once it was agreed on."""
    _need(request, COORDINATOR, COACH)
    agreement = agreement_for(lending)
    content = paper_of(agreement, version_for(agreement, version), request.organisation.name)
    return paper_response(content, _("agreement"))


# --- The coach's own choice -------------------------------------------------------------------------------------------


@require_GET
def being_lent(request: MemberRequest, organisation: str) -> HttpResponse:
    """Where this coach may coach besides here, and where they do."""
    _need(request, COACH)
    context = {"rows": open_to(request.person), "years": years_elsewhere(), "audience": _seen_of_coach()}
    return render(request, "coaches/lending/being_lent.html", context)


@require_http_methods(["GET", "POST"])
def be_lent_page(request: MemberRequest, organisation: str, lending: UUID) -> HttpResponse:
    """Read what it means, and say yes; saying it again brings the profile there up to date."""
    _need(request, COACH)
    agreement = agreement_for(lending)
    terms = terms_in_force(versions_of(agreement))
    form = BeLentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.be_lent(agreement=agreement, coach=request.person, at_most=form.cleaned_data["at_most"])
        except NotNow as error:
            form.add_error(None, error.text(language_on_screen()))
        else:
            said = _("%(name)s can propose you now, with your profile as it is today.")
            messages.success(request, said % {"name": agreement.other})
            return redirect("being_lent", organisation)
    context = {
        "agreement": agreement,
        "form": form,
        "terms": terms,
        "parts": parts_of(terms.text) if terms else [],
        "counted": facts_of(terms) if terms else [],
        "audience": _seen_of_coach(agreement.other),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "coaches/lending/be_lent.html", context, status=status)


@require_POST
def be_lent_stop(request: MemberRequest, organisation: str, lending: UUID) -> HttpResponse:
    """The coach takes the yes back."""
    _need(request, COACH)
    agreement = agreement_for(lending)
    actions.be_lent_no_longer(agreement=agreement, coach=request.person)
    messages.success(request, _("Nobody new will be proposed to you there. What runs, you finish."))
    return redirect("being_lent", organisation)
