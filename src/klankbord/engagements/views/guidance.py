"""What fits: the forms of guidance, and coming back after illness.

SECURITY: the answers come by POST and are kept nowhere: not in the address, where a history and a log would hold them,
not in a draft, and not in the session.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.forms.guidance import GuidanceForm
from klankbord.engagements.guidance_texts import form_of_guidance, why, why_unsure
from klankbord.engagements.rules.guidance import Advice, Fit, Form, about_coming_back, advise
from klankbord.people.requests import MemberRequest
from klankbord.policy.api import neighbours, policy_in_force
from klankbord.privacy.drafts import draft_at, drop_draft, keep_draft

# What the page of other help calls otherwise.
ALSO_CALLED = {"mentor": "mentoring", "mentoring": "mentor"}


def address_of(addresses: Mapping[str, str], form_id: str) -> str:
    """Where this organisation says that a form of guidance is to be found; empty when it says nothing."""
    return addresses.get(form_id) or addresses.get(ALSO_CALLED.get(form_id, ""), "")


@require_http_methods(["GET", "POST"])
def what_fits(request: MemberRequest, organisation: str) -> HttpResponse:
    """Five questions on one screen, and what fits with them."""
    form = GuidanceForm(request.POST) if request.method == "POST" else GuidanceForm()
    addresses = policy_in_force().content.addresses
    advice = advise(form.answers()) if form.is_bound else None
    context = {
        "form": form,
        "urgent_help": urgent_help(addresses),
        "advice": advice,
        "best": _told(advice.best, addresses) if advice else [],
        "also": _told(advice.also, addresses) if advice else [],
        "coaching": _coaching_fits(advice),
    }
    return render(request, "engagements/guidance/what_fits.html", context)


def _coaching_fits(advice: Advice | None) -> bool:
    return advice is not None and Form.COACHING in [fit.form for fit in (*advice.best, *advice.also)]


def urgent_help(addresses: Mapping[str, str]) -> list[dict[str, str]]:
    """Help that is there day and night; it stays in sight whatever is answered."""
    return [
        {
            "name": one.name.text(language()),
            "fits": one.fits.text(language()),
            "contact": one.contact.text(language()) if one.contact else "",
            "address": address_of(addresses, one.id),
        }
        for one in neighbours()
        if one.urgent
    ]


def _told(fits: Iterable[Fit], addresses: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{**told_of(fit.form, addresses), "reasons": _reasons(fit)} for fit in fits]


def told_of(form: Form, addresses: Mapping[str, str]) -> dict[str, Any]:
    """A form of guidance in the language on the screen, with where to find it here."""
    words = form_of_guidance(form)
    return {
        "id": form.value,
        "name": words.name.text(language()),
        "what": words.what.text(language()),
        "who": words.who.text(language()),
        "address": address_of(addresses, form.value),
    }


def _reasons(fit: Fit) -> list[str]:
    return [why(answer, fit.form).text(language()) for answer in fit.because] or [why_unsure().text(language())]


@require_http_methods(["GET", "POST"])
def after_illness(request: MemberRequest, organisation: str) -> HttpResponse:
    """Why coming back after illness is not coached, and who does help. What was written stays its writer's.

    Going on about something else takes the tick away; so does letting go of the words.
    """
    place = reverse("ask", kwargs={"organisation": organisation})
    if request.method == "POST":
        if "forget" in request.POST:
            drop_draft(place)
            messages.success(request, _("What you wrote is gone. Nobody saw it."))
        else:
            keep_draft(place, {**draft_at(place), "coming_back": ""})
        return redirect("ask", organisation)
    addresses = policy_in_force().content.addresses
    context = {
        "reason": about_coming_back(about_it=True)[0].text(language()),
        "doctor": told_of(Form.COMPANY_DOCTOR, addresses),
        "has_words": bool(draft_at(place).get("words", "").strip()),
    }
    return render(request, "engagements/guidance/after_illness.html", context)
