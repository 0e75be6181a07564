"""Forms of learning: a step on the spiral, how much steering is welcome, a word about the way of working, an answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from klankbord.core.comparison import normalised
from klankbord.core.forms import ChoiceCards, KlankbordFormMixin, SendOnce
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.forms.course import TOO_LONG
from klankbord.engagements.learning_texts import Described, learning
from klankbord.engagements.models import Session
from klankbord.engagements.queries.line import talk_title

LONGEST_SENTENCE = 500
LONGEST_WORD = 5_000
QUIET = _("Rather no names of others and no medical details.")


def _cards(described: Iterable[Described]) -> list[tuple[str, str]]:
    """Each as a card: its name, and in a line what it is like."""
    return [
        (one.id, format_html("<strong>{}</strong><br>{}", one.name.text(language()), one.about.text(language())))
        for one in described
    ]


class OneOfTheTalks(forms.TypedChoiceField):
    """Which talk something belongs to, or none. The value is the :class:`Session` or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, empty_value=None, **options)

    def offer(self, talks: Iterable[Session]) -> None:
        """The talks to choose from."""
        known = {str(talk.number): talk for talk in talks}
        self.coerce = known.__getitem__
        self.choices = [("", _("no particular talk")), *((key, talk_title(talk.number)) for key, talk in known.items())]


class StepForm(SendOnce):
    """Which step, optionally in a sentence and from a talk; ``anew`` begins a turn where there is one already."""

    step = forms.ChoiceField(
        label=_("What did you do?"),
        widget=ChoiceCards,
        error_messages={
            "required": _("Choose one of the five. Which one is up to you."),
            "invalid_choice": _("Choose one of the five. Which one is up to you."),
        },
    )
    sentence = forms.CharField(
        label=_("In one sentence, if you like"),
        help_text=QUIET,
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    talk = OneOfTheTalks(
        label=_("Does it come from a talk?"),
        error_messages={"invalid_choice": _("We do not know this talk. Choose one from the list.")},
    )
    anew = forms.BooleanField(label=_("Begin a new turn with this"), required=False)

    def __init__(self, *args: Any, talks: Iterable[Session], walked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = _cards(learning().steps)  # type: ignore[attr-defined]
        self.fields["talk"].offer(talks)  # type: ignore[attr-defined]
        if not walked:
            del self.fields["anew"]

    def clean_sentence(self) -> str:
        """One form for what looks the same."""
        return normalised(self.cleaned_data["sentence"])


class SteeringForm(KlankbordFormMixin, forms.Form):
    """How much steering is welcome now."""

    level = forms.TypedChoiceField(
        label=_("What suits you now?"),
        coerce=int,
        widget=ChoiceCards,
        error_messages={
            "required": _("Choose one of the five, or leave it as it is."),
            "invalid_choice": _("Choose one of the five, or leave it as it is."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = _cards(learning().levels)  # type: ignore[attr-defined]


class WordForm(SendOnce):
    """A word about the way of working. It may be sent without words; kept for oneself, it needs some."""

    text = forms.CharField(
        help_text=QUIET,
        required=False,
        max_length=LONGEST_WORD,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
    talk = OneOfTheTalks(widget=forms.HiddenInput)
    send = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str, talks: Iterable[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["talk"].offer(talks)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for words where there would be nothing to keep."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["text"] = normalised(cleaned.get("text", ""))
        if not cleaned["text"] and not cleaned.get("send") and "text" not in self.errors:
            self.add_error("text", _("There is nothing here yet. One sentence is enough."))
        return cleaned


class ReplyForm(KlankbordFormMixin, forms.Form):
    """The coach's answer, in words or by mouth."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=QUIET,
        required=False,
        max_length=LONGEST_WORD,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
    by_mouth = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Words, unless the answer comes in the talk; then what was typed is no answer yet."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["text"] = normalised(cleaned.get("text", ""))
        if not cleaned["text"] and not cleaned.get("by_mouth") and "text" not in self.errors:
            self.add_error("text", _("There is nothing here yet. One sentence is enough."))
        return cleaned
