"""Johan's story, told through the public actions, up to where a test wants to begin."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.agreements import Plan, accept_agreement, propose_agreement
from klankbord.engagements.actions.closing import share_text
from klankbord.engagements.actions.course import go_on, plan_introduction
from klankbord.engagements.actions.referrals import ask_about_referral, suggest_coaching
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.models import Engagement, Proposal, Referral, ReferralQuestion, Request, Share
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.rules.agreement import AgreementFacts
from klankbord.engagements.texts import filled_clauses
from klankbord.engagements.writings import Kind
from klankbord.people.models import Person
from tests.cast import Cast
from tests.parts import told_by_parts

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SLUG = "waterland"

# Sentences that may be found nowhere in the main database.
REFERRAL = "Ik denk dat een coach je kan helpen om dit project niet alleen te dragen."
QUESTION = "Moet ik dan ook vertellen wat er in de gesprekken gebeurt?"
WORDS = "Ik moet een pilot van de grond krijgen met een team dat ik niet zelf koos."
DIRECTION = "Een projectplan dat iedereen draagt."
TOPIC = "Mijn opdrachtgever wil eerder beginnen dan ik kan."
NOTES = "We onderzoeken wat half-half betekent."
REFLECTION = "Ik merk dat ik alles zelf wil doen."
COACH_PAGE = "Ik gaf advies waar een vraag beter was."
REPORT = "Ik durf nu te zeggen wat ik nodig heb."
SHARED = "Het plan ligt er, en het team schreef mee."
SECRETS = (REFERRAL, QUESTION, WORDS, DIRECTION, TOPIC, NOTES, REFLECTION, COACH_PAGE, REPORT, SHARED)


@dataclass(frozen=True)
class Story:
    """Everything that a running engagement has."""

    cast: Cast
    referral: Referral
    question: ReferralQuestion
    request: Request
    proposal: Proposal
    engagement: Engagement
    share: Share
    parts: dict[str, object] = field(default_factory=dict)

    def standing(self, person: Person) -> Standing:
        """Where somebody stands; inside :func:`as_person` of the same person."""
        return engagement_for(person, self.engagement.pk)


def as_person(person: Person):
    """Act as somebody of the cast."""
    return acting_in(person.organisation_id, person.pk)


def requested(cast: Cast) -> tuple[Referral, ReferralQuestion, Request]:
    """Anton suggested, Johan asked a question first, and then asked for a coach in his own words."""
    with as_person(cast.anton):
        referral = suggest_coaching(once=uuid.uuid4(), slug=SLUG, manager=cast.anton, client=cast.johan, text=REFERRAL)
    with as_person(cast.johan):
        question = ask_about_referral(once=uuid.uuid4(), slug=SLUG, referral=referral, asked=cast.anton, text=QUESTION)
        request = send_request(
            once=uuid.uuid4(),
            slug=SLUG,
            client=cast.johan,
            words=WORDS,
            shared=False,
            wishes=Wishes(themes=("project",), sensitive_themes=("strain",)),
        )
    return referral, question, request


def matched(cast: Cast, request: Request) -> tuple[Proposal, Engagement]:
    """Fatima proposed Marieke and Johan chose her."""
    with as_person(cast.fatima):
        proposal = propose_coach(slug=SLUG, request=request, coach=cast.marieke)
    with as_person(cast.johan):
        return proposal, choose_coach(slug=SLUG, proposal=proposal)


def agreed(cast: Cast, engagement: Engagement, first: datetime) -> None:
    """They met, went on, found a direction, and both said yes to an agreement of seven talks."""
    with as_person(cast.marieke):
        standing = engagement_for(cast.marieke, engagement.pk)
        plan_introduction(
            standing=standing, slug=SLUG, starts_at=first - timedelta(days=14), minutes=60, place="Kamer 4.12"
        )
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        go_on(standing=standing, slug=SLUG)
        save_text(standing=standing, slug=SLUG, kind=Kind.DIRECTION, text=DIRECTION)
        clauses = filled_clauses(AgreementFacts(client="Johan", coach="Marieke", manager="Anton"), "nl")
        plan = Plan(first=first.isoformat(), place="Kamer 4.12")
        agreement = propose_agreement(standing=standing, slug=SLUG, clauses=clauses, plan=plan, based_on=0)
    with as_person(cast.marieke):
        standing = engagement_for(cast.marieke, engagement.pk)
        accept_agreement(standing=standing, slug=SLUG, agreement=agreement)


def tuesday_at_ten(weeks: int) -> datetime:
    """A Tuesday at ten, so many weeks from this one (negative: ago), in Amsterdam."""
    today = clock.today()
    tuesday = today - timedelta(days=today.weekday()) + timedelta(days=1, weeks=weeks)
    return datetime(tuesday.year, tuesday.month, tuesday.day, 10, tzinfo=AMSTERDAM)


def running(cast: Cast) -> Story:
    """The whole way, some weeks ago, to a running engagement with texts of every kind, one of each."""
    with clock.stopped_at(tuesday_at_ten(-8)):
        referral, question, request = requested(cast)
        proposal, engagement = matched(cast, request)
        agreed(cast, engagement, tuesday_at_ten(3))
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        first, second = session_for(standing, 1), session_for(standing, 2)
        for kind, session, text, send in (
            (Kind.TOPIC, first, TOPIC, True),
            (Kind.NOTES, first, NOTES, False),
            (Kind.REFLECTION, first, REFLECTION, True),
            (Kind.REFLECTION, second, "Dit is nog van mij alleen.", False),
            (Kind.REPORT, None, REPORT, False),
        ):
            save_text(standing=standing, slug=SLUG, kind=kind, session=session, text=text, send=send)
        share = share_text(once=uuid.uuid4(), standing=standing, slug=SLUG, text=SHARED)
    with as_person(cast.marieke):
        standing = engagement_for(cast.marieke, engagement.pk)
        save_text(standing=standing, slug=SLUG, kind=Kind.COACH_PAGE, session=session_for(standing, 1), text=COACH_PAGE)
    story = Story(cast, referral, question, request, proposal, engagement, share)
    story.parts.update(told_by_parts(story))
    return story
