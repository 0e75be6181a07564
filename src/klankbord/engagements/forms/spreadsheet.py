"""A spreadsheet that a coordinator brings along."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import KlankbordFormMixin
from klankbord.engagements.sheets import file_problem_text, read_sheets


class SheetsForm(KlankbordFormMixin, forms.Form):
    """The file to look at. What is wrong in a row is said on the next page."""

    file = forms.FileField(
        label=_("Your spreadsheet"),
        help_text=_("An .xlsx file with one to three sheets, or a .csv file."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Choose the file first. A file of more than 25 MB does not arrive."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, read once; ``self.found`` is what stands in it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        self.found = read_sheets(file.read())
        if self.found.problem:
            raise forms.ValidationError(file_problem_text(self.found.problem, get_language() or settings.LANGUAGE_CODE))
        return file
