"""Bergland and Waterland agreed that Bergland lends: so that the addresses of lending have something to show."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from klankbord.coaches.models import LendingAgreement
from klankbord.core.tenant import acting_in
from tests.lending import agreed_on, own_side

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> Mapping[str, object]:
    """The agreement as Waterland has it."""
    cast = story.cast
    with acting_in(cast.organisation.id, cast.fatima.pk):
        known = LendingAgreement.objects.exists()
    if not known:
        agreed_on(cast)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        return {"lending": own_side(cast.fatima).pk}
