"""Suggestions, requests and proposals: of who asked for a coach, and of who was asked about it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from klankbord.coaches.api import named
from klankbord.engagements import models
from klankbord.engagements.forms.asking import GENDERS
from klankbord.engagements.rules import lifecycle
from klankbord.engagements.takeout import words
from klankbord.privacy.takeout import Chapter, Line, Portion, Told, opened

ASKING, OTHERS = Chapter.ASKING, Chapter.OTHERS
PLACES: Mapping[str, Any] = {"meet": _("Meeting each other"), "online": _("Online")}
EMPLOYERS: Mapping[str, Any] = {"internal": _("A colleague"), "external": _("Somebody from outside")}
KINDS: Mapping[str, Any] = {
    "coaches": _("About you as a coach"),
    "engagements": _("Coaching that runs"),
    "hours": _("Hours from before"),
}


def _of_choice(known: Mapping[str, Any]) -> Any:
    """A choice in words; that it does not matter needs none."""
    return lambda value: str(known.get(value, ""))


def _of_noted(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    # The other fields are codes; they stand in the data.
    answers = json.loads(opened(row, "answers") or "{}")
    yield "", str(answers.get("words", ""))


_SUGGESTED = (
    Portion(
        ASKING,
        models.Referral,
        of="client",
        by="manager",
        when="made_at",
        told=(Told("text", shown=True),),
    ),
    Portion(
        ASKING,
        models.ReferralAnswer,
        of="client",
        when="changed_at",
        told=(Told("state", words=words.stands(lifecycle.REFERRAL)),),
    ),
    Portion(
        ASKING,
        models.ReferralQuestion,
        of="client",
        when="asked_at",
        told=(
            Told("asked", _("Asked of"), words=str),
            Told("text", _("Question")),
            Told("answer", _("Answer")),
            Told("answered_at"),
        ),
    ),
)

_ASKED = (
    Portion(
        ASKING,
        models.NotedRequest,
        of="client",
        by="author",
        when="noted_at",
        told=(Told("answers"),),
        lines=_of_noted,
    ),
    Portion(
        ASKING,
        models.SheetLetter,
        of="person",
        by="author",
        when="offered_at",
        told=(
            Told("kind", words=_of_choice(KINDS)),
            Told("content", shown=True),
            Told("coach", _("Coach"), words=str),
        ),
    ),
    Portion(
        ASKING,
        models.Request,
        of="client",
        when="sent_at",
        told=(
            Told("state", words=words.stands(lifecycle.REQUEST)),
            Told("themes", _("Themes"), words=named("themes")),
            Told("language", _("Language"), words=named("languages")),
            Told("place", _("Where"), words=_of_choice(PLACES)),
            Told("employer", _("From where"), words=_of_choice(EMPLOYERS)),
            Told("one_talk", _("One talk may be enough")),
            Told("ways", _("Ways of working"), words=named("ways")),
            Told("day_parts", _("Parts of the week"), words=named("day_parts")),
            Told("changed_at"),
        ),
    ),
    Portion(
        ASKING,
        models.RequestPreference,
        of="client",
        when="request__sent_at",
        related=("request",),
        told=(Told("coach", _("Coach"), words=str), Told("gender", _("Rather"), words=_of_choice(dict(GENDERS)))),
    ),
    Portion(
        ASKING,
        models.RequestWords,
        of="client",
        when="request__sent_at",
        related=("request",),
        told=(
            Told("text", shown=True),
            Told("sensitive", _("Themes that come close"), words=words.sensitive),
            Told("shared", _("Coordinators may read it")),
        ),
    ),
    Portion(
        ASKING,
        models.Proposal,
        of="client",
        when="proposed_at",
        told=(
            Told("coach", _("Coach"), words=str),
            Told("state", words=words.stands(lifecycle.PROPOSAL)),
        ),
    ),
    Portion(
        ASKING,
        models.FitSignal,
        of="client",
        when="passed_at",
        told=(Told("pattern", words=words.pattern), Told("text", shown=True)),
    ),
)

_OF_OTHERS = (
    Portion(
        Chapter.COACHING,
        models.Proposal,
        of="coach",
        when="proposed_at",
        title=_("That you were proposed"),
        # SECURITY: without the state: whether somebody chose another, or passed, is theirs.
        told=(Told("proposed_at", _("Proposed on")),),
    ),
    Portion(
        OTHERS,
        models.Referral,
        of="manager",
        when="made_at",
        told=(Told("text", shown=True),),
    ),
    Portion(
        OTHERS,
        models.ReferralQuestion,
        of="asked",
        when="answered_at",
        title=_("Your answer to a question about a suggestion"),
        told=(Told("answer", shown=True),),
    ),
    Portion(
        OTHERS,
        models.Witness,
        of="person",
        when="answered_at",
        title=_("Your answer to somebody who asked what you see"),
        told=(Told("text", shown=True), Told("state")),
    ),
)

PORTIONS = (*_SUGGESTED, *_ASKED, *_OF_OTHERS)
