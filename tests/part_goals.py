"""What goals add to Johan's story: a goal in his own words."""

import uuid
from typing import TYPE_CHECKING

from klankbord.engagements.actions.goals import make_goal
from klankbord.engagements.queries.doors import engagement_for

if TYPE_CHECKING:
    from tests.story import Story

GOAL = "Ik kan tegen mijn opdrachtgever zeggen wat wel en niet lukt."


def part(story: "Story") -> dict[str, object]:
    """The id that the addresses of a goal need."""
    from tests.story import as_person

    with as_person(story.cast.johan):
        standing = engagement_for(story.cast.johan, story.engagement.pk)
        goal = make_goal(once=uuid.uuid4(), standing=standing, sentence=GOAL)
    return {"goal": goal.pk}
