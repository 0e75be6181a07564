"""Looking for a question, keeping one, and writing one's own."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import KlankbordFormMixin, SendOnce
from klankbord.engagements.questions import questions
from klankbord.engagements.rules.questions import About, ComesIn, Phase, Room, Step, Wanted

PHASES: Mapping[Phase, Promise] = {
    Phase.GOAL: _("What you are after"),
    Phase.REALITY: _("What is going on"),
    Phase.OPTIONS: _("What else there is"),
    Phase.WILL: _("What you will do"),
}
STEPS: Mapping[Step, Promise] = {
    Step.ACT: _("Doing"),
    Step.LOOK_BACK: _("Looking back"),
    Step.ESSENTIALS: _("What it comes down to"),
    Step.ALTERNATIVES: _("How else"),
    Step.TRY_OUT: _("Trying out"),
}
SUBJECTS: Mapping[About, Promise] = {
    About.WORK: _("The work itself"),
    About.TEAM: _("Colleagues and team"),
    About.MANAGER: _("Your manager"),
    About.SELF: _("Yourself"),
    About.CHANGE: _("Changing"),
    About.BALANCE: _("Strength and time"),
    About.TOGETHER: _("The talk itself"),
    About.CLOSING: _("Rounding off and going on"),
}
ROOMS: Mapping[Room, Promise] = {
    Room.HOLD: _("One that gives hold"),
    Room.BETWEEN: _("Something in between"),
    Room.OPEN: _("Wide open"),
}
COMES_IN: Mapping[ComesIn, Promise] = {
    ComesIn.PASSER_BY: _("Passer-by: was sent"),
    ComesIn.SEEKER: _("Seeker: something is wrong"),
    ComesIn.BUYER: _("Buyer: has a clear question"),
    ComesIn.CO_EXPERT: _("Co-expert: thinks along"),
}
LONGEST_QUESTION = 500


def _choices(anything: Promise, words: Mapping[Any, Promise]) -> list[tuple[str, Promise]]:
    return [("", anything), *((kind.value, label) for kind, label in words.items())]


def _chosen[E: StrEnum](kind: type[E], value: str) -> E | None:
    return kind(value) if value else None


class QuestionsFilter(KlankbordFormMixin, forms.Form):
    """Which questions to show. How somebody comes in is there for coaches only."""

    phase = forms.ChoiceField(label=_("Leads to"), required=False, choices=_choices(_("Anything"), PHASES))
    step = forms.ChoiceField(label=_("Invites to"), required=False, choices=_choices(_("Anything"), STEPS))
    about = forms.ChoiceField(label=_("Is about"), required=False, choices=_choices(_("Anything"), SUBJECTS))
    room = forms.ChoiceField(label=_("How open"), required=False, choices=_choices(_("Anything"), ROOMS))
    kept = forms.ChoiceField(
        label=_("Out of"), required=False, choices=[("", _("The whole collection")), ("1", _("What I keep and wrote"))]
    )
    comes_in = forms.ChoiceField(label=_("Somebody comes in"), required=False, choices=_choices(_("Any way"), COMES_IN))

    def __init__(self, *args: Any, for_coach: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_coach:
            del self.fields["comes_in"]

    def wanted(self, words: str) -> Wanted:
        """What is looked for; an address somebody changed by hand narrows by nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            phase=_chosen(Phase, given.get("phase", "")),
            step=_chosen(Step, given.get("step", "")),
            about=_chosen(About, given.get("about", "")),
            room=_chosen(Room, given.get("room", "")),
            comes_in=_chosen(ComesIn, given.get("comes_in", "")),
            words=words,
        )

    @property
    def only_kept(self) -> bool:
        """Whether to show only what somebody keeps at hand or wrote."""
        return self.is_valid() and self.cleaned_data.get("kept") == "1"


def _ids() -> Iterable[tuple[str, str]]:
    return ((one.id, one.id) for one in questions())


class KeepForm(forms.Form):
    """A question of the collection, and whether to keep it at hand."""

    question = forms.ChoiceField(choices=_ids)
    keep = forms.BooleanField(required=False)


class OwnQuestionForm(SendOnce):
    """A question of somebody's own."""

    text = forms.CharField(
        label=_("A question of your own"),
        help_text=_("Rather no names of others and no medical details."),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("There is no question here yet."),
            "max_length": _("A question fits in %(limit_value)d characters. You wrote %(show_value)d."),
        },
    )
    phase = forms.ChoiceField(label=_("Leads to"), required=False, choices=_choices(_("Anything"), PHASES))
