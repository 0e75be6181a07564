"""Somebody takes away everything of theirs."""

from klankbord.core.tenant import acting_person_id
from klankbord.privacy.audit import action, record
from klankbord.privacy.takeout import Takeout, everything


@action("takeout.make")
def make_takeout() -> Takeout:
    """Gather everything of the acting person. It is handed over and kept nowhere."""
    record("takeout.make", owner=acting_person_id())
    return everything()
