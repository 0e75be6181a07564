"""Forms of the talk of three: saying yes to the version that was read."""

from django import forms

from klankbord.core.forms import KlankbordFormMixin


class YesForm(KlankbordFormMixin, forms.Form):
    """The version on the screen, to say yes to."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
