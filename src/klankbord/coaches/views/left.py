"""Whoever is a coach no longer takes away what still stands of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klankbord.coaches.actions.profiles import remove_profile
from klankbord.coaches.queries.left import anything_left, left_of, profile_left
from klankbord.coaches.wording import fact_in_words, validity
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience


@require_GET
def left(request: MemberRequest, organisation: str) -> HttpResponse:
    """What still stands here, to take away; nothing else can be done with it. A coach has other pages for this."""
    if "coach" in request.roles:
        return redirect("my_craft", organisation)
    found = left_of(request.person)
    context = {
        "left": found,
        "facts": [{"fact": fact, "text": fact_in_words(fact), "validity": validity(fact)} for fact in found.facts],
        "audience": audience("coach_profile", "quality_fact", "quality_proof", viewer=SeenAs.COACH),
    }
    return render(request, "coaches/left.html", context)


@require_POST
def profile_away(request: MemberRequest, organisation: str) -> HttpResponse:
    """Take the own profile away for good, with what coordinators said about it."""
    remove_profile(profile=profile_left(request.person))
    messages.success(request, _("Your profile is gone."))
    return back(request, "my_profile")


def back(request: MemberRequest, page_of_coach: str) -> HttpResponseRedirect:
    """After something was taken away: a coach to that page, anybody else to what still stands, if anything does."""
    if "coach" not in request.roles:
        page_of_coach = "craft_left" if anything_left(request.person) else "today"
    return redirect(page_of_coach, request.organisation.slug)
