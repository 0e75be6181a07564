"""What waits for one person, and what is coming, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klankbord.core import clock
from klankbord.engagements.models import (
    Agreement,
    Course,
    FitLetter,
    Participant,
    Proposal,
    Referral,
    ReferralAnswer,
    ReferralQuestion,
    Request,
    Session,
    Share,
    Witness,
    Writing,
)
from klankbord.engagements.queries.doors import TWO, Standing
from klankbord.engagements.queries.noted import waiting_for
from klankbord.engagements.queries.spreadsheet import letters_for
from klankbord.engagements.rules.afterwards import BROUGHT_UP_FOR, is_brought_up
from klankbord.engagements.rules.lifecycle import Phase, ProposalState, ReferralState, RequestState, Role
from klankbord.engagements.writings import Kind
from klankbord.people.api import Person

# What somebody waits for goes before what is merely coming.
ANSWER, DECIDE, DO, COMING = 10, 20, 30, 50
LOOK_BACK_FOR = timedelta(days=10)


@dataclass(frozen=True)
class Way:
    """One thing to do about it. Ways out weigh as much as ways in."""

    url: str
    label: str
    method: str = "get"


@dataclass(frozen=True)
class Moment:
    """One thing on "Vandaag": *at* is when it happens or since when it waits, *note* one quiet sentence."""

    rank: int
    title: str
    ways: tuple[Way, ...]
    at: datetime | None = None
    place: str = ""
    note: str = ""
    waits: bool = True


def moments_for(person: Person, slug: str, roles: frozenset[str]) -> list[Moment]:
    """Everything for this person: what asks something of them first, then what is coming, by date."""
    found = [
        *_referrals(person, slug),
        *_questions(person, slug),
        *_noted(person, slug),
        *_from_a_sheet(person, slug),
        *_requests(person, slug),
        *_engagements(person, slug),
        *_thoughts(person, slug),
        *_shared(person, slug),
        *_asked_at_work(person, slug),
        *_as_third_party(person, slug),
    ]
    if "coach" in roles:
        found += _put_forward(person, slug)
    if "coordinator" in roles:
        found += _to_match(person, slug)
    far = clock.now() + timedelta(days=3650)
    return sorted(found, key=lambda one: (one.rank, one.at or far))


def _referrals(person: Person, slug: str) -> Iterator[Moment]:
    answered = {answer.referral_id: answer.state for answer in ReferralAnswer.objects.filter(client=person)}
    for referral in Referral.objects.filter(client=person).select_related("manager").order_by("made_at"):
        if answered.get(referral.pk, ReferralState.OPEN) not in (ReferralState.OPEN, ReferralState.QUESTION):
            continue
        url = reverse("referral", kwargs={"organisation": slug, "referral": referral.pk})
        yield Moment(
            ANSWER,
            _("%(name)s wrote you something") % {"name": referral.manager.first_name},
            (Way(url, _("Read it")),),
            at=referral.made_at,
            note=_("It is a suggestion. What you do with it is up to you."),
        )


def _questions(person: Person, slug: str) -> Iterator[Moment]:
    waiting = ReferralQuestion.objects.filter(asked=person, answered_at=None).select_related("client")
    for question in waiting.order_by("asked_at"):
        url = reverse("referral_question", kwargs={"organisation": slug, "question": question.pk})
        yield Moment(
            ANSWER,
            _("%(name)s has a question for you") % {"name": question.client.first_name},
            (Way(url, _("Read the question")),),
            at=question.asked_at,
        )


def _noted(person: Person, slug: str) -> Iterator[Moment]:
    for noted in waiting_for(person):
        url = reverse("noted", kwargs={"organisation": slug, "noted": noted.pk})
        title = _("%(name)s noted that you would like a coach") % {"name": noted.author.first_name}
        note = _("You decide whether it is sent.")
        yield Moment(DECIDE, title, (Way(url, _("Read it")),), at=noted.noted_at, note=note)


def _from_a_sheet(person: Person, slug: str) -> Iterator[Moment]:
    """One moment for all of it: a coach may have many rows."""
    letters = letters_for(person)
    if letters:
        url = reverse("sheet_letters", kwargs={"organisation": slug})
        title = _("%(name)s took something over for you from a spreadsheet") % {"name": letters[0].author.first_name}
        note = _("You decide whether it is right. Nothing has begun.")
        yield Moment(DECIDE, title, (Way(url, _("Have a look")),), at=letters[0].offered_at, note=note)


def _requests(person: Person, slug: str) -> Iterator[Moment]:
    open_states = (RequestState.SENT, RequestState.PROPOSED)
    requests = list(Request.objects.filter(client=person, state__in=open_states).order_by("sent_at"))
    proposals = defaultdict(list)
    for proposal in Proposal.objects.filter(request__in=requests, state=ProposalState.PROPOSED).select_related("coach"):
        proposals[proposal.request_id].append(proposal)
    for request in requests:
        url = reverse("request", kwargs={"organisation": slug, "request_id": request.pk})
        names = [proposal.coach.first_name for proposal in proposals[request.pk]]
        if names:
            title = ngettext(
                "There is a coach you can get to know", "There are coaches you can get to know", len(names)
            )
            yield Moment(DECIDE, title, (Way(url, _("Have a look")),), note=_("You choose. You need not explain."))
        else:
            title = _("A coach is being sought for you")
            yield Moment(COMING, title, (Way(url, _("See your request")),), at=request.sent_at, waits=False)


def _put_forward(person: Person, slug: str) -> Iterator[Moment]:
    """Where this coach lies before a client. Nothing waits for the coach: the client chooses."""
    for proposal in Proposal.objects.filter(coach=person, state=ProposalState.PROPOSED).order_by("proposed_at"):
        url = reverse("proposal_for_coach", kwargs={"organisation": slug, "proposal": proposal.pk})
        title = _("You were put forward as a coach")
        note = _("You need not do anything.")
        yield Moment(COMING, title, (Way(url, _("Have a look")),), at=proposal.proposed_at, note=note, waits=False)


def _to_match(person: Person, slug: str) -> list[Moment]:
    waiting = list(
        Request.objects.filter(state=RequestState.SENT)
        .exclude(client=person)
        .order_by("sent_at")
        .values_list("sent_at", flat=True)
    )
    if not waiting:
        return []
    title = ngettext(
        "One request is waiting for a proposal", "%(count)d requests are waiting for a proposal", len(waiting)
    ) % {"count": len(waiting)}
    url = reverse("requests", kwargs={"organisation": slug})
    return [Moment(DO, title, (Way(url, _("Open the requests")),), at=waiting[0])]


def _thoughts(person: Person, slug: str) -> Iterator[Moment]:
    """A coach wrote something that the client has not opened yet. What it is about stands on its own page."""
    unread = FitLetter.objects.filter(client=person, opened_at=None).select_related("coach")
    for letter in unread.order_by("shared_at"):
        url = reverse("fit_letter", kwargs={"organisation": slug, "letter": letter.pk})
        title = _("%(name)s wrote you something") % {"name": letter.coach.first_name}
        note = _("For you alone. What you do with it is up to you.")
        yield Moment(ANSWER, title, (Way(url, _("Read it")),), at=letter.shared_at, note=note)


def _shared(person: Person, slug: str) -> Iterator[Moment]:
    since = clock.now() - timedelta(days=30)
    shares = Share.objects.filter(reader=person, withdrawn_at=None, shared_at__gte=since).select_related("client")
    for share in shares.order_by("-shared_at"):
        url = reverse("shared_text", kwargs={"organisation": slug, "share": share.pk})
        title = _("%(name)s shares a text with you") % {"name": share.client.first_name}
        yield Moment(COMING, title, (Way(url, _("Read it")),), at=share.shared_at, waits=False)


def _as_third_party(person: Person, slug: str) -> Iterator[Moment]:
    """The agreements to which somebody was asked in: the one to answer first, the others to be found again."""
    parts = Participant.objects.filter(person=person, until=None, role=Participant.Role.SPONSOR)
    engagements = [
        one.engagement
        for one in parts.filter(engagement__closed_on=None).select_related("engagement__client", "engagement__coach")
    ]
    if not engagements:
        return
    last = {one.engagement_id: one for one in Agreement.objects.filter(engagement__in=engagements).order_by("version")}
    for engagement in engagements:
        version = last.get(engagement.pk)
        names = {"client": engagement.client.first_name, "coach": engagement.coach.first_name}
        way = (Way(reverse("party", kwargs={"organisation": slug, "engagement": engagement.pk}), _("Read it")),)
        if version and not version.sponsor_accepted_at:
            title = _("%(client)s lays an agreement before you") % names
            note = _("You say yes, or you talk about it first.")
            yield Moment(DECIDE, title, way, at=version.made_at, note=note)
        else:
            title = _("The agreement with %(client)s and %(coach)s") % names
            yield Moment(COMING, title, way, waits=False)


def _asked_at_work(person: Person, slug: str) -> Iterator[Moment]:
    """Somebody asks what strikes this person at work. It rests after some weeks, without an answer."""
    since = clock.now() - BROUGHT_UP_FOR
    asked = Witness.objects.filter(person=person, state=Witness.State.ASKED, asked_at__gte=since)
    for one in asked.select_related("client").order_by("asked_at"):
        url = reverse("witness", kwargs={"organisation": slug, "witness": one.pk})
        title = _("%(name)s would like to know what strikes you at work") % {"name": one.client.first_name}
        note = _("Two minutes is enough. Rather not is fine too.")
        yield Moment(ANSWER, title, (Way(url, _("Read the question")),), at=one.asked_at, note=note)


@dataclass(frozen=True)
class _Page:
    """What is known of all engagements of one person, fetched once."""

    sessions: dict[UUID, list[Session]]
    agreements: dict[UUID, Agreement]
    written: set[tuple[UUID, UUID | None, str]]


def standings_of(person: Person) -> list[Standing]:
    """Every engagement the person takes part in, oldest first, with where it is."""
    taking_part = list(
        Participant.objects.filter(person=person, until=None, role__in=TWO)
        .select_related("engagement__client__manager", "engagement__coach", "engagement__request")
        .order_by("engagement__started_on", "since")
    )
    courses = {
        course.engagement_id: course
        for course in Course.objects.filter(engagement__in=[one.engagement_id for one in taking_part])
    }
    return [
        Standing(one.engagement, courses[one.engagement_id], person, Role(one.role))
        for one in taking_part
        if one.engagement_id in courses
    ]


def _engagements(person: Person, slug: str) -> Iterator[Moment]:
    found = standings_of(person)
    standings = [one for one in found if one.phase not in (Phase.CLOSED, Phase.ENDED)]
    to_look_back = [one for one in found if _is_time_to_look_back(one)]
    ids = [standing.engagement.pk for standing in (*standings, *to_look_back)]
    sessions: dict[UUID, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(engagement__in=ids).exclude(state=Session.State.CANCELLED):
        sessions[session.engagement_id].append(session)
    agreements = {one.engagement_id: one for one in Agreement.objects.filter(engagement__in=ids).order_by("version")}
    written: set[tuple[UUID, UUID | None, str]] = set(
        Writing.objects.filter(engagement__in=ids, author=person).values_list("engagement_id", "session_id", "kind")
    )
    page = _Page(sessions, agreements, written)
    for standing in standings:
        yield from _of_one(standing, slug, page)
    for standing in to_look_back:
        yield from _later(standing, slug, page)


def _is_time_to_look_back(standing: Standing) -> bool:
    closed, full = standing.phase is Phase.CLOSED, standing.course.route == Course.Route.FULL
    return (
        standing.is_client
        and closed
        and full
        and is_brought_up(standing.engagement.closed_on, standing.course.destroy_on, clock.today())
    )


def _later(standing: Standing, slug: str, page: _Page) -> Iterator[Moment]:
    if (standing.engagement.pk, None, Kind.LATER) in page.written:
        return
    title = _("Three months later: what do you see of it in your work?")
    ways = (Way(_url(standing, slug, "later"), _("Look back")),)
    yield Moment(DO + 5, title, ways, note=_("For yourself. Nobody else reads it."))


def _of_one(standing: Standing, slug: str, page: _Page) -> Iterator[Moment]:
    by_phase = {
        Phase.INTRODUCTION: _introduction,
        Phase.DIRECTION: _direction,
        Phase.AGREEMENT: _agreement,
        Phase.CLOSING: _closing,
    }
    if standing.phase in by_phase:
        yield by_phase[standing.phase](standing, slug, page)
    yield from _talks(standing, slug, page)


def _url(standing: Standing, slug: str, route: str, **more: object) -> str:
    return reverse(route, kwargs={"organisation": slug, "engagement": standing.engagement.pk, **more})


def _introduction(standing: Standing, slug: str, page: _Page) -> Moment:
    if standing.course.route == Course.Route.SHORT:
        title = _("Choose a moment for one talk with %(name)s") % {"name": standing.other.first_name}
        note = _("With four lines to start from. Either of you may begin.")
        return Moment(DECIDE, title, (Way(_url(standing, slug, "one_talk"), _("Choose a moment")),), note=note)
    talk = next((one for one in page.sessions[standing.engagement.pk] if one.number == 0), None)
    name = {"name": standing.other.first_name}
    url = _url(standing, slug, "introduction")
    if talk is None:
        title = _("Plan a first talk with %(name)s") % name
        return Moment(DECIDE, title, (Way(url, _("Plan it")),))
    if talk.starts_at > clock.now():
        title = _("Getting to know %(name)s") % name
        return Moment(COMING, title, (Way(url, _("Look ahead")),), at=talk.starts_at, place=talk.place, waits=False)
    title = _("You got to know %(name)s. How do you go on?") % name
    return Moment(DO, title, (Way(url, _("Have a look")),), at=talk.starts_at)


def _direction(standing: Standing, slug: str, page: _Page) -> Moment:
    if standing.is_client and (standing.engagement.pk, None, Kind.DIRECTION) not in page.written:
        title = _("Which way do you want to go?")
        note = _("A provisional direction in your own words is enough. You may also skip this.")
        ways = (Way(_url(standing, slug, "direction"), _("Write it down")), _skip_to_agreement(standing, slug))
        return Moment(DO, title, ways, note=note)
    title = _("Make your agreement with %(name)s") % {"name": standing.other.first_name}
    return Moment(DO, title, (Way(_url(standing, slug, "agreement"), _("To our agreement")),))


def _skip_to_agreement(standing: Standing, slug: str) -> Way:
    return Way(_url(standing, slug, "agreement"), _("On to our agreement"))


def _agreement(standing: Standing, slug: str, page: _Page) -> Moment:
    last = page.agreements.get(standing.engagement.pk)
    mine = last and (last.client_accepted_at if standing.is_client else last.coach_accepted_at)
    name = {"name": standing.other.first_name}
    way = (Way(_url(standing, slug, "agreement"), _("Read our agreement")),)
    if last and mine:
        return Moment(COMING, _("%(name)s is reading your agreement") % name, way, at=last.made_at, waits=False)
    return Moment(DECIDE, _("%(name)s wrote your agreement down") % name, way, note=_("Change it, or say yes to it."))


def _closing(standing: Standing, slug: str, page: _Page) -> Moment:
    return Moment(DO, _("Rounding off: what did it bring?"), (Way(_url(standing, slug, "closing"), _("Have a look")),))


def _talks(standing: Standing, slug: str, page: _Page) -> Iterator[Moment]:
    talks = [one for one in page.sessions[standing.engagement.pk] if one.number > 0]
    now = clock.now()
    coming = sorted((one for one in talks if one.starts_at > now), key=lambda one: one.starts_at)
    past = sorted((one for one in talks if one.starts_at <= now), key=lambda one: one.starts_at)
    if past and standing.is_client and past[-1].starts_at > now - LOOK_BACK_FOR:
        yield from _look_back(standing, slug, page, past[-1])
    if coming:
        yield _next_talk(standing, slug, page, coming[0])


def _look_back(standing: Standing, slug: str, page: _Page, talk: Session) -> Iterator[Moment]:
    if (standing.engagement.pk, talk.pk, Kind.REFLECTION) in page.written:
        return
    url = _url(standing, slug, "session", number=talk.number)
    title = _("What did the talk with %(name)s bring you?") % {"name": standing.other.first_name}
    note = _("For yourself. You decide whether to send it.")
    yield Moment(DO + 5, title, (Way(url, _("Look back")),), at=talk.starts_at, note=note)


def _next_talk(standing: Standing, slug: str, page: _Page, talk: Session) -> Moment:
    url = _url(standing, slug, "session", number=talk.number)
    name = {"name": standing.other.first_name}
    told = talk.just_coming or (standing.engagement.pk, talk.pk, Kind.TOPIC) in page.written
    if standing.is_client and not told:
        come = Way(_url(standing, slug, "session_just_come", number=talk.number), _("I'll just come"), method="post")
        return Moment(
            DO,
            _("What do you want to talk about with %(name)s?") % name,
            (Way(url, _("Write it down")), come),
            at=talk.starts_at,
            place=talk.place,
            note=_("One sentence is enough. Nothing in mind yet? Just come."),
        )
    title = _("Talk with %(name)s") % name
    return Moment(COMING, title, (Way(url, _("Have a look")),), at=talk.starts_at, place=talk.place, waits=False)
