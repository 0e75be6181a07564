"""What a manager writes to an employee, what the employee asks first, and the reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin, SendOnce
from klankbord.engagements.forms.asking import LONGEST_TEXT, TOO_LONG
from klankbord.engagements.models import Referral
from klankbord.engagements.rules.lifecycle import ReferralAct
from klankbord.people.api import Person


class SuggestForm(SendOnce):
    """To whom, and the literal words."""

    client: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("To whom do you write?"),
        queryset=None,
        empty_label=_("Choose somebody"),
        error_messages={
            "required": _("Choose to whom you write."),
            "invalid_choice": _("You can suggest coaching to people you manage."),
        },
    )
    text = forms.CharField(
        label=_("What do you want to say?"),
        help_text=_(
            "This text is read literally, with your name under it. Say why you think of coaching, and that no is "
            "fine too. Rather no medical details."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write a few words of your own."), "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, reports: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Person]", self.fields["client"]).queryset = reports


class AnswerForm(forms.Form):
    """Yes or not now. Asking first has a page of its own."""

    act = forms.TypedChoiceField(
        coerce=ReferralAct,
        choices=[(act.value, act.value) for act in (ReferralAct.SAY_YES, ReferralAct.SAY_NOT_NOW)],
    )


class AskFirstForm(SendOnce):
    """Whom to ask, and what."""

    asked = forms.ChoiceField(
        label=_("Whom do you want to ask?"),
        help_text=_("A coordinator does not see the text you got."),
        widget=ChoiceCards,
        error_messages={"required": _("Choose whom you want to ask.")},
    )
    text = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("Only the one you ask reads this. Rather no medical details."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("What do you want to know? One sentence is enough."), "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, referral: Referral, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        choices = [(str(one.pk), _label(one, referral.manager_id)) for one in people]
        cast(forms.ChoiceField, self.fields["asked"]).choices = choices

    def clean_asked(self) -> Person:
        return self._people[self.cleaned_data["asked"]]


def _label(person: Person, manager_id: UUID) -> str:
    words = _("%(name)s, who wrote to you") if person.pk == manager_id else _("%(name)s, coordinator of coaching")
    return words % {"name": person.name}


class ReplyForm(KlankbordFormMixin, forms.Form):
    """The answer to a question that was asked first."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Rather no medical details."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write an answer; it may be short."), "max_length": TOO_LONG},
    )
