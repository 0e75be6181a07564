"""What a coordinator chooses when a group is matched at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceChips, KlankbordFormMixin, SendOnce
from klankbord.engagements.models import Request
from klankbord.engagements.rules.rounds import MOST_ALTERNATIVES, Outcome

# What came of a request that did not go on when its round was confirmed.
OUTCOMES = {
    Outcome.NOBODY: _("Still waits: there was nobody in this round."),
    Outcome.WITHDRAWN: _("Withdrew the request meanwhile."),
    Outcome.ELSEWHERE: _("Has a proposal or a coach already."),
    Outcome.FULL: _("Still waits: the coach has no place left."),
    Outcome.NO_COACH: _("Still waits: the coach is not available any more."),
    Outcome.RULE: _("Still waits: a rule stands in the way now."),
}

EVERYBODY, SOME = "everybody", "some"


class RoundForm(SendOnce):
    """Whom to match together, and how many coaches each client may choose from."""

    who = forms.ChoiceField(
        label=_("For whom?"),
        widget=ChoiceChips,
        choices=[(EVERYBODY, _("Everybody who waits")), (SOME, _("Only those I tick"))],
        initial=EVERYBODY,
    )
    also = forms.TypedChoiceField(
        label=_("How many coaches does each of them choose from?"),
        help_text=_("More than one where there is room. [[The client]] always chooses."),
        widget=ChoiceChips,
        coerce=int,
        choices=[(0, _("One")), (1, _("At most two")), (MOST_ALTERNATIVES, _("At most three"))],
        initial=0,
    )
    requests = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label=_("Who waits"))

    def __init__(self, *args: Any, waiting: Sequence[Request], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["requests"])
        field.choices = [(str(one.pk), one.client.name) for one in waiting]

    def clean(self) -> dict[str, Any]:
        """Whoever chooses some, ticks at least one."""
        clean = super().clean() or self.cleaned_data
        if clean.get("who") == SOME and not clean.get("requests") and "requests" not in self.errors:
            self.add_error("requests", _("Tick at least one request, or choose everybody who waits."))
        return clean

    @property
    def ticked(self) -> set[str]:
        """Which requests are ticked on the page as it is shown."""
        return {str(one) for one in self["requests"].value() or ()}


class RowForm(KlankbordFormMixin, forms.Form):
    """Another coach for one request of a round, or nobody for now."""

    coach = forms.TypedChoiceField(
        label=_("Coach"), required=False, coerce=str, error_messages={"invalid_choice": _("Choose a coach.")}
    )

    def __init__(self, *args: Any, can: Sequence[tuple[str, str]], cannot: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedChoiceField, self.fields["coach"])
        groups: list[Any] = [("", _("Nobody for now"))]
        if can:
            groups.append((_("Can, the best fit first"), list(can)))
        if cannot:
            groups.append((_("Cannot here"), list(cannot)))
        field.choices = groups
