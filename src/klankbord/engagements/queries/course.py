"""What the pages of an engagement show, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from klankbord.core import clock
from klankbord.engagements.models import Agreement, Course, Engagement, Request, Session, ThreeWayMeeting
from klankbord.engagements.queries.doors import Standing, words_of
from klankbord.engagements.queries.line import Agreed, OfThree, Talk, Told, first_sentence
from klankbord.engagements.queries.meeting import planned_meetings
from klankbord.engagements.queries.texts import Text, Texts, directions_of, texts_of
from klankbord.engagements.queries.today import standings_of
from klankbord.engagements.rules.lifecycle import Phase, RequestState
from klankbord.engagements.rules.meeting import WORDS, Stage
from klankbord.engagements.writings import Kind
from klankbord.people.api import Person
from klankbord.privacy import vault
from klankbord.privacy.access import Role as SeenAs

ON_THE_LINE = (Kind.DIRECTION, Kind.EXPECTATION, Kind.LATER, Kind.TOPIC, Kind.SENTENCE, Kind.REFLECTION)
HALF_WAY = (Kind.INTERIM, Kind.INTERIM_TOGETHER)
OVER = (Phase.CLOSED, Phase.ENDED)


def sessions_of(standing: Standing) -> list[Session]:
    """Every talk, the introduction first."""
    return list(Session.objects.filter(engagement=standing.engagement).order_by("number"))


def next_talk_after(standing: Standing) -> int | None:
    """The number of the next talk that is still to come, for what was not talked about in the one that fell through."""
    coming = Session.objects.filter(
        engagement=standing.engagement, state=Session.State.PLANNED, starts_at__gt=clock.now(), number__gt=0
    )
    return coming.order_by("starts_at").values_list("number", flat=True).first()


def introduction_of(standing: Standing) -> Session | None:
    """The introductory talk, once it is planned."""
    return Session.objects.filter(engagement=standing.engagement, number=0).first()


def told_of(standing: Standing) -> Told:
    """Everything the acting person may know of this engagement, for the line of time."""
    engagement = standing.engagement
    texts = texts_of(standing, (*ON_THE_LINE, *HALF_WAY))
    talks = [_talk(session, texts, standing) for session in sessions_of(standing)]
    agreements = list(Agreement.objects.filter(engagement=engagement).defer("clauses").order_by("version"))
    direction = _of_client(standing, texts, Kind.DIRECTION)
    hope = _of_client(standing, texts, Kind.EXPECTATION)
    later = texts.mine(Kind.LATER)
    in_force = [one for one in agreements if one.in_force]
    return Told(
        is_client=standing.is_client,
        client=engagement.client.first_name,
        coach=engagement.coach.first_name,
        manager=standing.names.get(SeenAs.MANAGER, ""),
        phase=standing.phase,
        asked_at=engagement.request.sent_at,
        now=clock.now(),
        introduction=next((talk for talk in talks if talk.number == 0), None),
        hope=first_sentence(hope.body) if hope else "",
        direction=direction.body if direction else "",
        direction_at=direction.written_at if direction else None,
        agreed=_agreed(standing, agreements[-1], in_force[-1:]) if agreements else None,
        talks=tuple(talk for talk in talks if talk.number > 0),
        evaluate_after=in_force[-1].plan.get("evaluate_after", 0) if in_force else 0,
        planned_end=engagement.planned_end,
        closed_on=engagement.closed_on,
        short=standing.course.route == Course.Route.SHORT,
        kept_until=standing.course.destroy_on,
        looked_back=any(text.kind in HALF_WAY for text in texts.rows),
        looked_back_later=first_sentence(later.body) if later else "",
        of_three=tuple(_of_three(planned_meetings(engagement))),
        began_elsewhere=_began_elsewhere(engagement),
    )


def _began_elsewhere(engagement: Engagement) -> date | None:
    """The first day of a coaching that was taken over from a spreadsheet: it ran before its request was written."""
    earlier = engagement.started_on < localdate(engagement.request.sent_at)
    return engagement.started_on if earlier else None


def _of_three(meetings: Iterable[ThreeWayMeeting]) -> Iterator[OfThree]:
    """The talks of three that have a moment."""
    for meeting in meetings:
        if meeting.starts_at:
            stage = Stage(meeting.stage)
            yield OfThree(stage is Stage.END, WORDS[stage], meeting.starts_at, meeting.place)


def _of_client(standing: Standing, texts: Texts, kind: Kind, session_id: UUID | None = None) -> Text | None:
    return texts.mine(kind, session_id) if standing.is_client else texts.theirs(kind, session_id)


def _talk(session: Session, texts: Texts, standing: Standing) -> Talk:
    reflection = _of_client(standing, texts, Kind.REFLECTION, session.pk)
    # The sentence the client chose to put in words says more than the first one of a longer text.
    sentence = _of_client(standing, texts, Kind.SENTENCE, session.pk)
    quoted = sentence if sentence and sentence.body else reflection
    return Talk(
        number=session.number,
        starts_at=session.starts_at,
        minutes=session.minutes,
        place=session.place,
        cancelled=session.state == Session.State.CANCELLED,
        just_coming=session.just_coming,
        told=_of_client(standing, texts, Kind.TOPIC, session.pk) is not None,
        looked_back=reflection is not None,
        sentence=first_sentence(quoted.body) if quoted else "",
    )


def _agreed(standing: Standing, last: Agreement, in_force: list[Agreement]) -> Agreed:
    mine = last.client_accepted_at if standing.is_client else last.coach_accepted_at
    since = None
    if in_force and in_force[0].client_accepted_at and in_force[0].coach_accepted_at:
        since = max(in_force[0].client_accepted_at, in_force[0].coach_accepted_at)
    return Agreed(version=last.version, mine=bool(mine), in_force_since=since, last_in_force=last.in_force)


@dataclass(frozen=True)
class Coaching:
    """One engagement on the page with all of mine."""

    standing: Standing
    direction: str
    next_talk: datetime | None

    @property
    def over(self) -> bool:
        return self.standing.phase in OVER


def coaching_of(person: Person) -> list[Coaching]:
    """Every engagement somebody takes part in, those that run first, then those that are over, newest first."""
    standings = standings_of(person)
    engagements = [standing.engagement for standing in standings]
    directions = directions_of(person.pk, engagements)
    coming = _next_talks(engagement.pk for engagement in engagements)
    found = [
        Coaching(one, first_sentence(directions.get(one.engagement.pk, "")), coming.get(one.engagement.pk))
        for one in standings
    ]
    running = [one for one in found if not one.over]
    return running + sorted(
        (one for one in found if one.over), key=lambda one: one.standing.engagement.started_on, reverse=True
    )


def _next_talks(engagement_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    coming: dict[UUID, list[datetime]] = defaultdict(list)
    talks = Session.objects.filter(
        engagement__in=list(engagement_ids), state=Session.State.PLANNED, starts_at__gt=clock.now()
    )
    for engagement_id, starts_at in talks.values_list("engagement_id", "starts_at"):
        coming[engagement_id].append(starts_at)
    return {engagement_id: min(moments) for engagement_id, moments in coming.items()}


def requests_under_way(person: Person) -> list[Request]:
    """The requests of this person that have not led to a coach yet, newest first."""
    waiting = (RequestState.SENT, RequestState.PROPOSED)
    return list(Request.objects.filter(client=person, state__in=waiting).order_by("-sent_at"))


def words_at_the_start(standing: Standing) -> str:
    """What the client wrote when asking for a coach, as far as the acting person may read it."""
    words = words_of(standing.engagement.request)
    if words is None:
        return ""
    try:
        return vault.read(words, "text")
    except vault.Unreadable:
        return ""
