"""Trying something out at work: making a plan for it, changing that, and telling what happened."""

import json
from dataclasses import asdict
from uuid import UUID

from klankbord.core import clock
from klankbord.core.comparison import Conflict, merge_or_conflict, normalised
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import note_reading, refuse_when_over
from klankbord.engagements.actions.texts import NotYours, Overtaken
from klankbord.engagements.models import Experiment, Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.board import Plan
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

__all__ = ["change_tryout", "note_reading", "plan_tryout", "tell_tryout"]


@action("experiment.plan")
def plan_tryout(*, once: UUID, standing: Standing, session: Session, plan: Plan) -> Experiment:
    """Write down something to try out after this talk. Sending the same form twice makes one. Raises ``NotNow``."""
    one_at_a_time(once)
    known = Experiment.objects.filter(pk=once, author=standing.person, session=session).first()
    if known:
        record("experiment.plan", known, owner=standing.engagement.client_id, detail={"outcome": "again"})
        return known
    refuse_when_over(standing)
    row = Experiment(
        id=once,
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        session=session,
        author=standing.person,
    )
    vault.seal(row, "plan", json.dumps(asdict(plan), ensure_ascii=False))
    row.save(force_insert=True)
    record("experiment.plan", row, owner=standing.engagement.client_id, detail={"number": session.number})
    return row


def _locked(standing: Standing, experiment: Experiment) -> Experiment:
    refuse_when_over(standing)
    return Experiment.objects.select_for_update().get(pk=experiment.pk)


def _agreed_upon(row: Experiment, *, theirs: str, mine: str, based_on: int) -> None:
    outcome = merge_or_conflict(
        base_revision=min(based_on, row.revision), current_revision=row.revision, theirs=theirs, mine=mine
    )
    if isinstance(outcome, Conflict):
        raise Overtaken(outcome, row.revision)


def _kept(row: Experiment) -> None:
    row.revision += 1
    row.changed_at = clock.now()
    row.save(update_fields=["plan", "outcome", "state", "revision", "changed_at"])


@action("experiment.change")
def change_tryout(*, standing: Standing, experiment: Experiment, plan: Plan, based_on: int) -> Experiment:
    """Put the plan in other words. Either of the two may.

    Raises :class:`~klankbord.engagements.actions.texts.Overtaken` when it changed since *based_on*, and ``NotNow``.
    """
    row = _locked(standing, experiment)
    stood = Plan(**json.loads(vault.read(row, "plan")))
    _agreed_upon(row, theirs=stood.in_words, mine=plan.in_words, based_on=based_on)
    vault.seal(row, "plan", json.dumps(asdict(plan), ensure_ascii=False))
    _kept(row)
    record("experiment.change", row, owner=standing.engagement.client_id, detail={"version": row.revision})
    return row


@action("experiment.tell")
def tell_tryout(
    *, standing: Standing, experiment: Experiment, state: Experiment.State, text: str, based_on: int
) -> Experiment:
    """The client tells what happened, that it went otherwise, or that it may rest. Words are welcome, not needed.

    Raises :class:`~klankbord.engagements.actions.texts.NotYours` for the coach, ``Overtaken`` when it was told in
    another window since *based_on*, and ``NotNow``.
    """
    if not standing.is_client:
        raise NotYours(state)
    row = _locked(standing, experiment)
    _agreed_upon(row, theirs=vault.read(row, "outcome"), mine=text, based_on=based_on)
    row.state = state
    row.outcome = None
    if words := normalised(text):
        vault.seal(row, "outcome", words)
    _kept(row)
    record("experiment.tell", row, owner=standing.engagement.client_id, detail={"version": row.revision})
    return row
