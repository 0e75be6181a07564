"""Every address of an organisation runs in one transaction, as one person of that organisation."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import translation
from django.views.defaults import page_not_found

from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.people.kept_words import give_words_back, keep_words, mark_browser, way_back
from klankbord.people.models import Person
from klankbord.people.requests import MemberRequest
from klankbord.privacy import audit, vault
from klankbord.privacy.access import pages

type View = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Entrance:
    """What the database says of an account at the door of an organisation."""

    organisation: Organisation
    person_id: UUID
    roles: frozenset[str]
    guest: bool


def entrance(slug: str, account_id: UUID) -> Entrance | None:
    """Where this account may enter under *slug*; None when there is no such place, or no place for this account."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select organisation_id, name, language, person_id, roles, guest from klankbord_enter(%s, %s)",
            [slug, account_id],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    organisation = Organisation(id=row[0], slug=slug, name=row[1], language=row[2])
    return Entrance(organisation, row[3], frozenset(row[4]), row[5])


def open_to_guests(match: ResolverMatch) -> bool:
    """Whether a guest may knock here: at an engagement, whose own door then decides, and where the table says so.

    SECURITY: an address that nobody thought of is shut. Row security would show nothing behind it, but a page that
    counts, offers or refuses in words tells something as well.
    """
    page = pages().get(match.url_name or "")
    return "engagement" in match.kwargs or (page is not None and page.guests)


def open_to_visitors(match: ResolverMatch) -> bool:
    """Whether somebody may be here without signing in, as the access table says."""
    page = pages().get(match.url_name or "")
    return page is not None and page.public


def _place(request: HttpRequest) -> ResolverMatch | None:
    """Where this address leads; None when that is nowhere, or outside of organisations."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    return match if "organisation" in match.kwargs else None


class TenantMiddleware:
    """Signs in, enters, opens the transaction with the two settings, and closes it by what the answer was.

    Not ``ATOMIC_REQUESTS``: its transaction begins around the view only, so that settings made in a middleware are
    lost before it starts, without an error.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        vault.forget_keys()
        match = _place(request)
        if match is None:
            return self.get_response(request)
        if "\0" in unquote(request.META.get("QUERY_STRING", "")):
            # The database has no such character: whatever is looked for with it would be an error there.
            return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
        if open_to_visitors(match):
            return self._for_a_visitor(request, match.kwargs["organisation"])
        if not request.user.is_authenticated:
            return self._to_sign_in(request)
        account = request.user
        found = entrance(match.kwargs["organisation"], account.pk)
        if found and found.guest and not open_to_guests(match):
            self._note_refusal(request, found, match.url_name or "", HTTPStatus.NOT_FOUND)
            found = None
        if found is None:
            return self._nothing_here(request)
        try:
            return self._enter(cast(MemberRequest, request), found, match.url_name or "")
        finally:
            vault.forget_keys()

    def _enter(self, request: MemberRequest, found: Entrance, route: str) -> HttpResponseBase:
        with acting_in(found.organisation.id, found.person_id):
            request.organisation = found.organisation
            request.roles = found.roles
            request.guest = found.guest
            request.person = Person.objects.select_related("unit", "manager").get(pk=found.person_id)
            if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
                translation.activate(request.person.language)
                request.LANGUAGE_CODE = translation.get_language()
            give_words_back(request)
            request.before_the_view = transaction.savepoint_create()
            response = self.get_response(request)
            # SECURITY: a streaming body would run after the transaction, without the settings: it would see nothing,
            # or, on a pooled connection, whatever comes next.
            if response.streaming:
                raise RuntimeError("An organisation's pages may not stream")
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if response.status_code in (403, 404):
            self._note_refusal(request, found, route, response.status_code)
        mark_browser(request, response)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _for_a_visitor(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """A page of an organisation at which nobody signs in: nobody acts there, and the request has no ``person``.

        SECURITY: also for somebody who is signed in. Nothing is looked up of who that is and nothing is noted: a note
        of who was at the questionnaire, with a moment in it, would tell who answered.
        """
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation is None:
            return self._nothing_here(request)
        try:
            with acting_in(organisation.id):
                request.organisation = organisation  # type: ignore[attr-defined]
                request.before_the_view = transaction.savepoint_create()  # type: ignore[attr-defined]
                response = self.get_response(request)
                if response.streaming:
                    raise RuntimeError("An organisation's pages may not stream")
                if response.status_code >= 500:
                    transaction.set_rollback(True)
        finally:
            vault.forget_keys()
        response.headers["Cache-Control"] = "no-store"
        return response

    def _note_refusal(self, request: HttpRequest, found: Entrance, route: str, status: int) -> None:
        method = request.method or ""
        audit.record_denial(found.organisation.id, found.person_id, route=route, status=status, method=method)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A view that raised changes nothing, also where Django turns the exception into an answer."""
        before = getattr(request, "before_the_view", None)
        if before is not None:
            # To the savepoint and no further: the page that explains the error asks the database too.
            # In this order: Django refuses every statement, a roll-back too, as long as the flag is up.
            transaction.set_rollback(False)
            transaction.savepoint_rollback(before)

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            response.headers["HX-Redirect"] = reverse(settings.LOGIN_URL)
            return response
        if request.method == "POST":
            keep_words(request)
        return redirect_to_login(way_back(request), reverse(settings.LOGIN_URL))

    def _nothing_here(self, request: HttpRequest) -> HttpResponseBase:
        return page_not_found(request, Http404())
