"""Where the own words may go when somebody leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin, SendOnce


class FarewellForm(SendOnce):
    """A private e-mail address, and when the letter goes there."""

    NOW, ON_LEAVING = "now", "on_leaving"

    address = forms.EmailField(
        label=_("Your private e-mail address"),
        help_text=_("One that stays yours when you leave. Only you see it here."),
        max_length=254,
        error_messages={
            "required": _("Fill in an e-mail address."),
            "invalid": _("This does not look like an e-mail address."),
        },
    )
    when = forms.ChoiceField(
        label=_("When do you want the link?"),
        widget=ChoiceCards,
        choices=[
            (NOW, _("Now. It works for thirty days.")),
            (ON_LEAVING, _("When I leave the organisation. It then works for thirty days.")),
        ],
        initial=NOW,
        error_messages={"required": _("Choose one.")},
    )


class SecretForm(KlankbordFormMixin, forms.Form):
    """The secret of a link. A browser with JavaScript fills it in from the address."""

    secret = forms.CharField(
        label=_("The code from your link"),
        help_text=_("That is everything after the # sign."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Fill in the code from your link.")},
    )
