"""Reads for the talk of three: when it is, what the three agreed, and who the third is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klankbord.core import clock
from klankbord.engagements.models import Engagement, ThreeWayMeeting, ThreeWayText
from klankbord.engagements.queries.agreements import third_party_of
from klankbord.engagements.queries.doors import PartyStanding, Standing
from klankbord.engagements.rules.meeting import Said, Stage, Voice, in_force
from klankbord.people.api import Person
from klankbord.privacy import vault

type OneOfThree = Standing | PartyStanding


@dataclass(frozen=True)
class Version:
    """One version of what the three agree, unsealed. ``gone`` means that its key was destroyed."""

    id: UUID
    number: int
    author_id: UUID
    body: str
    made_at: datetime
    said: Said
    gone: bool = False


@dataclass(frozen=True)
class Meeting:
    """A talk of three as the acting person may see it; without a row nobody planned or wrote anything yet."""

    stage: Stage
    row: ThreeWayMeeting | None
    versions: tuple[Version, ...]

    @property
    def last(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def client_agreed(self) -> bool:
        """Whether the client said yes to the last version, so that the third may read it."""
        return self.last is not None and self.last.said.client is not None

    @property
    def standing_version(self) -> Version | None:
        """The version that all three said yes to."""
        place = in_force([version.said for version in self.versions])
        return self.versions[place] if place is not None else None


def meeting_of(engagement: Engagement, stage: Stage) -> Meeting:
    """The talk of three at this stage with its versions, oldest first. Two queries, and one in the keys' database."""
    row = ThreeWayMeeting.objects.filter(engagement=engagement, stage=stage).first()
    texts = list(ThreeWayText.objects.filter(meeting=row).order_by("version")) if row else []
    vault.prepare(texts)
    return Meeting(stage, row, tuple(_version(text) for text in texts))


def _version(text: ThreeWayText) -> Version:
    try:
        body, gone = vault.read(text, "body"), False
    except vault.Unreadable:
        body, gone = "", True
    said = Said(text.client_accepted_at, text.coach_accepted_at, text.sponsor_accepted_at)
    return Version(text.pk, text.version, text.author_id, body, text.made_at, said, gone)


def last_text(meeting: ThreeWayMeeting) -> ThreeWayText | None:
    """The version that was written last, as far as the acting person may read it."""
    return ThreeWayText.objects.filter(meeting=meeting).order_by("-version").first()


def planned_meetings(engagement: Engagement) -> Sequence[ThreeWayMeeting]:
    """The talks of three of this engagement, whether they have a moment or not."""
    return list(ThreeWayMeeting.objects.filter(engagement=engagement))


@dataclass(frozen=True)
class Three:
    """Who the three are; the third may not be here yet."""

    client: Person
    coach: Person
    third: Person | None

    def by(self, voice: Voice) -> Person | None:
        """The person with this voice."""
        people = {Voice.CLIENT: self.client, Voice.COACH: self.coach, Voice.SPONSOR: self.third}
        return people[voice]

    def name_of(self, person_id: UUID) -> str:
        """The first name of one of the three; empty for somebody who no longer takes part."""
        for voice in Voice:
            found = self.by(voice)
            if found is not None and found.pk == person_id:
                return found.first_name
        return ""


def three_of(engagement: Engagement) -> Three:
    """Client, coach and, when the client asked somebody in, the third. One query."""
    return Three(engagement.client, engagement.coach, third_party_of(engagement))


def voice_of(standing: OneOfThree) -> Voice:
    """Whose yes the acting person says."""
    return Voice(standing.role.value)


def has_been(meeting: Meeting) -> bool:
    """Whether the talk has begun."""
    return bool(meeting.row and meeting.row.starts_at and meeting.row.starts_at <= clock.now())
