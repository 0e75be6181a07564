"""How forms look and speak, for every form in Klankbord.

With `FORM_RENDERER = "klankbord.core.forms.KlankbordRenderer"` a plain Django form already renders its fields through
`web/components/field.html`: label above, reason under it, the control, and an error beside it that is tied to the
control. `KlankbordFormMixin` adds what the forms of one page have in common; the widgets below add what Django does
not have by itself. Templates write `{% form_errors form %}` and `{% field form.name %}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates


class KlankbordRenderer(DjangoTemplates):
    """Forms, fields and widgets as our components; templates are found in the installed apps."""

    form_template_name = "web/components/form.html"
    field_template_name = "web/components/field.html"


class DateInput(forms.DateInput):
    """The browser's own date picker, which speaks the language of the reader."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class Chips(forms.CheckboxSelectMultiple):
    """Several of a few short words, as chips on one line."""


class ChoiceChips(forms.RadioSelect):
    """One of a few short words, as chips on one line."""


class ChoiceCards(forms.RadioSelect):
    """One of a few sentences, one under the other."""

    appearance = "cards"


class MultipleChoiceCards(forms.CheckboxSelectMultiple):
    """Several of a few sentences, one under the other."""

    appearance = "cards"


class KlankbordFormMixin:
    """What all our forms share; put it before `forms.Form` or `forms.ModelForm`.

    No colon after a label, no browser bubbles (a `required` attribute would keep a draft from being sent and speaks
    another voice than ours), and native pickers for dates and times.
    """

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _use_native_picker(field)


def _use_native_picker(field: forms.Field) -> None:
    """Replace Django's text inputs for dates and times; a widget somebody chose on purpose stays."""
    if type(field.widget) is forms.DateInput:
        field.widget = DateInput(field.widget.attrs)
    elif type(field.widget) is forms.TimeInput:
        field.widget = TimeInput(field.widget.attrs)


def kind_of(bound: BoundField) -> str:
    """How a field is laid out: `hidden`, `check` (one box), `choices` (a group), `file` or `plain`."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "plain"


def has_optional_mark(bound: BoundField) -> bool:
    """Say "may stay empty" only where a reader could doubt it: a single control on a form that also requires some."""
    if bound.field.required or kind_of(bound) not in {"plain", "file"}:
        return False
    return any(field.required for field in bound.form.fields.values())


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the summary above a form: what is wrong, and the id of the control to put it right."""

    target: str
    label: str
    text: str

    @property
    def line(self) -> str:
        """Label and text as one line; a label that is a question already ends itself."""
        ending = "" if self.label.endswith(("?", "!", ".")) else ":"
        return f"{self.label}{ending} {self.text}" if self.label else self.text


def mistakes(form: forms.BaseForm) -> list[Mistake]:
    """Every error of the form in the order of the page; those of the form as a whole come first and have no target."""
    whole = [Mistake("", "", str(text)) for text in form.non_field_errors()]
    fields = (Mistake(_control_id(bound), str(bound.label), str(text)) for bound in form for text in bound.errors)
    return [*whole, *dict.fromkeys(fields)]


def _control_id(bound: BoundField) -> str:
    """The id of the first thing you can press or type in; a group of choices has no id of its own."""
    if bound.is_hidden:
        return ""
    if bound.id_for_label:
        return str(bound.id_for_label)
    first = next(iter(bound), None)
    return str(first.id_for_label) if first is not None else ""


class SendOnce(KlankbordFormMixin, forms.Form):
    """A form that makes one thing, however often it is sent: ``once`` becomes the id of what it makes."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
