"""Taking the own words along: as a file, or by an address that works for a while without an account."""

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.engagements.actions.leaving import (
    Way,
    make_farewell,
    note_taken_along,
    use_farewell,
    withdraw_farewell,
)
from klankbord.engagements.forms.leaving import FarewellForm, SecretForm
from klankbord.engagements.models import Farewell
from klankbord.engagements.queries.leaving import (
    Chapter,
    by_secret,
    farewell_of,
    farewells_of,
    has_been_coached,
    own_words,
)
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience


@require_http_methods(["GET", "POST"])
def my_words(request: MemberRequest, organisation: str) -> HttpResponse:
    """Take your words along now, or leave an address for later."""
    if request.method == "GET":
        return _my_words(request, FarewellForm())
    form = FarewellForm(request.POST)
    if not form.is_valid():
        return _my_words(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    way = make_farewell(
        once=form.cleaned_data["once"],
        person=request.person,
        address=form.cleaned_data["address"],
        on_leaving=form.cleaned_data["when"] == FarewellForm.ON_LEAVING,
    )
    if not way.link:
        messages.success(request, _("Kept. The link is mailed there once you have left."))
        return redirect("my_words", organisation)
    # Shown once, on this very page: a link that travels through a redirect would stand in a place of its own.
    return _my_words(request, FarewellForm(), way=way)


def _my_words(
    request: MemberRequest, form: FarewellForm, status: int = HTTPStatus.OK, *, way: Way | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "way": way,
        "coached": has_been_coached(request.person),
        "farewells": list(farewells_of(request.person)),
        "audience": audience("farewell", viewer=SeenAs.SELF),
    }
    return render(request, "engagements/leaving/my_words.html", context, status=status)


@require_GET
def words_page(request: MemberRequest, organisation: str) -> HttpResponse:
    """Your words as one page that can be read without Klankbord."""
    note_taken_along(person=request.person)
    return _as_page(own_words(request.person), request.person.first_name)


@require_GET
def words_data(request: MemberRequest, organisation: str) -> HttpResponse:
    """The same as data."""
    note_taken_along(person=request.person)
    return _as_data(own_words(request.person))


@require_POST
def withdraw(request: MemberRequest, organisation: str, farewell: UUID) -> HttpResponse:
    """The address stops working."""
    withdraw_farewell(farewell=farewell_of(request.person, farewell))
    messages.success(request, _("This link does not work any more."))
    return redirect("my_words", organisation)


@require_http_methods(["GET", "POST"])
def words_by_address(request: HttpRequest) -> HttpResponse:
    """Your words, for whoever has the link; no account is needed.

    Nothing is shown on opening: a program that looks at links in mail opens them too, and must not use this one.
    """
    form = SecretForm(request.POST) if request.method == "POST" else SecretForm()
    status = HTTPStatus.OK
    if form.is_bound and form.is_valid():
        with by_secret(form.cleaned_data["secret"].rpartition("#")[2]) as farewell:
            if farewell is not None:
                use_farewell(farewell=farewell)
                return _unseen(_handed_over(request, farewell))
        form.add_error("secret", _("This link does not work, or does not work any more."))
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _unseen(render(request, "engagements/leaving/by_address.html", {"form": form}, status=status))


def _handed_over(request: HttpRequest, farewell: Farewell) -> HttpResponse:
    with translation.override(farewell.person.language):
        words = own_words(farewell.person)
        if request.POST.get("as") == "data":
            return _as_data(words)
        context = {"chapters": words, "name": farewell.person.first_name}
        return render(request, "engagements/leaving/words_on_screen.html", context)


def _unseen(response: HttpResponse) -> HttpResponse:
    """Not kept by a browser, not told to the next page, not found by a search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _as_page(chapters: list[Chapter], name: str) -> HttpResponse:
    page = render_to_string("engagements/leaving/words.html", {"chapters": chapters, "name": name})
    return HttpResponse(page, headers={"Content-Disposition": f'attachment; filename="{_("my-words")}.html"'})


def _as_data(chapters: list[Chapter]) -> HttpResponse:
    told: list[dict[str, Any]] = [
        {
            "coach": chapter.coach,
            "since": chapter.since.isoformat(),
            "texts": [
                {"title": one.title, "written_at": one.when.isoformat(), "by": one.who, "text": one.text}
                for one in chapter.passages
            ],
        }
        for chapter in chapters
    ]
    body = json.dumps(told, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{_("my-words")}.json"'}
    return HttpResponse(body, content_type="application/json", headers=headers)
