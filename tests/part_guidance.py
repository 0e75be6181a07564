"""Does coaching fit here, in Johan's story: Marieke shared a thought, and he passed a pattern on in his own words."""

import uuid
from typing import TYPE_CHECKING

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.fit import pass_on, share
from klankbord.engagements.models import Request
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.rules.suitability import Pattern

if TYPE_CHECKING:
    from tests.story import Story

SLUG = "waterland"
THOUGHT = "Ik vraag me af of dit bij jou hoort, of bij hoe het werk verdeeld is."
PASSED_ON = "Het ligt niet aan mij alleen dat dit niet af komt."


def part(story: "Story") -> dict[str, object]:
    johan, marieke = story.cast.johan, story.cast.marieke
    with acting_in(marieke.organisation_id, marieke.pk):
        standing = engagement_for(marieke, story.engagement.pk)
        thought = share(once=uuid.uuid4(), standing=standing, slug=SLUG, text=THOUGHT, pattern=Pattern.PLASTER)
    with acting_in(johan.organisation_id, johan.pk):
        request = Request.objects.select_related("client").get(pk=story.request.pk)
        signal = pass_on(once=uuid.uuid4(), slug=SLUG, request=request, pattern=Pattern.PLASTER, text=PASSED_ON)
    return {"letter": thought.pk, "passed_on": signal.pk}
