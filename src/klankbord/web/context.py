"""The frame around every page: who is here, and where they may go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from klankbord.people.api import reports_of
from klankbord.people.requests import MemberRequest

MOST = 6


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation; *short* fits under an icon on a phone."""

    url: str
    label: str
    icon: str
    current: bool
    short: str = ""


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context for ``web/base.html``; empty outside an organisation."""
    if not hasattr(request, "person"):
        return {"navigation": (), "home_url": "/"}
    member: MemberRequest = request  # type: ignore[assignment]
    slug = member.organisation.slug
    return {
        "navigation": navigation(member),
        "organisation": member.organisation,
        "person": member.person,
        "home_url": reverse("my_coaching" if member.guest else "today", kwargs={"organisation": slug}),
        "me_url": reverse("my_data", kwargs={"organisation": slug}),
    }


def navigation(request: MemberRequest) -> tuple[Entry, ...]:
    """At most six entries, by what somebody is in this organisation. A guest has the own coaching, and no more."""
    roles = request.roles
    wanted = [("today", _("Today"), "sun", _("Today")), ("my_coaching", _("My coaching"), "route", _("Coaching"))]
    if request.guest:
        wanted = wanted[1:]
    elif reports_of(request.person).exists():
        wanted.append(("suggest", _("Suggest coaching"), "mail", _("Suggest")))
    if "coordinator" in roles:
        wanted.append(("requests", _("Requests"), "inbox", _("Requests")))
        wanted.append(("outline", _("Engagements"), "list", _("Engagements")))
    if roles & {"coordinator", "administrator"}:
        wanted.append(("people", _("People"), "users", _("People")))
    if "coach" in roles and len(wanted) < MOST:
        wanted.append(("my_craft", _("My craft"), "message-circle-question-mark", _("Craft")))
    if "leadership" in roles and len(wanted) < MOST:
        wanted.append(("budget", _("Budget"), "wallet", _("Budget")))
    here = request.resolver_match.url_name if request.resolver_match else ""
    slug = request.organisation.slug
    return tuple(
        Entry(reverse(route, kwargs={"organisation": slug}), label, icon, _within(here or "", route), short)
        for route, label, icon, short in wanted
    )


# Pages that belong under an entry of the navigation, by the beginning of their route name.
UNDER = {
    "today": ("shared_text", "policy", "sheet_letter", "year_account", "make_year_account", "culture"),
    "my_coaching": (
        "engagement", "introduction", "expectation", "direction", "agreement", "session", "closing", "crib", "share",
        "ask", "request", "noted", "other_help", "coaches", "coach_profile", "costs_for_two", "costs_agree",
    ),
    "my_craft": (
        "craft", "intervision", "contact", "my_profile", "my_trade", "quality", "questions", "question_keep",
        "own_question", "coach_over_time", "proposal_for_coach", "being_lent", "be_lent",
    ),
    "suggest": ("referral",),
    "requests": ("request_to_match", "note_request", "noted_withdraw", "pool", "round", "take_over"),
    "outline": ("budget", "costs", "nearness", "outline_policy"),
    "people": ("person", "import", "lending"),
}  # fmt: skip


def _within(here: str, route: str) -> bool:
    if here == route:
        return True
    if here in UNDER:
        return False
    owner = max(
        ((len(start), name) for name, starts in UNDER.items() for start in starts if here.startswith(start)),
        default=(0, ""),
    )
    return owner[1] == route
