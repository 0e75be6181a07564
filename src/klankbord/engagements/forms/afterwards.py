"""Going on without a coach: a text in parts, a card, a booklet, and what colleagues are asked."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin, MultipleChoiceCards
from klankbord.engagements.forms.course import TOO_LONG, TextForm
from klankbord.engagements.rules.afterwards import MOST_LINES, BookletPart, card_lines
from klankbord.people.api import Person

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


class WitnessForm(KlankbordFormMixin, forms.Form):
    """Whom the client asks what shows at work, and a line to go with it."""

    person = forms.ChoiceField(
        label=_("Whom do you ask?"),
        widget=ChoiceCards,
        error_messages={"required": _("Choose whom you ask."), "invalid_choice": _("Choose whom you ask.")},
    )
    name = forms.CharField(label=_("Somebody else? Find them by name"), required=False, max_length=120)
    text = forms.CharField(
        label=_("Why do you ask this person?"),
        help_text=_("A line in your own words. Rather no names of others and no medical details."),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, people: Sequence[Person], manager: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        choices = [(str(one.pk), _label(one, manager)) for one in people]
        cast(forms.ChoiceField, self.fields["person"]).choices = choices
        if not people:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        """With nobody to choose from there is nothing to choose: a name comes first."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "person" not in self.fields:
            self.add_error("name", _("Write a name and press Find."))
        return cleaned

    def clean_person(self) -> Person:
        return self._people[self.cleaned_data["person"]]


def _label(person: Person, manager: Person | None) -> str:
    if manager is not None and person.pk == manager.pk:
        return _("%(name)s, your manager") % {"name": person.name}
    return f"{person.name}, {person.unit.name}"
