"""One talk in one form: when, where, how long, and four lines; and what form a talk has."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin
from klankbord.core.wording import Language
from klankbord.engagements.forms.agreement import LONGEST_CLAUSE
from klankbord.engagements.forms.course import TOO_LONG, IntroductionForm
from klankbord.engagements.models import Session
from klankbord.engagements.rules.agreement import Clause
from klankbord.engagements.short_texts import four_lines, talk_forms


class OneTalkForm(IntroductionForm):
    """When and where, and the four lines. A line may be left empty: then it is not there."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, tongue: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tongue = tongue
        for line in four_lines():
            self.fields[line.id] = forms.CharField(
                label=line.title.text(tongue),
                help_text=line.hint.text(tongue),
                required=False,
                max_length=LONGEST_CLAUSE,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": TOO_LONG},
            )
        self.order_fields([*self.field_order, *(line.id for line in four_lines())])

    def line_fields(self) -> list[BoundField]:
        """The four lines, for the template."""
        return [self[line.id] for line in four_lines()]

    def clean(self) -> dict[str, Any]:
        """At least one line says something."""
        cleaned = super().clean()
        cleaned["based_on"] = cleaned.get("based_on") or 0
        if not any(cleaned.get(line.id, "").strip() for line in four_lines()):
            self.add_error(four_lines()[0].id, _("There is nothing here yet. One sentence is enough."))
        return cleaned

    def lines(self) -> Sequence[Clause]:
        """What was written, as clauses."""
        return [
            Clause(line.id, line.title.text(self.tongue), self.cleaned_data[line.id].strip())
            for line in four_lines()
            if self.cleaned_data[line.id].strip()
        ]


class TalkFormForm(KlankbordFormMixin, forms.Form):
    """Which form a talk has, and whether those who are there have been told."""

    form = forms.ChoiceField(
        label=_("Choose what fits"),
        widget=ChoiceCards,
        error_messages={"required": _("Choose one.")},
    )
    colleagues_told = forms.BooleanField(
        label=_("I told my colleagues, and they agree"),
        help_text=_("Only when the coach looks along and others are there."),
        required=False,
    )

    def __init__(self, *args: Any, tongue: Language, is_client: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast(forms.ChoiceField, self.fields["form"])
        chosen.choices = [
            (one.id, f"{one.name.text(tongue)}. {one.about.text(tongue)}")
            for one in talk_forms().forms
            if one.id in Session.Form.values
        ]
        if not is_client:
            del self.fields["colleagues_told"]
