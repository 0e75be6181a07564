"""The policy: read by everybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from klankbord.core.language import language_on_screen
from klankbord.people.requests import MemberRequest
from klankbord.policy.queries import policy_in_force
from klankbord.policy.texts import sections
from klankbord.privacy.access import Role
from klankbord.privacy.audience import audience


@require_GET
def policy(request: MemberRequest, organisation: str) -> HttpResponse:
    """The policy in force, part by part."""
    language, texts = language_on_screen(), policy_in_force().content.texts
    context = {
        "parts": [{"id": one.id, "title": one.title.text(language), "text": texts.get(one.id)} for one in sections()],
        "audience": audience("policy", viewer=Role.EVERYONE),
    }
    return render(request, "policy/policy.html", context)
