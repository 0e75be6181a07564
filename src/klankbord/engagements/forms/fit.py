"""Does coaching fit here? A thought of the coach, an answer of the client, and what the client passes on."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin, SendOnce
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.fit_texts import fit_words
from klankbord.engagements.forms.course import TOO_LONG
from klankbord.engagements.rules.suitability import Pattern

LONGEST = 5_000
QUIET = _("Rather no names of others and no medical details.")


def pattern_cards() -> list[tuple[str, str]]:
    """Each pattern as a card: its name, and in a line what it is."""
    return [
        (one.id, format_html("<strong>{}</strong><br>{}", one.name.text(language()), one.about.text(language())))
        for one in fit_words().patterns
    ]


def _words(label: Any, reason: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=reason,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG, "required": _("There is nothing here yet. One sentence is enough.")},
    )


class ThoughtForm(SendOnce):
    """An open sentence, and which pattern it makes the coach think of, if any."""

    text = _words(_("Your thought, as an open sentence"), _("What do you see, and what do you wonder?"), required=True)
    pattern = forms.ChoiceField(
        label=_("Which of these does it make you think of?"), widget=ChoiceCards, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("None of these, or I would rather leave it open"))
        self.fields["pattern"].choices = [*pattern_cards(), none]  # type: ignore[attr-defined]

    def clean_pattern(self) -> Pattern | None:
        """The pattern, or None when the coach leaves it open."""
        chosen = self.cleaned_data["pattern"]
        return Pattern(chosen) if chosen else None


class ReplyForm(KlankbordFormMixin, forms.Form):
    """What the client answers."""

    text = _words(_("Your answer"), QUIET, required=True)


class PassOnForm(SendOnce):
    """What the client passes on: a pattern, and own words if they like."""

    pattern = forms.TypedChoiceField(
        label=_("What do you pass on?"),
        widget=ChoiceCards,
        coerce=Pattern,
        error_messages={
            "required": _("Choose one. You can pass on another one later."),
            "invalid_choice": _("Choose one. You can pass on another one later."),
        },
    )
    text = _words(_("In your own words, if you like"), QUIET, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pattern"].choices = pattern_cards()  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Without the white around it."""
        return str(self.cleaned_data["text"]).strip()
