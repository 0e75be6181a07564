"""What the board and trying things out add to Johan's story: a thought on the first board, and a thing to try out."""

import uuid
from typing import TYPE_CHECKING

from klankbord.engagements.actions.board import add_card
from klankbord.engagements.actions.tryout import plan_tryout
from klankbord.engagements.models import Field
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.rules.board import Plan

if TYPE_CHECKING:
    from tests.story import Story

THOUGHT = "Iedereen wacht tot ik het zeg."
TRYOUT = "De financiële man vooraf bellen."


def part(story: "Story") -> dict[str, object]:
    """The ids that addresses of a thought and of a thing to try out need."""
    from tests.story import as_person

    with as_person(story.cast.johan):
        standing = engagement_for(story.cast.johan, story.engagement.pk)
        talk = session_for(standing, 1)
        card = add_card(once=uuid.uuid4(), standing=standing, session=talk, field=Field.REALITY, text=THOUGHT)
        tryout = plan_tryout(once=uuid.uuid4(), standing=standing, session=talk, plan=Plan(TRYOUT))
    return {"card": card.pk, "tryout": tryout.pk}
