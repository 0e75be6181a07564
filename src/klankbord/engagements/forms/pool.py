"""What a coordinator looks for in the pool."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import KlankbordFormMixin


class PoolFilter(KlankbordFormMixin, forms.Form):
    """Which coaches to show."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("everybody")),
            ("room", _("who has a place free")),
            ("full", _("who is full")),
            ("rests", _("who pauses")),
            ("waits", _("what waits for a look")),
            ("asked", _("where the policy asks for something")),
            ("none", _("who has no profile yet")),
        ],
    )
