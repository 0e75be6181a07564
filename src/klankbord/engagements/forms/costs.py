"""What is asked about money."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klankbord.core import clock
from klankbord.core.forms import DateInput, KlankbordFormMixin, SendOnce
from klankbord.engagements.models import EngagementCost
from klankbord.engagements.rules.costs import cents_from
from klankbord.policy.api import PolicyContent

MOST = 10**11


class Euros(forms.CharField):
    """An amount in euros, as people write it; cleaned it is a whole number of cents."""

    def __init__(self, *, below_zero: bool = False, **options: Any) -> None:
        self.below_zero = below_zero
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        minus = text.startswith(("-", "−"))
        cents = cents_from(text.lstrip("-− ")) if self.below_zero or not minus else None
        if cents is None or cents > MOST:
            raise ValidationError(_("Write an amount in euros, such as 1250 or 1250,50."))
        return -cents if minus else cents


class BookForm(KlankbordFormMixin, forms.Form):
    """What is booked for a year."""

    cents = Euros(label=_("Booked for external coaching, in euros"), help_text=_("Without VAT, for the whole year."))


class PlanForm(KlankbordFormMixin, forms.Form):
    """What an external coaching may cost."""

    rate = Euros(label=_("Rate an hour, in euros"), help_text=_("Without VAT."))
    minutes = forms.IntegerField(label=_("Minutes a talk"), min_value=15, max_value=480)
    talks = forms.IntegerField(label=_("Number of talks"), min_value=1, max_value=60)
    sponsor_pays = forms.BooleanField(
        label=_("Whoever asked for this coaching pays for it, and may see what it costs"), required=False
    )

    @classmethod
    def begun_with(cls, row: EngagementCost | None, policy: PolicyContent) -> PlanForm:
        """What stands there, or what policy says is usual."""
        if row is None:
            return cls(initial={"minutes": policy.talks.minutes, "talks": policy.talks.count})
        rate = f"{row.rate_cents / 100:.2f}".replace(".", ",")
        shown = {"rate": rate, "minutes": row.minutes, "talks": row.talks, "sponsor_pays": row.sponsor_pays}
        return cls(initial=shown)


class InvoiceForm(SendOnce):
    """An invoice."""

    number = forms.CharField(label=_("Number of the invoice"), max_length=40)
    day = forms.DateField(label=_("Date of the invoice"), widget=DateInput)
    cents = Euros(
        label=_("Amount in euros"), help_text=_("Without VAT. Below zero puts an earlier one right."), below_zero=True
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise ValidationError(_("This day is still to come."))
        return day


class AgreeForm(forms.Form):
    """The amount the coach looked at, in cents."""

    seen = forms.IntegerField(min_value=0)
