"""Looking back, and the people around it: what they add to Johan's story."""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.evaluation import add_somebody
from klankbord.engagements.rules.people_around import Ring, Somebody

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> Mapping[str, object]:
    """Johan puts his principal on the map of people around it."""
    somebody = uuid.uuid4()
    johan = story.cast.johan
    with acting_in(johan.organisation_id, johan.pk):
        add_somebody(standing=story.standing(johan), one=Somebody(str(somebody), "mijn opdrachtgever", Ring.CLOSE))
    return {"somebody": somebody, "stage": "begin"}
