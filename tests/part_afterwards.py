"""What going on adds to Johan's story: a plan of his own, and a question to Willem.

The question is put there without its action, because the talks of the story still go on and one asks afterwards.
"""

from typing import TYPE_CHECKING

from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.models import Witness
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.rules.afterwards import PlanPart
from klankbord.engagements.rules.parts import body_of
from klankbord.engagements.writings import Kind
from klankbord.privacy import vault

if TYPE_CHECKING:
    from tests.story import Story

GOING_ON = "Eerst vragen wat de ander ziet."
WHY_YOU = "Jij zit elke week bij mijn overleg."


def part(story: "Story") -> dict[str, object]:
    """The id that the address of a question to a colleague needs."""
    from tests.story import SLUG, as_person

    johan, engagement = story.cast.johan, story.engagement
    with as_person(johan):
        standing = engagement_for(johan, engagement.pk)
        save_text(
            standing=standing, slug=SLUG, kind=Kind.PLAN, text=body_of({"keep": GOING_ON}, list(PlanPart)), send=False
        )
        witness = Witness(
            organisation_id=engagement.organisation_id, engagement=engagement, client=johan, person=story.cast.willem
        )
        vault.seal(witness, "asked_for", WHY_YOU)
        witness.save(force_insert=True)
    return {"witness": witness.pk}
