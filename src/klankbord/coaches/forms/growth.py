"""What a coach fills in about hours, learning, the six sides of the craft, and the own story."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.coaches.growth_texts import Aspect, Part, aspects, parts
from klankbord.coaches.models import IntervisionGroup, Learning, StoryShare
from klankbord.coaches.rules.growth import Seen
from klankbord.core import clock
from klankbord.core.forms import ChoiceCards, ChoiceChips, KlankbordFormMixin, SendOnce
from klankbord.core.language import language_on_screen as language
from klankbord.people.api import Person

FIRST_YEAR = 1960
LONGEST_WORDS = 2_000
LONGEST_STORY = 10_000
NO_NAMES = _("Rather no names of others and no medical details.")
YEAR = {
    "invalid": _("Write the year in four figures."),
    "min_value": _("Write the year in four figures."),
    "max_value": _("That year is still to come."),
    "required": _("Fill in a year."),
}


class YearField(forms.IntegerField):
    """A year that has begun."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=FIRST_YEAR, error_messages=YEAR, **options)
        self.widget.attrs.update({"inputmode": "numeric", "class": "short"})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > clock.today().year:
            raise forms.ValidationError(YEAR["max_value"], code="max_value")


class EarlierForm(SendOnce):
    """Hours from before Klankbord, or from elsewhere."""

    from_year = YearField(label=_("From"))
    until_year = YearField(label=_("Up to and including"))
    hours = forms.IntegerField(
        label=_("Hours of coaching"),
        min_value=1,
        max_value=50_000,
        error_messages={
            "required": _("Fill in a number of hours."),
            "invalid": _("Fill in a whole number of hours."),
            "min_value": _("Fill in a number of hours."),
            "max_value": _("This is more than %(limit_value)s hours."),
        },
    )
    clients = forms.IntegerField(
        label=_("Number of [[clients]]"),
        help_text=_("Below five it says “fewer than five” on a statement."),
        required=False,
        min_value=1,
        max_value=10_000,
        error_messages={"invalid": _("Fill in a whole number, or leave it empty.")},
    )
    source = forms.CharField(
        label=_("Where was that?"),
        help_text=_("An organisation, a bureau, your own practice. No names of [[clients]]."),
        max_length=120,
        error_messages={"required": _("Say where these hours are from.")},
    )
    proof = forms.CharField(
        label=_("Where is the proof of it?"),
        help_text=_("For example a letter, or the number of an accreditation. Only you see this."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        first, last = given.get("from_year"), given.get("until_year")
        if first and last and last < first:
            self.add_error("until_year", _("The last year comes before the first."))
        return given


class StatementForm(SendOnce):
    """Which years a statement is about, and whether the hours from before stand on it."""

    from_year = YearField(label=_("From"))
    until_year = YearField(label=_("Up to and including"))
    with_earlier = forms.BooleanField(
        label=_("With the hours from before"),
        help_text=_("They stand apart, as stated by you."),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        first, last = given.get("from_year"), given.get("until_year")
        if first and last and last < first:
            self.add_error("until_year", _("The last year comes before the first."))
        return given


class CodeForm(KlankbordFormMixin, forms.Form):
    """The code on a statement. A browser with JavaScript fills it in from the address."""

    code = forms.CharField(
        label=_("The code on the statement"),
        help_text=_("Letters and figures in groups of four. Capitals and dashes do not matter."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Fill in the code on the statement.")},
    )


KINDS = {
    Learning.Kind.TRAINING: _("Training"),
    Learning.Kind.SUPERVISION: _("Supervision"),
    Learning.Kind.OTHER: _("Something else"),
}


class LearningForm(SendOnce):
    """A training, a supervision, or something else a coach learned from."""

    kind = forms.ChoiceField(
        label=_("What was it?"),
        widget=ChoiceChips,
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        error_messages={"required": _("Choose one.")},
    )
    title = forms.CharField(
        label=_("In a few words"),
        max_length=160,
        error_messages={"required": _("Say in a few words what it was.")},
    )
    provider = forms.CharField(label=_("With whom"), max_length=120, required=False)
    on = forms.DateField(
        label=_("When"),
        help_text=_("The last day of it."),
        error_messages={"required": _("Fill in a day."), "invalid": _("This is not a day.")},
    )
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=Decimal("0.5"),
        max_value=Decimal(2000),
        max_digits=5,
        decimal_places=1,
        localize=True,
        error_messages={
            "required": _("Fill in a number of hours."),
            "invalid": _("Fill in a number of hours."),
            "min_value": _("Fill in a number of hours."),
            "max_value": _("This is more than %(limit_value)s hours."),
            "max_decimal_places": _("One figure behind the comma is enough."),
        },
    )
    proof = forms.CharField(
        label=_("Where is the proof of it?"),
        help_text=_("For example a certificate and its number."),
        max_length=200,
        required=False,
    )
    shown = forms.BooleanField(
        label=_("The coordinator may read this"),
        help_text=_("The policy may ask for training or supervision. You can change this at any time."),
        required=False,
        initial=True,
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("That day is still to come. Note it once it was."))
        return on


class LookForm(SendOnce):
    """How a coach sees the six sides of the craft now. Every side may be left open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect in aspects():
            self.fields[f"{aspect.id}_level"] = forms.ChoiceField(
                label=_("How does it go now?"),
                required=False,
                widget=ChoiceCards,
                choices=[(one.id, one.text.text(language())) for one in aspect.levels],
            )
            self.fields[f"{aspect.id}_words"] = forms.CharField(
                label=_("What makes you say so?"),
                help_text=NO_NAMES,
                required=False,
                max_length=LONGEST_WORDS,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def sides(self) -> Iterable[tuple[Aspect, str, str, Any, Any]]:
        """Each side with its name, what it is about, and its two fields."""
        for aspect in aspects():
            level, words = self[f"{aspect.id}_level"], self[f"{aspect.id}_words"]
            yield aspect, aspect.name.text(language()), aspect.about.text(language()), level, words

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if not self.errors and not any(one.level or one.words for one in self.seen().values()):
            raise forms.ValidationError(_("Nothing is filled in yet. One side is enough."))
        return given

    def seen(self) -> dict[str, Seen]:
        """What was said, side by side."""
        return {
            aspect.id: Seen(
                self.cleaned_data.get(f"{aspect.id}_level", ""), self.cleaned_data.get(f"{aspect.id}_words", "").strip()
            )
            for aspect in aspects()
        }


class StoryForm(KlankbordFormMixin, forms.Form):
    """The parts of the own story, each with the version it was read in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts():
            self.fields[part.id] = forms.CharField(
                label=part.name.text(language()),
                help_text=part.prompt.text(language()),
                required=False,
                max_length=LONGEST_STORY,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
            self.fields[f"{part.id}_revision"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def rows(self) -> Iterable[tuple[Part, Any, Any]]:
        """Each part with its two fields."""
        for part in parts():
            yield part, self[part.id], self[f"{part.id}_revision"]

    def texts(self) -> dict[str, str]:
        """What was written, by part."""
        return {part.id: self.cleaned_data[part.id].strip() for part in parts()}

    def revisions(self) -> dict[str, int]:
        """Which version of each part was read."""
        return {part.id: self.cleaned_data.get(f"{part.id}_revision") or 0 for part in parts()}


class ShareForm(SendOnce):
    """Which part goes to whom."""

    part = forms.ChoiceField(label=_("Which part?"), widget=ChoiceCards, error_messages={"required": _("Choose one.")})
    to = forms.ChoiceField(label=_("With whom?"), widget=ChoiceCards, error_messages={"required": _("Choose one.")})
    text = forms.CharField(
        label=_("What you share"),
        help_text=_("A copy: you may leave things out. Your own story stays as it is."),
        required=False,
        max_length=LONGEST_STORY,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(
        self, *args: Any, written: Mapping[str, str], groups: Sequence[IntervisionGroup], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            (part.id, part.name.text(language())) for part in parts() if written.get(part.id)
        ]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            *((str(group.pk), _("The group “%(name)s”") % {"name": group.name}) for group in groups),
            (StoryShare.Audience.COORDINATOR.value, _("The coordinator")),
            (StoryShare.Audience.PROFILE.value, _("Everyone, on my profile")),
        ]


class PersonChoice(forms.ChoiceField):
    """One of a few people, by name."""

    def __init__(self, people: Sequence[Person], **options: Any) -> None:
        self.people = {str(person.pk): person for person in people}
        super().__init__(choices=[(key, person.name) for key, person in self.people.items()], **options)

    def clean(self, value: Any) -> Any:
        return self.people[super().clean(value)]


class ContactForm(SendOnce):
    """A day for a talk of coach and coordinator; the coach says with which coordinator."""

    on = forms.DateField(
        label=_("When"), error_messages={"required": _("Fill in a day."), "invalid": _("This is not a day.")}
    )

    def __init__(self, *args: Any, coordinators: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if coordinators:
            self.fields["coordinator"] = PersonChoice(
                coordinators,
                label=_("With"),
                error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
            )


class NoteForm(SendOnce):
    """What one of the two keeps of the talk."""

    text = forms.CharField(
        label=_("What do you want to keep of it?"),
        help_text=_("You both read this. No names of [[clients]]."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("There is nothing here yet.")},
    )


class GroupForm(SendOnce):
    """The name of a group."""

    name = forms.CharField(
        label=_("What is the group called?"),
        help_text=_("Coaches and coordinators read this name."),
        max_length=80,
        error_messages={"required": _("Give the group a name.")},
    )


class MeetingForm(SendOnce):
    """When and where a group meets, or met."""

    on = forms.DateField(
        label=_("On which day?"),
        error_messages={"required": _("Fill in a day."), "invalid": _("This is not a day.")},
    )
    at = forms.TimeField(
        label=_("At what time?"),
        error_messages={"required": _("Fill in a time."), "invalid": _("This is not a time.")},
    )
    place = forms.CharField(label=_("Where"), max_length=120, required=False)


class SubjectForm(SendOnce):
    """What a meeting is about, in a few words."""

    title = forms.CharField(
        label=_("What is it about?"),
        help_text=_("Only who is in the group now reads this. No names of [[clients]]."),
        max_length=200,
        error_messages={"required": _("Say in a few words what it is about.")},
    )


class AttendanceForm(KlankbordFormMixin, forms.Form):
    """Who was there."""

    there = forms.MultipleChoiceField(label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["there"].choices = [(str(person.pk), person.name) for person in people]  # type: ignore[attr-defined]

    def chosen(self) -> set[UUID]:
        """The ids of who was ticked."""
        return {UUID(one) for one in self.cleaned_data["there"]}
