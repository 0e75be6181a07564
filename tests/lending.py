"""Bergland lends Waterland a coach: Hanna, who coaches Willem there as a guest."""

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

from klankbord.coaches.lending.actions import Terms, be_lent, invite, say_yes, take_up, write
from klankbord.coaches.models import LendingAgreement, Side
from klankbord.core import clock
from klankbord.core.tenant import Scope, acting_in
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request
from klankbord.engagements.models import Engagement, Request
from klankbord.people.api import Membership, Person, holders_of
from tests.cast import Cast

# The parts of the story use this module, so it does not use the story.
SLUG = "waterland"
TEXT = "Bergland leent coaches uit aan Waterland.\n\nWat een deelnemer vertelt, blijft in Waterland."


def _as(person: Person) -> AbstractContextManager[Scope]:
    return acting_in(person.organisation_id, person.pk)


def terms(**other: object) -> Terms:
    """What the two agree on, unless a test wants it otherwise."""
    usual: dict[str, object] = {
        "text": TEXT,
        "language": "nl",
        "starts_on": clock.today(),
        "until": None,
        "places": None,
        "named_only": False,
        "notice_months": 2,
    }
    return Terms(**{**usual, **other})  # type: ignore[arg-type]


def own_side(coordinator: Person) -> LendingAgreement:
    """The agreement, as the acting coordinator's organisation has it."""
    return LendingAgreement.objects.get(organisation_id=coordinator.organisation_id)


def begun(cast: Cast) -> None:
    """Tom gave Fatima a code, and Fatima took it up."""
    with _as(cast.tom):
        code = invite(coordinator=cast.tom, side=Side.LENDS)
    with _as(cast.fatima):
        take_up(code=code)


def agreed_on(cast: Cast, **other: object) -> None:
    """Tom wrote what they agree on, and Fatima said yes."""
    begun(cast)
    with _as(cast.tom):
        write(agreement=own_side(cast.tom), terms=terms(**other), based_on=0)
    with _as(cast.fatima):
        say_yes(agreement=own_side(cast.fatima), number=1)


def lent(cast: Cast, **other: object) -> Person:
    """Hanna wants to be lent: the person she is in Waterland."""
    agreed_on(cast, **other)
    with _as(cast.hanna):
        be_lent(agreement=own_side(cast.hanna), coach=cast.hanna, at_most=2)
    return guest_of(cast)


def guest_of(cast: Cast) -> Person:
    """Hanna as Waterland knows her."""
    with _as(cast.fatima):
        return Person.objects.select_related("account", "unit").get(account=cast.hanna.account)


@dataclass(frozen=True)
class Guesting:
    """Hanna at work in Waterland."""

    guest: Person
    request: Request
    engagement: Engagement


def coaching_as_guest(cast: Cast, client: Person) -> Guesting:
    """*client* asked for a coach, Fatima proposed Hanna, and she was chosen."""
    guest = lent(cast)
    with _as(client):
        request = send_request(
            once=uuid.uuid4(), slug=SLUG, client=client, words="Ik wil leren loslaten.", shared=False, wishes=Wishes()
        )
    with _as(cast.fatima):
        coach = holders_of(Membership.Role.COACH).get(pk=guest.pk)
        proposal = propose_coach(slug=SLUG, request=request, coach=coach)
    with _as(client):
        engagement = choose_coach(slug=SLUG, proposal=proposal)
    return Guesting(guest, request, engagement)


def later(months: int) -> timedelta:
    """So many months, roughly and not too short."""
    return timedelta(days=31 * months + 1)
