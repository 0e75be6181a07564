"""Forms about people: finding them, their roles, a staff file, one's own language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceChips, KlankbordFormMixin
from klankbord.people.content import problem_text
from klankbord.people.models import Membership, Unit
from klankbord.people.staff_file import read_staff_file


class PeopleQuery(forms.Form):
    """What the address of the list asks for. What makes no sense is left out instead of refused."""

    q = forms.CharField(required=False, max_length=120)
    unit = forms.CharField(required=False, max_length=600)
    sort = forms.CharField(required=False, max_length=20)

    def asked(self) -> dict[str, str]:
        """The arguments of ``people_listed``."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in ("q", "unit", "sort")}
        return {"text": given["q"], "unit_path": given["unit"].strip("/"), "sort": given["sort"] or "name"}


class UnitFilter(KlankbordFormMixin, forms.Form):
    """Which part of the organisation to look at: the way down, what lies beside it, and what is below."""

    unit = forms.ChoiceField(label=_("Part of the organisation"), required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("The whole organisation"))]
        # The top is the whole organisation, which is the first choice already.
        choices += [(unit.path, "– " * (unit.path.count("/") - 1) + unit.name) for unit in units if "/" in unit.path]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """One role to give to somebody or to take; drawn as buttons."""

    role = forms.ChoiceField(choices=Membership.Role.choices)
    give = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda word: word == "yes")


class LanguageForm(KlankbordFormMixin, forms.Form):
    """One's own language."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        widget=ChoiceChips,
        help_text=_("On screen and in mail."),
    )


class StaffFileForm(KlankbordFormMixin, forms.Form):
    """A staff file to look at. What cannot be read at all is said here; what is wrong in a row, on the next page."""

    file = forms.FileField(
        label=_("Your staff file"),
        help_text=_("An .xlsx or .csv file of at most 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Choose the file first. A file of more than 25 MB does not arrive."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
    complete = forms.BooleanField(
        label=_("This file is complete"),
        required=False,
        help_text=_("Then whoever is not in it has left. The next page names them first; nothing changes before that."),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, read once to see whether it can be."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        self.content = file.read()
        problem = read_staff_file(self.content).problem
        if problem:
            raise forms.ValidationError(problem_text(problem, get_language() or settings.LANGUAGE_CODE))
        return file
