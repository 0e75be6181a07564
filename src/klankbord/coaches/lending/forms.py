"""Forms about lending coaches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.coaches.lending.actions import Terms
from klankbord.coaches.models import Side
from klankbord.core import clock
from klankbord.core.forms import ChoiceCards, KlankbordFormMixin

LONGEST = 40_000


class InviteForm(KlankbordFormMixin, forms.Form):
    """Which way the coaches go."""

    side = forms.ChoiceField(
        label=_("What would you like?"),
        choices=[(Side.LENDS, _("We lend coaches to them")), (Side.BORROWS, _("We borrow coaches from them"))],
        widget=ChoiceCards,
        error_messages={"required": _("Choose which way the coaches go.")},
    )


class CodeForm(KlankbordFormMixin, forms.Form):
    """The code that another organisation gave."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The coordinator of the other organisation gave it to you."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Fill in the code.")},
    )


class TermsForm(KlankbordFormMixin, forms.Form):
    """One version: the text and what is counted with."""

    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What you agree on"),
        help_text=_("Change every word as you like. A line that begins with a number becomes a title."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24}),
        error_messages={"required": _("Write what you agree on.")},
    )
    starts_on = forms.DateField(label=_("From"))
    until = forms.DateField(
        label=_("Until"), required=False, help_text=_("Empty means: until one of you gives notice.")
    )
    places = forms.IntegerField(
        label=_("How many coaches at most?"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("Empty means: as many as would like to."),
    )
    notice_months = forms.IntegerField(label=_("Term of notice, in months"), min_value=0, max_value=24)
    named_only = forms.BooleanField(
        label=_("Only coaches whom the lending side names"),
        required=False,
        help_text=_("Otherwise every coach there may choose to take part. The coach always decides."),
    )

    def clean(self) -> dict[str, Any]:
        """An end lies after the beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("until")
        if first and last and last < first:
            self.add_error("until", _("This day is before the first one."))
        return cleaned

    def terms(self, language: str) -> Terms:
        """What was filled in."""
        given = self.cleaned_data
        return Terms(
            text=given["text"].replace("\r\n", "\n").strip(),
            language=language,
            starts_on=given["starts_on"],
            until=given["until"],
            places=given["places"],
            named_only=given["named_only"],
            notice_months=given["notice_months"],
        )


class YesForm(forms.Form):
    """Yes to the version that was read."""

    number = forms.IntegerField(min_value=1)


class EndForm(KlankbordFormMixin, forms.Form):
    """From which day nothing new begins."""

    last_day = forms.DateField(
        label=_("Last day on which something new may begin"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )

    def __init__(self, *args: Any, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": earliest}, **kwargs)
        self._earliest = earliest

    def clean_last_day(self) -> date:
        """Not before today."""
        day: date = self.cleaned_data["last_day"]
        if day < clock.today():
            raise forms.ValidationError(_("This day is over."))
        return day


class NameForm(forms.Form):
    """Name a coach, or take the name off; drawn as buttons."""

    coach = forms.UUIDField()
    named = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda word: word == "yes")


class BeLentForm(KlankbordFormMixin, forms.Form):
    """How many people somebody would coach there at the same time."""

    at_most = forms.IntegerField(label=_("How many people at the same time?"), min_value=1, max_value=6, initial=1)
