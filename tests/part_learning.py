"""What learning and the working together add to Johan's story: a step, a word that was sent, and a rating."""

import uuid
from typing import TYPE_CHECKING

from klankbord.engagements.actions.alliance import rate_alliance, want_ratings
from klankbord.engagements.actions.learning import place_step, say_word
from klankbord.engagements.models import Signal
from klankbord.engagements.queries.doors import session_for
from klankbord.engagements.rules.alliance import About
from klankbord.engagements.rules.spiral import Step

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> dict[str, object]:
    """Both want ratings; Johan put a step on the spiral, asked why, and rated for himself alone."""
    from tests.story import SLUG, as_person

    cast = story.cast
    with as_person(cast.marieke):
        want_ratings(standing=story.standing(cast.marieke), want=True)
    with as_person(cast.johan):
        standing = story.standing(cast.johan)
        want_ratings(standing=standing, want=True)
        step = place_step(once=uuid.uuid4(), standing=standing, step=Step.LOOK_BACK)
        word = say_word(
            once=uuid.uuid4(),
            standing=standing,
            slug=SLUG,
            sort=Signal.Sort.WHY,
            session=session_for(standing, 1),
            send=True,
        )
        rating = rate_alliance(once=uuid.uuid4(), standing=standing, slug=SLUG, values={About.GOAL: 6, About.BOND: 8})
    return {"spiral_step": step.pk, "signal": word.pk, "sort": "why", "rating": rating.pk}
