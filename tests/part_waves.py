"""What the culture scan adds to Johan's story: Fatima has a draft of a wave, for later."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from klankbord.core import clock
from klankbord.culture.actions import draft_wave
from tests.scan import plan

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> dict[str, object]:
    """A draft that does not ask for anything on "Vandaag" yet."""
    from tests.story import as_person

    opens = clock.today() + timedelta(days=120)
    with as_person(story.cast.fatima):
        later = plan(opens=opens, closes=opens + timedelta(days=21))
        made = draft_wave(once=uuid.uuid4(), plan=later, contact=story.cast.fatima)
    return {"scan": made.pk, "part": "wat", "shown": "vragenlijst"}
