"""Rating the working together: seven scales from 0 to 10, each of which may be skipped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceChips, SendOnce
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.learning_texts import working_together
from klankbord.engagements.rules.alliance import HIGHEST, LOWEST, About

SKIP = ("", _("skip"))


class RatingForm(SendOnce):
    """What is rated by whom it concerns. What was skipped is None, and that is an answer like any other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = working_together().ends
        words = _("0 is %(lowest)s, 10 is %(highest)s.")
        for scale in working_together().scales:
            self.fields[scale.id] = forms.TypedChoiceField(
                label=scale.question.text(language()),
                help_text=words % {"lowest": ends.lowest.text(language()), "highest": ends.highest.text(language())},
                choices=[SKIP, *((str(value), str(value)) for value in range(LOWEST, HIGHEST + 1))],
                coerce=int,
                empty_value=None,
                required=False,
                initial="",
                widget=ChoiceChips,
                error_messages={"invalid_choice": _("Choose a figure from 0 to 10, or skip this one.")},
            )

    @property
    def values(self) -> dict[About, int | None]:
        """What was rated, by what it is about."""
        return {about: self.cleaned_data.get(about.value) for about in About}
