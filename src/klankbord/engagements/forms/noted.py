"""What a coordinator notes for somebody who asked for a coach by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import Chips, ChoiceChips
from klankbord.engagements.forms.asking import TOO_LONG, WishesForm, themes_offered
from klankbord.engagements.forms.whom import WhomForm
from klankbord.engagements.models import Request
from klankbord.people.api import Person


class NoteForm(WhomForm):
    """For whom, and what they told. Sensitive themes are theirs to choose, on their own screen."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = forms.CharField(
        label=_("What did they tell?"),
        help_text=_("As short as they told it. They read it, change it or throw it away. Rather no medical details."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2_000,
        error_messages={"required": _("One sentence is enough."), "max_length": TOO_LONG},
    )
    themes = forms.MultipleChoiceField(
        label=_("What does it touch on?"),
        widget=Chips,
        choices=partial(themes_offered, sensitive=False),
        required=False,
    )
    place = forms.ChoiceField(label=_("How do they like to talk?"), widget=ChoiceChips, initial=Request.Place.ANY)
    employer = forms.ChoiceField(
        label=_("Somebody from here, or from outside?"), widget=ChoiceChips, initial=Request.Employer.ANY
    )
    field_order = ("person", "name", "words", "themes", "place", "employer")

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, people=people, manager=None, **kwargs)
        for name in ("place", "employer"):
            offered = cast(forms.ChoiceField, WishesForm.base_fields[name])
            cast(forms.ChoiceField, self.fields[name]).choices = offered.choices
        self.fields["name"].label = _("Who is it? Find them by name")
        if "person" in self.fields:
            self.fields["person"].label = _("For whom do you note this?")

    def noted(self) -> dict[str, str]:
        """The answers as the form in which somebody asks takes them. The coordinator knows the words already."""
        clean = self.cleaned_data
        return {
            "words": clean["words"],
            "themes": "\n".join(clean["themes"]),
            "place": clean["place"],
            "employer": clean["employer"],
            "shared": "on",
        }
