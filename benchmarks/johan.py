"""Johan's coaching, told through the actions people press the buttons of: seven talks full of everything there is."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from klankbord.core import clock
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.agreements import Plan, accept_agreement, propose_agreement
from klankbord.engagements.actions.board import add_card
from klankbord.engagements.actions.coach import save_look
from klankbord.engagements.actions.course import go_on, plan_introduction
from klankbord.engagements.actions.goals import make_goal
from klankbord.engagements.actions.learning import place_step
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.actions.tryout import plan_tryout
from klankbord.engagements.models import Engagement, Field, Proposal, Session
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.rules.agreement import AgreementFacts
from klankbord.engagements.rules.board import Plan as TryoutPlan
from klankbord.engagements.rules.spiral import Step
from klankbord.engagements.texts import filled_clauses
from klankbord.engagements.writings import Kind
from klankbord.people.mailing import without_mail
from klankbord.people.models import Person

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TALKS = 7
THOUGHTS = 6
"""On each board."""
SENTENCES = (
    "Ik merk dat ik in overleg te lang wacht tot een ander het zegt.",
    "Deze week heb ik één keer gezegd wat ik nodig had, en dat viel mee.",
    "Het plan ligt er nog niet, maar het team weet nu wel waarom we het maken.",
    "Ik wil uitzoeken waar mijn haast vandaan komt.",
    "Volgende keer begin ik met een vraag in plaats van met mijn voorstel.",
)


def words(seed: int, sentences: int = 24) -> str:
    """About as much as somebody writes after a talk: 24 sentences are 1,500 characters."""
    chosen = (SENTENCES[(seed + count) % len(SENTENCES)] for count in range(sentences))
    return " ".join(chosen)


def person(email: str) -> Person:
    """Somebody of the staff file, by the first part of the address."""
    return Person.objects.select_related("account", "unit", "manager").get(email=f"{email}@waterland.example")


def tell(organisation: Organisation, guide: UUID) -> Engagement:
    """From the request to the seventh talk, dated back so that all but one have been. *guide* looks people up."""
    with acting_in(organisation.id, guide):
        johan, marieke, fatima = person("johan"), person("marieke"), person("fatima")
    last = datetime.now(AMSTERDAM).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=2)
    first = last - timedelta(weeks=3 * (TALKS - 1))
    with without_mail():
        with clock.stopped_at(first - timedelta(weeks=4)):
            engagement = _matched(organisation, johan, marieke, fatima)
        with clock.stopped_at(first - timedelta(weeks=2)):
            _agreed(organisation, engagement, johan, marieke, first)
        for number in range(1, TALKS):
            with clock.stopped_at(first + timedelta(weeks=3 * (number - 1), hours=3)):
                _talked(organisation, engagement, johan, marieke, number)
        with clock.stopped_at(last - timedelta(days=1)):
            _prepared(organisation, engagement, johan)
    return engagement


def _matched(organisation: Organisation, johan: Person, marieke: Person, fatima: Person) -> Engagement:
    slug = organisation.slug
    with acting_in(organisation.id, johan.pk):
        wishes = Wishes(themes=("project",))
        request = send_request(once=uuid.uuid4(), slug=slug, client=johan, words=words(0), shared=True, wishes=wishes)
    with acting_in(organisation.id, fatima.pk):
        propose_coach(slug=slug, request=request, coach=marieke)
    with acting_in(organisation.id, johan.pk):
        proposal = Proposal.objects.select_related("coach", "request", "client").get(request=request)
        return choose_coach(slug=slug, proposal=proposal)


def _agreed(
    organisation: Organisation, engagement: Engagement, johan: Person, marieke: Person, first: datetime
) -> None:
    slug = organisation.slug
    with acting_in(organisation.id, marieke.pk):
        standing = engagement_for(marieke, engagement.pk)
        plan_introduction(
            standing=standing, slug=slug, starts_at=clock.now() + timedelta(days=1), minutes=60, place="Kamer 4.12"
        )
    with acting_in(organisation.id, johan.pk):
        standing = engagement_for(johan, engagement.pk)
        go_on(standing=standing, slug=slug)
        save_text(standing=standing, slug=slug, kind=Kind.DIRECTION, text="Een projectplan dat iedereen draagt.")
        clauses = filled_clauses(AgreementFacts(client="Johan", coach="Marieke", manager="Anton"), "nl")
        plan = Plan(first=first.isoformat(), place="Kamer 4.12", count=TALKS)
        agreement = propose_agreement(standing=standing, slug=slug, clauses=clauses, plan=plan, based_on=0)
    with acting_in(organisation.id, marieke.pk):
        accept_agreement(standing=engagement_for(marieke, engagement.pk), slug=slug, agreement=agreement)


def _talked(organisation: Organisation, engagement: Engagement, johan: Person, marieke: Person, number: int) -> None:
    slug = organisation.slug
    with acting_in(organisation.id, johan.pk):
        standing = engagement_for(johan, engagement.pk)
        talk = session_for(standing, number)
        for kind in (Kind.TOPIC, Kind.NOTES, Kind.REFLECTION, Kind.ALLIANCE):
            save_text(standing=standing, slug=slug, kind=kind, session=talk, text=words(number), send=True)
        for kind in (Kind.SENTENCE, Kind.HARVEST):
            save_text(standing=standing, slug=slug, kind=kind, session=talk, text=words(number, 1))
        _worked(standing, talk, number)
    with acting_in(organisation.id, marieke.pk):
        standing = engagement_for(marieke, engagement.pk)
        talk = session_for(standing, number)
        save_text(standing=standing, slug=slug, kind=Kind.COACH_PAGE, session=talk, text=words(number))
        save_look(
            standing=standing, session=talk, chosen={"sides": ["relation"], "steering": ["follow"]}, why=words(1, 2)
        )


def _prepared(organisation: Organisation, engagement: Engagement, johan: Person) -> None:
    """What Johan brings to the talk that is still to come, with a full board."""
    with acting_in(organisation.id, johan.pk):
        standing = engagement_for(johan, engagement.pk)
        talk = session_for(standing, TALKS)
        save_text(standing=standing, slug=organisation.slug, kind=Kind.TOPIC, session=talk, text=words(7), send=True)
        _thoughts(standing, talk)


def _worked(standing: Standing, talk: Session, number: int) -> None:
    """What lies beside the texts of a talk: thoughts on the board, something to try out, a step, and a goal."""
    _thoughts(standing, talk)
    plan = TryoutPlan(words(number, 1), "Maandag", "Ilse")
    plan_tryout(once=uuid.uuid4(), standing=standing, session=talk, plan=plan)
    for step in (Step.ACT, Step.LOOK_BACK):
        place_step(once=uuid.uuid4(), standing=standing, step=step, sentence=words(number, 1), session=talk)
    if number <= 3:
        make_goal(once=uuid.uuid4(), standing=standing, sentence=words(number, 2))


def _thoughts(standing: Standing, talk: Session) -> None:
    for number in range(THOUGHTS):
        field = Field.values[number % len(Field)]
        add_card(once=uuid.uuid4(), standing=standing, session=talk, field=Field(field), text=words(number, 2))
