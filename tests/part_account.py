"""What the account of a year adds to Johan's story: Fatima published that of last year."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.account import publish_account
from klankbord.engagements.models import Engagement, Participant, Request, Session
from klankbord.people.models import Person

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.story import Story

YEAR = clock.today().year - 1
MAY = datetime(YEAR, 5, 12, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


def part(story: "Story") -> dict[str, object]:
    """The account of last year, for everybody to read."""
    from tests.story import as_person

    with as_person(story.cast.fatima):
        publish_account(
            once=uuid4(), author=story.cast.fatima, year=YEAR, language="nl", words="We zijn net begonnen.", plan=""
        )
    return {"year": YEAR}


def coached(client: Person, coach: Person, *, external: bool = False) -> Engagement:
    """Somebody who asked in May of last year, was coached, and had one talk."""
    own: dict[str, Any] = {"organisation_id": client.organisation_id}
    with acting_in(client.organisation_id, client.pk), clock.stopped_at(MAY):
        request = Request(**own, client=client, state="matched", one_talk=external)
        request.save(force_insert=True)
        engagement = Engagement(**own, request=request, client=client, coach=coach, external=external)
        engagement.save(force_insert=True)
        part = Participant(**own, engagement=engagement, person=client, role=Participant.Role.CLIENT)
        part.save(force_insert=True)
        Session(**own, engagement=engagement, number=1, starts_at=MAY, minutes=60).save(force_insert=True)
    return engagement


def a_year(cast: "Cast", clients: int = 6, coaches: int = 5, *, external: bool = False) -> list[Engagement]:
    """Coachings of last year, each with a client of its own, by so many coaches."""
    from tests.test_bounded_queries import colleagues

    by = list(colleagues(cast, coaches))
    found = list(colleagues(cast, clients))
    return [coached(client, by[number % coaches], external=external) for number, client in enumerate(found)]
