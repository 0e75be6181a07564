"""What a coach takes away: profile, papers, hours, learning, the own story, and what was said about it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Model, Q
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klankbord.coaches import models
from klankbord.coaches.growth_texts import aspects, part_named
from klankbord.coaches.papers_of_hours import counted_words, stated_words
from klankbord.coaches.queries.statements import read_statement
from klankbord.coaches.rules.growth import read_body
from klankbord.coaches.wording import KINDS, fact_in_words, named, story_beginnings
from klankbord.core.language import language_on_screen
from klankbord.privacy.takeout import Chapter, File, Line, Portion, Told, opened

COACH = Chapter.COACH
LOOKED_AT = "that it was looked at is told, and not by whom: coordinators do that together"
OF_A_PROFILE = (
    *("introduction", "story_first", "story_during", "story_limits", "themes", "sensitive_themes", "ways"),
    *("languages", "places", "online", "day_parts", "gender", "capacity", "paused", "paused_until"),
    *("published_at", "checked_at", "changed_at"),
)


def _part(row: Any) -> str:
    part = part_named(row.part)
    return part.name.text(language_on_screen()) if part else ""


def _of_profile(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    beginnings = story_beginnings()
    yield _("Introduction"), row.introduction
    for name in ("story_first", "story_during", "story_limits"):
        yield beginnings.get(name, ""), getattr(row, name)
    yield _("Themes"), named("themes")([*row.themes, *row.sensitive_themes])
    yield _("Ways of working"), named("ways")(row.ways)
    yield _("Languages"), named("languages")(row.languages)
    yield _("Places"), ", ".join([*row.places, *([_("online")] if row.online else [])])
    yield _("Parts of the week"), named("day_parts")(row.day_parts)
    yield _("Room"), str(row.capacity)
    yield _("Published on"), date_format(localtime(row.published_at), "j F Y") if row.published_at else ""


def _of_assessment(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    seen = read_body(opened(row, "body"))
    for aspect in aspects():
        if one := seen.get(aspect.id):
            level = aspect.level(one.level)
            said = [level.text.text(language_on_screen()) if level else "", one.words]
            yield aspect.name.text(language_on_screen()), "\n".join(part for part in said if part)


def _of_statement(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    read = read_statement(row)
    yield _("Years"), read.span
    yield _("Counted by Klankbord"), "\n".join(counted_words(one) for one in read.lines["counted"])
    yield _("Stated by the coach"), "\n".join(stated_words(one) for one in read.lines["stated_by_coach"])
    yield _("Code"), opened(row, "code")


def _photo(row: Any) -> File:
    return File(f"{_('photo')}.webp", bytes(row.content))


def _paper_name(row: Any) -> str:
    ending = "pdf" if row.media_type == "application/pdf" else "webp"
    return f"{slugify(fact_in_words(row.fact)) or _('paper')}-{str(row.pk)[:8]}.{ending}"


def _paper(row: Any) -> File:
    return File(_paper_name(row), bytes(row.content))


def _of_paper(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    yield fact_in_words(row.fact), _paper_name(row)


def _of_photo(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    yield "", _photo(row).name


def _group(row: Any) -> str:
    return str(row.name)


def _meeting(row: Any) -> str:
    return date_format(localtime(row.starts_at), "j F Y")


_PROFILE = (
    Portion(
        COACH,
        models.CoachProfile,
        of="person",
        when="changed_at",
        told=tuple(Told(name) for name in OF_A_PROFILE),
        lines=_of_profile,
    ),
    Portion(
        COACH,
        models.CoachPhoto,
        of="person",
        when="changed_at",
        told=(),
        lines=_of_photo,
        file=_photo,
        file_column="content",
    ),
    Portion(
        COACH,
        models.ProfileWord,
        of="coach",
        by="author",
        when="said_at",
        told=(Told("text", shown=True),),
    ),
    Portion(
        COACH,
        models.QualityFact,
        of="person",
        when="stated_at",
        told=(
            Told("kind", gettext_lazy("Kind"), words=lambda kind: str(KINDS[kind])),
            Told("body"),
            Told("level"),
            Told("name"),
            Told("number", gettext_lazy("Number")),
            Told("valid_from", gettext_lazy("Since")),
            Told("valid_until", gettext_lazy("Last day")),
            Told("checked_at", gettext_lazy("Looked at on")),
        ),
        name=fact_in_words,
    ),
    Portion(
        COACH,
        models.QualityProof,
        of="person",
        told=(Told("media_type"),),
        related=("fact",),
        lines=_of_paper,
        file=_paper,
        file_column="content",
    ),
)

_HOURS = (
    Portion(
        COACH,
        models.EarlierHours,
        of="coach",
        when="made_at",
        told=(
            Told("from_year", gettext_lazy("From"), words=str),
            Told("until_year", gettext_lazy("Until"), words=str),
            Told("hours", gettext_lazy("Hours")),
            Told("clients", gettext_lazy("Number of [[clients]]")),
            Told("source", gettext_lazy("Where that was")),
            Told("proof", gettext_lazy("What shows it")),
        ),
    ),
    Portion(
        COACH,
        models.HoursStatement,
        of="coach",
        when="made_at",
        told=(Told("lines"), Told("signature"), Told("public_key"), Told("code")),
        lines=_of_statement,
    ),
    Portion(
        COACH,
        models.StatementWithdrawal,
        of="coach",
        when="made_at",
        told=(Told("made_at", gettext_lazy("Withdrawn on")),),
    ),
)

_LEARNING = (
    Portion(
        COACH,
        models.Learning,
        of="coach",
        when="on",
        told=(
            Told("title", shown=True),
            Told("kind"),
            Told("provider", gettext_lazy("With whom")),
            Told("hours", gettext_lazy("Hours")),
            Told("proof", gettext_lazy("What shows it")),
            Told("shown", gettext_lazy("Coordinators may read it")),
            Told("made_at"),
        ),
    ),
    Portion(
        COACH,
        models.SelfAssessment,
        of="coach",
        when="made_at",
        told=(Told("body"),),
        lines=_of_assessment,
    ),
    Portion(
        COACH,
        models.AssessmentDone,
        of="coach",
        told=(Told("year", gettext_lazy("Year"), words=str),),
    ),
)

_STORY = (
    Portion(
        COACH,
        models.StoryPart,
        of="coach",
        when="written_at",
        told=(Told("part"), Told("body", shown=True)),
        name=_part,
    ),
    Portion(
        COACH,
        models.StoryShare,
        of="coach",
        when="made_at",
        told=(
            Told("part"),
            Told("audience"),
            Told("text", shown=True),
            Told("withdrawn_at", gettext_lazy("Withdrawn on")),
        ),
        name=_part,
    ),
    Portion(
        COACH,
        models.ContactMoment,
        of="coach",
        when="on",
        told=(
            Told("coordinator", gettext_lazy("With"), words=str),
            Told("held", gettext_lazy("It took place")),
            Told("made_at"),
        ),
    ),
    Portion(
        COACH,
        models.ContactNote,
        of="coach",
        by="author",
        when="made_at",
        told=(Told("body", shown=True),),
    ),
)

_INTERVISION = (
    Portion(
        COACH,
        models.IntervisionMember,
        of="person",
        when="since",
        told=(
            Told("group", gettext_lazy("Group"), words=_group),
            Told("until", gettext_lazy("Until")),
        ),
    ),
    Portion(
        COACH,
        models.IntervisionGroup,
        of="started_by",
        when="started_at",
        title=gettext_lazy("Groups for intervision that you started"),
        told=(Told("name", shown=True), Told("open")),
    ),
    Portion(
        COACH,
        models.IntervisionAttendance,
        of="person",
        when="noted_at",
        title=gettext_lazy("Meetings of a group that you were at"),
        told=(Told("meeting", gettext_lazy("Day"), words=_meeting),),
    ),
    Portion(
        COACH,
        models.IntervisionSubject,
        of="author",
        when="made_at",
        title=gettext_lazy("Subjects that you wrote down for a group"),
        told=(Told("title", shown=True),),
    ),
)

_LENT = (
    Portion(
        COACH,
        models.LentCoach,
        of="person",
        when="named_at",
        told=(
            Told("agreement", gettext_lazy("With"), words=lambda agreement: str(agreement.other)),
            Told("since", gettext_lazy("Since")),
            Told("until", gettext_lazy("Until")),
        ),
    ),
    Portion(
        COACH,
        models.QualityReminder,
        of="person",
        when="told_at",
        told=(Told("days", gettext_lazy("Days before")),),
    ),
)

_OF_A_COORDINATOR = (
    Portion(
        Chapter.OTHERS,
        models.ContactNote,
        of="author",
        when="made_at",
        among=~Q(coach_id=F("author_id")),
        told=(Told("body", shown=True),),
    ),
)

PORTIONS = (*_PROFILE, *_HOURS, *_LEARNING, *_STORY, *_INTERVISION, *_LENT, *_OF_A_COORDINATOR)

LEFT_OUT = {
    "coaches_departedcoach": "of who left, for the night to count days with; nobody reads it, that person included",
    "coaches_intervisionmeeting": "of a group; the meetings somebody was at are told with the attendance",
    "coaches_lendinginvitation": "a code between two organisations, in the name of one of them",
    "coaches_lendingagreement": "between two organisations; who was lent is told with the own row",
    "coaches_lendingversion": "between two organisations",
}

NOT_FOLLOWED = {
    "coaches_coachprofile.checked_by": "having a look at a profile is about its coach",
    "coaches_profileword.author": "a word about a profile is its coach's",
    "coaches_qualityfact.checked_by": "having a look at a paper is about its coach",
    "coaches_contactmoment.coordinator": "when a coordinator talked with a coach is about that coach",
    "coaches_contactnote.coordinator": "the own notes are found by their author; those of the coach are the coach's",
    "coaches_intervisionattendance.noted_by": "who was there is about those who were",
}

NOT_TOLD = {
    "coaches_coachphoto.digest": "made of the photo",
    "coaches_coachprofile.checked_by": LOOKED_AT,
    "coaches_qualityfact.checked_by": LOOKED_AT,
    "coaches_hoursstatement.code_hash": "made of the code, which is told",
    "coaches_intervisionattendance.noted_by": "somebody of the group",
    "coaches_contactnote.coordinator": "told with the talk the note is of",
    "coaches_storypart.revision": "a count of changes",
    "coaches_lentcoach.link": "an id that two organisations share",
}

__all__ = ["LEFT_OUT", "NOT_FOLLOWED", "NOT_TOLD", "PORTIONS"]
