"""A round in Johan's story: Fatima laid his request on a sheet of her own."""

import uuid
from typing import TYPE_CHECKING

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.rounds import start_round
from klankbord.engagements.queries.rounds import rows_of

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> dict[str, object]:
    fatima = story.cast.fatima
    with acting_in(fatima.organisation_id, fatima.pk):
        made = start_round(once=uuid.uuid4(), coordinator=fatima, requests=[story.request], also=0)
        return {"round_id": made.pk, "row_id": rows_of(made).get().pk}
