"""Matching a group at once: made, changed by hand, and confirmed into proposals. The clients choose."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django import app as jobs

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.engagements.models import MatchRound, MatchRow, Proposal, Request
from klankbord.engagements.queries.round_check import against
from klankbord.engagements.queries.rounds import RoundFacts, pairs_to_weigh, rows_of, weigh_round, weighed_of
from klankbord.engagements.rules.lifecycle import REQUEST, RequestAct, RequestState, Role
from klankbord.engagements.rules.match import match_findings
from klankbord.engagements.rules.rounds import (
    AT_ONCE,
    MOST_ALTERNATIVES,
    PARTED_CLAUSE,
    ROOM,
    Laid,
    Outcome,
    RoundState,
    alternatives,
    lay,
    room_within,
)
from klankbord.people.api import Person, notify
from klankbord.policy.rules.finding import Finding, NotNow, Severity
from klankbord.privacy.audit import action, record, record_each

# So many rows are confirmed while somebody waits for the page.
CONFIRMED_AT_ONCE = 100

type _Came = tuple[Outcome, dict[str, int]]


@action("round.start")
def start_round(*, once: UUID, coordinator: Person, requests: Sequence[Request], also: int) -> MatchRound:
    """Put these requests together and have them matched: at once when they are few, by the worker when many.

    Sending the same form twice makes one round. Raises ``NotNow`` without requests.
    """
    one_at_a_time(once)
    known = MatchRound.objects.filter(pk=once, made_by=coordinator).first()
    if known:
        record("round.start", known, detail={"outcome": "again"})
        return known
    if not requests:
        raise NotNow(_nobody_waits())
    organisation_id = current_scope().organisation_id
    made = MatchRound(
        id=once, organisation_id=organisation_id, made_by=coordinator, alternatives=min(also, MOST_ALTERNATIVES)
    )
    made.save(force_insert=True)
    MatchRow.objects.bulk_create(
        MatchRow(organisation_id=organisation_id, round=made, request=request, place=place)
        for place, request in enumerate(requests, start=1)
    )
    record("round.start", made, detail={"count": len(requests)})
    if pairs_to_weigh(len(requests)) > AT_ONCE:
        _leave_to_the_worker("engagements.match_round", made)
    elif weighed := weigh_round(made.pk):
        lay_round(round_id=made.pk, weighed=weighed, laid=lay(weighed.facts))
        made.refresh_from_db()
    return made


def _nobody_waits() -> Finding:
    return Finding(
        code="round.nobody",
        severity=Severity.BLOCKS,
        nl="Kies minstens één vraag die op een voorstel wacht.",
        en="Choose at least one request that waits for a proposal.",
        clause="match.client_chooses",
    )


def _leave_to_the_worker(task: str, made: MatchRound) -> None:
    jobs.configure_task(task, lock=str(made.pk)).defer(
        organisation=str(made.organisation_id), person=str(made.made_by_id), round_id=str(made.pk)
    )


@action("round.step")
def step_round(*, round_id: UUID, step: int) -> None:
    """Note how far the work is, for whoever looks at the page meanwhile."""
    made = MatchRound.objects.get(pk=round_id)
    made.step = step
    made.save(update_fields=["step"])
    record("round.step", made, detail={"number": step})


@action("round.lay")
def lay_round(*, round_id: UUID, weighed: RoundFacts, laid: Laid) -> None:
    """Write down who could be whose coach. Nothing is proposed to anybody yet."""
    made = MatchRound.objects.select_for_update().filter(pk=round_id, state=RoundState.WORKING).first()
    if made is None:
        record("round.lay", detail={"outcome": "known"})
        return
    for number, (row, place) in enumerate(zip(weighed.rows, laid.coach, strict=True)):
        row.coach_id = weighed.coaches[place].pk if place >= 0 else None
        row.why = dict(laid.why.get(number, {}))
    MatchRow.objects.bulk_update(weighed.rows, ["coach", "why"], batch_size=1_000)
    made.state, made.step = RoundState.READY, 2
    made.helps = [[one.kind, one.places] for one in laid.helps]
    made.save(update_fields=["state", "step", "helps"])
    record("round.lay", made, detail={"count": sum(place >= 0 for place in laid.coach)})


@action("round.change")
def change_row(*, row: MatchRow, coach: Person | None) -> None:
    """Give a request of a round another coach, or nobody, by hand. Raises ``NotNow`` with the rule in the way."""
    made = _open_round(row.round_id)
    for finding in against(row=row, coach=coach):
        if finding.blocks:
            raise NotNow(finding)
    row.coach, row.by_hand = coach, True
    row.save(update_fields=["coach", "by_hand"])
    record("round.change", made, owner=row.request.client_id)


def _open_round(round_id: UUID) -> MatchRound:
    """The round, locked. Raises ``NotNow`` when it was confirmed, or is not ready yet."""
    made = MatchRound.objects.select_for_update().get(pk=round_id)
    if made.state != RoundState.READY:
        raise NotNow(
            Finding(
                code="round.not_open",
                severity=Severity.BLOCKS,
                nl="Deze indeling is al bevestigd of nog niet klaar.",
                en="This round was confirmed already, or is not ready yet.",
                clause="match.client_chooses",
            )
        )
    return made


@action("round.confirm")
def confirm_or_leave(*, round: MatchRound, slug: str) -> None:
    """Confirm a round: at once when it is small, by the worker when it is large. Raises ``NotNow``."""
    _open_round(round.pk)
    if rows_of(round).count() > CONFIRMED_AT_ONCE:
        _leave_to_the_worker("engagements.confirm_round", round)
        MatchRound.objects.filter(pk=round.pk).update(step=3)
        record("round.confirm", round, detail={"outcome": "later"})
    else:
        confirm_round(round_id=round.pk, slug=slug)


@action("round.confirm")
def confirm_round(*, round_id: UUID, slug: str) -> None:
    """Lay the coaches of a round before their clients, who choose. Raises ``NotNow`` when it is not open.

    Everything is looked at once more, as it is now: who withdrew, who got a coach otherwise, which coach is full, which
    rule stands between two. Each row that does not go on says so; the others do, all of them in one transaction.
    """
    made = _open_round(round_id)
    rows = list(rows_of(made))
    locked = {
        one.pk: one for one in Request.objects.select_for_update().filter(pk__in=[row.request_id for row in rows])
    }
    for row in rows:
        # What was read with the row may be older than the lock.
        row.request.state = locked[row.request_id].state if row.request_id in locked else RequestState.WITHDRAWN
    weighed = weighed_of(rows)
    _judge(weighed)
    going = sum(row.outcome == Outcome.PROPOSED for row in rows)
    _propose(slug, _proposals(made, weighed))
    MatchRow.objects.bulk_update(rows, ["outcome", "why"], batch_size=1_000)
    MatchRow.objects.filter(round=made, outcome=Outcome.PROPOSED).update(coach=None, why={})
    made.state, made.confirmed_at, made.proposed = RoundState.CONFIRMED, clock.now(), going
    made.save(update_fields=["state", "confirmed_at", "proposed"])
    record("round.confirm", made, detail={"count": going})


def _judge(weighed: RoundFacts) -> None:
    """Say of each row what comes of it: in the order in which people waited, as long as there is room."""
    given: Counter[int] = Counter()
    for number, row in enumerate(weighed.rows):
        row.outcome, row.why = _outcome(weighed, number, row, given)
        if row.outcome == Outcome.PROPOSED:
            given[weighed.place_of(row)] += 1


def _outcome(weighed: RoundFacts, number: int, row: MatchRow, given: Mapping[int, int]) -> _Came:
    state = RequestState(row.request.state)
    if state is RequestState.WITHDRAWN:
        return Outcome.WITHDRAWN, {}
    if state is not RequestState.SENT:
        return Outcome.ELSEWHERE, {}
    if row.coach_id is None:
        return Outcome.NOBODY, row.why
    place = weighed.column.get(row.coach_id)
    return (Outcome.NO_COACH, {}) if place is None else _with_coach(weighed, number, place, given[place])


def _with_coach(weighed: RoundFacts, number: int, place: int, given: int) -> _Came:
    facts, candidate = weighed.facts, weighed.facts.candidates[place]
    found = match_findings(facts.clients[number], candidate, rules=facts.rules)
    clauses = [one.clause for one in found if one.blocks]
    if (number, place) in facts.again:
        clauses.append(PARTED_CLAUSE)
    if others := [clause for clause in clauses if clause != ROOM]:
        return Outcome.RULE, {others[0]: 1}
    full = bool(clauses or room_within(candidate, given))
    return (Outcome.FULL if full else Outcome.PROPOSED), {}


def _proposals(made: MatchRound, weighed: RoundFacts) -> list[Proposal]:
    """The proposals of the rows that go on: the coach of the round first, then the others there is room for."""
    going = [number for number, row in enumerate(weighed.rows) if row.outcome == Outcome.PROPOSED]
    first = [weighed.place_of(row) if row.outcome == Outcome.PROPOSED else -1 for row in weighed.rows]
    more = alternatives(weighed.facts, first, made.alternatives, rows=going) if made.alternatives else {}
    begin = clock.now()
    return [
        Proposal(
            organisation_id=made.organisation_id,
            request=weighed.rows[number].request,
            client_id=weighed.rows[number].request.client_id,
            coach_id=weighed.coaches[place].pk,
            # A client reads them in the order in which they were proposed.
            proposed_at=begin + timedelta(milliseconds=turn),
        )
        for number in going
        for turn, place in enumerate([first[number], *more.get(number, ())])
    ]


def _propose(slug: str, proposals: Sequence[Proposal]) -> None:
    """Lay them before the clients: the same step as for one, for all at once, and a notice for each client."""
    Proposal.objects.bulk_create(proposals, batch_size=1_000)
    clients = {proposal.request_id: proposal.client_id for proposal in proposals}
    after = REQUEST.next(RequestState.SENT, RequestAct.PROPOSE, Role.COORDINATOR)
    Request.objects.filter(pk__in=list(clients)).update(state=after, changed_at=clock.now())
    record_each("request.propose", {proposal: proposal.client_id for proposal in proposals})
    for request_id, client_id in clients.items():
        link = reverse("request", kwargs={"organisation": slug, "request_id": request_id})
        notify(person_id=client_id, kind="proposal", link=link)


@action("round.discard")
def discard_round(*, round: MatchRound) -> None:
    """Throw a round away. What was proposed stays with the clients."""
    record("round.discard", round)
    _forget(round.pk)


@action("round.forget")
def forget_round(*, round_id: UUID) -> None:
    """A round had its time."""
    _forget(round_id)
    record("round.forget")


def _forget(round_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select engagements_forget_round(%s)", [round_id])
