"""Reads of goals: how they are put, how they were put before, and how far they are."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from klankbord.core import clock
from klankbord.engagements.models import Goal, GoalMark, GoalWording, Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.goals import GoalText, goal_text, leading, t_score
from klankbord.privacy import vault


@dataclass(frozen=True)
class Put:
    """One wording, unsealed. ``gone`` means that its key was destroyed."""

    number: int
    author: str
    of_client: bool
    mine: bool
    text: GoalText
    why: str
    made_at: datetime
    gone: bool


@dataclass(frozen=True)
class Marked:
    """Where somebody saw a goal at some moment."""

    author: str
    of_client: bool
    level: int
    made_at: datetime


@dataclass(frozen=True)
class GoalNow:
    """A goal with everything that was said about it, oldest first."""

    id: UUID
    sort: Goal.Sort
    state: Goal.State
    serves_id: UUID | None
    changed_at: datetime
    made_at: datetime
    wordings: tuple[Put, ...]
    marks: tuple[Marked, ...] = ()

    @property
    def active(self) -> bool:
        return self.state is Goal.State.ACTIVE

    @property
    def is_learning(self) -> bool:
        return self.sort is Goal.Sort.LEARNING

    @property
    def lead(self) -> Put:
        """The wording that leads: the client's own, as soon as there is one."""
        place = leading(self.wordings, [put.of_client for put in self.wordings])
        return self.wordings[place or 0]

    @property
    def beside(self) -> Put | None:
        """What the coach wrote since, to take over or to leave."""
        last = self.wordings[-1]
        return last if last.number > self.lead.number else None

    @property
    def revision(self) -> int:
        return self.wordings[-1].number

    def last_mark(self, *, of_client: bool) -> Marked | None:
        """Where one of the two saw it last."""
        return next((mark for mark in reversed(self.marks) if mark.of_client == of_client), None)

    @property
    def last_mark_of_client(self) -> Marked | None:
        return self.last_mark(of_client=True)


def goals_of(standing: Standing) -> list[GoalNow]:
    """Every goal of this coaching, oldest first, in a fixed number of queries."""
    return _told(standing, Goal.objects.filter(engagement=standing.engagement).order_by("made_at", "pk"))


def goal_now(standing: Standing, goal: Goal) -> GoalNow:
    """One goal, with everything that was said about it."""
    return _told(standing, [goal])[0]


def goal_for(standing: Standing, pk: UUID) -> Goal:
    """The door to one goal of this coaching."""
    found = Goal.objects.filter(pk=pk, engagement=standing.engagement).first()
    if found is None:
        raise Http404
    return found


def _told(standing: Standing, goals: Iterable[Goal]) -> list[GoalNow]:
    rows = list(goals)
    ids = [row.pk for row in rows]
    wordings = list(GoalWording.objects.filter(engagement=standing.engagement, goal__in=ids).order_by("number"))
    vault.prepare(wordings)
    put: dict[UUID, list[Put]] = defaultdict(list)
    for wording in wordings:
        put[wording.goal_id].append(_put(standing, wording))
    marked: dict[UUID, list[Marked]] = defaultdict(list)
    for mark in GoalMark.objects.filter(engagement=standing.engagement, goal__in=ids).order_by("made_at", "pk"):
        author, of_client = _who(standing, mark.author_id)
        marked[mark.goal_id].append(Marked(author, of_client, mark.level, mark.made_at))
    return [
        GoalNow(
            id=row.pk,
            sort=Goal.Sort(row.sort),
            state=Goal.State(row.state),
            serves_id=row.serves_id,
            changed_at=row.changed_at,
            made_at=row.made_at,
            wordings=tuple(put[row.pk]),
            marks=tuple(marked[row.pk]),
        )
        for row in rows
        if put[row.pk]
    ]


def _who(standing: Standing, author_id: UUID) -> tuple[str, bool]:
    of_client = author_id == standing.engagement.client_id
    return (standing.engagement.client if of_client else standing.engagement.coach).first_name, of_client


def _put(standing: Standing, row: GoalWording) -> Put:
    author, of_client = _who(standing, row.author_id)
    try:
        text, why, gone = goal_text(json.loads(vault.read(row, "body"))), vault.read(row, "why"), False
    except vault.Unreadable:
        text, why, gone = GoalText(""), "", True
    mine = row.author_id == standing.person.pk
    return Put(row.number, author, of_client, mine, text, why, row.made_at, gone)


def score_of(goals: Iterable[GoalNow], *, of_client: bool) -> int | None:
    """The number over the goals that have levels and a mark of one of the two; None when there are none.

    A goal that was let go is no longer hoped for, so it does not count.
    """
    counted = [
        mark.level
        for goal in goals
        if not goal.is_learning and goal.state is not Goal.State.LET_GO and goal.lead.text.levels
        if (mark := goal.last_mark(of_client=of_client))
    ]
    return round(t_score(counted)) if counted else None


def last_talk_held(standing: Standing) -> Session | None:
    """The talk that was begun last; the introduction is none yet."""
    held = Session.objects.filter(engagement=standing.engagement, number__gt=0, starts_at__lte=clock.now())
    return held.exclude(state=Session.State.CANCELLED).order_by("-starts_at").first()


def goals_at(standing: Standing) -> list[Goal]:
    """The goals that are worked towards now, without their words."""
    return list(
        Goal.objects.filter(engagement=standing.engagement, sort=Goal.Sort.GOAL, state=Goal.State.ACTIVE).order_by(
            "made_at", "pk"
        )
    )
