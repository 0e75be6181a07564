"""Reads of what a coach noted of the own coaching. Nobody but that coach gets a row from here."""

from dataclasses import dataclass, field

from klankbord.engagements.models import CoachLook, Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.coach_look import GROUPS, Look, half_year_of
from klankbord.people.api import Person
from klankbord.privacy import vault


@dataclass(frozen=True)
class Noted:
    """What was noted after one talk: the choices by group, why, and the mark of this version."""

    chosen: dict[str, list[str]] = field(default_factory=dict)
    why: str = ""
    mark: str = ""
    gone: bool = False


def mark_of(row: CoachLook | None) -> str:
    """What tells one version of a look from the next; empty when there is none yet."""
    return row.changed_at.isoformat() if row else ""


def chosen_in(row: CoachLook) -> dict[str, list[str]]:
    """The choices of a row by group; how tightly was steered is one choice or none."""
    many = {group: list(getattr(row, group)) for group in GROUPS if group != "steering"}
    return {**many, "steering": [row.steering] if row.steering else []}


def look_after(standing: Standing, talk: Session) -> CoachLook | None:
    """The acting coach's look after this talk."""
    return CoachLook.objects.filter(coach=standing.person, session=talk).first()


def noted_in(row: CoachLook | None) -> Noted:
    """A look as its coach reads it again."""
    if row is None:
        return Noted()
    try:
        why, gone = vault.read(row, "why"), False
    except vault.Unreadable:
        why, gone = "", True
    return Noted(chosen=chosen_in(row), why=why, mark=mark_of(row), gone=gone)


def looks_of(person: Person) -> list[Look]:
    """All looks of a coach, also those of which the engagement is no more, with nothing but half a year and choices.

    SECURITY: engagement, talk, client and words are not even fetched: a pattern that knows them could show them.
    """
    rows = CoachLook.objects.filter(coach=person).only("on", *GROUPS)
    return [
        Look(
            half=half_year_of(row.on.year, row.on.month),
            chosen={group: frozenset(choices) for group, choices in chosen_in(row).items()},
        )
        for row in rows
    ]
