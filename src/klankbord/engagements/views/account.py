"""The account of a year: one page for everybody, made by a coordinator and published once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.core.paper import paper_response, pdf
from klankbord.engagements.account_texts import chapters
from klankbord.engagements.actions.account import publish_account
from klankbord.engagements.forms.account import AccountForm
from klankbord.engagements.models import YearAccount
from klankbord.engagements.queries.account import (
    account_of,
    accounts_published,
    figures_of,
    published_of,
    year_to_make,
)
from klankbord.engagements.rules.account import is_over
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience

TEMPLATE = "engagements/account"


def _seen(request: MemberRequest, *, published: bool = True) -> Audience:
    viewer = SeenAs.COORDINATOR if "coordinator" in request.roles else SeenAs.SELF
    return audience("year_account", viewer=viewer, reached=(When.PUBLISHED,) if published else ())


@require_GET
def accounts(request: MemberRequest, organisation: str) -> HttpResponse:
    """The years of which there is an account; for coordinators also those that can be made."""
    published = accounts_published()
    context = {"accounts": published, "audience": _seen(request)}
    if "coordinator" in request.roles:
        this_year, done = clock.today().year, {one.year for one in published}
        context |= {"this_year": this_year, "last_year": None if this_year - 1 in done else this_year - 1}
    return render(request, "engagements/account/accounts.html", context)


@require_GET
def account(request: MemberRequest, organisation: str, year: int) -> HttpResponse:
    """The account of a year, for everybody."""
    found = account_of(year)
    context = {"account": found, "year": year, "chapters": chapters(found.figures)}
    context |= {"protected": protected_words(), "audience": _seen(request)}
    return render(request, "engagements/account/account.html", context)


@require_GET
def account_paper(request: MemberRequest, organisation: str, year: int) -> HttpResponse:
    """The same on one page of paper."""
    found = account_of(year)
    title = _("Coaching in %(year)d") % {"year": year}
    facts = paper_of(found, request.organisation.name)
    content = pdf(TEMPLATE, facts, language=language_on_screen(), title=title, author=request.organisation.name)
    return paper_response(content, f"{_('account')}-{year}")


def paper_of(found: YearAccount, organisation: str) -> dict[str, Any]:
    """The facts for the template."""
    own = ((_("In our own words"), found.words), (_("What we do with it"), found.plan))
    lead = _("The account of %(organisation)s, published by %(name)s on %(day)s.")
    return {
        "lead": lead
        % {
            "organisation": organisation,
            "name": found.author.name,
            "day": date_format(found.published_at, "j F Y"),
        },
        "chapters": [{"title": one.title, "sentences": one.sentences} for one in chapters(found.figures)],
        "own": [[heading, words] for heading, words in own if words],
        "tongue": found.language,
        "protected": protected_words(),
    }


def protected_words() -> str:
    """Why some figures do not stand there."""
    return _(
        "Figures stand here from five people on. Where the parts of a total are missing, one of them is about fewer "
        "than five people. Nothing is told of a department, a coach or a single person. Once published, it never "
        "changes."
    )


@require_http_methods(["GET", "POST"])
def make_account(request: MemberRequest, organisation: str, year: int) -> HttpResponse:
    """How the account would read; of a year that is over, to publish it as well."""
    if "coordinator" not in request.roles:
        raise PermissionDenied
    year_to_make(year)
    if published_of(year):
        if request.method == "POST":
            messages.info(request, _("The account of %(year)d was published already.") % {"year": year})
        return redirect("year_account", organisation, year)
    over = is_over(year, clock.today())
    form = AccountForm(request.POST or None) if over else None
    if request.method == "POST" and form is not None and form.is_valid():
        publish_account(author=request.person, year=year, language=language_on_screen(), **form.cleaned_data)
        messages.success(request, _("Published. Everybody in the organisation can read it."))
        return redirect("year_account", organisation, year)
    context = {
        "year": year,
        "over": over,
        "form": form,
        "chapters": chapters(figures_of(year), runs=not over),
        "protected": protected_words(),
        "audience": _seen(request, published=False),
    }
    refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "engagements/account/make.html", context, status=status)
