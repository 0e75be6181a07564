"""What somebody fills in to ask for a coach."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klankbord.coaches.api import themes
from klankbord.core.forms import Chips, ChoiceChips, KlankbordFormMixin, SendOnce
from klankbord.core.wording import Language
from klankbord.engagements.actions.requests import Wishes
from klankbord.engagements.models import Request

LONGEST_TEXT = 20_000
WISHES = ("length", "language", "place", "employer")
TOO_LONG = _("This is longer than %(limit_value)d characters. Make it a little shorter.")


def language_on_screen() -> Language:
    """The language in which the reader of this page reads."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def _themes(*, sensitive: bool) -> list[tuple[str, str]]:
    language = language_on_screen()
    return [(one.id, one.label.text(language)) for one in themes() if one.sensitive is sensitive]


def theme_labels(ids: Iterable[str]) -> list[str]:
    """What these themes are called on screen; a theme that is no longer in the content is left out."""
    language = language_on_screen()
    labels = {one.id: one.label.text(language) for one in themes()}
    return [labels[one] for one in ids if one in labels]


class WordsForm(SendOnce):
    """Step 1: what is on your mind.

    The wishes of step 2 travel along unseen, so that the draft, which keeps this form as it is, keeps them too.
    """

    words = forms.CharField(
        label=_("Tell it in your own words"),
        help_text=_("You need not have a goal yet. Rather no names and no medical details here."),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=LONGEST_TEXT,
        error_messages={
            "required": _("One sentence is enough. What made you think of a coach?"),
            "max_length": TOO_LONG,
        },
    )
    shared = forms.BooleanField(
        label=_("The coordinator may read my words to look for a coach"),
        help_text=_("You do not have to. Without your words the coordinator looks by your themes and wishes."),
        required=False,
    )
    themes = forms.MultipleChoiceField(
        label=_("What does it touch on?"),
        help_text=_("Choose what fits, or nothing. The coordinator looks for a coach with it."),
        widget=Chips,
        choices=partial(_themes, sensitive=False),
        required=False,
    )
    close_themes = forms.MultipleChoiceField(
        label=_("Or on something closer to you?"),
        help_text=_("These stay with your own words: only those who read your words see them."),
        widget=Chips,
        choices=partial(_themes, sensitive=True),
        required=False,
    )
    language = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    place = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    employer = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    length = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)

    def kept(self) -> dict[str, str]:
        """The answers as a draft keeps them: several choices one under the other."""
        clean = self.cleaned_data
        return {
            "words": clean["words"],
            "shared": "on" if clean["shared"] else "",
            "themes": "\n".join(clean["themes"]),
            "close_themes": "\n".join(clean["close_themes"]),
            **{name: clean[name] for name in WISHES},
        }


class WishesForm(KlankbordFormMixin, forms.Form):
    """Step 2: what you would like of a coach. Every answer may be "it does not matter"."""

    SEVERAL, ONE = "several", "one"

    length = forms.ChoiceField(
        label=_("How much do you have in mind?"),
        help_text=_("You can always change this. One talk may grow into more, and several may become fewer."),
        widget=ChoiceChips,
        choices=[(SEVERAL, _("A few talks, or I do not know yet")), (ONE, _("One talk may be enough"))],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("In which language do you want to talk?"),
        widget=ChoiceChips,
        choices=[("nl", _("Dutch")), ("en", _("English"))],
    )
    place = forms.ChoiceField(
        label=_("How would you like to talk?"),
        widget=ChoiceChips,
        choices=[
            (Request.Place.ANY, _("It does not matter")),
            (Request.Place.MEET, _("Meeting each other")),
            (Request.Place.ONLINE, _("Online")),
        ],
    )
    employer = forms.ChoiceField(
        label=_("Somebody from here, or from outside?"),
        help_text=_("A coach from outside works for another employer."),
        widget=ChoiceChips,
        choices=[
            (Request.Employer.ANY, _("It does not matter")),
            (Request.Employer.INTERNAL, _("From our organisation")),
            (Request.Employer.EXTERNAL, _("From outside")),
        ],
    )

    def __init__(self, *args: Any, one_talk: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not one_talk:
            del self.fields["length"]

    def kept(self) -> dict[str, str]:
        """The answers as a draft keeps them."""
        return {name: self.cleaned_data.get(name, "") for name in WISHES}

    def wished(self) -> dict[str, Any]:
        """The answers as a request keeps them."""
        kept = self.kept()
        return {"one_talk": kept.pop("length") == self.ONE, **kept}


class SendForm(SendOnce):
    """Step 3: send what was read back. ``seen`` is the fingerprint of exactly that."""

    seen = forms.CharField(widget=forms.HiddenInput)


def from_draft(kept: Mapping[str, str]) -> dict[str, Any]:
    """A draft as data or first values for the forms."""
    return {**kept, **{name: kept.get(name, "").split() for name in ("themes", "close_themes")}}


@dataclass(frozen=True)
class Asking:
    """A whole request, ready to send: the words, whether the coordinator may read them, and the wishes."""

    words: str
    shared: bool
    wishes: Wishes

    @property
    def fingerprint(self) -> str:
        """Changes with every letter: so that nothing is sent but what was read back."""
        whole = [self.words, self.shared, self.wishes.themes, self.wishes.sensitive_themes]
        whole += [self.wishes.language, self.wishes.place, self.wishes.employer, self.wishes.one_talk]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def whole_request(kept: Mapping[str, str], *, one_talk: bool = True) -> Asking | None:
    """What the draft holds, when steps 1 and 2 are both answered; None otherwise.

    Without *one_talk* there is no asking for a single talk, whatever the draft holds of it.
    """
    told, wished = WordsForm(from_draft(kept)), WishesForm(kept, one_talk=one_talk)
    if not (told.is_valid() and wished.is_valid()):
        return None
    themes, close = told.cleaned_data["themes"], told.cleaned_data["close_themes"]
    wishes = Wishes(themes=tuple(themes), sensitive_themes=tuple(close), **wished.wished())
    return Asking(told.cleaned_data["words"], told.cleaned_data["shared"], wishes)


def wishes_in_words(wished: Wishes | Request) -> list[tuple[str, str]]:
    """The wishes as a short label and an answer, in the words of the form."""
    fields, found = WishesForm().fields, []
    language, place, employer = wished.language, wished.place, wished.employer
    for name, label, value in (
        ("length", _("How much"), WishesForm.ONE if wished.one_talk else WishesForm.SEVERAL),
        ("language", _("Language"), language),
        ("place", _("Talking"), place),
        ("employer", _("Coach"), employer),
    ):
        choices = cast(Iterable[tuple[str, str]], cast(forms.ChoiceField, fields[name]).choices)
        answers = {str(key): str(answer) for key, answer in choices}
        found.append((str(label), answers.get(value, value)))
    return found
