"""What a team is going to do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import SendOnce

LONGEST = 600


class DecisionForm(SendOnce):
    """One thing a team is going to try or keep."""

    text = forms.CharField(
        label=_("What are we going to do?"),
        help_text=_("One small thing is enough. Rather no names, no medical details."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you are going to do.")},
    )
