"""Whom the client asks in, and which two versions somebody puts side by side."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import KlankbordFormMixin
from klankbord.engagements.forms.whom import WhomForm
from klankbord.engagements.models import Agreement


class AskInForm(WhomForm):
    """Whom the client asks in as the third party."""


class CompareForm(KlankbordFormMixin, forms.Form):
    """Two versions, by number."""

    older = forms.TypedChoiceField(label=_("From version"), coerce=int)
    newer = forms.TypedChoiceField(label=_("To version"), coerce=int)

    def __init__(self, *args: Any, versions: Sequence[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(one.version, str(one.version)) for one in sorted(versions, key=lambda one: one.version)]
        for name in ("older", "newer"):
            cast(forms.TypedChoiceField, self.fields[name]).choices = numbers
