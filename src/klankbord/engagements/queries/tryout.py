"""Reads of what somebody tries out at work between two talks."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from klankbord.engagements.models import Experiment, Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.board import Plan
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

CHANGED = ("experiment.change", "experiment.tell")


@dataclass(frozen=True)
class Tryout:
    """One thing to try out, unsealed. ``gone`` means that its key was destroyed."""

    id: UUID
    number: int | None
    author: str
    mine: bool
    plan: Plan
    outcome: str
    state: Experiment.State
    revision: int
    made_at: datetime
    changed_at: datetime
    gone: bool

    @property
    def told(self) -> bool:
        """Whether something was said about it since."""
        return self.state is not Experiment.State.PLANNED


def tryouts_of(standing: Standing) -> list[Tryout]:
    """Everything of this coaching, newest first."""
    return _opened(standing, Experiment.objects.filter(engagement=standing.engagement).order_by("-made_at", "-pk"))


def tryouts_from(standing: Standing, talk: Session) -> list[Tryout]:
    """What came out of this talk, oldest first."""
    return _opened(standing, Experiment.objects.filter(session=talk).order_by("made_at", "pk"))


def tryouts_that_come_back(standing: Standing, talk: Session) -> list[Tryout]:
    """What came out of the talk before this one, and of talks in between that did not take place.

    It comes back at the next talk and not again: whoever says nothing then is not asked twice.
    """
    earlier = Session.objects.filter(engagement=standing.engagement, starts_at__lt=talk.starts_at)
    last = earlier.exclude(state=Session.State.CANCELLED).order_by("-starts_at").values("starts_at")[:1]
    found = Experiment.objects.filter(
        engagement=standing.engagement, session__starts_at__gte=last, session__starts_at__lt=talk.starts_at
    )
    return _opened(standing, found.order_by("made_at", "pk"))


def _opened(standing: Standing, found: Iterable[Experiment]) -> list[Tryout]:
    rows = list(found.select_related("session"))  # type: ignore[attr-defined]
    vault.prepare(rows)
    return [tryout(standing, row) for row in rows]


def tryout(standing: Standing, row: Experiment) -> Tryout:
    """One row, unsealed."""
    mine = row.author_id == standing.person.pk
    try:
        plan, outcome, gone = Plan(**json.loads(vault.read(row, "plan"))), vault.read(row, "outcome"), False
    except vault.Unreadable:
        plan, outcome, gone = Plan(), "", True
    return Tryout(
        id=row.pk,
        number=row.session.number if row.session_id else None,
        author=(standing.person if mine else standing.other).first_name,
        mine=mine,
        plan=plan,
        outcome=outcome,
        state=Experiment.State(row.state),
        revision=row.revision,
        made_at=row.made_at,
        changed_at=row.changed_at,
        gone=gone,
    )


def experiment_for(standing: Standing, pk: UUID) -> Experiment:
    """The door to one thing to try out in this coaching."""
    found = Experiment.objects.filter(pk=pk, engagement=standing.engagement).select_related("session").first()
    if found is None:
        raise Http404
    return found


def told_by_acting_person(standing: Standing, row: Experiment) -> bool:
    """Whether it stands as the acting person left it, from another window."""
    mine = AuditRow.objects.filter(actor_id=standing.person.pk, verb__in=CHANGED, subject_id=row.pk)
    return mine.filter(detail__version=row.revision).exists()
