"""Every page asks both databases as often for twenty rows as for one.

A page that asks once a row is quick on the day it is made and slow in the organisation that uses it. So each page that
grows is opened with one row and with twenty, and the questions are counted, those for keys too.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import timedelta
from itertools import cycle

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klankbord.core import clock
from klankbord.engagements.actions.agreements import Plan
from klankbord.engagements.actions.alliance import rate_alliance, want_ratings
from klankbord.engagements.actions.learning import choose_steering, place_step, say_word
from klankbord.engagements.actions.meeting import write_three_way
from klankbord.engagements.models import (
    Agreement,
    Course,
    Engagement,
    Participant,
    Proposal,
    Referral,
    ReferralQuestion,
    Request,
    RequestWords,
    Session,
    Share,
    Signal,
    Writing,
)
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.rules.alliance import About
from klankbord.engagements.rules.lifecycle import Phase, ProposalState, RequestState
from klankbord.engagements.rules.meeting import Stage
from klankbord.engagements.rules.spiral import Step
from klankbord.engagements.writings import MANNERS, Kind
from klankbord.people.actions import add_person, give_role, notify, take_role
from klankbord.people.models import Membership, Person, Unit
from klankbord.privacy import vault
from klankbord.privacy.audit import record
from tests.cast import Cast
from tests.story import SLUG, as_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MANY = 20
CLAUSES = '[{"id": "method", "title": "Hoe we werken", "text": "Wandelend."}]'
type Growing = Callable[[Cast], Iterator[str]]


# --- rows, made directly, each by whoever may make it -------------------------------------------------------------


def colleagues(cast: Cast, count: int, *, manager: Person | None = None, role: Membership.Role | None = None):
    """People who are new here, in units and under managers of their own."""
    with as_person(cast.els):
        units = cycle(Unit.objects.exclude(parent=None))
        managers = cycle([cast.anton, cast.marieke, cast.fatima, cast.ruben])
        first = Person.objects.count()
        for number in range(first, first + count):
            person = add_person(
                name=f"Collega Nummer{number}",
                email=f"collega{number}@waterland.example",
                staff_number=f"C{number}",
                unit=next(units),
                manager=manager or next(managers),
            )
            if role:
                give_role(person=person, role=role)
            yield person


def asked(client: Person, state: RequestState = RequestState.SENT) -> Request:
    """A request with words that coordinators may read."""
    with as_person(client):
        request = Request(organisation_id=client.organisation_id, client=client, state=state, themes=["project"])
        request.save(force_insert=True)
        words = RequestWords(organisation_id=client.organisation_id, request=request, client_id=client.pk, shared=True)
        vault.seal(words, "text", "Mijn project zit vast.")
        words.save(force_insert=True)
    return request


def proposed(cast: Cast, request: Request, coach: Person, state: ProposalState = ProposalState.PROPOSED) -> None:
    """A coach who lies before the client, or was chosen."""
    with as_person(cast.fatima):
        Proposal(
            organisation_id=request.organisation_id,
            request=request,
            client_id=request.client_id,
            coach=coach,
            state=state,
        ).save(force_insert=True)


def suggested(manager: Person, client: Person) -> Referral:
    """A manager's letter, to be answered."""
    with as_person(manager):
        referral = Referral(organisation_id=manager.organisation_id, client=client, manager=manager)
        vault.seal(referral, "text", "Misschien helpt een coach.")
        referral.save(force_insert=True)
    return referral


def questioned(referral: Referral, asked_person: Person) -> None:
    """What an employee asks before answering."""
    with as_person(referral.client):
        question = ReferralQuestion(
            organisation_id=referral.organisation_id,
            referral=referral,
            client_id=referral.client_id,
            asked=asked_person,
        )
        vault.seal(question, "text", "Wat bedoel je?")
        question.save(force_insert=True)


def coached(cast: Cast, client: Person, coach: Person, phase: Phase = Phase.RUNNING) -> Engagement:
    """A coaching with a talk behind it and one ahead, a direction, and an agreement the coach still reads."""
    of = {"organisation_id": client.organisation_id}
    request = asked(client, RequestState.MATCHED)
    proposed(cast, request, coach, ProposalState.CHOSEN)
    closed_on = clock.today() if phase in (Phase.CLOSED, Phase.ENDED) else None
    with as_person(client):
        engagement = Engagement(**of, request=request, client=client, coach=coach, closed_on=closed_on)
        engagement.save(force_insert=True)
        engagement.refresh_from_db(fields=["policy"])
        for person, role in ((client, "client"), (coach, "coach")):
            Participant(**of, engagement=engagement, person=person, role=role).save(force_insert=True)
        Course(**of, engagement=engagement, phase=phase).save(force_insert=True)
        for number, days in ((1, -3), (2, 4)):
            talk(engagement, number, days)
        written(engagement, client, Kind.DIRECTION)
        version(engagement, client, 1)
    return engagement


def talk(engagement: Engagement, number: int, days: int) -> Session:
    """A talk so many days from now; made by who is acting."""
    session = Session(
        organisation_id=engagement.organisation_id,
        engagement=engagement,
        number=number,
        starts_at=clock.now() + timedelta(days=days),
        place="Kamer 4.12",
    )
    session.save(force_insert=True)
    return session


def written(engagement: Engagement, author: Person, kind: Kind, session: Session | None = None) -> None:
    """A text that the other may read too, where its kind allows that; made by who is acting."""
    writing = Writing(
        organisation_id=engagement.organisation_id,
        engagement=engagement,
        session=session,
        kind=kind,
        author=author,
        audience=list(MANNERS[kind].audience),
        shared_at=clock.now() if MANNERS[kind].audience else None,
    )
    vault.seal(writing, "body", "Een richting die iedereen draagt. En nog een zin.")
    writing.save(force_insert=True)


def version(engagement: Engagement, author: Person, number: int) -> None:
    """A version of the agreement, that its writer said yes to; made by who is acting."""
    agreement = Agreement(
        organisation_id=engagement.organisation_id,
        engagement=engagement,
        version=number,
        author=author,
        policy_id=engagement.policy_id,
        plan=asdict(Plan(first=(clock.now() + timedelta(days=number)).isoformat(), place=f"Kamer {number}")),
        client_accepted_at=clock.now() if author.pk == engagement.client_id else None,
        coach_accepted_at=clock.now() if author.pk == engagement.coach_id else None,
    )
    vault.seal(agreement, "clauses", CLAUSES)
    agreement.save(force_insert=True)


def shared(engagement: Engagement, client: Person, reader: Person, *, withdrawn: bool = False) -> None:
    """A text for the manager, opened by the manager since."""
    with as_person(client):
        share = Share(organisation_id=engagement.organisation_id, engagement=engagement, client=client, reader=reader)
        vault.seal(share, "text", "Het plan ligt er.")
        share.save(force_insert=True)
    with as_person(reader):
        record("share.open", share, owner=client.pk)
    if withdrawn:
        with as_person(client):
            Share.objects.filter(pk=share.pk).update(withdrawn_at=clock.now())


# --- pages: each makes one row, gives its address, and makes the other nineteen ------------------------------------


def address(route: str, **more: object) -> str:
    return reverse(route, kwargs={"organisation": SLUG, **more})


def every_phase(count: int) -> Iterator[Phase]:
    """So many phases, all of them in turn."""
    return (phase for phase, _number in zip(cycle(Phase), range(count), strict=False))


def todays_of_a_client(cast: Cast) -> Iterator[str]:
    def once(phase: Phase, coach: Person) -> None:
        coached(cast, cast.johan, coach, phase)
        proposed(cast, asked(cast.johan, RequestState.PROPOSED), coach)
        asked(cast.johan)
        suggested(cast.anton, cast.johan)

    once(Phase.RUNNING, cast.marieke)
    yield address("today")
    coaches = colleagues(cast, MANY - 1, role=Membership.Role.COACH)
    for phase, coach in zip(every_phase(MANY - 1), coaches, strict=True):
        once(phase, coach)


def todays_of_a_coach(cast: Cast) -> Iterator[str]:
    coached(cast, cast.johan, cast.marieke)
    yield address("today")
    for phase, client in zip(every_phase(MANY - 1), colleagues(cast, MANY - 1), strict=True):
        coached(cast, client, cast.marieke, phase)


def todays_of_a_manager(cast: Cast) -> Iterator[str]:
    def once(client: Person) -> None:
        questioned(suggested(cast.anton, client), cast.anton)
        shared(coached(cast, client, cast.saskia), client, cast.anton)

    once(cast.johan)
    yield address("today")
    for client in colleagues(cast, MANY - 1, manager=cast.anton):
        once(client)


def todays_of_a_coordinator(cast: Cast) -> Iterator[str]:
    asked(cast.johan)
    yield address("today")
    for client in colleagues(cast, MANY - 1):
        asked(client)


def all_coaching_of_a_client(cast: Cast) -> Iterator[str]:
    coached(cast, cast.johan, cast.marieke)
    yield address("my_coaching")
    coaches = colleagues(cast, MANY - 1, role=Membership.Role.COACH)
    for phase, coach in zip(every_phase(MANY - 1), coaches, strict=True):
        coached(cast, cast.johan, coach, phase)


def all_coaching_of_a_coach(cast: Cast) -> Iterator[str]:
    coached(cast, cast.johan, cast.marieke)
    yield address("my_coaching")
    for phase, client in zip(every_phase(MANY - 1), colleagues(cast, MANY - 1), strict=True):
        coached(cast, client, cast.marieke, phase)


def all_coaching_of_which_the_texts_are_gone(cast: Cast) -> Iterator[str]:
    vault.destroy(coached(cast, cast.johan, cast.marieke, Phase.CLOSED).vault_scope)
    yield address("my_coaching")
    for client in colleagues(cast, MANY - 1):
        vault.destroy(coached(cast, client, cast.marieke, Phase.CLOSED).vault_scope)


def requests(cast: Cast) -> Iterator[str]:
    asked(cast.johan)
    yield address("requests")
    states = cycle([RequestState.SENT, RequestState.PROPOSED, RequestState.MATCHED])
    for client in colleagues(cast, MANY - 1):
        asked(client, next(states))


def outline(cast: Cast) -> Iterator[str]:
    coached(cast, cast.johan, cast.marieke)
    yield address("outline")
    for phase, client in zip(every_phase(MANY - 1), colleagues(cast, MANY - 1), strict=True):
        coached(cast, client, cast.saskia, phase)


def people(cast: Cast) -> Iterator[str]:
    list(colleagues(cast, 1))
    yield address("people") + "?q=collega"
    for person in list(colleagues(cast, MANY - 1)):
        with as_person(cast.els):
            give_role(person=person, role=Membership.Role.COACH)


def coaches_for_a_request(cast: Cast) -> Iterator[str]:
    with as_person(cast.els):
        for coach in (cast.willem, cast.saskia):
            take_role(person=coach, role=Membership.Role.COACH)
    coached(cast, cast.ruben, cast.marieke)
    request = asked(cast.johan)
    proposed(cast, request, cast.marieke)
    yield address("request_to_match", request_id=request.pk)
    for number, coach in enumerate(list(colleagues(cast, MANY - 1, role=Membership.Role.COACH))):
        if number % 4 == 0:
            coached(cast, cast.willem, coach)
        if number < 2:
            proposed(cast, request, coach)


def line_of_time(cast: Cast) -> Iterator[str]:
    engagement = coached(cast, cast.johan, cast.marieke)
    yield address("engagement", engagement=engagement.pk)
    with as_person(cast.johan):
        for number in range(3, MANY + 1):
            session = talk(engagement, number, number - 12)
            for kind in (Kind.TOPIC, Kind.REFLECTION):
                written(engagement, cast.johan, kind, session)


def agreement(cast: Cast) -> Iterator[str]:
    engagement = coached(cast, cast.johan, cast.marieke)
    with as_person(cast.johan):
        # Of two versions the page shows what differs; with one there is nothing to compare.
        version(engagement, cast.johan, 2)
    yield address("agreement", engagement=engagement.pk)
    for number in range(3, MANY + 1):
        author = (cast.johan, cast.marieke)[number % 2]
        with as_person(author):
            version(engagement, author, number)


def shares(cast: Cast) -> Iterator[str]:
    engagement = coached(cast, cast.johan, cast.marieke)
    shared(engagement, cast.johan, cast.anton)
    yield address("share", engagement=engagement.pk)
    for number in range(MANY - 1):
        shared(engagement, cast.johan, cast.anton, withdrawn=number % 3 == 0)


def talk_of_three(cast: Cast) -> Iterator[str]:
    engagement = coached(cast, cast.johan, cast.marieke)

    def written_by(name: str, number: int) -> None:
        person = cast.named(name)
        with as_person(person):
            write_three_way(
                standing=engagement_for(person, engagement.pk),
                slug=SLUG,
                stage=Stage.START,
                text=f"Wat we met z'n drieën afspreken, voor de {number}e keer.",
                based_on=number - 1,
            )

    written_by("johan", 1)
    yield address("three_way_meeting", engagement=engagement.pk, stage="begin")
    for number in range(2, MANY + 1):
        written_by(("johan", "marieke")[number % 2], number)


def my_data(cast: Cast) -> Iterator[str]:
    def once(other: Person, days: int) -> None:
        with clock.stopped_at(clock.now() - timedelta(days=days)), as_person(other):
            record("engagement.open", owner=cast.johan.pk)
            notify(person_id=cast.johan.pk, kind="text_sent", link=address("today"), name=other.first_name)

    once(cast.marieke, 1)
    yield address("my_data")
    for days, other in enumerate(list(colleagues(cast, MANY - 1)), start=2):
        once(other, days)


def suggest(cast: Cast) -> Iterator[str]:
    with as_person(cast.els):
        Person.objects.filter(manager=cast.ruben).update(manager=cast.els)
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.ruben)
    suggested(cast.ruben, cast.johan)
    yield address("suggest")
    for person in list(colleagues(cast, MANY - 1, manager=cast.ruben)):
        suggested(cast.ruben, person)


def spiral(cast: Cast) -> Iterator[str]:
    engagement = coached(cast, cast.johan, cast.marieke)

    def once(step: Step) -> None:
        with as_person(cast.johan):
            standing = engagement_for(cast.johan, engagement.pk)
            session = session_for(standing, 1)
            place_step(once=uuid.uuid4(), standing=standing, step=step, sentence="Een zin.", session=session)

    once(Step.ACT)
    yield address("spiral", engagement=engagement.pk)
    for step, _number in zip(cycle(Step), range(MANY - 1), strict=False):
        once(step)


def steering(cast: Cast) -> Iterator[str]:
    engagement = coached(cast, cast.johan, cast.marieke)

    def once(level: int) -> None:
        with as_person(cast.johan):
            standing = engagement_for(cast.johan, engagement.pk)
            choose_steering(standing=standing, level=level)
            sort, session = Signal.Sort.WHY, session_for(standing, 1)
            say_word(once=uuid.uuid4(), standing=standing, slug=SLUG, sort=sort, text="X", session=session, send=True)

    once(1)
    yield address("steering", engagement=engagement.pk)
    for number in range(MANY - 1):
        once(2 + number % 2)


def working_together(cast: Cast) -> Iterator[str]:
    engagement = coached(cast, cast.johan, cast.marieke)
    for person in (cast.johan, cast.marieke):
        with as_person(person):
            want_ratings(standing=engagement_for(person, engagement.pk), want=True)

    def once(person: Person) -> None:
        with as_person(person):
            standing = engagement_for(person, engagement.pk)
            rate_alliance(once=uuid.uuid4(), standing=standing, slug=SLUG, values={About.GOAL: 7}, share=True)

    for person in (cast.johan, cast.marieke):
        once(person)
        with as_person(person):
            written(engagement, person, Kind.ALLIANCE, session_for(engagement_for(person, engagement.pk), 1))
    yield address("alliance", engagement=engagement.pk)
    for number in range(3, MANY + 1):
        once((cast.johan, cast.marieke)[number % 2])
        with as_person(cast.johan):
            written(engagement, cast.johan, Kind.ALLIANCE, talk(engagement, number, -number))


PAGES: tuple[tuple[str, Growing], ...] = (
    ("johan", todays_of_a_client),
    ("marieke", todays_of_a_coach),
    ("anton", todays_of_a_manager),
    ("fatima", todays_of_a_coordinator),
    ("johan", all_coaching_of_a_client),
    ("marieke", all_coaching_of_a_coach),
    ("marieke", all_coaching_of_which_the_texts_are_gone),
    ("fatima", requests),
    ("fatima", outline),
    ("els", people),
    ("fatima", coaches_for_a_request),
    ("johan", line_of_time),
    ("marieke", line_of_time),
    ("johan", agreement),
    ("johan", shares),
    ("johan", talk_of_three),
    ("johan", my_data),
    ("ruben", suggest),
    ("johan", spiral),
    ("marieke", spiral),
    ("johan", steering),
    ("marieke", steering),
    ("johan", working_together),
)


def _asked(client: Client, page: str) -> tuple[str, dict[str, list[str]]]:
    """The page, and what it asked of each database. Opened once before, because a first reading is noted."""
    client.get(page)
    vault.forget_keys()
    with CaptureQueriesContext(connections["default"]) as rows, CaptureQueriesContext(connections["keys"]) as keys:
        answer = client.get(page)
    assert answer.status_code == 200
    return answer.content.decode(), {
        "default": [query["sql"] for query in rows.captured_queries],
        "keys": [query["sql"] for query in keys.captured_queries],
    }


def _repeated(statements: list[str]) -> list[tuple[str, int]]:
    """What was asked more than once, apart from what it was asked about."""
    return Counter(statement.split(" WHERE ")[0][-120:] for statement in statements).most_common(3)


@pytest.mark.parametrize(("who", "growing"), PAGES, ids=[f"{page.__name__}-{who}" for who, page in PAGES])
def test_a_page_asks_as_often_for_twenty_rows_as_for_one(cast: Cast, who: str, growing: Growing) -> None:
    asks_as_often(cast, who, growing)


def asks_as_often(cast: Cast, who: str, growing: Growing) -> None:
    """Open a page with one row and with twenty, and compare."""
    person = cast.named(who)
    assert person.account is not None
    client = Client()
    client.force_login(person.account)
    making = growing(cast)
    page = next(making)
    with_one, few = _asked(client, page)
    assert list(making) == []
    with_twenty, many = _asked(client, page)
    assert len(with_one) != len(with_twenty), "the page shows what was added"
    for alias, asked_for_one in few.items():
        assert len(many[alias]) == len(asked_for_one), _repeated(many[alias])
