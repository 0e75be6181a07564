"""The coaches of the demo tell who they are, through the same actions as on screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from uuid import uuid4

from klankbord.coaches.actions.profiles import (
    ProfileWords,
    check_profile,
    publish_profile,
    set_room,
    write_profile,
)
from klankbord.coaches.actions.quality import Statement, check_quality, state_quality
from klankbord.coaches.models import CoachProfile, QualityFact
from klankbord.core.content_files import Table, read_content
from klankbord.demo.diary import working_moment
from klankbord.demo.tales import CONTENT
from klankbord.demo.telling import Stage

Kind = QualityFact.Kind
WROTE, LOOKED = timedelta(days=150), timedelta(days=147)


class Stands(StrEnum):
    """How far a profile has come."""

    DRAFT = "draft"
    WAITS = "waits"
    VISIBLE = "visible"


@dataclass(frozen=True, slots=True)
class Introduced:
    """One coach: the words, the room, and what there is to show. ``ends`` and ``pause`` are days from today."""

    id: str
    words: ProfileWords
    capacity: int
    pause: int
    body: str
    level: str
    ends: int
    training: str
    supervision: str
    ethics: bool
    stands: Stands


def _introduced(table: Table) -> Introduced:
    return Introduced(
        id=table.string("id"),
        words=_words(table),
        capacity=table.number("capacity"),
        pause=table.number("pause") if table.has("pause") else 0,
        body=_or_empty(table, "body"),
        level=_or_empty(table, "level"),
        ends=table.number("ends") if table.has("ends") else 0,
        training=_or_empty(table, "training"),
        supervision=_or_empty(table, "supervision"),
        ethics=table.flag("ethics"),
        stands=table.choice("state", Stands),
    )


def _words(table: Table) -> ProfileWords:
    return ProfileWords(
        introduction=table.string("introduction"),
        story_first=_or_empty(table, "story_first"),
        story_during=_or_empty(table, "story_during"),
        story_limits=_or_empty(table, "story_limits"),
        themes=table.strings("themes"),
        sensitive_themes=table.strings("sensitive_themes"),
        ways=table.strings("ways"),
        languages=table.strings("languages"),
        places=table.strings("places"),
        online=table.flag("online") if table.has("online") else True,
        day_parts=table.strings("day_parts"),
    )


def _or_empty(table: Table, key: str) -> str:
    return table.string(key) if table.has(key) else ""


@cache
def introduced() -> tuple[Introduced, ...]:
    """The coaches of the demo."""
    return tuple(
        coach
        for name in ("coaches", "colleagues")
        for coach in read_content(CONTENT, name, lambda file: file.each("coach", _introduced))
    )


def join_the_pool(stage: Stage) -> None:
    """Every coach writes a profile and shows what there is; the coordinator has a look at what was published."""
    for coach in introduced():
        profile, facts = _present(stage, coach)
        if coach.stands is Stands.VISIBLE:
            _look_at(stage, profile, facts)


def take_a_break(stage: Stage) -> None:
    """Some coaches take on nobody new for a while, since last week."""
    for coach in introduced():
        if coach.pause:
            with stage.acting(coach.id, working_moment(stage.today - timedelta(days=5), 9)) as person:
                until = stage.today + timedelta(days=coach.pause)
                set_room(coach=person, capacity=coach.capacity, paused=True, paused_until=until)


def _present(stage: Stage, coach: Introduced) -> tuple[CoachProfile, list[QualityFact]]:
    with stage.acting(coach.id, working_moment(stage.today - WROTE, 10)) as person:
        profile = write_profile(slug=stage.slug, coach=person, words=coach.words)
        set_room(coach=person, capacity=coach.capacity, paused=False)
        facts = [
            state_quality(once=uuid4(), slug=stage.slug, coach=person, statement=statement)
            for statement in _statements(coach, stage.today)
        ]
        if coach.stands is not Stands.DRAFT:
            profile = publish_profile(slug=stage.slug, coach=person)
    return profile, facts


def _statements(coach: Introduced, today: date) -> list[Statement]:
    since = today - timedelta(days=700)
    named = ((Kind.TRAINING, coach.training), (Kind.SUPERVISION, coach.supervision))
    found = [Statement(kind=kind, name=name, valid_from=since) for kind, name in named if name]
    if coach.ethics:
        found.append(Statement(kind=Kind.CODE_OF_ETHICS, name="Gedragscode voor coaches", valid_from=since))
    if coach.body:
        until = today + timedelta(days=coach.ends)
        found.append(
            Statement(kind=Kind.ACCREDITATION, body=coach.body, level=coach.level, valid_from=since, valid_until=until)
        )
    return found


def _look_at(stage: Stage, profile: CoachProfile, facts: list[QualityFact]) -> None:
    with stage.acting(stage.coordinator, working_moment(stage.today - LOOKED, 15)):
        check_profile(slug=stage.slug, profile=profile, seen=profile.mark)
        for fact in facts:
            check_quality(fact=fact, looked=True)
