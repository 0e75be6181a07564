"""Forms for goals: one sentence, small questions that make one, steps, and where it stands."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from klankbord.core.forms import ChoiceCards, ChoiceChips, KlankbordFormMixin
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.forms.course import TOO_LONG
from klankbord.engagements.goal_texts import goal_content, level_names
from klankbord.engagements.models import Goal
from klankbord.engagements.queries.goals import GoalNow
from klankbord.engagements.rules.goals import LEVELS, Parts, tidy

LONGEST_SENTENCE = 2_000
LONGEST_PART = 500
PART_TOO_LONG = _("This fits in %(limit_value)d characters. You wrote %(show_value)d.")
NOTHING_YET = _("There is nothing here yet. One sentence is enough.")


def _sentence(label: Any = "", reason: Any = "", *, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=reason,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": NOTHING_YET, "max_length": TOO_LONG},
    )


def _part(rows: int = 2) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        if rows > 1
        else forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"max_length": PART_TOO_LONG},
    )


def _why(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG},
    )


class MakesOne(KlankbordFormMixin, forms.Form):
    """A form that makes one thing; without an id it makes something of its own."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def clean_once(self) -> UUID:
        """The id of what this makes."""
        given: UUID | None = self.cleaned_data.get("once")
        return given or uuid4()


class ForAGoal(forms.Form):
    """What the client wants to learn may serve a goal, or stand on its own."""

    def offer(self, goals: Iterable[GoalNow]) -> None:
        """Let the reader choose one of these goals; without any there is nothing to choose."""
        self.serving = {str(goal.id): goal.id for goal in goals}
        if self.serving:
            choices = [(str(goal.id), goal.lead.text.sentence) for goal in goals]
            self.fields["serves"] = forms.ChoiceField(
                label=_("Does it serve a goal?"),
                required=False,
                choices=[("", _("It stands on its own")), *choices],
                widget=ChoiceCards,
            )

    @property
    def aim(self) -> UUID | None:
        """The goal that was chosen."""
        return self.serving.get(self.cleaned_data.get("serves", ""))


class SentenceForm(MakesOne, ForAGoal):
    """A goal, or what the client wants to learn, in one sentence."""

    text = _sentence()

    def __init__(
        self, *args: Any, sort: Goal.Sort, of_other: str = "", goals: Iterable[GoalNow] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(list(goals))
        words = {
            Goal.Sort.GOAL: (
                _("What do you want to work towards?"),
                _("One sentence, in your own words. You can always change it."),
            ),
            Goal.Sort.LEARNING: (
                _("What do you want to learn?"),
                _("Something to learn is often smaller than a goal: one thing you want to know or dare or try."),
            ),
        }
        self.fields["text"].label, self.fields["text"].help_text = words[sort]
        if of_other:
            asked = {
                Goal.Sort.GOAL: _("What does %(name)s want to work towards?"),
                Goal.Sort.LEARNING: _("What does %(name)s want to learn?"),
            }
            self.fields["text"].label = asked[sort] % {"name": of_other}


class BuilderForm(MakesOne):
    """Five small questions, each of which may be skipped, and the sentence they make."""

    when = _part(1)
    way = forms.ChoiceField(label=_("… then"), required=False, widget=ChoiceChips)
    what = _part()
    about = _part(1)
    notice = _part()
    why = _part()
    sentence = forms.CharField(
        label=_("Your sentence"),
        help_text=_("Change it until it is yours."),
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content = goal_content()
        for question in content.questions:
            part = self.fields[question.id]
            part.label, part.help_text = question.label.text(language()), question.hint.text(language())
        ways = [(way.id, way.name.text(language())) for way in content.ways]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        self.fields["way"].initial = ways[0][0]

    @property
    def parts(self) -> Parts:
        """The answers, tidied; those that are too long are left out, since the form says so."""
        given = self.cleaned_data
        small = {name: tidy(given.get(name, "")) for name in ("when", "what", "about", "notice", "why")}
        return Parts(**small, way=given.get("way", ""))

    def in_words(self) -> list[forms.BoundField]:
        """The five questions, and the way to begin after the first of them."""
        return [self[name] for name in ("when", "way", "what", "about", "notice", "why")]


class ChangeForm(KlankbordFormMixin, ForAGoal):
    """A goal in other words, and if one likes why."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    text = _sentence(_("How do you put it now?"), _("What it said before stays readable."))
    why = _why(_("Why this change? Only if you want to tell."))

    def __init__(self, *args: Any, goals: Iterable[GoalNow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(list(goals))


class LevelsForm(KlankbordFormMixin, forms.Form):
    """What each level would look like; each may stay empty."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level, name in level_names(language()).items():
            part = _part()
            part.label = name
            self.fields[field_of(level)] = part

    @property
    def levels(self) -> dict[int, str]:
        """What was described, by level."""
        return {level: self.cleaned_data.get(field_of(level), "") for level in LEVELS}


def field_of(level: int) -> str:
    """The name of the field for a level."""
    return f"level_{level - LEVELS[0]}"


class MarkForm(MakesOne):
    """Where one sees a goal now, from less than where it began to much more than hoped for."""

    level = forms.TypedChoiceField(
        label=_("Where is it now?"),
        coerce=int,
        widget=ChoiceCards,
        error_messages={
            "required": _("Choose the one that comes nearest."),
            "invalid_choice": _("Choose one of these."),
        },
    )

    def __init__(self, *args: Any, described: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (level, f"{name}: {described[level]}" if described.get(level) else name)
            for level, name in reversed(level_names(language()).items())
        ]


class TurnForm(KlankbordFormMixin, forms.Form):
    """Let a goal go, call it reached, or take it up again."""

    state = forms.ChoiceField(choices=Goal.State.choices)
    why = _why(_("Do you want to write something with it?"))
