"""What the client gives a next coach of what was before."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import KlankbordFormMixin, MultipleChoiceCards
from klankbord.engagements.queries.otherwise import Piece


class ChoosePiecesForm(KlankbordFormMixin, forms.Form):
    """Which of the own texts of before go along."""

    pieces = forms.MultipleChoiceField(
        label=_("Which of your own texts?"),
        widget=MultipleChoiceCards,
        required=False,
    )

    def __init__(self, *args: Any, offered: Sequence[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        field = cast(forms.MultipleChoiceField, self.fields["pieces"])
        field.choices = [(one.key, f"{one.passage.title}: {_beginning(one.passage.text)}") for one in offered]

    def chosen(self) -> str:
        """The chosen texts one under the other, as they go into the field where the client may still change them."""
        wanted = set(self.cleaned_data["pieces"])
        texts = [f"{one.passage.title}\n{one.passage.text}" for one in self.offered if one.key in wanted]
        return "\n\n".join(texts)


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:90].rsplit(" ", 1)[0] + "…"
