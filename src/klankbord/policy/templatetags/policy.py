"""The tag with which any page says why: `{% clause "match.two_people" %}`. It draws; it decides nothing."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from klankbord.core.language import language_on_screen
from klankbord.policy.texts import clause_shown, section

register = template.Library()


@register.inclusion_tag("policy/_clause.html", takes_context=True)
def clause(context: Context, clause_id: str) -> dict[str, Any]:
    """Why a rule said so: the clause in words, and the way to the part of the policy it belongs to.

    Nothing when *clause_id* is empty. On a page inside an organisation, which brings `organisation`.
    """
    if not clause_id:
        return {}
    language = language_on_screen()
    text, section_id = clause_shown(clause_id, language)
    where = reverse("policy", kwargs={"organisation": context["organisation"].slug})
    return {"text": text, "section": section(section_id).title.text(language), "url": f"{where}#{section_id}"}
