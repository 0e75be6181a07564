"""The five questions of "what fits you?", on one screen. Nothing of the answers is kept."""

from typing import Any

from django import forms

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.guidance_texts import guidance
from klankbord.engagements.rules.guidance import Answers, answers_from

KINDS = ("about", "help", "well", "reach", "near")


class GuidanceForm(KlankbordFormMixin, forms.Form):
    """Each question may be left open. An answer nobody offered counts as left open: nobody is turned away here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in guidance().questions:
            self.fields[question.id] = forms.ChoiceField(
                label=question.title.text(language()),
                widget=ChoiceCards,
                choices=[(one.id, one.wording.text(language())) for one in question.answers],
                required=False,
            )

    def answers(self) -> Answers:
        """What was answered, as the rules take it."""
        self.is_valid()
        given = self.cleaned_data
        return answers_from({name: given.get(name, "") for name in KINDS})
