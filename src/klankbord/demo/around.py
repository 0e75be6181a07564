"""What happened around the coaching: money, a reorganisation, a request by telephone, a guest, and what was counted."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from klankbord.coaches.actions.profiles import ProfileWords, publish_profile, write_profile
from klankbord.coaches.lending.actions import Terms, be_lent, invite, say_yes, take_up, write
from klankbord.coaches.lending.texts import text_to_start_from
from klankbord.coaches.models import LendingAgreement, Side
from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.demo.diary import working_moment
from klankbord.demo.half_year import Ends, cases
from klankbord.demo.telling import Stage
from klankbord.engagements.actions.costs import book_budget
from klankbord.engagements.actions.nearness import look_for_nearness
from klankbord.engagements.actions.noted import note_request
from klankbord.engagements.actions.waiting import count_first_talks, publish_waiting
from klankbord.people.api import import_staff

BUDGET = 3_000_000
"""Cents a year for coaching from outside."""

MOVED_TO_COACH = "linh.tran"
"""A coach in whose unit, since a reorganisation, one of her own clients works."""

CALLED = "sjoerd.kuipers"
CALLED_ABOUT = "Sjoerd belde. Hij zit met een nieuwe rol en praat daar liever niet over in zijn eigen gang."
GUEST, LENDER = "manon.hulshof", "salma.ziani"
GUEST_WORDS = ProfileWords(
    introduction="Ik werk in de wijk en coach graag buiten mijn eigen organisatie. Dan kijk ik zelf ook frisser.",
    themes=("working_together", "change"),
    sensitive_themes=("strain",),
    ways=("talking", "walking"),
    languages=("nl",),
    places=("Lelystad",),
    online=True,
)


def book_money(stage: Stage) -> None:
    """The budget of each year in which there is coaching from outside."""
    moment = working_moment(stage.today - timedelta(days=200), 9, 30)
    with stage.acting(stage.coordinator, moment):
        for year in sorted({moment.year, stage.today.year}):
            book_budget(year=year, cents=BUDGET)


def move_somebody(stage: Stage) -> None:
    """Somebody comes to work in the unit of their own coach; the night after that the two are told."""
    client = next(one.id for one in cases() if one.coach == MOVED_TO_COACH and one.ends is Ends.RUNNING)
    person, coach = stage.people[client], stage.people[MOVED_TO_COACH]
    columns = "personeelsnummer;naam;e-mailadres;afdeling;leidinggevende;rollen;taal;werkgever"
    with stage.acting(stage.coordinator, clock.now()):
        path, manager = coach.unit.path, coach.manager
    row = f"{person.staff_number};{person.name};{person.email};{path};{manager.staff_number if manager else ''};;;"
    moment = working_moment(stage.today - timedelta(days=12), 11)
    with clock.stopped_at(moment):
        outcome = import_staff(slug=stage.slug, content=f"{columns}\n{row}\n".encode())
    if not outcome.accepted:
        raise ValueError("\n".join(outcome.lines))
    with clock.stopped_at(moment + timedelta(hours=19)), acting_in(person.organisation_id):
        look_for_nearness(slug=stage.slug)


def note_a_call(stage: Stage) -> None:
    """The coordinator notes what somebody asked by telephone, for them to send or not."""
    with stage.acting(stage.coordinator, working_moment(stage.today - timedelta(days=2), 15, 20)) as author:
        answers = {"words": CALLED_ABOUT, "themes": "new_role", "place": "any", "employer": "any", "shared": "on"}
        client = stage.people[CALLED]
        note_request(once=uuid4(), slug=stage.slug, client=client, author=author, answers=answers)


def borrow_a_coach(stage: Stage, lender: Stage) -> None:
    """The two organisations agree, and a coach of the one says yes to being a guest with the other.

    All within two weeks: for so long the code stands with which it begins.
    """
    moment = working_moment(stage.today - timedelta(days=6), 10)
    hour = timedelta(hours=1)
    with lender.acting(LENDER, moment) as coordinator:
        code = invite(coordinator=coordinator, side=Side.LENDS)
    with stage.acting(stage.coordinator, moment + hour):
        take_up(code=code)
    text = text_to_start_from("nl", lender="Bergland", borrower="Waterland")
    terms = Terms(text, "nl", moment.date(), None, None, named_only=False, notice_months=2)
    with lender.acting(LENDER, moment + 2 * hour):
        write(agreement=LendingAgreement.objects.get(), terms=terms, based_on=0)
    with stage.acting(stage.coordinator, moment + 3 * hour):
        say_yes(agreement=LendingAgreement.objects.get(), number=1)
    with lender.acting(GUEST, moment + 5 * hour) as coach:
        write_profile(slug=lender.slug, coach=coach, words=GUEST_WORDS)
        publish_profile(slug=lender.slug, coach=coach)
        be_lent(agreement=LendingAgreement.objects.get(), coach=coach, at_most=2)


def count_waiting(stage: Stage) -> None:
    """What the weekly job did: count first talks, and publish at the turn of a quarter how long they took."""
    organisation_id = stage.people[stage.coordinator].organisation_id
    with acting_in(organisation_id):
        count_first_talks()
        for begun in _quarters_before(stage.today):
            with clock.stopped_at(working_moment(begun + timedelta(days=6), 4, 5)):
                publish_waiting(today=begun)


def _quarters_before(today: date) -> list[date]:
    """The first days of this quarter and the three before, as far as a week of them has passed."""
    index = 4 * today.year + (today.month - 1) // 3
    begins = [date((index - back) // 4, 3 * ((index - back) % 4) + 1, 1) for back in (3, 2, 1, 0)]
    return [begun for begun in begins if begun + timedelta(days=7) < today]
