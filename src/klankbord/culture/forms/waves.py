"""What a coordinator decides about a wave, a few things at a time; each form changes its own part of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klankbord.core import clock
from klankbord.core.forms import ChoiceCards, ChoiceChips, DateInput, KlankbordFormMixin, SendOnce
from klankbord.core.language import language_on_screen
from klankbord.core.wording import LANGUAGES, Wording
from klankbord.culture.models import Wave
from klankbord.culture.queries.preparing import UnitToChoose, remarks_about
from klankbord.culture.rules.own_items import MOST_OWN_ITEMS
from klankbord.culture.rules.waves import (
    LEAST_SAMPLE,
    MOST_REMINDERS,
    SMALLEST,
    Attribute,
    WavePlan,
    proposed_reminders,
    wrong_reminders,
)
from klankbord.people.api import Person
from klankbord.people.rules import tidy

LARGEST_GROUP = 25
LONGEST_OWN = 300
"""Characters that fit the field; what is too long for a phone the rules say."""
CHOOSE_ONE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
CHOOSE_A_DAY = {"required": _("Choose a day."), "invalid": _("Choose a day.")}
TOO_LONG = _("This is too long to keep. Make it shorter.")


class PartForm(KlankbordFormMixin, forms.Form):
    """One part of what is decided. Ask for ``changed`` after ``is_valid()``."""

    def go_on_with(self, kept: Mapping[str, str]) -> None:
        """Show what somebody was typing here."""
        for name in self.fields:
            if name in kept:
                self.initial[name] = kept[name]

    def changed(self, plan: WavePlan) -> WavePlan:
        """The plan with what was filled in here."""
        raise NotImplementedError


REMINDERS = tuple(f"reminder_{number}" for number in range(1, MOST_REMINDERS + 1))
A_DAY = timedelta(days=1)


class ReminderDays(PartForm):
    """The days on which everybody is reminded: as many as there may be, each of which may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = (_("First reminder"), _("Second reminder"), _("Third reminder"))
        for name, label in zip(REMINDERS, labels, strict=True):
            self.fields[name] = forms.DateField(
                label=label, required=False, widget=DateInput, error_messages=CHOOSE_A_DAY
            )

    def reminder_fields(self) -> list[forms.BoundField]:
        """The fields of the days, for a page that shows them together."""
        return [self[name] for name in REMINDERS if name in self.fields]

    def planned(self) -> tuple[date, ...]:
        """The days that were filled in, in their order. After ``is_valid()``."""
        return tuple(sorted({day for name in REMINDERS if (day := self.cleaned_data.get(name))}))

    def look_at_reminders(self, *, first: date, last: date) -> None:
        """Say at the field which day cannot be."""
        given = [self.cleaned_data.get(name) for name in REMINDERS]
        for place, wrong in wrong_reminders(given, first=first, last=last).items():
            self.add_error(REMINDERS[place], wrong.text(language_on_screen()))


def as_fields(days: Sequence[date]) -> dict[str, date]:
    """Days as what the fields of reminders begin with."""
    return dict(zip(REMINDERS, days, strict=False))


class WhatForm(PartForm):
    """The whole questionnaire or the short one, and what it is called."""

    kind = forms.ChoiceField(
        label=_("Which questionnaire?"),
        widget=ChoiceCards,
        error_messages=CHOOSE_ONE,
        choices=[
            (Wave.Kind.FULL, _("The whole questionnaire: 34 sentences and two open questions. It takes four minutes.")),
            (Wave.Kind.PULSE, _("The short one: five of the same sentences, to follow a change. It takes a minute.")),
        ],
    )
    title_nl = forms.CharField(
        label=_("What is it called, in Dutch?"),
        max_length=80,
        help_text=_("Colleagues read this above the report, and between earlier and later times."),
        error_messages={"required": _("Give it a name."), "max_length": TOO_LONG},
    )
    title_en = forms.CharField(
        label=_("And in English?"),
        max_length=80,
        help_text=_("For colleagues who read English."),
        error_messages={"required": _("Give it a name in English too."), "max_length": TOO_LONG},
    )

    def changed(self, plan: WavePlan) -> WavePlan:
        """The plan with what was filled in here."""
        clean = self.cleaned_data
        return replace(plan, kind=clean["kind"], title=Wording(nl=clean["title_nl"], en=clean["title_en"]))


class NewForm(WhatForm, SendOnce):
    """The same, for a wave that is not there yet."""


def first_plan() -> WavePlan:
    """What a wave begins with: everybody, in three weeks from the day after tomorrow week."""
    today = clock.today()
    opens = today + timedelta(days=7)
    closes = opens + timedelta(days=21)
    return WavePlan(
        kind=Wave.Kind.FULL,
        title=Wording(nl="", en=""),
        opens=opens,
        closes=closes,
        reminders=proposed_reminders(opens, closes),
    )


class WhomForm(PartForm):
    """Everybody, some parts of the organisation, or a sample."""

    whom = forms.ChoiceField(
        label=_("Who goes along?"),
        widget=ChoiceCards,
        error_messages=CHOOSE_ONE,
        choices=[
            (Wave.Whom.ALL, _("Everybody")),
            (Wave.Whom.UNITS, _("Parts of the organisation, with everything under them")),
            (Wave.Whom.SAMPLE, _("A sample: people drawn by lot from everybody, at opening")),
        ],
    )
    units = forms.MultipleChoiceField(
        label=_("Which parts?"),
        required=False,
        error_messages={"invalid_choice": _("One of these parts is no longer there. Choose again.")},
    )
    sample_size = forms.IntegerField(
        label=_("How many people in the sample?"),
        required=False,
        help_text=_("A sample is quieter for people, and gives hardly any figures of single teams."),
        error_messages={"invalid": _("Fill in a number.")},
    )

    def __init__(self, *args: Any, units: Sequence[UnitToChoose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = units
        choices = [(str(one.unit.pk), one.unit.name) for one in units]
        cast(forms.MultipleChoiceField, self.fields["units"]).choices = choices

    def ticked(self) -> frozenset[str]:
        """The ids of the units that are ticked, as they were sent or as they were kept."""
        return frozenset(str(one) for one in self["units"].value() or ())

    def clean(self) -> dict[str, Any]:
        """A number for a sample, a part for parts."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("whom") == Wave.Whom.UNITS and not clean.get("units") and "units" not in self.errors:
            self.add_error("units", _("Tick at least one part."))
        if clean.get("whom") == Wave.Whom.SAMPLE and "sample_size" not in self.errors:
            size = clean.get("sample_size")
            if size is None or not LEAST_SAMPLE <= size <= 1_000_000:
                told = gettext("Fill in a number from %(least)d on. Below that hardly anything comes of it.")
                self.add_error("sample_size", told % {"least": LEAST_SAMPLE})
        return clean

    def changed(self, plan: WavePlan) -> WavePlan:
        """The plan with what was filled in here; what does not go with the choice goes."""
        clean = self.cleaned_data
        whom = clean["whom"]
        return replace(
            plan,
            whom=whom,
            units=tuple(clean["units"]) if whom == Wave.Whom.UNITS else (),
            sample_size=clean["sample_size"] if whom == Wave.Whom.SAMPLE else None,
        )


class BackgroundForm(PartForm):
    """Which one thing about people is laid beside their answers, and how small a group may be."""

    attribute = forms.ChoiceField(
        label=_("One thing beside the answers, or nothing"),
        widget=ChoiceCards,
        error_messages=CHOOSE_ONE,
        choices=[
            (Attribute.NONE, _("Nothing. That is safest, and gives most figures of teams.")),
            (Attribute.LEADS, _("Whether somebody leads people, as the staff file has it")),
            (Attribute.EMPLOYER, _("Whether somebody is employed here, or elsewhere")),
            (Attribute.UPLOADED, _("Groups from a table of your own, such as location or kind of work")),
        ],
    )
    attribute_nl = forms.CharField(
        label=_("What are your groups called together, in Dutch?"),
        required=False,
        max_length=60,
        help_text=_("“Locatie”, for instance. Only for a table of your own."),
        error_messages={"max_length": TOO_LONG},
    )
    attribute_en = forms.CharField(
        label=_("And in English?"), required=False, max_length=60, error_messages={"max_length": TOO_LONG}
    )
    file = forms.FileField(
        label=_("Your table"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Two columns: personeelsnummer and groep. At most eight groups. A new table replaces the old one."),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )
    k = forms.IntegerField(
        label=_("How many people does a figure need at least?"),
        help_text=_("Five is the lowest there is. A higher number protects more, and closes more."),
        error_messages={"required": _("Fill in a number."), "invalid": _("Fill in a number.")},
    )

    def __init__(self, *args: Any, there: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = there

    def clean_k(self) -> int:
        """Never below the smallest."""
        k: int = self.cleaned_data["k"]
        if not SMALLEST <= k <= LARGEST_GROUP:
            told = gettext("Choose a number from %(low)d to %(high)d.")
            raise forms.ValidationError(told % {"low": SMALLEST, "high": LARGEST_GROUP})
        return k

    def clean(self) -> dict[str, Any]:
        """A table of one's own needs a name in both languages, and a file."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("attribute") == Attribute.UPLOADED:
            for name in ("attribute_nl", "attribute_en"):
                if not clean.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in too: it stands above the figures."))
            if not clean.get("file") and not self.there and "file" not in self.errors:
                self.add_error("file", _("Choose the file first. A file of more than 25 MB does not arrive."))
        return clean

    def changed(self, plan: WavePlan) -> WavePlan:
        """The plan with what was filled in here."""
        clean = self.cleaned_data
        attribute = Attribute(clean["attribute"])
        named = attribute is Attribute.UPLOADED
        name = Wording(nl=clean["attribute_nl"], en=clean["attribute_en"]) if named else Wording(nl="", en="")
        return replace(plan, attribute=attribute, attribute_name=name, k=clean["k"])


class OwnItemsForm(PartForm):
    """Up to five sentences of the organisation itself, in both languages, looked at when they are saved."""

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wave = wave
        for number in range(1, MOST_OWN_ITEMS + 1):
            for language, label in (("nl", _("Sentence %(n)d in Dutch")), ("en", _("Sentence %(n)d in English"))):
                self.fields[f"{language}_{number}"] = forms.CharField(
                    label=str(label) % {"n": number},
                    required=False,
                    max_length=LONGEST_OWN,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    error_messages={"max_length": TOO_LONG},
                )

    def pairs(self) -> list[dict[str, Any]]:
        """The fields of each sentence, with what may be better about what is saved."""
        said = self._remarks() if not self.is_bound else {}
        return [
            {
                "number": number,
                "fields": [(self[f"{one}_{number}"], said.get(f"{one}_{number}", ())) for one in LANGUAGES],
                "filled": any(self[f"{one}_{number}"].value() for one in LANGUAGES),
            }
            for number in range(1, MOST_OWN_ITEMS + 1)
        ]

    def _remarks(self) -> dict[str, list[str]]:
        """What warns about the sentences that are saved, by field."""
        own = [one.wording for one in self.wave.own_rated]
        said: dict[str, list[str]] = {}
        for number, found in enumerate(remarks_about(self.wave, own), start=1):
            for one in found:
                said.setdefault(f"{one.language}_{number}", []).append(one.sentence.text(language_on_screen()))
        return said

    def _written(self) -> list[tuple[int, Wording]]:
        clean = self.cleaned_data
        rows = [
            (number, Wording(nl=tidy(clean.get(f"nl_{number}", "")), en=tidy(clean.get(f"en_{number}", ""))))
            for number in range(1, MOST_OWN_ITEMS + 1)
        ]
        return [(number, row) for number, row in rows if row.nl or row.en]

    def clean(self) -> dict[str, Any]:
        """What cannot be asked like this is said at the field; what may be better does not hold anybody up."""
        clean: dict[str, Any] = super().clean() or {}
        if self.errors:
            return clean
        written = self._written()
        found = remarks_about(self.wave, [row for _number, row in written])
        for (number, _row), remarks in zip(written, found, strict=True):
            for one in remarks:
                if one.blocks:
                    self.add_error(f"{one.language}_{number}", one.sentence.text(language_on_screen()))
        return clean

    def changed(self, plan: WavePlan) -> WavePlan:
        """The plan with these sentences, without the empty rows."""
        return replace(plan, own_items=tuple(row for _number, row in self._written()))


class WhenForm(ReminderDays):
    """From which day to which, and when everybody is reminded in between."""

    opens = forms.DateField(
        label=_("When do you mean to open it?"),
        error_messages=CHOOSE_A_DAY,
        help_text=_("On that day it stands on Today with the coordinators. You open it yourself."),
    )
    closes = forms.DateField(
        label=_("Until which day can people answer?"),
        error_messages=CHOOSE_A_DAY,
        help_text=_("That day included. Two or three weeks is enough. You can close it sooner, never later."),
    )

    def clean(self) -> dict[str, Any]:
        """Days still to come, in their order."""
        clean: dict[str, Any] = super().clean() or {}
        opens, closes = clean.get("opens"), clean.get("closes")
        if closes and closes <= clock.today():
            self.add_error("closes", _("Choose a day that is still to come."))
        elif opens and closes and closes <= opens:
            self.add_error("closes", _("Choose a day after the first one."))
        if opens and closes and not {"opens", "closes"} & set(self.errors) and not self._move_along(opens, closes):
            self.look_at_reminders(first=opens + A_DAY, last=closes - A_DAY)
        return clean

    def _move_along(self, opens: date, closes: date) -> bool:
        """Whether the reminders are still those that were proposed; then they go along with other days."""
        before = (self.initial["opens"], self.initial["closes"])
        if before == (opens, closes) or self.planned() != proposed_reminders(*before):
            return False
        proposed = proposed_reminders(opens, closes)
        for place, name in enumerate(REMINDERS):
            self.cleaned_data[name] = proposed[place] if place < len(proposed) else None
        return True

    def changed(self, plan: WavePlan) -> WavePlan:
        """The plan with these days."""
        clean = self.cleaned_data
        return replace(plan, opens=clean["opens"], closes=clean["closes"], reminders=self.planned())


class RemindersForm(ReminderDays):
    """The reminders of an open wave that have not gone: *room* of them, each on a day from *first* to *last*."""

    def __init__(self, *args: Any, room: int, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = {"first": first, "last": last}
        for name in REMINDERS[max(room, 0) :]:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Days still to come, before the last day."""
        clean: dict[str, Any] = super().clean() or {}
        self.look_at_reminders(**self.days)
        return clean


class TextsForm(PartForm):
    """What the organisation says about it, and who answers questions."""

    about_nl = forms.CharField(
        label=_("Why do you ask this now, in Dutch?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
        help_text=_("Two or three sentences in your own words, above the questions. You may leave it out."),
    )
    about_en = forms.CharField(
        label=_("And in English?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
    contact = forms.ChoiceField(
        label=_("Who answers questions about it?"),
        widget=ChoiceChips,
        error_messages=CHOOSE_ONE,
        help_text=_("The name stands in every letter."),
    )

    def __init__(self, *args: Any, contacts: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(one.pk): one for one in contacts}
        choices = [(pk, one.name) for pk, one in self.contacts.items()]
        cast(forms.ChoiceField, self.fields["contact"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """In both languages, or in neither."""
        clean: dict[str, Any] = super().clean() or {}
        nl, en = clean.get("about_nl", "").strip(), clean.get("about_en", "").strip()
        if nl and not en and "about_en" not in self.errors:
            self.add_error("about_en", _("Write this in English too, for colleagues who read English."))
        if en and not nl and "about_nl" not in self.errors:
            self.add_error("about_nl", _("Write this in Dutch too."))
        return clean

    @property
    def named(self) -> Person:
        """Who was chosen to answer questions."""
        return self.contacts[self.cleaned_data["contact"]]

    def changed(self, plan: WavePlan) -> WavePlan:
        """The plan with this text."""
        clean = self.cleaned_data
        return replace(plan, about=Wording(nl=clean["about_nl"].strip(), en=clean["about_en"].strip()))
