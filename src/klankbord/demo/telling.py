"""Lives the stories of the demo: each step is taken by whoever takes it in the product, at the moment it was taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.demo.diary import Diary, working_moment
from klankbord.demo.tales import Closing, Suggestion, Tale, Talk
from klankbord.engagements.actions.agreements import Plan, accept_agreement, propose_agreement
from klankbord.engagements.actions.closing import share_text
from klankbord.engagements.actions.course import begin_closing, close, go_on, plan_introduction
from klankbord.engagements.actions.fit import share
from klankbord.engagements.actions.referrals import suggest_coaching
from klankbord.engagements.actions.requests import Wishes, propose_coach, send_request
from klankbord.engagements.actions.texts import just_come, note_reading, save_text
from klankbord.engagements.models import Agreement, Proposal, Request, Session
from klankbord.engagements.queries.doors import Standing, engagement_for, session_for
from klankbord.engagements.rules.agreement import AgreementFacts
from klankbord.engagements.rules.planning import PlannedSession
from klankbord.engagements.rules.suitability import Pattern
from klankbord.engagements.texts import filled_clauses
from klankbord.engagements.writings import Kind
from klankbord.people.api import Person


@dataclass(frozen=True)
class Stage:
    """An organisation and the people in it, by the first part of their address; and from which day we look back."""

    slug: str
    people: Mapping[str, Person]
    coordinator: str
    today: date

    @contextmanager
    def acting(self, name: str, moment: datetime) -> Iterator[Person]:
        """Inside, *name* acts, and it is *moment*."""
        person = self.people[name]
        with clock.stopped_at(moment), acting_in(person.organisation_id, person.pk):
            yield person


def tell_suggestion(stage: Stage, suggestion: Suggestion) -> None:
    """A manager wrote to somebody, who has not answered yet."""
    moment = working_moment(stage.today - timedelta(days=suggestion.days_ago), 16, 40)
    with stage.acting(suggestion.manager, moment) as manager:
        client = stage.people[suggestion.client]
        suggest_coaching(once=uuid4(), slug=stage.slug, manager=manager, client=client, text=suggestion.text)


def ask(stage: Stage, tale: Tale, diary: Diary) -> Request:
    """The client asks for a coach."""
    wishes = Wishes(themes=tale.themes, sensitive_themes=tale.sensitive, place=tale.place, employer=tale.employer)
    with stage.acting(tale.client, diary.asked) as client:
        return send_request(
            once=uuid4(), slug=stage.slug, client=client, words=tale.words, shared=tale.shared, wishes=wishes
        )


def propose(stage: Stage, tale: Tale, diary: Diary, request: Request) -> list[Proposal]:
    """The coordinator proposes each of the coaches."""
    with stage.acting(stage.coordinator, diary.proposed):
        return [propose_coach(slug=stage.slug, request=request, coach=stage.people[name]) for name in tale.coaches]


@dataclass(frozen=True)
class Pair:
    """A client and a coach, and what passes between them."""

    stage: Stage
    tale: Tale
    diary: Diary
    engagement_id: UUID

    @property
    def slug(self) -> str:
        return self.stage.slug

    @contextmanager
    def client(self, moment: datetime) -> Iterator[Standing]:
        """Inside, the client acts."""
        with self.stage.acting(self.tale.client, moment) as person:
            yield engagement_for(person, self.engagement_id)

    @contextmanager
    def coach(self, moment: datetime) -> Iterator[Standing]:
        """Inside, the coach acts."""
        with self.stage.acting(self.tale.coaches[0], moment) as person:
            yield engagement_for(person, self.engagement_id)

    def get_acquainted(self) -> None:
        """The coach plans a first talk; each says what they expect of it."""
        with self.coach(self.diary.planned) as coach:
            plan_introduction(
                standing=coach, slug=self.slug, starts_at=self.diary.met, minutes=60, place=self.tale.room
            )
            note_reading(coach, "introduction.open", coach.engagement.client_id)
            self._save(coach, Kind.EXPECTATION, self.tale.coach_expects)
        with self.client(self.diary.planned + timedelta(hours=3)) as client:
            self._save(client, Kind.EXPECTATION, self.tale.client_expects)
        if self.tale.thought:
            self.share_a_thought()

    def share_a_thought(self) -> None:
        """The coach wonders whether coaching fits here, and tells the client first."""
        pattern = Pattern(self.tale.thought_pattern) if self.tale.thought_pattern else None
        with self.coach(self.diary.planned + timedelta(hours=4)) as coach:
            share(once=uuid4(), standing=coach, slug=self.slug, text=self.tale.thought, pattern=pattern)

    def agree(self) -> Agreement:
        """The client goes on, finds a direction, and lays down an agreement."""
        with self.client(self.diary.met + timedelta(hours=2)) as client:
            go_on(standing=client, slug=self.slug)
        with self.client(self.diary.agreed) as client:
            self._save(client, Kind.DIRECTION, self.tale.direction)
            first = self.diary.first
            plan = Plan(first=first.isoformat(), place=self.tale.room, count=self.tale.count, weeks=self.tale.weeks)
            clauses = filled_clauses(self._facts(client, plan), "nl")
            return propose_agreement(standing=client, slug=self.slug, clauses=clauses, plan=plan, based_on=0)

    def _facts(self, standing: Standing, plan: Plan) -> AgreementFacts:
        manager = standing.person.manager
        return AgreementFacts(
            client=standing.person.first_name,
            coach=standing.other.first_name,
            manager=manager.first_name if manager else "",
            direction=self.tale.direction,
            count=plan.count,
            minutes=plan.minutes,
            weeks=plan.weeks,
            weekday=plan.first_moment.weekday(),
            time=plan.first_moment.time(),
            place=plan.place,
            evaluate_after=plan.evaluate_after,
            retention_months=plan.retention_months,
            costs=self.tale.costs,
        )

    def accept(self, agreement: Agreement) -> None:
        """The coach says yes, and the talks are planned."""
        with self.coach(self.diary.accepted) as coach:
            accept_agreement(standing=coach, slug=self.slug, agreement=agreement)

    def talk(self, talk: Talk, planned: PlannedSession) -> None:
        """One talk: what the client brings the day before, what both keep of it, and what each writes alone.

        That the coach reads along is on record here as it is on screen.
        """
        with self.client(working_moment(planned.day - timedelta(days=1), 16, 5)) as client:
            session = session_for(client, planned.number)
            if talk.just_coming:
                just_come(standing=client, session=session)
            self._save(client, Kind.TOPIC, talk.topic, session, send=True)
        with self.coach(planned.starts - timedelta(minutes=40)) as coach:
            note_reading(coach, "session.open", coach.engagement.client_id)
        with self.coach(planned.ends) as coach:
            self._save(coach, Kind.NOTES, talk.notes, session)
            self._save(coach, Kind.COACH_PAGE, talk.coach_page, session)
        with self.client(planned.ends + timedelta(hours=9)) as client:
            self._save(client, Kind.REFLECTION, talk.reflection, session, send=talk.reflection_sent)

    def round_off(self, closing: Closing) -> None:
        """The client sends the report before the last talk, closes after it, and tells the manager a few days later."""
        last = self.diary.talks[-1]
        with self.client(working_moment(last.day - timedelta(days=3), 19, 25)) as client:
            begin_closing(standing=client, slug=self.slug)
            self._save(client, Kind.REPORT, closing.report, send=True)
        with self.client(last.ends + timedelta(hours=1)) as client:
            close(standing=client, slug=self.slug)
        with self.client(working_moment(last.day + timedelta(days=4), 11, 10)) as client:
            share_text(once=uuid4(), standing=client, slug=self.slug, text=closing.told)

    def _save(
        self, standing: Standing, kind: Kind, text: str, session: Session | None = None, *, send: bool = False
    ) -> None:
        if text:
            save_text(standing=standing, slug=self.slug, kind=kind, text=text, session=session, send=send)
