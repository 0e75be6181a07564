"""Mijn vak: where a coach finds everything of the own craft."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from klankbord.coaches.growth_texts import aspects, parts
from klankbord.coaches.hours import years_of_acting_coach
from klankbord.coaches.queries.growth import (
    COACH,
    assessments_of,
    earlier_hours_of,
    intervision_attended,
    learning_of,
    only_for,
    shares_of,
    story_of,
    this_year,
)
from klankbord.coaches.queries.intervision import own_groups
from klankbord.coaches.queries.quality import hours_norm_for
from klankbord.coaches.rules.hours import Year
from klankbord.people.requests import MemberRequest
from klankbord.policy.api import policy_in_force
from klankbord.privacy.access import Role
from klankbord.privacy.audience import audience


@require_GET
def my_craft(request: MemberRequest, organisation: str) -> HttpResponse:
    """One page that leads to the profile, hours, intervision, learning, the six sides and the story."""
    only_for(request.roles, COACH)
    year = this_year()
    looks = assessments_of(request.person)
    learned = learning_of(request.person)
    context = {
        "audience": audience(
            "self_assessment",
            "story_part",
            "earlier_hours",
            "learning",
            "intervision_attendance",
            viewer=Role.COACH,
        ),
        "year": year,
        "hours": next((one for one in years_of_acting_coach() if one.year == year), Year(year)),
        "earlier": sum(one.hours for one in earlier_hours_of(request.person)),
        "attended": intervision_attended([request.person.pk], year).get(request.person.pk, 0),
        "norm": policy_in_force().content.quality.internal_intervision,
        "hours_norm": hours_norm_for(request.person),
        "groups": own_groups(request.person),
        "learned": sum(one.hours for one in learned if one.on.year == year),
        "looks": len(looks),
        "last_look": looks[-1][0] if looks else None,
        "sides": len(aspects()),
        "written": len(story_of(request.person)),
        "parts": len(parts()),
        "shared": len(shares_of(request.person)),
    }
    return render(request, "coaches/growth/craft.html", context)
