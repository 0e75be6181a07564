"""Forms of the board: a new thought, a thought that changes or moves, and a step to a field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.comparison import normalised
from klankbord.core.forms import ChoiceChips, KlankbordFormMixin, SendOnce
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.board_texts import board_fields
from klankbord.engagements.models import Field

LONGEST_THOUGHT = 4_000
TOO_LONG = _("One thought fits in %(limit_value)d characters. You wrote %(show_value)d. Perhaps they are several?")
NO_NAMES = _("One thought at a time. Rather no names of others and no medical details.")


def field_choices() -> list[tuple[str, str]]:
    """The four fields by name, in the language on screen."""
    return [(one.id, one.name.text(language())) for one in board_fields()]


def _text(rows: int) -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST_THOUGHT,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG, "required": _("There is nothing here yet. A few words are enough.")},
    )


class WalkForm(KlankbordFormMixin, forms.Form):
    """Where to go on the board."""

    field = forms.ChoiceField(choices=Field.choices)


class ThoughtForm(SendOnce):
    """A new thought in the field where its writer is."""

    field = forms.ChoiceField(choices=Field.choices, widget=forms.HiddenInput)
    text = _text(2)

    def __init__(self, *args: Any, question: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = question or _("A thought")
        self.fields["text"].help_text = NO_NAMES

    def clean_text(self) -> str:
        """Browsers send other line ends than they were given."""
        return normalised(self.cleaned_data["text"])


class CardForm(KlankbordFormMixin, forms.Form):
    """A thought that is on the board: its words, and the field it lies in.

    ``based_on`` and ``shown`` are the revision and the field its writer was looking at; ``back`` says that they saw it
    was taken away and want it on the board again.
    """

    text = _text(4)
    chosen = forms.ChoiceField(label=_("In which field?"), widget=ChoiceChips)
    shown = forms.ChoiceField(choices=Field.choices, widget=forms.HiddenInput)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    back = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("The thought")
        self.fields["text"].help_text = NO_NAMES
        self.fields["chosen"].choices = field_choices()  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Browsers send other line ends than they were given."""
        return normalised(self.cleaned_data["text"])
