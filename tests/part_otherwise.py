"""What may go otherwise, in Johan's story: he keeps an address for when he leaves."""

import uuid
from typing import TYPE_CHECKING

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.leaving import make_farewell

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> dict[str, object]:
    johan = story.cast.johan
    with acting_in(johan.organisation_id, johan.pk):
        way = make_farewell(once=uuid.uuid4(), person=johan, address="johan@thuis.example", on_leaving=True)
    return {"farewell": way.farewell.pk}
