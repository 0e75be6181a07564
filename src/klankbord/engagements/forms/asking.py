"""What somebody fills in to ask for a coach."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.coaches.api import themes
from klankbord.core.forms import Chips, ChoiceChips, KlankbordFormMixin, SendOnce
from klankbord.core.language import language_on_screen
from klankbord.engagements.actions.requests import Wishes
from klankbord.engagements.models import Request
from klankbord.engagements.rules.guidance import about_coming_back
from klankbord.engagements.wish_texts import labels
from klankbord.people.api import Person

LONGEST_TEXT = 20_000
WISHES = ("length", "language", "place", "employer")
SEVERAL_WISHES = ("ways", "day_parts")
ABOUT_A_PERSON = ("gender", "coach")
# Who somebody would rather talk with, where the policy allows asking.
GENDERS = (("woman", _("A woman")), ("man", _("A man")))
TOO_LONG = _("This is longer than %(limit_value)d characters. Make it a little shorter.")


def themes_offered(*, sensitive: bool) -> list[tuple[str, str]]:
    """What may be chosen, in the language on screen."""
    language = language_on_screen()
    return [(one.id, one.label.text(language)) for one in themes() if one.sensitive is sensitive]


def theme_labels(ids: Iterable[str]) -> list[str]:
    """What these themes are called on screen; a theme that is no longer in the content is left out."""
    language = language_on_screen()
    labels = {one.id: one.label.text(language) for one in themes()}
    return [labels[one] for one in ids if one in labels]


def _choices(kind: str) -> list[tuple[str, str]]:
    language = language_on_screen()
    return [(one, label.text(language)) for one, label in getattr(labels(), kind).items()]


@dataclass(frozen=True)
class Asks:
    """What the wishes ask about: who a coach is, the coach somebody came with, and whether one talk is offered."""

    about_person: bool = False
    one_talk: bool = True
    coach: Person | None = None


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
        choices=partial(themes_offered, sensitive=False),
        required=False,
    )
    close_themes = forms.MultipleChoiceField(
        label=_("Or on something closer to you?"),
        help_text=_("These stay with your own words: only those who read your words see them."),
        widget=Chips,
        choices=partial(themes_offered, sensitive=True),
        required=False,
    )
    # SECURITY: kept in the sealed draft with the words, and nowhere else: a request holds no such label.
    coming_back = forms.BooleanField(
        label=_("It is about coming back after illness"),
        help_text=_("Then another way fits you better. You read which one and why; nothing is sent."),
        required=False,
    )
    language = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    place = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    employer = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    length = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    ways = forms.CharField(widget=forms.HiddenInput, max_length=1_000, required=False)
    day_parts = forms.CharField(widget=forms.HiddenInput, max_length=1_000, required=False)
    gender = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    coach = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def kept(self) -> dict[str, str]:
        """The answers as a draft keeps them: several choices one under the other."""
        clean = self.cleaned_data
        return {
            "words": clean["words"],
            "shared": "on" if clean["shared"] else "",
            "coming_back": "on" if clean["coming_back"] else "",
            "themes": "\n".join(clean["themes"]),
            "close_themes": "\n".join(clean["close_themes"]),
            **{name: clean[name] for name in (*WISHES, *SEVERAL_WISHES, *ABOUT_A_PERSON)},
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

    ways = forms.MultipleChoiceField(
        label=_("How do you like to work?"),
        widget=Chips,
        choices=partial(_choices, "ways"),
        required=False,
    )
    day_parts = forms.MultipleChoiceField(
        label=_("When can you usually?"),
        widget=Chips,
        choices=partial(_choices, "day_parts"),
        required=False,
    )
    gender = forms.ChoiceField(
        label=_("Would you rather talk with a woman or a man?"),
        help_text=_("Only the coordinators see this."),
        widget=ChoiceChips,
        choices=[("", _("It does not matter")), *GENDERS],
        required=False,
    )
    coach = forms.ChoiceField(
        label=_("Do you have somebody in mind?"),
        help_text=_("Only the coordinators see this. They look whether it is possible."),
        widget=ChoiceChips,
        required=False,
    )

    def __init__(self, *args: Any, asks: Asks, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks.one_talk:
            del self.fields["length"]
        if not asks.about_person:
            del self.fields["gender"]
        if asks.coach is None:
            del self.fields["coach"]
        else:
            named = cast(forms.ChoiceField, self.fields["coach"])
            named.choices = [(str(asks.coach.pk), asks.coach.name), ("", _("It does not matter"))]

    @property
    def more(self) -> list[forms.BoundField]:
        """The wishes that are folded away, so that asking stays a matter of minutes."""
        return [self[name] for name in (*SEVERAL_WISHES, *ABOUT_A_PERSON) if name in self.fields]

    @property
    def more_open(self) -> bool:
        """Whether they lie open: when one of them was chosen, or something is wrong there."""
        return any(field.value() or field.errors for field in self.more)

    def kept(self) -> dict[str, str]:
        """The answers as a draft keeps them: several choices one after the other."""
        clean = self.cleaned_data
        several = {name: " ".join(clean[name]) for name in SEVERAL_WISHES}
        return {name: clean.get(name, "") for name in (*WISHES, *ABOUT_A_PERSON)} | several

    def wished(self) -> dict[str, Any]:
        """The answers as a request keeps them."""
        clean = self.cleaned_data
        coach = clean.get("coach", "")
        return {
            "one_talk": clean.get("length") == self.ONE,
            "gender": clean.get("gender", ""),
            "coach": UUID(coach) if coach else None,
            **{name: clean[name] for name in ("language", "place", "employer")},
            **{name: tuple(clean[name]) for name in SEVERAL_WISHES},
        }


class SendForm(SendOnce):
    """Step 3: send what was read back. ``seen`` is the fingerprint of exactly that."""

    seen = forms.CharField(widget=forms.HiddenInput)


def from_draft(kept: Mapping[str, str]) -> dict[str, Any]:
    """A draft as data or first values for step 1."""
    return {**kept, **{name: kept.get(name, "").split() for name in ("themes", "close_themes")}}


def wishes_from_draft(kept: Mapping[str, str]) -> dict[str, Any]:
    """A draft as data or first values for step 2."""
    return {**kept, **{name: kept.get(name, "").split() for name in SEVERAL_WISHES}}


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
        whole += [self.wishes.ways, self.wishes.day_parts, self.wishes.gender, str(self.wishes.coach)]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def whole_request(kept: Mapping[str, str], asks: Asks) -> Asking | None:
    """What the draft holds, when steps 1 and 2 are both answered; None otherwise, and for coming back after illness."""
    told, wished = WordsForm(from_draft(kept)), WishesForm(wishes_from_draft(kept), asks=asks)
    if not (told.is_valid() and wished.is_valid()) or about_coming_back(told.cleaned_data["coming_back"]):
        return None
    themes, close = told.cleaned_data["themes"], told.cleaned_data["close_themes"]
    wishes = Wishes(themes=tuple(themes), sensitive_themes=tuple(close), **wished.wished())
    return Asking(told.cleaned_data["words"], told.cleaned_data["shared"], wishes)


def wishes_in_words(
    wished: Wishes | Request, *, coach: Person | None = None, gender: str = ""
) -> list[tuple[str, str]]:
    """The wishes as a short label and an answer, in the words of the form. What nobody wished is left out.

    *coach* and *gender* are for the client and for whoever looks for a coach.
    """
    fields, found = WishesForm(asks=Asks(about_person=True)).fields, []
    for name, label, value in (
        ("length", _("How much"), WishesForm.ONE if wished.one_talk else WishesForm.SEVERAL),
        ("language", _("Language"), wished.language),
        ("place", _("Talking"), wished.place),
        ("employer", _("Coach"), wished.employer),
    ):
        found.append((str(label), _answers(fields[name]).get(value, value)))
    several = (("ways", _("Way of working"), wished.ways), ("day_parts", _("When"), wished.day_parts))
    for name, label, values in several:
        if values:
            answers = _answers(fields[name])
            found.append((str(label), ", ".join(answers[value] for value in values if value in answers)))
    if gender:
        found.append((str(_("Rather")), _answers(fields["gender"]).get(gender, gender)))
    if coach:
        found.append((str(_("Asked for")), coach.name))
    return found


def _answers(field: forms.Field) -> dict[str, str]:
    choices = cast(Iterable[tuple[str, str]], cast(forms.ChoiceField, field).choices)
    return {str(key): str(answer) for key, answer in choices}
