""" "Onze afspraken": proposed by either, accepted by all parties, and then the talks stand in the calendar."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions._steps import coach_accepts, refuse_when_over, tell_other, turn_phase
from klankbord.engagements.models import Agreement, Engagement, Session
from klankbord.engagements.queries.agreements import (
    agreement_in_force,
    clauses_of,
    latest_agreement,
    third_party_of,
)
from klankbord.engagements.queries.doors import PartyStanding, Standing, engagement_for
from klankbord.engagements.rules.agreement import Clause, is_same
from klankbord.engagements.rules.lifecycle import Act, Phase
from klankbord.engagements.rules.planning import plan_sessions, still_to_come
from klankbord.people.api import notify
from klankbord.policy.api import TEMPLATE, policy_in_force
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@dataclass(frozen=True)
class Plan:
    """When and where the talks are: *first* is an aware moment in ISO form."""

    first: str
    place: str
    count: int = TEMPLATE.talks.count
    weeks: int = TEMPLATE.talks.weeks
    minutes: int = TEMPLATE.talks.minutes
    evaluate_after: int = TEMPLATE.talks.interim_after
    retention_months: int = TEMPLATE.retention_months

    @property
    def first_moment(self) -> datetime:
        return datetime.fromisoformat(self.first)

    @property
    def talks(self) -> tuple[datetime, str, int, int, int]:
        """All of the plan that says when and where the talks are."""
        return self.first_moment, self.place, self.count, self.weeks, self.minutes


class NewerVersion(Exception):
    """The other made a version in the meantime; one answers that one first."""


@action("agreement.propose")
def propose_agreement(
    *,
    standing: Standing,
    slug: str,
    clauses: Sequence[Clause],
    plan: Plan,
    based_on: int,
    newer_policy: bool = False,
) -> Agreement:
    """Lay down a new version. Who writes it, accepts it; the other answers. With a third party it is one for three.

    *based_on* is the version the writer was looking at (0: there was none). Raises :class:`NewerVersion` when there
    is a later one, ``NotNow`` once the coaching is over. A version that says the same as the last makes no new one.
    With *newer_policy* it takes over the policy in force; without, it stays under the one the engagement has.
    """
    refuse_when_over(standing)
    last = latest_agreement(standing.engagement)
    if (last.version if last else 0) != based_on:
        raise NewerVersion
    third = third_party_of(standing.engagement)
    policy_id = policy_in_force().version_id if newer_policy else standing.engagement.policy_id
    same = last is not None and last.three_party == (third is not None) and last.policy_id == policy_id
    if last and same and is_same(clauses_of(last), clauses) and last.plan == asdict(plan):
        record("agreement.propose", last, owner=standing.engagement.client_id, detail={"outcome": "again"})
        return last
    if standing.phase in (Phase.INTRODUCTION, Phase.DIRECTION):
        turn_phase(standing, Act.MAKE_AGREEMENT)
    agreement = Agreement(
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        version=based_on + 1,
        author=standing.person,
        plan=asdict(plan),
        policy_id=policy_id,
        three_party=third is not None,
    )
    vault.seal(agreement, "clauses", json.dumps([asdict(clause) for clause in clauses], ensure_ascii=False))
    _accept(agreement, standing)
    agreement.save(force_insert=True)
    record("agreement.propose", agreement, owner=standing.engagement.client_id, detail={"version": agreement.version})
    tell_other(standing, slug, "agreement", link=_link(standing.engagement, slug))
    if third and standing.is_client:
        _tell_third(standing, slug, third.pk)
    return agreement


@action("agreement.accept")
def accept_agreement(*, standing: Standing, slug: str, agreement: Agreement) -> None:
    """Say yes to this very version. When all parties have, it holds, and the talks are planned.

    The third party reads a version once the client said yes to it, and is told so then. Raises ``NotNow`` for a first
    agreement whose first talk would be in the past already.
    """
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    last = latest_agreement(standing.engagement)
    if last is None or last.version != locked.version:
        raise NewerVersion
    already, before = locked.in_force, agreement_in_force(standing.engagement)
    plan = Plan(**locked.plan)
    if before is None and (too_late := still_to_come(plan.first_moment, clock.now())):
        raise NotNow(too_late[0])
    mine = locked.client_accepted_at if standing.is_client else locked.coach_accepted_at
    _accept(locked, standing)
    locked.save(update_fields=["client_accepted_at", "coach_accepted_at"])
    record("agreement.accept", locked, owner=standing.engagement.client_id, detail={"version": locked.version})
    if locked.in_force and not already:
        _put_in_force(standing, locked, Plan(**before.plan) if before else None)
    if not mine:
        tell_other(standing, slug, "agreement_accepted")
        third = third_party_of(standing.engagement) if locked.three_party and standing.is_client else None
        if third:
            _tell_third(standing, slug, third.pk)


@action("party.accept")
def accept_as_third(*, standing: PartyStanding, slug: str, agreement: Agreement) -> None:
    """The third party says yes to this very version; when the two have as well, it holds, and the talks are planned.

    Raises :class:`NewerVersion` when there is a later one to read, ``NotNow`` once the coaching is over or when the
    first talk of a first agreement would be in the past already.
    """
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    last = latest_agreement(standing.engagement)
    if last is None or last.version != locked.version:
        raise NewerVersion
    already = locked.sponsor_accepted_at
    plan = Plan(**locked.plan)
    with _seen_by_client(standing) as of_client:
        refuse_when_over(of_client)
        before = agreement_in_force(standing.engagement)
        if before is None and (too_late := still_to_come(plan.first_moment, clock.now())):
            raise NotNow(too_late[0])
    locked.sponsor_accepted_at = already or clock.now()
    locked.save(update_fields=["sponsor_accepted_at"])
    record("party.accept", locked, owner=standing.engagement.client_id, detail={"version": locked.version})
    if already:
        return
    if locked.in_force:
        with _seen_by_client(standing) as of_client:
            _put_in_force(of_client, locked, Plan(**before.plan) if before else None)
    for person_id in (standing.engagement.client_id, standing.engagement.coach_id):
        link = _link(standing.engagement, slug)
        notify(person_id=person_id, kind="agreement_accepted", link=link, name=standing.person.first_name)


@contextmanager
def _seen_by_client(standing: PartyStanding) -> Iterator[Standing]:
    """What follows from the third party's yes and is not theirs to see: how far it is, and when there are talks.

    SECURITY: nothing that is read in here goes back to the third party. It carries out what client and coach agreed
    on already, and so asks no more than they may.
    """
    engagement = standing.engagement
    with acting_in(engagement.organisation_id, engagement.client_id):
        yield engagement_for(engagement.client, engagement.pk)


def _tell_third(standing: Standing, slug: str, person_id: UUID) -> None:
    link = reverse("party", kwargs={"organisation": slug, "engagement": standing.engagement.pk})
    notify(person_id=person_id, kind="party_agreement", link=link, name=standing.engagement.client.first_name)


def _accept(agreement: Agreement, standing: Standing) -> None:
    if standing.is_client:
        agreement.client_accepted_at = agreement.client_accepted_at or clock.now()
    else:
        agreement.coach_accepted_at = agreement.coach_accepted_at or clock.now()


def _link(engagement: Engagement, slug: str) -> str:
    return reverse("agreement", kwargs={"organisation": slug, "engagement": engagement.pk})


def _put_in_force(standing: Standing, agreement: Agreement, before: Plan | None) -> None:
    """Start the talks, or, when they run, plan again those that are still to come.

    A version that changes nothing of the talks leaves them where they are, also those that were moved by hand. One that
    takes over a newer policy puts the engagement under it: all who take part said yes to that.
    """
    plan, engagement = Plan(**agreement.plan), standing.engagement
    if standing.phase in (Phase.INTRODUCTION, Phase.DIRECTION, Phase.AGREEMENT):
        turn_phase(standing, Act.START)
    coach_accepts(standing)
    standing.course.retention_months = plan.retention_months
    standing.course.save(update_fields=["retention_months"])
    if engagement.policy_id != agreement.policy_id:
        engagement.policy_id = agreement.policy_id
        engagement.save(update_fields=["policy"])
    if before is None or before.talks != plan.talks:
        _plan_talks(standing, plan)


def _plan_talks(standing: Standing, plan: Plan) -> None:
    planned = plan_sessions(plan.first_moment, count=plan.count, every_weeks=plan.weeks, minutes=plan.minutes)
    now = clock.now()
    known = {one.number: one for one in Session.objects.filter(engagement=standing.engagement, number__gt=0)}
    for talk in planned:
        session = known.pop(talk.number, None) or Session(
            organisation_id=standing.engagement.organisation_id, engagement=standing.engagement, number=talk.number
        )
        if session._state.adding or session.starts_at > now:
            session.starts_at, session.minutes, session.place = talk.starts, talk.minutes, plan.place
            session.state = Session.State.PLANNED
            session.save()
    for session in known.values():
        if session.starts_at > now:
            session.state = Session.State.CANCELLED
            session.save(update_fields=["state"])
    standing.engagement.planned_end = planned[-1].starts.date()
    standing.engagement.save(update_fields=["planned_end"])
