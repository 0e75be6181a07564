"""Lines of a statement of hours, in the same words on the screen as on paper."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from klankbord.coaches.papers_of_hours import counted_words, shown_hours, stated_words

register = template.Library()


@register.simple_tag
def counted(one: Mapping[str, Any]) -> str:
    """A year that Klankbord counted."""
    return counted_words(one)


@register.simple_tag
def stated(one: Mapping[str, Any]) -> str:
    """Hours as the coach states them."""
    return stated_words(one)


@register.simple_tag
def together(hours: str) -> str:
    """The hours of all years that were counted."""
    return _("Together %(hours)s hours.") % {"hours": shown_hours(hours)}
