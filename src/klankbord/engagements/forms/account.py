"""What a coordinator writes beside the figures of a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import SendOnce

LONGEST_WORDS, LONGEST_PLAN = 500, 400
TOO_LONG = _("This is longer than %(limit_value)d characters. Make it a little shorter.")


class AccountForm(SendOnce):
    """Two paragraphs, so short that the whole account stays one page."""

    words = forms.CharField(
        label=_("How was this year, in your own words?"),
        help_text=_("One paragraph, and you may leave it empty. Rather nothing about single people or teams."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": TOO_LONG},
    )
    plan = forms.CharField(
        label=_("What do we do with it next year?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_PLAN,
        error_messages={"max_length": TOO_LONG},
    )

    def clean(self) -> dict[str, Any]:
        """One paragraph each: line breaks are no part of it."""
        told = super().clean() or self.cleaned_data
        return {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in told.items()}
