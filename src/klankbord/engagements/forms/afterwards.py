"""Going on without a coach: a text in parts, a card, a booklet, and what colleagues are asked."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import KlankbordFormMixin, MultipleChoiceCards
from klankbord.engagements.forms.course import TOO_LONG, TextForm
from klankbord.engagements.forms.whom import WhomForm
from klankbord.engagements.rules.afterwards import MOST_LINES, BookletPart, card_lines

LONGEST_PART = 5_000
LONGEST_CARD = 300
LONGEST_LINE = 500
NO_NAMES = _("Rather no names of others and no medical details.")


class PartsForm(KlankbordFormMixin, forms.Form):
    """A text in parts, any of which may stay empty, and the revision its writer was looking at.

    *questions* gives, by part, what it is called and the question that helps.
    """

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, questions: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (title, question) in questions.items():
            self.fields[name] = forms.CharField(
                label=title,
                help_text=question,
                required=False,
                max_length=LONGEST_PART,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
                error_messages={"max_length": TOO_LONG},
            )
        self.names = tuple(questions)

    def clean(self) -> dict[str, Any]:
        """Turn a revision that says nothing into "there was none", and ask for words where there were none."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["based_on"] = cleaned.get("based_on") or 0
        if not self.errors and not cleaned["based_on"] and not any(self.parts().values()):
            self.add_error(self.names[0], _("There is nothing here yet. One sentence is enough."))
        return cleaned

    def parts(self) -> dict[str, str]:
        """What was written, by part."""
        return {name: str(self.cleaned_data.get(name, "")).strip() for name in self.names}

    def typed(self) -> dict[str, str]:
        """What was typed, valid or not, by part."""
        return {name: str(self[name].value() or "") for name in self.names}


class CardForm(TextForm):
    """A few lines for on the fridge."""

    def clean_text(self) -> str:
        """As much as fits on a card."""
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST_CARD:
            raise forms.ValidationError(TOO_LONG, params={"limit_value": LONGEST_CARD, "show_value": len(text)})
        if len(card_lines(text)) > MOST_LINES:
            raise forms.ValidationError(_("At most %(count)d lines fit on a card."), params={"count": MOST_LINES})
        return text


class BookletForm(KlankbordFormMixin, forms.Form):
    """Which of the own words go into the booklet."""

    parts = forms.MultipleChoiceField(
        label=_("What goes in?"),
        help_text=_("Only words of your own, in the order of time. Leave out what you do not want to keep."),
        widget=MultipleChoiceCards,
        error_messages={"required": _("Choose at least one part."), "invalid_choice": _("Choose at least one part.")},
    )

    def __init__(self, *args: Any, names: Mapping[BookletPart, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["parts"]).choices = [(part.value, n) for part, n in names.items()]


class WitnessForm(WhomForm):
    """Whom the client asks what shows at work, and a line to go with it."""

    text = forms.CharField(
        label=_("Why do you ask this person?"),
        help_text=_("A line in your own words. Rather no names of others and no medical details."),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG},
    )
