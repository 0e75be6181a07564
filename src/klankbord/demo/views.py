"""Signing in to the demo is choosing who you are. These addresses exist in a demo installation only."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.demo.cast import CAST, Character
from klankbord.demo.scan import open_scan_of
from klankbord.people.models import Person
from klankbord.people.queries import account_by_email


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The people of the demo, each with what they came for; choosing one signs you in as that person."""
    # SECURITY: this signs anybody in as anybody. The route is absent outside a demo; this refuses all the same.
    if not settings.DEMO:
        raise Http404
    if request.method == "GET":
        return render(
            request, "demo/choose.html", {"cast": CAST, "asked": {one.email for one in CAST if _scan_of(one)}}
        )
    chosen = next((one for one in CAST if one.email == request.POST.get("email")), None)
    account = account_by_email(chosen.email) if chosen else None
    if chosen is None or account is None:
        raise Http404
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("today", organisation=chosen.slug)


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """Open the link in somebody's letter about the culture scan, as from their mail. Nobody is signed in for it."""
    # SECURITY: it gives anybody the link of anybody. The route is absent outside a demo; this refuses all the same.
    if not settings.DEMO:
        raise Http404
    chosen = next((one for one in CAST if one.email == request.POST.get("email")), None)
    address = _scan_of(chosen) if chosen else None
    if address is None:
        raise Http404
    return redirect(address)


def _scan_of(character: Character) -> str | None:
    """The link in the letter of the open wave to this character; None when there is none."""
    organisation = Organisation.objects.filter(slug=character.slug).first()
    if organisation is None:
        return None
    with acting_in(organisation.pk):
        person = Person.objects.filter(email=character.email).first()
    if person is None:
        return None
    with acting_in(organisation.pk, person.pk):
        return open_scan_of(person, character.slug)
