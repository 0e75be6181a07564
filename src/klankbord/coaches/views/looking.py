"""A coordinator has a look at one coach: the profile, the papers, and what the policy asks for."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.coaches.actions._reading import note_opened
from klankbord.coaches.actions.profiles import check_profile, say_about_profile
from klankbord.coaches.actions.quality import check_quality
from klankbord.coaches.forms.profiles import LookForm, WordForm
from klankbord.coaches.queries.profiles import card_of, coach_in_pool, own_profile, words_about
from klankbord.coaches.queries.quality import fact_to_check, facts_of, quality_findings
from klankbord.coaches.views.describing import described
from klankbord.coaches.views.quality import facts_in_words, findings_in_words
from klankbord.core import clock
from klankbord.people.api import Person
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import Audience, audience


def _coordinators_only(request: MemberRequest) -> None:
    if "coordinator" not in request.roles:
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def coach(request: MemberRequest, organisation: str, coach: UUID) -> HttpResponse:
    """Everything a coordinator may know of one coach; on POST a word to that coach."""
    _coordinators_only(request)
    person = coach_in_pool(coach)
    form = WordForm(request.POST) if request.method == "POST" else WordForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        say_about_profile(
            once=given["once"], slug=organisation, coach=person, author=request.person, text=given["text"]
        )
        messages.success(request, _("%(name)s can read it now.") % {"name": person.first_name})
        return redirect("pool_coach", organisation, person.pk)
    profile = own_profile(person)
    note_opened("profile.open", person, owner_id=person.pk)
    context = {
        "coach": described(card_of(profile)),
        "profile": profile,
        "begun": bool(profile.introduction),
        "rests": profile.rests_on(clock.today()),
        "is_me": person.pk == request.person.pk,
        "seen": profile.mark,
        "words": words_about(person),
        "form": form,
        "facts": facts_in_words(facts_of(person)),
        "findings": findings_in_words(quality_findings([person.pk])[person.pk]),
        "audience": _readers(person),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "coaches/look.html", context, status=status)


def _readers(person: Person) -> Audience:
    shown = ("coach_profile", "quality_fact", "quality_proof", "profile_word")
    return audience(*shown, viewer=SeenAs.COORDINATOR, names={SeenAs.COACH: person.first_name})


@require_POST
def check(request: MemberRequest, organisation: str, coach: UUID) -> HttpResponse:
    """A coordinator had a look at the profile as it stood on the screen."""
    _coordinators_only(request)
    person = coach_in_pool(coach)
    form = LookForm(request.POST)
    profile = own_profile(person)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    if profile._state.adding or not check_profile(slug=organisation, profile=profile, seen=seen):
        messages.warning(request, _("The profile changed while you were looking. Have another look."))
    else:
        messages.success(request, _("Colleagues can see the profile of %(name)s now.") % {"name": person.first_name})
    return redirect("pool_coach", organisation, person.pk)


@require_POST
def check_fact(request: MemberRequest, organisation: str, fact: UUID) -> HttpResponse:
    """A coordinator had a look at a paper, or takes that back."""
    _coordinators_only(request)
    stated = fact_to_check(fact)
    check_quality(fact=stated, looked="back" not in request.POST)
    return redirect("pool_coach", organisation, stated.person_id)
