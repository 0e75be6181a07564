"""The one field of the calm page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.engagements.forms.course import TextForm


class JottingForm(TextForm):
    """What somebody writes down during a talk. ``whose`` is the person who was at the keyboard."""

    whose = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("For yourself"))
        kwargs.setdefault("reason", _("Rather no names of others and no medical details."))
        kwargs.setdefault("auto_id", "jotting_%s")
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.update({"rows": 8, "autocomplete": "off"})
