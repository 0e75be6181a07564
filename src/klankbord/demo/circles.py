"""Coaches of the demo who learn from each other, and statements of hours, read from ``content/circles.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from klankbord.coaches.actions.hours import add_earlier_hours, sign_statement
from klankbord.coaches.actions.intervision import (
    join_group,
    note_attendance,
    plan_meeting,
    start_group,
    write_subject,
)
from klankbord.coaches.models import IntervisionGroup
from klankbord.core.content_files import ContentFile, Table, read_content
from klankbord.demo.diary import working_moment
from klankbord.demo.tales import CONTENT
from klankbord.demo.telling import Stage

BEGAN, SIGNED = timedelta(days=350), timedelta(days=33)
YEARS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Circle:
    """A group, who is in it, and how many days ago it met about what."""

    id: str
    name: str
    place: str
    members: tuple[str, ...]
    days: tuple[int, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarlierWork:
    """What a coach did before, or elsewhere."""

    id: str
    hours: int
    clients: int
    source: str


def _circle(table: Table) -> Circle:
    return Circle(
        table.string("id"),
        table.string("name"),
        table.string("place"),
        table.strings("members"),
        tuple(int(one) for one in table.strings("days")),
        table.strings("subjects"),
    )


def _earlier(table: Table) -> EarlierWork:
    return EarlierWork(table.string("id"), table.number("hours"), table.number("clients"), table.string("source"))


def _both(file: ContentFile) -> tuple[tuple[Circle, ...], tuple[EarlierWork, ...]]:
    return file.each("group", _circle), file.each("earlier", _earlier)


def learn_from_each_other(stage: Stage) -> None:
    """A year of meetings, and a few signed statements of hours."""
    circles, earlier = read_content(CONTENT, "circles", _both)
    for circle in circles:
        group = _begin(stage, circle)
        for number in range(len(circle.days)):
            _meet(stage, circle, group, number)
    for work in earlier:
        _sign(stage, work)


def _begin(stage: Stage, circle: Circle) -> IntervisionGroup:
    moment = working_moment(stage.today - BEGAN, 16)
    first, *others = circle.members
    with stage.acting(first, moment) as person:
        group = start_group(once=uuid4(), person=person, name=circle.name, takes_part=True)
    for name in others:
        with stage.acting(name, moment + timedelta(hours=1)) as person:
            join_group(slug=stage.slug, person=person, group=group)
    return group


def _meet(stage: Stage, circle: Circle, group: IntervisionGroup, number: int) -> None:
    """Every time somebody else could not be there."""
    starts = working_moment(stage.today - timedelta(days=circle.days[number]), 14)
    absent = circle.members[1 + number % (len(circle.members) - 1)]
    there = {stage.people[name].pk for name in circle.members if name != absent}
    with stage.acting(circle.members[0], starts + timedelta(hours=2)) as person:
        meeting = plan_meeting(
            once=uuid4(), slug=stage.slug, person=person, group=group, starts_at=starts, place=circle.place
        )
        write_subject(once=uuid4(), person=person, meeting=meeting, title=circle.subjects[number])
        note_attendance(person=person, meeting=meeting, there=there)


def _sign(stage: Stage, work: EarlierWork) -> None:
    with stage.acting(work.id, working_moment(stage.today - SIGNED, 16, 30)) as coach:
        year = stage.today.year
        add_earlier_hours(
            once=uuid4(),
            coach=coach,
            from_year=year - YEARS_BEFORE,
            until_year=year - 1,
            hours=work.hours,
            clients=work.clients,
            source=work.source,
        )
        sign_statement(
            once=uuid4(),
            coach=coach,
            organisation=coach.organisation.name,
            from_year=year - YEARS_BEFORE,
            until_year=year,
            with_earlier=True,
        )
