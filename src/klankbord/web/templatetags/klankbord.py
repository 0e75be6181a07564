"""The tags every page uses: `{% load klankbord %}`.

`{% icon "sun" %}` · `{% who_sees audience %}` · `{% who_line audience %}` · `{% field form.name %}` ·
`{% form_errors form %}` · `{% draft_status %}` · `{% changes old new %}` · `{% sort_header "name" label %}`

They draw; they decide nothing. The style guide (web/style_guide.html) shows each of them.
"""

from __future__ import annotations

from typing import Any, Protocol

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.safestring import SafeString

from klankbord.core import forms as our_forms
from klankbord.core.language import language_on_screen
from klankbord.core.spoken import amount
from klankbord.web import changes as changed
from klankbord.web.icons import icon_svg

register = template.Library()


class AudienceLine(Protocol):
    """One sentence of "Wie ziet dit?"; `kind` is `eye` (sees it), `lock` (not yet) or `hidden` (sees nothing)."""

    kind: str
    text: str


class Audience(Protocol):
    """Who sees what is on the screen, in sentences, and in one line for a phone."""

    lines: Any  # an iterable of AudienceLine
    short: str


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Lucide icon. Decoration only: the word beside it carries the meaning."""
    return icon_svg(name)


@register.inclusion_tag("web/components/who_sees.html")
def who_sees(audience: Audience, heading: str = "") -> dict[str, Any]:
    """ "Wie ziet dit?" in the margin; on a phone one line that opens. base.html places it when it gets `audience`."""
    return {"audience": audience, "heading": heading, "both": True}


@register.inclusion_tag("web/components/who_sees.html")
def who_line(audience: Audience) -> dict[str, Any]:
    """The one-line form at every width: for a single field whose readers differ from those of the page."""
    return {"audience": audience, "both": False}


@register.inclusion_tag("web/components/field.html", name="field")
def field_tag(field: BoundField, appearance: str = "") -> dict[str, Any]:
    """A form field with label, reason, control and error. `appearance`: `chips` or `cards` for a group of choices."""
    return {"field": field, "appearance": appearance}


@register.filter
def euros(cents: int | None) -> str:
    """An amount in cents as one writes it here: "€ 1.250,50". Nothing for no amount."""
    if cents is None:
        return ""
    return amount(cents, language_on_screen())


@register.filter
def field_kind(field: BoundField) -> str:
    """How to lay this field out; see `klankbord.core.forms.kind_of`."""
    return our_forms.kind_of(field)


@register.filter
def optional_mark(field: BoundField) -> bool:
    """Whether the label says that the field may stay empty."""
    return our_forms.has_optional_mark(field)


@register.inclusion_tag("web/components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The summary above a form that came back, with a link to every field concerned. Nothing when all is well."""
    return {"mistakes": our_forms.mistakes(form) if form.is_bound else []}


@register.inclusion_tag("web/components/draft_status.html")
def draft_status() -> dict[str, Any]:
    """The quiet "Bewaard" of a `<form data-draft="…">`."""
    return {}


@register.inclusion_tag("web/components/changes.html")
def changes(old: str, new: str) -> dict[str, Any]:
    """The new text with what came and went marked in it, word by word."""
    return {"stretches": changed.word_changes(old, new)}


@register.inclusion_tag("web/components/sort_header.html", takes_context=True)
def sort_header(context: Context, key: str, label: str, *, number: bool = False) -> dict[str, Any]:
    """A column heading that sorts: `?sort=key`, then `?sort=-key`. The rest of the address stays as it is."""
    request = context["request"]
    current = request.GET.get("sort", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return {
        "request": request,
        "label": label,
        "number": number,
        "state": state,
        "next": f"-{key}" if state == "ascending" else key,
    }
