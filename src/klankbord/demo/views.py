"""Signing in to the demo is choosing who you are. These addresses exist in a demo installation only."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.demo.cast import CAST
from klankbord.demo.letters import scan_of
from klankbord.people.queries import account_by_email


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The people of the demo, each with what they came for; choosing one signs you in as that person."""
    # SECURITY: this signs anybody in as anybody. The route is absent outside a demo; this refuses all the same.
    if not settings.DEMO:
        raise Http404
    if request.method == "GET":
        return render(request, "demo/choose.html", {"cast": CAST, "asked": {one.email for one in CAST if scan_of(one)}})
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
    address = scan_of(chosen) if chosen else None
    if address is None:
        raise Http404
    return redirect(address)
