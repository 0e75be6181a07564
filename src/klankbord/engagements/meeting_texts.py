"""The guide for the talk of three, read from ``content/``."""

from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Wording
from klankbord.engagements.content_files import ContentError, Table, by_id, read_content
from klankbord.engagements.rules.agreement import placeholders_in

FILLED = frozenset({"client", "coach"})


@dataclass(frozen=True, slots=True)
class StageGuide:
    """A talk of three at one stage: what it is for, who leads, what is left out, and how each of the three prepares."""

    id: str
    about: Wording
    leads: Wording
    stays_out: tuple[Wording, ...]
    client: tuple[Wording, ...]
    coach: tuple[Wording, ...]
    sponsor: tuple[Wording, ...]
    text: tuple[Wording, ...]

    def prepare(self, role: str) -> tuple[Wording, ...]:
        """How this one of the three prepares."""
        return {"client": self.client, "coach": self.coach, "sponsor": self.sponsor}[role]


@cache
def _stages() -> tuple[StageGuide, ...]:
    return read_content("meeting", lambda file: file.each("stage", _stage))


def stage_guide(stage: str) -> StageGuide:
    """The guide for this stage. Raises ``KeyError``."""
    return by_id(_stages(), stage)


def _stage(table: Table) -> StageGuide:
    guide = StageGuide(
        id=table.string("id"),
        about=table.wording("about"),
        leads=table.wording("leads"),
        stays_out=table.wordings("stays_out"),
        client=table.wordings("client"),
        coach=table.wordings("coach"),
        sponsor=table.wordings("sponsor"),
        text=table.wordings("text"),
    )
    lists = (guide.stays_out, guide.client, guide.coach, guide.sponsor, guide.text)
    for wording in (guide.about, guide.leads, *(one for several in lists for one in several)):
        if unknown := (placeholders_in(wording.nl) | placeholders_in(wording.en)) - FILLED:
            raise ContentError(f"stage {guide.id}: nobody fills {', '.join(sorted(unknown))}")
    return guide
