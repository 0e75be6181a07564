"""Coachings of somebody's own: what the client wrote, and what others wrote that the client may read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from klankbord.engagements import models
from klankbord.engagements.learning_texts import working_together
from klankbord.engagements.questions import question
from klankbord.engagements.rules import lifecycle
from klankbord.engagements.takeout import words
from klankbord.privacy.takeout import Chapter, Line, Portion, Told, in_words

WITH_COACH = ("engagement__coach",)


ROLES: Mapping[str, Any] = {"client": _("as [[client]]"), "coach": _("as coach"), "sponsor": _("as third party")}


def _role(role: str) -> str:
    return str(ROLES[role])


def _question(wanted: str) -> str:
    try:
        return words.text(question(wanted).wording)
    except KeyError:
        return ""


def ratings(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    """What was rated, with its number."""
    for scale in working_together().scales:
        given = getattr(row, scale.id)
        yield words.text(scale.name), "" if given is None else str(given)


SCALES = ("goal", "task", "bond", "safety", "awareness", "responsibility", "result")


def talk(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    """At what hour and where, in a line; a talk of three may have no day yet."""
    when = words.hour(row.starts_at) if row.starts_at else ""
    minutes = ngettext("%(count)s minute", "%(count)s minutes", row.minutes) % {"count": row.minutes}
    yield "", ", ".join(one for one in (when, minutes, row.place) if one)


def agreed(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    """The clauses one by one, and who said yes on which day."""
    yield str(_("Version")), str(row.version)
    yield from words.clauses(row)
    for title, at in (
        (_("[[The client]] said yes on"), row.client_accepted_at),
        (_("The coach said yes on"), row.coach_accepted_at),
        (_("The third party said yes on"), row.sponsor_accepted_at),
    ):
        yield str(title), in_words(at) if at else ""


RATED = tuple(Told(one) for one in (*SCALES, "shared_at", "made_at"))
COSTS = (
    Told("reference", _("Reference")),
    Told("year", _("Year"), words=str),
    Told("talks", _("Talks")),
    Told("minutes", _("Minutes")),
    Told("rate_cents", _("An hour"), words=words.euros),
    Told("planned_cents", _("Planned"), words=words.euros),
    Told("agreed_cents", _("Agreed"), words=words.euros),
    Told("agreed_at", _("Agreed on")),
    Told("sponsor_pays", _("Whoever asks for it pays")),
    Told("changed_at"),
)
INVOICE = (Told("number", _("Number")), Told("day"), Told("cents", _("Amount"), words=words.euros), Told("noted_at"))
TALK = (
    Told("number"),
    Told("starts_at"),
    Told("minutes"),
    Told("place"),
    Told("state"),
    Told("form"),
    Told("just_coming"),
    Told("colleagues_told"),
)
MEETING = (
    Told("starts_at"),
    Told("minutes"),
    Told("place"),
    Told("stage"),
    Told("made_at"),
)
AGREED = (
    Told("version"),
    Told("clauses"),
    Told("client_accepted_at"),
    Told("coach_accepted_at"),
    Told("sponsor_accepted_at"),
    Told("three_party"),
    Told("plan"),
    Told("made_at"),
)


def _own(model: type[Model], when: str, *told: Told, **more: Any) -> Portion:
    """Rows of the own coachings, each with whom the coaching was."""
    more.setdefault("of", "engagement__client")
    return Portion(Chapter.COACHED, model, when=when, told=told, related=WITH_COACH, beside=words.with_coach, **more)


_COURSE = (
    Portion(
        Chapter.COACHED,
        models.Engagement,
        of="client",
        when="started_on",
        told=(
            Told("coach", _("Coach"), words=str),
            Told("planned_end", _("Planned end")),
            Told("closed_on", _("Ended on")),
            Told("external", _("A coach from outside")),
        ),
    ),
    Portion(
        Chapter.SELF,
        models.Participant,
        of="person",
        when="since",
        told=(Told("role", words=_role), Told("until", _("Until"))),
    ),
    _own(
        models.Course,
        "",
        Told("phase", words=words.stands(lifecycle.ENGAGEMENT)),
        Told("route"),
        Told("client_wants_ratings", _("You wanted ratings")),
        # SECURITY: one's own choice, and not the other's: each of the two may say no without the other reading it.
        Told("nearness_told"),
        Told("nearness_client"),
        Told("retention_months", _("Months that the texts are kept")),
        Told("destroy_on", _("The texts end on")),
    ),
    _own(models.Session, "starts_at", *TALK, lines=talk),
    _own(models.Agreement, "made_at", *AGREED, lines=agreed),
    _own(models.ThreeWayMeeting, "starts_at", *MEETING, lines=talk),
    _own(
        models.ThreeWayText,
        "made_at",
        Told("version", _("Version")),
        Told("body", shown=True),
        Told("client_accepted_at", _("[[The client]] said yes on")),
        Told("coach_accepted_at", _("The coach said yes on")),
        Told("sponsor_accepted_at", _("The third party said yes on")),
        Told("made_at"),
        by="author",
    ),
    _own(models.EngagementCost, "changed_at", *COSTS),
    _own(models.Invoice, "day", *INVOICE),
)

_GOALS = (
    _own(models.Goal, "made_at", Told("sort"), Told("state"), Told("made_at"), Told("changed_at")),
    _own(
        models.GoalWording,
        "made_at",
        Told("number"),
        Told("body", shown=True),
        Told("why", _("Why")),
        Told("made_at"),
        by="author",
    ),
    _own(models.GoalMark, "made_at", Told("level", words=words.goal_level), Told("made_at"), by="author"),
    _own(
        models.Experiment,
        "made_at",
        Told("plan", shown=True),
        Told("outcome", _("What came of it")),
        Told("state"),
        Told("made_at"),
        Told("changed_at"),
        by="author",
    ),
)

_TEXTS = (
    _own(
        models.Writing,
        "written_at",
        Told("kind"),
        Told("body", shown=True),
        Told("audience"),
        Told("shared_at"),
        Told("written_at"),
        by="author",
        name=words.kind_of_text,
        title=_("What was written"),
    ),
    _own(
        models.Card,
        "made_at",
        Told("field"),
        Told("moment"),
        Told("body", shown=True),
        Told("removed_at", _("Taken off the board on")),
        Told("made_at"),
        Told("changed_at"),
        by="author",
        name=lambda row: words.board_field(row.field),
    ),
    _own(
        models.BoardStep,
        "made_at",
        Told("field", words=words.board_field),
        Told("made_at"),
        by="person",
    ),
    _own(
        models.SpiralStep,
        "made_at",
        Told("step"),
        Told("turn"),
        Told("body", shown=True),
        Told("made_at"),
        of="client",
        name=lambda row: words.spiral_step(row.step),
    ),
    _own(
        models.SteeringWish,
        "made_at",
        Told("level", words=words.steering),
        Told("made_at"),
        of="client",
    ),
    _own(
        models.Signal,
        "made_at",
        Told("sort"),
        Told("text", shown=True),
        Told("reply", _("Answer of the coach")),
        Told("sent_at"),
        Told("replied_at"),
        Told("made_at"),
        of="client",
        name=lambda row: words.signal(row.sort),
    ),
    _own(models.AllianceRating, "made_at", *RATED, by="author", lines=ratings),
)

_OTHERS_THERE = (
    _own(
        models.FitLetter,
        "shared_at",
        Told("pattern", words=words.pattern),
        Told("text", shown=True),
        Told("shared_at"),
        Told("opened_at"),
        of="client",
        by="coach",
    ),
    _own(models.FitReply, "sent_at", Told("text", shown=True), Told("sent_at"), of="client"),
    _own(
        models.Share,
        "shared_at",
        Told("reader", _("Shared with"), words=str),
        Told("text", shown=True),
        Told("withdrawn_at", _("Withdrawn on")),
        Told("shared_at"),
        of="client",
    ),
    _own(
        models.Witness,
        "asked_at",
        Told("person", _("Asked of"), words=str),
        Told("asked_for", _("Question")),
        Told("text", _("Answer")),
        Told("asked_at"),
        Told("answered_at"),
        # SECURITY: without the state. Whoever would rather not answer looks like whoever is silent.
        of="client",
    ),
)

_KEPT = (
    Portion(
        Chapter.SELF,
        models.OwnQuestion,
        of="person",
        when="made_at",
        told=(Told("text", shown=True), Told("phase")),
    ),
    Portion(
        Chapter.SELF,
        models.FavouriteQuestion,
        of="person",
        when="made_at",
        told=(Told("question", words=_question),),
    ),
    Portion(
        Chapter.SELF,
        models.Farewell,
        of="person",
        when="made_at",
        told=(
            Told("address", shown=True),
            Told("on_leaving", _("Only once you have left")),
            Told("expires_at", _("Works until")),
            Told("withdrawn_at", _("Withdrawn on")),
            Told("used_at", _("Used on")),
        ),
    ),
)

PORTIONS = (*_COURSE, *_GOALS, *_TEXTS, *_OTHERS_THERE, *_KEPT)
