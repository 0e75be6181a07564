"""What coordinators filter by, and which coach they propose."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import KlankbordFormMixin
from klankbord.engagements.rules.lifecycle import MOST_PROPOSALS, RequestState

# Where a request stands, in the words of whoever looks for a coach.
STATES = {
    RequestState.SENT: _("waits for a proposal"),
    RequestState.PROPOSED: _("proposal with [[the client]]"),
    RequestState.CHOSEN: _("coach chosen"),
    RequestState.MATCHED: _("has a coach"),
    RequestState.WITHDRAWN: _("withdrawn"),
}


class RequestsFilter(KlankbordFormMixin, forms.Form):
    """Which requests to show. An address with something else in it shows them all."""

    state = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=[("", _("All requests"))]
        + [(state.value, words) for state, words in STATES.items() if state is not RequestState.WITHDRAWN],
    )


class OutlineFilter(KlankbordFormMixin, forms.Form):
    """Which engagements to show."""

    state = forms.ChoiceField(
        label=_("Running or closed"),
        required=False,
        choices=[("", _("All")), ("running", _("Running")), ("closed", _("Closed"))],
    )
    employer = forms.ChoiceField(
        label=_("Coach"),
        required=False,
        choices=[("", _("All")), ("internal", _("Internal")), ("external", _("External"))],
    )


class ProposeForm(forms.Form):
    """The coaches to propose: one, or as many at once as a client chooses from."""

    coach = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        given = data.getlist("coach")[:MOST_PROPOSALS]
        cast(forms.ChoiceField, self.fields["coach"]).choices = [(one, one) for one in given]
