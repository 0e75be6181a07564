"""What one can show about the own trade, and what the policy asks for."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.coaches.actions._reading import note_opened
from klankbord.coaches.actions.quality import remove_quality, state_quality
from klankbord.coaches.forms.quality import PDF, QualityForm
from klankbord.coaches.models import QualityFact
from klankbord.coaches.queries.quality import (
    facts_of,
    facts_with_proof,
    hours_norm_for,
    own_fact,
    proof_for,
    quality_findings,
)
from klankbord.coaches.texts import bodies, quality_help
from klankbord.coaches.views.left import back
from klankbord.coaches.views.profiles import coaches_only
from klankbord.coaches.wording import body_name, fact_in_words, validity
from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import Finding
from klankbord.policy.texts import policy_clause
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience


def findings_in_words(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """What the policy asks for and is not there: what, what that means, which rule, and what would help."""
    language, helps = language_on_screen(), quality_help()
    return [
        {
            "text": one.text(language),
            "blocks": one.blocks,
            "clause": policy_clause(one.clause).wording.text(language),
            "help": helps[one.code].text(language),
        }
        for one in findings
    ]


def facts_in_words(facts: list[QualityFact]) -> list[dict[str, Any]]:
    """What somebody states, a line each."""
    with_proof, today = facts_with_proof(facts), clock.today()
    return [
        {
            "fact": fact,
            "text": fact_in_words(fact),
            "validity": validity(fact),
            "over": fact.valid_until is not None and fact.valid_until < today,
            "proof": fact.pk in with_proof,
        }
        for fact in facts
    ]


@require_GET
def mine(request: MemberRequest, organisation: str) -> HttpResponse:
    """What one can show, and what the policy asks for besides."""
    coaches_only(request)
    counted = ("hours_of_norm",) if hours_norm_for(request.person) else ()
    context = {
        "facts": facts_in_words(facts_of(request.person)),
        "findings": findings_in_words(quality_findings([request.person.pk])[request.person.pk]),
        "audience": audience("quality_fact", "quality_proof", *counted, viewer=SeenAs.COACH),
    }
    return render(request, "coaches/quality.html", context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, organisation: str) -> HttpResponse:
    """Add an accreditation, a training, supervision or a code of ethics."""
    coaches_only(request)
    form = QualityForm(request.POST, request.FILES) if request.method == "POST" else QualityForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        state_quality(
            once=given["once"],
            slug=organisation,
            coach=request.person,
            statement=form.statement,
            proof=given["proof"],
        )
        messages.success(request, _("It stands here now. A coordinator has a look."))
        return redirect("my_quality", organisation)
    language = language_on_screen()
    context = {
        "form": form,
        "bodies": [
            {"name": body_name(one), "about": one.about.text(language), "years": one.years, "levels": one.levels}
            for one in bodies()
        ],
        "audience": audience("quality_fact", "quality_proof", viewer=SeenAs.COACH),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "coaches/quality_new.html", context, status=status)


@require_POST
def remove(request: MemberRequest, organisation: str, fact: UUID) -> HttpResponse:
    """Take back what one stated, with the paper, also for whoever is a coach no longer."""
    remove_quality(fact=own_fact(request.person, fact))
    messages.success(request, _("It is gone, with the paper."))
    return back(request, "my_quality")


@require_GET
def proof(request: MemberRequest, organisation: str, fact: UUID) -> HttpResponse:
    """The paper itself, to keep and to open; never shown inside a page."""
    found = proof_for(fact)
    if found.person_id != request.person.pk:
        note_opened("quality_proof.open", found, owner_id=found.person_id)
    ending = "pdf" if found.media_type == PDF else "webp"
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    # SECURITY: a PDF may hold a script. It is saved and not run here, whatever the browser makes of it.
    answer.headers["Content-Disposition"] = f'attachment; filename="{_("paper")}.{ending}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
