"""The talk of three: at which stage, who has a say in its text, and when that text stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """When the three talk. The value is stored; the word in an address is ``PLACES``."""

    START = "start"
    END = "end"


PLACES: Mapping[str, Stage] = {"begin": Stage.START, "eind": Stage.END}
WORDS: Mapping[Stage, str] = {stage: word for word, stage in PLACES.items()}


class Voice(StrEnum):
    """Whose yes it is."""

    CLIENT = "client"
    COACH = "coach"
    SPONSOR = "sponsor"


@dataclass(frozen=True, slots=True)
class Said:
    """When each of the three said yes to one version; None as long as they did not."""

    client: datetime | None = None
    coach: datetime | None = None
    sponsor: datetime | None = None

    def by(self, voice: Voice) -> datetime | None:
        """When this one said yes."""
        moments = {Voice.CLIENT: self.client, Voice.COACH: self.coach, Voice.SPONSOR: self.sponsor}
        return moments[voice]

    @property
    def stands(self) -> bool:
        """Whether all three said yes to this very version."""
        return all(self.by(voice) for voice in Voice)


def in_force(versions: Sequence[Said]) -> int | None:
    """The place of the version that stands, in versions from old to new: the last that all three said yes to."""
    return next((place for place in reversed(range(len(versions))) if versions[place].stands), None)


def still_to_say_yes(said: Said) -> tuple[Voice, ...]:
    """Who has not said yes to this version; nobody has to."""
    return tuple(voice for voice in Voice if said.by(voice) is None)
