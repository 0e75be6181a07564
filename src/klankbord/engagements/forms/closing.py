"""Sharing a text with somebody at work: choose, look at it, share it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.comparison import normalised
from klankbord.core.forms import ChoiceCards, MultipleChoiceCards, SendOnce
from klankbord.engagements.forms.course import LONGEST_TEXT, TOO_LONG
from klankbord.engagements.queries.closing import Part
from klankbord.people.api import Person


class ShareForm(SendOnce):
    """What to share: parts of one's own texts, words written for this, or both."""

    parts = forms.MultipleChoiceField(
        label=_("From what you wrote"),
        help_text=_("Choose what you want to have read. Leave out the rest."),
        required=False,
        widget=MultipleChoiceCards,
        error_messages={"invalid_choice": _("One of these parts was changed in the meantime. Choose again.")},
    )
    own = forms.CharField(
        label=_("In words for this reader"),
        help_text=_("Rather no names of others and no medical details."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": TOO_LONG},
    )

    reader = forms.ChoiceField(
        label=_("Who may read it?"),
        widget=ChoiceCards,
        error_messages={"required": _("Choose who may read it."), "invalid_choice": _("Choose who may read it.")},
    )
    field_order = ("once", "reader", "parts", "own")

    def __init__(self, *args: Any, parts: Iterable[Part], readers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._readers = {str(one.pk): one for one in readers}
        if len(readers) > 1:
            self.fields["reader"].choices = [(pk, one.name) for pk, one in self._readers.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["reader"]
        self._texts = {part.key: part.text for part in parts}
        self.fields["parts"].choices = list(self._texts.items())  # type: ignore[attr-defined]
        if not self._texts:
            del self.fields["parts"]

    def clean(self) -> dict[str, Any]:
        """Put what was chosen and what was written together into the one text that will be read, and by whom."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["reader"] = self._readers.get(cleaned.get("reader", ""), next(iter(self._readers.values()), None))
        chosen = [text for key, text in self._texts.items() if key in cleaned.get("parts", ())]
        cleaned["text"] = "\n\n".join(text for text in (*chosen, normalised(cleaned.get("own", ""))) if text)
        if not cleaned["text"] and not self.errors:
            self.add_error("own", _("There is nothing to share yet. Choose a part, or write something."))
        if len(cleaned["text"]) > LONGEST_TEXT:
            self.add_error("own", _("Together this is too long to share. Choose fewer parts."))
        return cleaned


class PreviewedForm(SendOnce):
    """What the preview showed, and to whom: exactly this is shared, whatever changed since."""

    text = forms.CharField(max_length=LONGEST_TEXT, widget=forms.HiddenInput)
    reader = forms.UUIDField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Browsers send other line ends than they were given."""
        return normalised(self.cleaned_data["text"])
