"""Johan wrote a question of his own."""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.questions import add_own_question

if TYPE_CHECKING:
    from tests.story import Story

OWN_QUESTION = "Wat durf ik niet te vragen?"


def part(story: "Story") -> Mapping[str, object]:
    """Johan's own question."""
    johan = story.cast.johan
    with acting_in(johan.organisation_id, johan.pk):
        own = add_own_question(once=uuid.uuid4(), person=johan, text=OWN_QUESTION)
    return {"own_question": own.pk}
