"""A coach who was put forward: what is asked for, and a way to say "not now" without explaining."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klankbord.core.language import language_on_screen
from klankbord.engagements.actions.requests import decline_proposal
from klankbord.engagements.forms.asking import theme_labels, wishes_in_words
from klankbord.engagements.queries.doors import proposal_for_coach, request_of_proposal
from klankbord.engagements.rules.lifecycle import ProposalState
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience


@require_GET
def put_forward(request: MemberRequest, organisation: str, proposal: UUID) -> HttpResponse:
    """What somebody asks for, without who it is: that the client tells by choosing."""
    mine = proposal_for_coach(request.person, proposal)
    asked = request_of_proposal(mine)
    context = {
        "proposal": mine,
        "chosen": mine.state == ProposalState.CHOSEN,
        "asked": asked,
        "themes": theme_labels(asked.themes) if asked else [],
        "wishes": wishes_in_words(asked) if asked else [],
        "audience": audience("request", viewer=SeenAs.COACH),
    }
    return render(request, "engagements/asking/put_forward.html", context)


@require_POST
def decline(request: MemberRequest, organisation: str, proposal: UUID) -> HttpResponse:
    """The coach cannot now."""
    mine = proposal_for_coach(request.person, proposal)
    try:
        decline_proposal(slug=organisation, proposal=mine)
        messages.success(request, _("Fine. You need not explain."))
    except NotNow as error:
        messages.warning(request, error.text(language_on_screen()))
    return redirect("proposal_for_coach", organisation, mine.pk)
