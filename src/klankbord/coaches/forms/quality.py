"""Stating what one can show about the own trade."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klankbord.coaches.actions.quality import Proof, Statement
from klankbord.coaches.forms.profiles import REFUSED
from klankbord.coaches.models import QualityFact
from klankbord.coaches.picture import MEDIA_TYPE, PictureRefused, paper_from
from klankbord.coaches.texts import bodies
from klankbord.coaches.wording import KINDS, body_name, body_options
from klankbord.core import clock
from klankbord.core.forms import ChoiceCards, SendOnce

Kind = QualityFact.Kind
MOST_BYTES = 5_000_000
PDF = "application/pdf"

NAMED: dict[str, Any] = {
    Kind.TRAINING: _("Write down which training it was."),
    Kind.SUPERVISION: _("Write down with whom."),
    Kind.CODE_OF_ETHICS: _("Write down which code it is."),
}


def _levels() -> list[tuple[str, Any]]:
    grouped = [
        (body_name(body), [(f"{body.id}/{level.id}", level.name) for level in body.levels])
        for body in bodies()
        if body.levels
    ]
    return [("", gettext("none, or does not apply")), *grouped]


class QualityForm(SendOnce):
    """One thing that a coach can show."""

    kind = forms.ChoiceField(label=_("What do you want to add?"), choices=list(KINDS.items()), widget=ChoiceCards)
    body = forms.ChoiceField(label=_("Of which body?"), required=False, help_text=_("Only for an accreditation."))
    level = forms.ChoiceField(label=_("Level"), required=False)
    name = forms.CharField(
        label=_("Which training, which supervisor, which code?"),
        help_text=_("For another register: its name."),
        required=False,
        max_length=120,
    )
    number = forms.CharField(label=_("Number on the paper"), required=False, max_length=60)
    valid_from = forms.DateField(
        label=_("Since when?"),
        help_text=_("The day on the paper."),
        error_messages={"required": _("Fill in the day on the paper.")},
    )
    valid_until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("If it has one. You hear 90 and 30 days before, and on the day."),
    )
    proof = forms.FileField(
        label=_("The paper itself"),
        required=False,
        help_text=_("A PDF of at most 5 MB, or a picture. Only you and the coordinators can open it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", gettext("does not apply")), *body_options()]  # type: ignore[attr-defined]
        self.fields["level"].choices = _levels()  # type: ignore[attr-defined]

    def clean_proof(self) -> Proof | None:
        """The paper: a PDF as it is, a picture made anew."""
        file: UploadedFile[bytes] | None = self.cleaned_data["proof"]
        if not file:
            return None
        content = file.read()
        if content.startswith(b"%PDF-"):
            if len(content) > MOST_BYTES:
                raise forms.ValidationError(gettext("This file is too large. Choose a PDF of at most 5 MB."))
            return Proof(content, PDF)
        try:
            return Proof(paper_from(content), MEDIA_TYPE)
        except PictureRefused as refused:
            raise forms.ValidationError(REFUSED[refused.why]) from refused

    def clean(self) -> dict[str, Any]:
        """What each kind needs, and days in their order."""
        given: dict[str, Any] = super().clean() or {}
        kind, body, name = given.get("kind"), given.get("body"), given.get("name")
        if kind == Kind.ACCREDITATION and not body:
            self.add_error("body", gettext("Choose the body. Is it not in the list? Choose another register."))
        elif kind == Kind.ACCREDITATION and body == "other" and not name:
            self.add_error("name", gettext("Write down which register it is."))
        elif kind in NAMED and not name:
            self.add_error("name", str(NAMED[kind]))
        self._mind_level(kind, body, given.get("level") or "")
        since, until = given.get("valid_from"), given.get("valid_until")
        if since and since > clock.today():
            self.add_error("valid_from", gettext("This day is still to come. Add it when it holds."))
        if since and until and until < since:
            self.add_error("valid_until", gettext("The last day comes before the first."))
        return given

    def _mind_level(self, kind: str | None, body: str | None, level: str) -> None:
        if kind == Kind.ACCREDITATION and level and level.partition("/")[0] != body:
            self.add_error("level", gettext("This level is of another body."))

    @property
    def statement(self) -> Statement:
        """What was filled in, of a valid form."""
        given = self.cleaned_data
        kind = Kind(given["kind"])
        accredited = kind is Kind.ACCREDITATION
        return Statement(
            kind=kind,
            body=given["body"] if accredited else "",
            level=given["level"].partition("/")[2] if accredited else "",
            name=given["name"],
            number=given["number"],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
        )
