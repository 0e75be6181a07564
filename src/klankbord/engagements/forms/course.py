"""Forms of an engagement: a text, and a day, a time and a place."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from klankbord.core import clock
from klankbord.core.forms import ChoiceChips, KlankbordFormMixin

LONGEST_TEXT = 20_000
FURTHEST = timedelta(days=2 * 366)
TOO_LONG = _("This is longer than we can keep here: %(limit_value)d characters at most. You wrote %(show_value)d.")


class TextForm(KlankbordFormMixin, forms.Form):
    """One text, and the revision its writer was looking at. A text that was there may be emptied, a new one may not."""

    text = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": TOO_LONG},
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, label: Any, reason: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].help_text = reason

    def clean(self) -> dict[str, Any]:
        """Turn a revision that says nothing into "there was none", and ask for words where there were none."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["based_on"] = cleaned.get("based_on") or 0
        if "text" in cleaned and not cleaned["text"].strip() and not cleaned["based_on"]:
            self.add_error("text", _("There is nothing here yet. One sentence is enough."))
        return cleaned


class MomentForm(KlankbordFormMixin, forms.Form):
    """When and where a talk is. ``starts_at`` is the aware moment, on the clock of the organisation."""

    day = forms.DateField(
        label=_("Day"), error_messages={"required": _("Choose a day."), "invalid": _("We do not know this day.")}
    )
    time = forms.TimeField(
        label=_("Time"), error_messages={"required": _("Choose a time."), "invalid": _("We do not know this time.")}
    )
    place = forms.CharField(
        label=_("Where do you meet?"),
        help_text=_("A room, a walk, online. A place where you can talk in peace."),
        required=False,
        max_length=120,
        error_messages={"max_length": _("A place fits in %(limit_value)d characters.")},
    )

    def clean(self) -> dict[str, Any]:
        """Put day and time together. A talk is planned ahead, and not further than one can oversee."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time"):
            starts_at = local_moment(cleaned["day"], cleaned["time"])
            if starts_at <= clock.now():
                self.add_error("day", _("This moment has passed already. Choose one that is still to come."))
            elif starts_at > clock.now() + FURTHEST:
                self.add_error("day", _("This is more than two years away. Choose a day nearer by."))
            cleaned["starts_at"] = starts_at
        return cleaned


class IntroductionForm(MomentForm):
    """The introductory talk, with its length."""

    LENGTHS = (30, 45, 60, 90)

    minutes = forms.TypedChoiceField(
        label=_("How long?"),
        coerce=int,
        choices=[
            (30, _("half an hour")),
            (45, _("three quarters of an hour")),
            (60, _("one hour")),
            (90, _("an hour and a half")),
        ],
        initial=60,
        widget=ChoiceChips,
        error_messages={"required": _("Choose how long you take.")},
    )

    field_order = ("day", "time", "minutes", "place")


def local_moment(day: Any, time: Any) -> datetime:
    """A day and a time on the clock of the organisation, as an aware moment."""
    return datetime.combine(day, time, tzinfo=get_current_timezone())
