"""What a coach may choose when looking at the own coaching. Nothing has to be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import Chips, ChoiceChips, KlankbordFormMixin
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.coach_texts import LookGroup, coach_texts
from klankbord.engagements.rules.coach_look import GROUPS

LONGEST_WHY = 5_000


class LookForm(KlankbordFormMixin, forms.Form):
    """The choices by group, why somebody steered so, and the version that was on the screen."""

    why = forms.CharField(
        label=_("Why did you steer like that?"),
        help_text=_("In a word or two. Rather no names and no medical details."),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("This is longer than we can keep here: %(limit_value)d characters at most.")},
    )
    based_on = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in coach_texts().groups:
            self.fields[group.id] = _one(group) if group.id == "steering" else _several(group)

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What was chosen, by group."""
        given = {group: self.cleaned_data.get(group) or [] for group in GROUPS}
        return {group: [found] if isinstance(found, str) else list(found) for group, found in given.items()}


def _several(group: LookGroup) -> forms.Field:
    choices = [(one.id, one.name.text(language())) for one in group.choices]
    return forms.MultipleChoiceField(label=group.name.text(language()), required=False, choices=choices, widget=Chips)


def _one(group: LookGroup) -> forms.Field:
    choices = [*((one.id, one.name.text(language())) for one in group.choices), ("", _("I leave it open"))]
    return forms.ChoiceField(label=group.name.text(language()), required=False, choices=choices, widget=ChoiceChips)
