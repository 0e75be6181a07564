"""`{% clause finding.clause %}`: why a rule says what it says, in the words of the policy, and where to read on."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from klankbord.policy.texts import policy_clause

register = template.Library()


@register.inclusion_tag("policy/_clause.html", takes_context=True)
def clause(context: Context, clause_id: str) -> dict[str, Any]:
    """A line that opens on the clause that decided, with the way to its part of the policy page."""
    found = policy_clause(clause_id)
    organisation = context.get("organisation")
    return {
        "rule": found.wording.text("nl" if get_language() == "nl" else "en"),
        "url": section_url(organisation.slug, found.section) if organisation else "",
    }


def section_url(slug: str, section: str) -> str:
    """The address of a part of the policy page; empty where there is no such page."""
    try:
        return f"{reverse('policy', kwargs={'organisation': slug})}#{section}"
    except NoReverseMatch:
        return ""
