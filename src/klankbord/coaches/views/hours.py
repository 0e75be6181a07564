"""Hours: counted, from before, and on a signed statement that can be checked without an account."""

import base64
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.coaches.actions.hours import (
    add_earlier_hours,
    remove_earlier_hours,
    sign_statement,
    withdraw_statement,
)
from klankbord.coaches.forms.growth import CodeForm, EarlierForm, StatementForm
from klankbord.coaches.hours import years_of_acting_coach
from klankbord.coaches.papers_of_hours import paper_of
from klankbord.coaches.queries.growth import (
    COACH,
    earlier_hours_for,
    earlier_hours_of,
    only_for,
    statement_for,
    statements_of,
    this_year,
    words_of,
)
from klankbord.coaches.queries.quality import hours_norm_for
from klankbord.coaches.queries.statements import checked, read_statement, statement_lines, statement_read
from klankbord.core.language import language_on_screen as language
from klankbord.core.paper import paper_response, pdf
from klankbord.people.requests import MemberRequest
from klankbord.privacy import signing, vault
from klankbord.privacy.access import Role
from klankbord.privacy.audience import audience

TEMPLATE = "coaches/hours_statement"


@require_GET
def my_hours(request: MemberRequest, organisation: str) -> HttpResponse:
    """What was counted by year, what was before, and the statements that were signed."""
    only_for(request.roles, COACH)
    return _my_hours(request, EarlierForm())


def _my_hours(request: MemberRequest, form: EarlierForm, status: int = HTTPStatus.OK) -> HttpResponse:
    statements, norm = statements_of(request.person), hours_norm_for(request.person)
    counted = ("hours_of_norm",) if norm else ()
    context = {
        "audience": audience("earlier_hours", "hours_statement", *counted, viewer=Role.COACH),
        "years": years_of_acting_coach(),
        "norm": norm,
        "earlier": earlier_hours_of(request.person),
        "statements": [
            {"row": row, "read": read_statement(row), "withdrawn": bool(row.withdrawals.all())} for row in statements
        ],
        "form": form,
    }
    return render(request, "coaches/growth/hours.html", context, status=status)


@require_POST
def add_earlier(request: MemberRequest, organisation: str) -> HttpResponse:
    """State hours from before."""
    only_for(request.roles, COACH)
    form = EarlierForm(request.POST)
    if not form.is_valid():
        return _my_hours(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    add_earlier_hours(coach=request.person, **form.cleaned_data)
    messages.success(request, _("Kept. Only you see this."))
    return redirect("craft_hours", organisation)


@require_POST
def remove_earlier(request: MemberRequest, organisation: str, earlier: UUID) -> HttpResponse:
    """Take hours from before away."""
    only_for(request.roles, COACH)
    remove_earlier_hours(row=earlier_hours_for(request.person, earlier))
    messages.success(request, _("Taken away. A statement that was signed before stays as it was."))
    return redirect("craft_hours", organisation)


@require_http_methods(["GET", "POST"])
def statement(request: MemberRequest, organisation: str) -> HttpResponse:
    """Choose the years, see what will stand on the statement, and have it signed."""
    only_for(request.roles, COACH)
    if request.method == "GET":
        usual = {"from_year": this_year(), "until_year": this_year(), "with_earlier": True}
        return _statement(request, StatementForm(initial=usual))
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _statement(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    wanted = {name: form.cleaned_data[name] for name in ("from_year", "until_year", "with_earlier")}
    name = request.organisation.name
    if "sign" not in request.POST:
        lines = statement_lines(coach=request.person, organisation=name, **wanted)
        return _statement(request, form, preview=statement_read(lines))
    sign_statement(once=form.cleaned_data["once"], coach=request.person, organisation=name, **wanted)
    messages.success(request, _("Signed. Take it along below as a paper."))
    return redirect("craft_hours", organisation)


def _statement(request: MemberRequest, form: StatementForm, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    context = {"form": form, "audience": audience("hours_statement", viewer=Role.COACH), **more}
    return render(request, "coaches/growth/statement.html", context, status=status)


@require_GET
def statement_paper(request: MemberRequest, organisation: str, statement: UUID) -> HttpResponse:
    """The statement on paper, with its code and the address where it can be checked."""
    only_for(request.roles, COACH)
    row = statement_for(request.person, statement)
    code = words_of(row, "code")
    if not code:
        messages.info(request, _("The code of this statement can no longer be read. Have a new one signed."))
        return redirect("craft_hours", organisation)
    facts = paper_of(row, code, address=settings.BASE_URL + reverse("statement_check"))
    content = pdf(
        TEMPLATE, facts, language=language(), title=_("Statement of coaching hours"), author=request.organisation.name
    )
    return paper_response(content, _("statement-of-hours"))


@require_POST
def withdraw(request: MemberRequest, organisation: str, statement: UUID) -> HttpResponse:
    """Stand by a statement no longer."""
    only_for(request.roles, COACH)
    withdraw_statement(statement=statement_for(request.person, statement))
    messages.success(request, _("Withdrawn. Whoever checks the code reads that."))
    return redirect("craft_hours", organisation)


# --- outside an organisation ----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a statement on paper is genuine, for whoever has its code. No account, and no session.

    The code is never part of the address that is asked for, so it stands in no log on the way.
    """
    vault.forget_keys()
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    found = checked(form.cleaned_data["code"]) if form.is_bound and form.is_valid() else None
    if found and request.POST.get("as") == "data":
        return _unseen(HttpResponse(found.signed_text, content_type="application/json", headers=_attached()))
    if form.is_bound and form.is_valid() and found is None:
        form.add_error("code", _("There is no statement with this code. Look whether every letter is right."))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and found is None else HTTPStatus.OK
    context: dict[str, Any] = {"form": form, "found": found}
    if found:
        context |= {
            "public_key": base64.b64encode(found.public_key).decode(),
            "signature": base64.b64encode(found.signature).decode(),
            "fingerprint": signing.fingerprint(found.public_key),
        }
    return _unseen(render(request, "coaches/growth/check.html", context, status=status))


def _attached() -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{_("statement-of-hours")}.json"'}


def _unseen(response: HttpResponse) -> HttpResponse:
    """Not kept by a browser, not told to the next page, not found by a search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
