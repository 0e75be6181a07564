"""Whom the client asks: one of the people offered, or somebody found by name."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin
from klankbord.people.api import Person


class WhomForm(KlankbordFormMixin, forms.Form):
    """One of the people offered: the manager, and whoever was found by name."""

    person = forms.ChoiceField(
        label=_("Whom do you ask?"),
        widget=ChoiceCards,
        error_messages={"required": _("Choose whom you ask."), "invalid_choice": _("Choose whom you ask.")},
    )
    name = forms.CharField(
        label=_("Somebody else? Find them by name"),
        required=False,
        max_length=120,
    )

    def __init__(self, *args: Any, people: Sequence[Person], manager: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        labels = [(str(one.pk), _label(one, manager)) for one in people]
        cast(forms.ChoiceField, self.fields["person"]).choices = labels
        if not people:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        """With nobody to choose from there is nothing to choose: a name comes first."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "person" not in self.fields:
            self.add_error("name", _("Write a name and press Find."))
        return cleaned

    def clean_person(self) -> Person:
        return self._people[self.cleaned_data["person"]]


def _label(person: Person, manager: Person | None) -> str:
    if manager is not None and person.pk == manager.pk:
        return _("%(name)s, your manager") % {"name": person.name}
    return f"{person.name}, {person.unit.name}"
