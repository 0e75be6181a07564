"""A request by telephone in Johan's story: Fatima noted one for him, and it waits."""

import uuid
from typing import TYPE_CHECKING

from klankbord.engagements.actions.noted import note_request

if TYPE_CHECKING:
    from tests.story import Story

NOTED = "Belde vanmorgen: wil leren om nee te zeggen."


def part(story: "Story") -> dict[str, object]:
    """The id of what was noted."""
    from tests.story import SLUG, as_person

    answers = {"words": NOTED, "themes": "priorities", "place": "any", "employer": "any", "shared": "on"}
    with as_person(story.cast.fatima):
        row = note_request(
            once=uuid.uuid4(), slug=SLUG, client=story.cast.johan, author=story.cast.fatima, answers=answers
        )
    return {"noted": row.pk}
