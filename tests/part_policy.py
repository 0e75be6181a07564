"""What the policy adds to Johan's story: Fatima published the template, and has begun to change it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from klankbord.core import clock
from klankbord.policy.actions import begin_draft, publish_policy

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> dict[str, object]:
    """Version 1 is in force, and there is a draft."""
    from tests.story import as_person

    with as_person(story.cast.fatima):
        review_on = clock.today() + timedelta(days=365)
        publish_policy(draft=begin_draft(), note="Zo beginnen we.", review_on=review_on)
        begin_draft()
    return {"section": "talks"}
