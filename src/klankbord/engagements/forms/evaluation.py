"""Forms of looking back along the pillars, and of the people around."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceChips, KlankbordFormMixin, SendOnce
from klankbord.engagements.forms.course import TOO_LONG
from klankbord.engagements.rules.evaluation import Pillar
from klankbord.engagements.rules.people_around import LONGEST_NAME, Ring

LONGEST_PART = 10_000
LONGEST_ANSWER = 2_000
NO_NAMES = _("Rather no names of others and no medical details.")
RINGS = (
    (Ring.CLOSE.value, _("close by")),
    (Ring.FURTHER.value, _("further off")),
    (Ring.DISTANT.value, _("at a distance")),
)


class PartsForm(KlankbordFormMixin, forms.Form):
    """A text in parts, one per pillar, any of which may stay empty; and the revision its writer was looking at."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, questions: Mapping[Pillar, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pillar, question in questions.items():
            self.fields[pillar.value] = forms.CharField(
                label=question,
                required=False,
                max_length=LONGEST_PART,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"max_length": TOO_LONG},
            )
        self.pillars = tuple(questions)

    def clean(self) -> dict[str, Any]:
        """Turn a revision that says nothing into "there was none", and ask for words where there were none."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["based_on"] = cleaned.get("based_on") or 0
        if not self.errors and not cleaned["based_on"] and not any(self.parts().values()):
            self.add_error(self.pillars[0].value, _("There is nothing here yet. One sentence is enough."))
        return cleaned

    def parts(self) -> dict[str, str]:
        """What was written, by pillar."""
        return {pillar.value: str(self.cleaned_data.get(pillar.value, "")).strip() for pillar in self.pillars}


def _who() -> forms.CharField:
    return forms.CharField(
        label=_("Who?"),
        help_text=_("By role or initials. Rather no names."),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Write who it is: a role or initials."),
            "max_length": _("A role fits in %(limit_value)d characters."),
        },
    )


def _ring() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How near?"),
        choices=RINGS,
        widget=ChoiceChips,
        initial=Ring.CLOSE.value,
        error_messages={"required": _("Choose how near."), "invalid_choice": _("Choose how near.")},
    )


class SomebodyForm(SendOnce):
    """Somebody new on the map."""

    who = _who()
    ring = _ring()


class PerspectiveForm(KlankbordFormMixin, forms.Form):
    """Somebody on the map, and answers to the questions that were asked for. Answers may stay empty."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    who = _who()
    ring = _ring()

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(name for name, _question in questions)
        for name, question in questions:
            self.fields[name] = forms.CharField(
                label=question,
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"max_length": TOO_LONG},
            )

    @property
    def answer_fields(self) -> list[BoundField]:
        """The fields of the questions."""
        return [self[name] for name in self.asked]

    def answers(self) -> dict[str, str]:
        """What was answered, by question; what stayed empty is left out."""
        given = {name: str(self.cleaned_data.get(name, "")).strip() for name in self.asked}
        return {name: text for name, text in given.items() if text}
