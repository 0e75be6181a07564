"""Reads of the people around the client."""

from dataclasses import dataclass
from datetime import datetime

from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.people_around import Somebody, by_ring, people_in
from klankbord.engagements.writings import Kind


@dataclass(frozen=True)
class Around:
    """The map as far as the acting person may read it. ``gone`` means that its key was destroyed."""

    people: tuple[Somebody, ...]
    sent_at: datetime | None = None
    gone: bool = False

    def somebody(self, somebody_id: str) -> Somebody | None:
        """The one with this id."""
        return next((one for one in self.people if one.id == somebody_id), None)


def people_around_of(standing: Standing) -> Around:
    """The client's map: all of it for the client, for the coach what was sent."""
    texts = texts_of(standing, [Kind.STAKEHOLDERS])
    text = texts.mine(Kind.STAKEHOLDERS) if standing.is_client else texts.theirs(Kind.STAKEHOLDERS)
    if text is None:
        return Around(())
    return Around(by_ring(people_in(text.body)), text.sent_at, text.gone)
