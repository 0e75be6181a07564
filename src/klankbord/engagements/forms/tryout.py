"""Forms for what is tried out: the plan, and what happened."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.comparison import normalised
from klankbord.core.forms import KlankbordFormMixin
from klankbord.engagements.forms.course import LONGEST_TEXT, TOO_LONG
from klankbord.engagements.models import Experiment
from klankbord.engagements.rules.board import Plan

LONGEST_PART = 500
PART_TOO_LONG = _("This fits in %(limit_value)d characters. You wrote %(show_value)d.")


class PlanForm(KlankbordFormMixin, forms.Form):
    """What to try out, and if that is known when and with whom. ``based_on`` is 0 for a new one."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    what = forms.CharField(
        label=_("What are you going to try out?"),
        help_text=_("Small is fine. Rather no medical details."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("There is nothing here yet. A few words are enough."), "max_length": TOO_LONG},
    )
    when = forms.CharField(
        label=_("When?"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"max_length": PART_TOO_LONG},
    )
    with_whom = forms.CharField(
        label=_("With whom?"),
        help_text=_("A role is enough: a colleague, the project leader."),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"max_length": PART_TOO_LONG},
    )

    def __init__(self, *args: Any, of_other: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_other:
            self.fields["what"].label = _("What is %(name)s going to try out?") % {"name": of_other}
            self.fields["what"].help_text = _("In the words of %(name)s. Rather no medical details.") % {
                "name": of_other
            }

    def clean_once(self) -> UUID:
        """A form without an id is a form like any other: it then makes something of its own."""
        given: UUID | None = self.cleaned_data.get("once")
        return given or uuid4()

    @property
    def plan(self) -> Plan:
        """What a valid form holds."""
        return Plan(**{part: normalised(self.cleaned_data[part]) for part in ("what", "when", "with_whom")})

    @property
    def typed(self) -> Plan:
        """What was typed, valid or not."""
        return Plan(**{part: str(self[part].value() or "") for part in ("what", "when", "with_whom")})


class OutcomeForm(KlankbordFormMixin, forms.Form):
    """What happened, in words or with one of three buttons."""

    state = forms.ChoiceField(
        label=_("How it went"),
        choices=[choice for choice in Experiment.State.choices if choice[0] != "planned"],
        error_messages={
            "required": _("Choose one of the three ways."),
            "invalid_choice": _("Choose one of the three ways."),
        },
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("What you did, what the others did, what surprised you."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG},
    )
