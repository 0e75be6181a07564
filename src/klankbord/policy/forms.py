"""What a coordinator fills in: one part of the policy, and the note with which it is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klankbord.core import clock
from klankbord.core.forms import Chips, ChoiceCards, ChoiceChips, KlankbordFormMixin
from klankbord.core.wording import Language
from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import mark_of, places_in
from klankbord.policy.reading import place_name
from klankbord.policy.rules.content import ClientWord, PolicyContent, ThreeWay
from klankbord.policy.rules.soundness import Flaw, Unsound, unsound
from klankbord.policy.rules.values import Kind, RuleValue, with_values
from klankbord.policy.texts import bodies, rule_values

LONGEST_TEXT = 8_000
TOO_LONG = _("This is longer than %(limit_value)d characters. Make it a little shorter.")
OWN = "own"
WORDS: Mapping[str, ClientWord] = {
    "klant": ClientWord(),
    "coachee": ClientWord(one="coachee", many="coachees", one_en="coachee", many_en="coachees"),
    "gecoachte": ClientWord(one="gecoachte", many="gecoachten", one_en="coachee", many_en="coachees"),
    "deelnemer": ClientWord(one="deelnemer", many="deelnemers", one_en="participant", many_en="participants"),
}
WORD_FIELDS = ("one", "many", "article", "one_en", "many_en")


OF_THE_WORD = (Flaw.NO_WORD, Flaw.NO_ENGLISH_WORD, Flaw.NOT_A_WORD)


def field_name(value_id: str) -> str:
    """The name of the field for a value: a dot has no place in one."""
    return value_id.replace(".", "-")


class LanguageForm(KlankbordFormMixin, forms.Form):
    """In which language the first policy is written."""

    language = forms.ChoiceField(
        label=_("In which language do you write it?"), choices=[("nl", "Nederlands"), ("en", "English")],
        widget=ChoiceChips, error_messages={"required": _("Choose one of the two languages.")},
    )  # fmt: skip


class SectionForm(KlankbordFormMixin, forms.Form):
    """One part of the policy: its text, and the values that are rules.

    ``seen`` is the mark of what somebody began from, so that nobody writes over another's words unseen.
    """

    def __init__(self, *args: Any, section_id: str, content: PolicyContent, language: Language, **kwargs: Any) -> None:
        self.section_id, self.content, self.language = section_id, content, language
        self.values = [one for one in rule_values() if one.section == section_id]
        super().__init__(*args, initial=self._begun(), **kwargs)
        for value in self.values:
            self.fields[field_name(value.id)] = _field(value, language)
        if section_id == "words":
            self.fields |= _word_fields()
        self.fields["text"] = forms.CharField(
            label=_("Text"),
            help_text=_(
                "In your organisation's own words. An empty line begins a paragraph; “- ” begins a point of a list."
            ),
            required=False,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 12}),
            error_messages={"max_length": TOO_LONG},
        )  # fmt: skip
        for place in places_in(section_id):
            self.fields[f"address-{place}"] = forms.CharField(
                label=place_name(place, language),
                required=False,
                max_length=200,
                error_messages={"max_length": TOO_LONG},
            )
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def _begun(self) -> dict[str, Any]:
        content = self.content
        begun = {"text": content.texts.get(self.section_id, ""), "seen": mark_of(content, self.section_id)}
        begun |= {field_name(one.id): one.of(content) for one in self.values}
        begun |= {f"address-{one}": content.addresses.get(one, "") for one in places_in(self.section_id)}
        known = next((name for name, word in WORDS.items() if word == content.word), OWN)
        own = {f"word-{name}": getattr(content.word, name) for name in WORD_FIELDS} if known == OWN else {}
        return begun | {"word": known, "word-article": content.word.article} | own

    def go_on_with(self, kept: Mapping[str, str]) -> None:
        """Show what somebody was typing here. A box that is not in it was not ticked."""
        for name, field in self.fields.items() if kept else ():
            if isinstance(field, forms.BooleanField):
                self.initial[name] = name in kept
            elif isinstance(field, forms.MultipleChoiceField):
                self.initial[name] = kept.get(name, "").split("\n")
            elif name in kept:
                self.initial[name] = kept[name]

    def rule_fields(self) -> list[Any]:
        """The fields of the values, in order."""
        return [self[field_name(one.id)] for one in self.values]

    def word_fields(self) -> list[Any]:
        """The fields for a word of one's own."""
        return [self[f"word-{one}"] for one in WORD_FIELDS] if self.section_id == "words" else []

    def address_fields(self) -> list[Any]:
        """The fields of the addresses."""
        return [self[f"address-{one}"] for one in places_in(self.section_id)]

    def written(self) -> PolicyContent:
        """The content with what was written in this part. Ask for it after ``is_valid()``."""
        cleaned = self.cleaned_data
        given: dict[str, Any] = {
            one.id: _stored(one, cleaned[field_name(one.id)]) for one in self.values if field_name(one.id) in cleaned
        }
        given["texts"] = {**self.content.texts, self.section_id: cleaned.get("text", "")}
        places = {one: cleaned.get(f"address-{one}", "") for one in places_in(self.section_id)}
        given["addresses"] = {**self.content.addresses, **places}
        if self.section_id == "words":
            given["word"] = self._word()
        return with_values(self.content, given)

    def _word(self) -> ClientWord:
        chosen = self.cleaned_data.get("word", OWN)
        if chosen in WORDS:
            return WORDS[chosen]
        return ClientWord(**{name: self.cleaned_data.get(f"word-{name}", "") for name in WORD_FIELDS})

    def clean(self) -> dict[str, Any]:
        """The values go together, also with those of other parts."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for one in unsound(self.written()):
                self._say(one)
        return cleaned

    def _say(self, wrong: Unsound) -> None:
        here = [field_name(one) for one in wrong.values if field_name(one) in self.fields]
        for name in here if wrong.flaw in OF_THE_WORD else here[:1]:
            self.add_error(name, flaw_words(wrong))


def flaw_words(wrong: Unsound) -> str:
    """What does not go together, for whoever can change it."""
    words = {
        Flaw.MOST_BELOW_COUNT: gettext("%(count)d talks are usual and %(most)d the most. The most cannot be lower."),
        Flaw.INTERIM_AFTER_THE_LAST: gettext(
            "Looking back on the way comes after talk %(interim)d, and there are %(count)d talks. Choose an earlier "
            "talk, or more talks."
        ),
        Flaw.DIRECTION_AFTER_MOST: gettext(
            "The direction comes at talk %(direction)d, and there are %(most)d talks at most. Choose an earlier "
            "talk, or more talks."
        ),
        Flaw.KEPT_FOR_NOTHING: gettext("Choose at least one month. People need time to take along what is theirs."),
        Flaw.NO_WORD: gettext("Fill in the word. It stands on every screen."),
        Flaw.NOT_A_WORD: gettext("Use letters only, with a space or a hyphen between two words."),
        Flaw.NO_ENGLISH_WORD: gettext("Fill in the English word too, for colleagues who read English."),
    }
    return words[wrong.flaw] % dict(wrong.facts)


def _field(value: RuleValue, language: Language) -> forms.Field:
    shared: dict[str, Any] = {"label": value.name.text(language), "help_text": value.does.text(language)}
    if value.kind is Kind.YES:
        return forms.BooleanField(required=False, **shared)
    if value.kind is Kind.CHOICE:
        options = [(one.id, one.name.text(language)) for one in value.options]
        missing = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
        return forms.ChoiceField(choices=options, widget=ChoiceCards, error_messages=missing, **shared)
    if value.kind is Kind.BODIES:
        return forms.MultipleChoiceField(choices=list(bodies().items()), widget=Chips, required=False, **shared)
    low, high = value.low, value.high
    between = lazy(lambda: gettext("Choose a number from %(low)d to %(high)d.") % {"low": low, "high": high}, str)()
    errors = {"required": between, "invalid": between, "min_value": between, "max_value": between}
    return forms.IntegerField(min_value=low, max_value=high, error_messages=errors, **shared)


def _stored(value: RuleValue, given: Any) -> Any:
    if value.kind is Kind.BODIES:
        return tuple(given)
    return ThreeWay(given) if value.kind is Kind.CHOICE else given


def _word_fields() -> dict[str, forms.Field]:
    choices = [*((name, name) for name in WORDS), (OWN, _("another word"))]
    long = {"max_length": TOO_LONG}

    def own(label: Any) -> forms.Field:
        return forms.CharField(label=label, required=False, max_length=30, error_messages=long)

    missing = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
    return {
        "word": forms.ChoiceField(
            label=_("What do you call somebody who is coached?"), choices=choices, widget=ChoiceChips,
            help_text=_("Klankbord uses this word on every screen, in mail and on paper."), error_messages=missing,
        ),
        "word-one": own(_("The word, without “de” or “het”")),
        "word-many": own(_("More than one")),
        "word-article": forms.ChoiceField(
            label=_("De or het?"), choices=[("de", "de"), ("het", "het")], widget=ChoiceChips, error_messages=missing
        ),
        "word-one_en": own(_("The word in English")),
        "word-many_en": own(_("More than one, in English")),
    }  # fmt: skip


class PublishForm(KlankbordFormMixin, forms.Form):
    """What changed and why, and when the policy is looked at again."""

    note = forms.CharField(
        label=_("What changed, and why?"),
        help_text=_("A few sentences for all colleagues. They stand beside this version for good."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words."), "max_length": TOO_LONG},
    )
    review_on = forms.DateField(
        label=_("When do you look at it again?"),
        help_text=_("A month before, it appears on Today with the coordinators."),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def clean_review_on(self) -> Any:
        """A day still to come, and no more than three years away."""
        day = self.cleaned_data["review_on"]
        if day <= clock.today():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if (day - clock.today()).days > 3 * 366:
            raise forms.ValidationError(_("This is more than three years away. Choose a day nearer by."))
        return day


class CompareForm(KlankbordFormMixin, forms.Form):
    """Two versions, by number; 0 is the draft."""

    older = forms.TypedChoiceField(label=_("From version"), coerce=int)
    newer = forms.TypedChoiceField(label=_("To version"), coerce=int)

    def __init__(self, *args: Any, versions: list[PolicyVersion], draft: PolicyVersion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers: list[tuple[int, Any]] = [(one.number or 0, str(one.number)) for one in reversed(versions)]
        for name in ("older", "newer"):
            choices = [*numbers, *([(0, _("the draft"))] if draft else [])]
            cast(forms.TypedChoiceField, self.fields[name]).choices = choices
