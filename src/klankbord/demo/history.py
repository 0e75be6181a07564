"""Lives half a year of coaching in the order of the clock: every proposal is made from who had room that day."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from klankbord.demo.diary import working_days_from, working_moment
from klankbord.demo.half_year import Case, Detour, Ends, cases
from klankbord.demo.telling import Stage
from klankbord.engagements.actions.agreements import Plan, accept_agreement, propose_agreement
from klankbord.engagements.actions.costs import agree_to_costs, note_invoice, plan_costs
from klankbord.engagements.actions.course import begin_closing, close, go_on, plan_introduction, stop
from klankbord.engagements.actions.requests import (
    Wishes,
    choose_coach,
    decline_proposal,
    pass_proposal,
    propose_coaches,
    send_request,
)
from klankbord.engagements.actions.short import agree_on_one_talk
from klankbord.engagements.models import Engagement, Proposal, Request, Session
from klankbord.engagements.queries.doors import Standing, engagement_for
from klankbord.engagements.queries.matching import Suggestion, shortlist
from klankbord.engagements.rules.agreement import AgreementFacts
from klankbord.engagements.rules.fit import turn
from klankbord.engagements.short_texts import filled_lines
from klankbord.engagements.texts import filled_clauses
from klankbord.people.api import Person

# They have a story of their own, or are kept free for whoever tries the demo.
SPOKEN_FOR = frozenset({"marieke.bos", "saskia.mulder", "willem.smit", "bram.kuiper"})
MOST_PROPOSED = 3
RATES = (12_500, 13_500, 14_500, 16_000)
"""What external coaches ask, in cents an hour."""

type Steps = Iterator[datetime]


def live_history(stage: Stage) -> None:
    """Everybody's way, step by step, whoever's step was first first."""
    waiting: list[tuple[datetime, int, Steps]] = []
    for number, case in enumerate(cases()):
        steps = Way(stage, case, number).steps()
        heapq.heappush(waiting, (next(steps), number, steps))
    while waiting:
        _moment, number, steps = heapq.heappop(waiting)
        upcoming = next(steps, None)
        if upcoming is not None:
            heapq.heappush(waiting, (upcoming, number, steps))


@dataclass
class Way:
    """One client's way. Each step yields when it is taken, and goes on once everything before it has happened."""

    stage: Stage
    case: Case
    number: int
    names: Mapping[UUID, str] = field(default_factory=dict)
    coach: str = ""
    engagement: Engagement | None = None

    def __post_init__(self) -> None:
        self.names = {person.pk: name for name, person in self.stage.people.items()}

    def steps(self) -> Steps:
        """From the request to where it stands today."""
        asked = working_moment(self.stage.today - timedelta(days=self.case.days), 8 + self.number % 12, 10)
        yield asked
        request = self._ask(asked)
        if self.case.ends is Ends.WAITING:
            return
        moment = self._later(asked, 1 + self.number % 3, 11)
        yield moment
        proposals = self._propose(moment, request)
        if self.case.detour is not Detour.NONE:
            moment = self._later(moment, 1, 15)
            yield moment
            self._detour(moment, proposals)
            moment = self._later(moment, 2, 10)
            yield moment
            proposals = self._propose(moment, request)
        if self.case.ends is Ends.PROPOSED:
            return
        moment = self._later(moment, 1 + self.number % 2, 9)
        yield moment
        self._choose(moment, proposals)
        if self.case.ends is Ends.ONE_TALK:
            yield from self._one_talk(moment)
        else:
            yield from self._get_going(moment)

    # --- when, and by whom ------------------------------------------------------------------------------------------

    def _later(self, moment: datetime, days: int, hour: int) -> datetime:
        return working_moment(working_days_from(moment.date(), days), hour, 5 * (self.number % 12))

    @contextmanager
    def _client(self, moment: datetime) -> Iterator[Standing]:
        with self._standing(self.case.id, moment) as standing:
            yield standing

    @contextmanager
    def _coach(self, moment: datetime) -> Iterator[Standing]:
        with self._standing(self.coach, moment) as standing:
            yield standing

    @contextmanager
    def _standing(self, name: str, moment: datetime) -> Iterator[Standing]:
        assert self.engagement is not None  # noqa: S101 - the steps are in this order
        with self.stage.acting(name, moment) as person:
            yield engagement_for(person, self.engagement.pk)

    # --- from a request to a coach ----------------------------------------------------------------------------------

    def _ask(self, moment: datetime) -> Request:
        wishes = Wishes(
            themes=self.case.reason.themes,
            sensitive_themes=self.case.reason.sensitive,
            language=self.case.language,
            one_talk=self.case.ends is Ends.ONE_TALK,
        )
        with self.stage.acting(self.case.id, moment) as client:
            return send_request(
                once=uuid4(),
                slug=self.stage.slug,
                client=client,
                words=self.case.reason.words,
                shared=self.case.shared,
                wishes=wishes,
            )

    def _propose(self, moment: datetime, request: Request) -> list[Proposal]:
        """The coordinator proposes one to three coaches; whoever was meant comes first."""
        with self.stage.acting(self.stage.coordinator, moment):
            coaches = self._who_can(request)[: (0 if self.case.coach else 1) + self.number % MOST_PROPOSED]
            if self.case.coach:
                coaches.insert(0, self.stage.people[self.case.coach])
            return propose_coaches(slug=self.stage.slug, request=request, coaches=coaches)

    def _who_can(self, request: Request) -> list[Person]:
        """Those who can and were not proposed before, the best fit first; who is meant for somebody else keeps room."""
        kept = SPOKEN_FOR | {case.coach for case in cases()}
        found = shortlist(Request.objects.select_related("client__unit").get(pk=request.pk), at_once=1000).possible
        fresh = [one for one in found if one.proposal is None and self.names[one.coach.pk] not in kept]
        return [one.coach for one in sorted(fresh, key=self._place)]

    def _place(self, one: Suggestion) -> tuple[int, int, str]:
        """Where a coach stands for this request. Among equals the same at every building, unlike the product's turn."""
        return -one.fit.score, -one.free_places, turn(self.case.id, self.names[one.coach.pk])

    def _detour(self, moment: datetime, proposals: list[Proposal]) -> None:
        """Nobody of the first proposal: the coaches cannot, or the client would rather have others."""
        for proposal in proposals:
            own = Proposal.objects.filter(pk=proposal.pk).select_related("coach")
            if self.case.detour is Detour.DECLINED:
                with self.stage.acting(self.names[proposal.coach_id], moment):
                    decline_proposal(slug=self.stage.slug, proposal=own.get())
            else:
                with self.stage.acting(self.case.id, moment):
                    pass_proposal(slug=self.stage.slug, proposal=own.get())

    def _choose(self, moment: datetime, proposals: list[Proposal]) -> None:
        chosen = proposals[0 if self.case.coach else self.number % len(proposals)]
        with self.stage.acting(self.case.id, moment):
            self.engagement = choose_coach(slug=self.stage.slug, proposal=chosen)
        self.coach = self.names[chosen.coach_id]
        if self.engagement.external:
            self._settle_costs(moment)

    # --- money ------------------------------------------------------------------------------------------------------

    def _settle_costs(self, moment: datetime) -> None:
        assert self.engagement is not None  # noqa: S101 - the steps are in this order
        rate, talks = RATES[self.number % len(RATES)], 1 if self.case.ends is Ends.ONE_TALK else self.case.count
        with self.stage.acting(self.stage.coordinator, moment + timedelta(hours=2)):
            cost = plan_costs(
                engagement=self.engagement, slug=self.stage.slug, rate=rate, minutes=60, talks=talks, sponsor_pays=False
            )
        if self.case.ends is not Ends.INTRODUCTION:
            with self.stage.acting(self.coach, moment + timedelta(hours=5)):
                agree_to_costs(cost=cost, seen=cost.planned_cents)

    def _bill(self, moment: datetime) -> None:
        """What was held by now, on one invoice."""
        assert self.engagement is not None  # noqa: S101 - the steps are in this order
        if not self.engagement.external:
            return
        with self._client(moment):
            held = Session.objects.filter(engagement=self.engagement, number__gt=0, starts_at__lt=moment).count()
        if not held:
            return
        with self.stage.acting(self.stage.coordinator, moment):
            cost = self.engagement.costs.get()
            note_invoice(
                once=uuid4(),
                cost=cost,
                slug=self.stage.slug,
                number=f"{moment.year}-{100 + self.number}",
                day=moment.date(),
                cents=held * cost.rate_cents,
            )

    # --- the coaching -----------------------------------------------------------------------------------------------

    def _get_going(self, moment: datetime) -> Steps:
        planned = self._later(moment, 1, 14)
        yield planned
        met = self._later(planned, 4, 10)
        with self._coach(planned) as coach:
            plan_introduction(standing=coach, slug=self.stage.slug, starts_at=met, minutes=60, place="Koffiehoek")
        if self.case.ends is Ends.INTRODUCTION:
            return
        agreed, first = self._later(met, 2, 13), self._later(met, 6, 9 + self.number % 7)
        yield agreed
        with self._client(agreed) as client:
            go_on(standing=client, slug=self.stage.slug)
            plan = Plan(first=first.isoformat(), place="Kamer 1.12", count=self.case.count, weeks=self.case.weeks)
            clauses = filled_clauses(self._facts(client, plan), "nl")
            agreement = propose_agreement(standing=client, slug=self.stage.slug, clauses=clauses, plan=plan, based_on=0)
        accepted = self._later(agreed, 1, 12)
        yield accepted
        with self._coach(accepted) as coach:
            accept_agreement(standing=coach, slug=self.stage.slug, agreement=agreement)
            talk = Session.objects.filter(engagement=self.engagement).latest("number")
        last = talk.starts_at + timedelta(minutes=talk.minutes)
        yield from self._until_now(first, last)

    def _until_now(self, first: datetime, last: datetime) -> Steps:
        """Rounded off after the last talk, stopped after a few, or running still, with an invoice halfway."""
        if self.case.ends is Ends.STOPPED:
            moment = self._later(first, 20, 16)
            yield moment
            with self._client(moment) as client:
                stop(standing=client, slug=self.stage.slug)
        elif self.case.ends is Ends.CLOSED:
            yield last - timedelta(days=2)
            with self._client(last - timedelta(days=2)) as client:
                begin_closing(standing=client, slug=self.stage.slug)
            yield last + timedelta(hours=2)
            with self._client(last + timedelta(hours=2)) as client:
                close(standing=client, slug=self.stage.slug)
            moment = last + timedelta(days=4)
        else:
            moment = working_moment(self.stage.today - timedelta(days=4), 15)
            yield moment
        self._bill(moment)

    def _facts(self, standing: Standing, plan: Plan) -> AgreementFacts:
        manager = standing.person.manager
        return AgreementFacts(
            client=standing.person.first_name,
            coach=standing.other.first_name,
            manager=manager.first_name if manager else "",
            direction="",
            count=plan.count,
            minutes=plan.minutes,
            weeks=plan.weeks,
            weekday=plan.first_moment.weekday(),
            time=plan.first_moment.time(),
            place=plan.place,
            evaluate_after=plan.evaluate_after,
            retention_months=plan.retention_months,
            costs="",
        )

    def _one_talk(self, moment: datetime) -> Steps:
        agreed, first = self._later(moment, 1, 13), self._later(moment, 5, 10)
        yield agreed
        with self._client(agreed) as client:
            lines = filled_lines(client=client.person.first_name, coach=client.other.first_name, language="nl")
            plan = Plan(first=first.isoformat(), place="Kamer 1.12", count=1)
            agreement = agree_on_one_talk(standing=client, slug=self.stage.slug, lines=lines, plan=plan, based_on=0)
        accepted = self._later(agreed, 1, 12)
        yield accepted
        with self._coach(accepted) as coach:
            accept_agreement(standing=coach, slug=self.stage.slug, agreement=agreement)
        done = first + timedelta(hours=3)
        yield done
        with self._client(done) as client:
            close(standing=client, slug=self.stage.slug)
        self._bill(done + timedelta(days=2))
