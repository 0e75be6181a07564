"""Pages across apps: the front door, "Vandaag", drafts."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klankbord.coaches.api import anything_left
from klankbord.core import clock
from klankbord.culture.api import figures_to_read, scan_lines
from klankbord.engagements.api import COMING, Moment, Way, moments_for
from klankbord.people.models import Account
from klankbord.people.queries import places_of
from klankbord.people.requests import MemberRequest
from klankbord.policy.api import lines_for
from klankbord.privacy.access import Role
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import keep_draft


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The front door: to the one organisation somebody belongs to, to a choice, or to signing in."""
    user: Account | AnonymousUser = request.user
    if isinstance(user, AnonymousUser):
        return redirect("demo" if settings.DEMO else "account_request_login_code")
    places = places_of(user)
    if len(places) == 1:
        return redirect("today", organisation=places[0].slug)
    return render(request, "web/places.html", {"places": places})


def _greeting() -> str:
    hour = localtime(clock.now()).hour
    if hour < 6:
        return _("Hello, %(name)s")
    if hour < 12:
        return _("Good morning, %(name)s")
    return _("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")


def _of_coordinator(request: MemberRequest, organisation: str) -> list[Moment]:
    """What the policy and the culture scan ask of a coordinator. It never goes before what somebody waits for."""
    lines = [*lines_for(request.roles, organisation), *scan_lines(request.roles, organisation)]
    return [
        Moment(COMING, line.title, (Way(line.url, line.label),), note=line.note, waits=line.waits) for line in lines
    ]


@require_GET
def today(request: MemberRequest, organisation: str) -> HttpResponse:
    """ "Vandaag": the one thing to do now, then what is coming."""
    if request.guest:
        return redirect("my_coaching", organisation=organisation)
    moments = [*moments_for(request.person, organisation, request.roles), *_of_coordinator(request, organisation)]
    now = moments[0] if moments and moments[0].waits else None
    later = moments[1:] if now else moments
    context = {
        "greeting": _greeting() % {"name": request.person.first_name},
        "day": clock.today(),
        "now": now,
        "later": later,
        "dated": any(one.at for one in later),
        "figures": figures_to_read(request.roles, organisation),
        "elsewhere": [place for place in places_of(request.user) if place.slug != organisation],
        # Whoever is a coach no longer may still have something there.
        "coached": "coach" not in request.roles and anything_left(request.person),
        "audience": audience("notification", viewer=Role.SELF),
    }
    return render(request, "web/today.html", context)


@require_POST
def draft(request: MemberRequest, organisation: str) -> HttpResponse:
    """Keep what somebody is typing in the form at ``?place=``, for that person alone."""
    place = urlsplit(request.GET.get("place", "")).path
    if not place.startswith(f"/{organisation}/") or len(place) > 200:
        raise BadRequest("a draft belongs to a form of this organisation")
    fields = {name: "\n".join(request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"}
    try:
        keep_draft(place, fields)
    except ValueError:
        return JsonResponse({}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
