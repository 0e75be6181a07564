"""Coachings that somebody gave: when they were, and what the coach wrote. Never what the client wrote.

A text of both stays with the client: it is about the client, and the client takes it away.
"""

from typing import Any

from django.db.models import F, Model, Q
from django.utils.translation import gettext_lazy as _

from klankbord.engagements import models
from klankbord.engagements.rules.suitability import may_be_told
from klankbord.engagements.takeout import words
from klankbord.engagements.takeout.coached import (
    AGREED,
    COSTS,
    INVOICE,
    MEETING,
    RATED,
    TALK,
    agreed,
    ratings,
    talk,
)
from klankbord.engagements.writings import TOGETHER
from klankbord.privacy.takeout import Chapter, Portion, Told

COACHING = Chapter.COACHING
# What the client says of a talk is the client's.
TALK_OF_COACH = tuple(one for one in TALK if one.column not in ("just_coming", "colleagues_told"))
# SECURITY: without this a client would find the own texts a second time, among those of coachings that were given.
AS_COACH = Q(author_id=F("engagement__coach_id"))
# What somebody wrote as a third party, who is neither of the two.
AS_THIRD = ~Q(author_id=F("engagement__client_id"))


def _given(model: type[Model], when: str, *told: Told, **more: Any) -> Portion:
    """Rows of coachings that were given, each with when that coaching began."""
    more.setdefault("of", "engagement__coach")
    return Portion(COACHING, model, when=when, told=told, related=("engagement",), beside=words.since, **more)


_COURSE = (
    Portion(
        COACHING,
        models.Engagement,
        of="coach",
        when="started_on",
        title=_("When you coached"),
        told=(
            Told("started_on", _("Began on")),
            Told("planned_end", _("Planned end")),
            Told("closed_on", _("Ended on")),
            Told("external"),
        ),
    ),
    _given(
        models.Course,
        "",
        Told("coach_wants_ratings", _("You wanted ratings")),
        Told("nearness_told"),
        Told("nearness_coach"),
    ),
    _given(models.Session, "starts_at", *TALK_OF_COACH, lines=talk),
    _given(models.Agreement, "made_at", *AGREED, lines=agreed),
    _given(models.ThreeWayMeeting, "starts_at", *MEETING, lines=talk),
    _given(models.EngagementCost, "changed_at", *COSTS),
    _given(models.Invoice, "day", *INVOICE),
    Portion(
        COACHING,
        models.HoursKept,
        of="coach",
        told=(
            Told("year", _("Year"), words=str),
            Told("kind"),
            Told("talks", _("Talks")),
            Told("minutes", _("Minutes")),
            Told("clients", _("Number of [[clients]]"), words=words.clients, data=may_be_told),
        ),
    ),
)

_WRITTEN = (
    _given(
        models.Writing,
        "written_at",
        Told("kind"),
        Told("body", shown=True),
        Told("shared_at"),
        Told("written_at"),
        of="author",
        among=AS_COACH & ~Q(kind__in=TOGETHER),
        name=words.kind_of_text,
        title=_("What you wrote as a coach"),
    ),
    _given(
        models.Card,
        "made_at",
        Told("body", shown=True),
        Told("made_at"),
        of="author",
        among=AS_COACH,
        name=lambda row: words.board_field(row.field),
        title=_("What you put on the board"),
    ),
    _given(
        models.GoalWording,
        "made_at",
        Told("body", shown=True),
        Told("made_at"),
        of="author",
        among=AS_COACH,
        title=_("How you put a goal"),
    ),
    _given(
        models.GoalMark,
        "made_at",
        Told("level", words=words.goal_level),
        Told("made_at"),
        of="author",
        among=AS_COACH,
        title=_("How far you saw a goal"),
    ),
    _given(
        models.Experiment,
        "made_at",
        Told("plan", shown=True),
        Told("made_at"),
        of="author",
        among=AS_COACH,
        title=_("What you proposed to try out"),
    ),
    _given(
        models.Signal,
        "replied_at",
        Told("reply", shown=True),
        Told("replied_at"),
        among=Q(replied_at__isnull=False),
        title=_("Your answer to a word about the way of working"),
    ),
    _given(models.AllianceRating, "made_at", *RATED, of="author", among=AS_COACH, lines=ratings),
    _given(
        models.ThreeWayText,
        "made_at",
        Told("body", shown=True),
        Told("made_at"),
        of="author",
        among=AS_THIRD,
        title=_("What you wrote for a talk of three"),
    ),
    _given(
        models.FitThought,
        "shared_at",
        Told("pattern", words=words.pattern),
        Told("text", shown=True),
        Told("shared_at"),
        of="coach",
    ),
    Portion(
        COACHING,
        models.CoachLook,
        of="coach",
        when="on",
        told=(
            Told("pitfalls", _("What you stepped into"), words=words.looks("pitfalls")),
            Told("sides", _("What you heard"), words=words.looks("sides")),
            Told("tensions", _("Tensions"), words=words.looks("tensions")),
            Told("aspects", _("Sides of the craft"), words=words.looks("aspects")),
            Told("steering"),
            Told("why", _("Why")),
            Told("changed_at"),
        ),
    ),
)

PORTIONS = (*_COURSE, *_WRITTEN)
