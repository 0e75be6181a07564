"""What money adds to Johan's story: Fatima has the task of finance. Marieke costs nothing extra."""

from typing import TYPE_CHECKING

from klankbord.people.actions import give_role
from klankbord.people.models import Membership

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> dict[str, object]:
    """Nothing that an address needs."""
    from tests.story import as_person

    with as_person(story.cast.els):
        give_role(person=story.cast.fatima, role=Membership.Role.FINANCE)
    return {}
