"""Goals: putting them in words, putting them otherwise, saying how far they are, and letting them go."""

import json
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from klankbord.core import clock
from klankbord.core.comparison import Conflict, merge_or_conflict, normalised, same_words
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import note_reading, refuse_when_over
from klankbord.engagements.actions.texts import NotYours, Overtaken
from klankbord.engagements.models import Goal, GoalMark, GoalWording, Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.goals import GoalNow, goal_now
from klankbord.engagements.rules.goals import GoalText, Parts
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

__all__ = [
    "describe_levels",
    "keep_goals",
    "make_goal",
    "mark_goal",
    "note_reading",
    "put_goal",
    "turn_goal",
]


@action("goal.make")
def make_goal(
    *,
    once: UUID,
    standing: Standing,
    sentence: str,
    sort: Goal.Sort = Goal.Sort.GOAL,
    parts: Parts | None = None,
    serves: Goal | None = None,
) -> Goal:
    """Put a new goal in words, or what the client wants to learn; *serves* is the goal that learning is for.

    Sending the same form twice makes one. Raises ``NotNow``.
    """
    one_at_a_time(once)
    known = Goal.objects.filter(pk=once, engagement=standing.engagement).first()
    if known:
        record("goal.make", known, owner=standing.engagement.client_id, detail={"outcome": "again"})
        return known
    refuse_when_over(standing)
    goal = Goal(
        id=once,
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        serves=serves,
        sort=sort,
    )
    goal.save(force_insert=True)
    _write(standing, goal, 1, GoalText(normalised(sentence), parts or Parts()))
    record("goal.make", goal, owner=standing.engagement.client_id, detail={"kind": sort.value})
    return goal


def _write(standing: Standing, goal: Goal, number: int, text: GoalText, why: str = "") -> GoalWording:
    row = GoalWording(
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        goal=goal,
        number=number,
        author=standing.person,
    )
    vault.seal(row, "body", json.dumps(text.kept(), ensure_ascii=False))
    if normalised(why):
        vault.seal(row, "why", normalised(why))
    row.save(force_insert=True)
    return row


def _locked(standing: Standing, goal: Goal) -> tuple[Goal, GoalNow]:
    """The goal as it is at this moment, with nobody else at it."""
    refuse_when_over(standing)
    row = Goal.objects.select_for_update().get(pk=goal.pk)
    return row, goal_now(standing, row)


def _touched(standing: Standing, goal: Goal) -> None:
    """The client did something with this goal, so nobody needs to ask whether it still fits."""
    if standing.is_client:
        goal.changed_at = clock.now()
    goal.save(update_fields=["state", "serves", "changed_at"])


def _agreed_upon(now: GoalNow, *, theirs: str, mine: str, based_on: int) -> None:
    outcome = merge_or_conflict(
        base_revision=min(based_on, now.revision), current_revision=now.revision, theirs=theirs, mine=mine
    )
    if isinstance(outcome, Conflict):
        raise Overtaken(outcome, now.revision)


def _says_something_new(standing: Standing, now: GoalNow, sentence: str, why: str) -> bool:
    """The same words again are no new wording, unless something is said with them or they become the client's own."""
    lead, last = now.lead, now.wordings[-1]
    if last.mine and same_words(last.text.sentence, sentence) and last.why == normalised(why):
        return False
    becomes_own = standing.is_client and not lead.mine
    return becomes_own or bool(normalised(why)) or not same_words(lead.text.sentence, sentence)


@action("goal.put")
def put_goal(
    *, standing: Standing, goal: Goal, sentence: str, why: str = "", based_on: int, serves: Goal | None = None
) -> Goal:
    """Put a goal in other words; the old ones stay. Either of the two may, and the client's own words lead.

    Raises :class:`~klankbord.engagements.actions.texts.Overtaken` when there is a newer wording than *based_on*, and
    ``NotNow``.
    """
    row, now = _locked(standing, goal)
    _agreed_upon(now, theirs=now.wordings[-1].text.sentence, mine=sentence, based_on=based_on)
    new = _says_something_new(standing, now, sentence, why)
    if new:
        text = replace(now.lead.text, sentence=normalised(sentence), turned="")
        _write(standing, row, now.revision + 1, text, why)
    if row.sort == Goal.Sort.LEARNING:
        row.serves = serves
    _touched(standing, row)
    record("goal.put", row, owner=standing.engagement.client_id, detail={"version": now.revision + new})
    return row


@action("goal.describe_levels")
def describe_levels(*, standing: Standing, goal: Goal, levels: Mapping[int, str], based_on: int) -> Goal:
    """The client describes what less, as hoped, and more would look like. Any of the five may stay empty.

    Raises :class:`~klankbord.engagements.actions.texts.NotYours` for the coach, ``Overtaken`` and ``NotNow``.
    """
    if not standing.is_client:
        raise NotYours("levels")
    row, now = _locked(standing, goal)
    described = {level: normalised(words) for level, words in levels.items() if normalised(words)}
    text = replace(now.lead.text, levels=described, turned="")
    _agreed_upon(now, theirs=now.lead.text.levels_in_words, mine=text.levels_in_words, based_on=based_on)
    version = now.revision
    if described != now.lead.text.levels:
        version = _write(standing, row, version + 1, text).number
    _touched(standing, row)
    record("goal.describe_levels", row, owner=standing.engagement.client_id, detail={"version": version})
    return row


@action("goal.mark")
def mark_goal(*, once: UUID, standing: Standing, goal: Goal, level: int, session: Session | None = None) -> GoalMark:
    """Say where one sees this goal now, from -2 to 2. Sending the same form twice makes one mark. Raises ``NotNow``."""
    one_at_a_time(once)
    known = GoalMark.objects.filter(pk=once, goal=goal, author=standing.person).first()
    if known:
        record("goal.mark", goal, owner=standing.engagement.client_id, detail={"outcome": "again"})
        return known
    refuse_when_over(standing)
    mark = GoalMark(
        id=once,
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        goal=goal,
        session=session,
        author=standing.person,
        level=level,
    )
    mark.save(force_insert=True)
    record("goal.mark", goal, owner=standing.engagement.client_id)
    return mark


@action("goal.turn")
def turn_goal(*, standing: Standing, goal: Goal, state: Goal.State, why: str = "") -> Goal:
    """The client lets a goal go, calls it reached, or takes it up again; nobody asks why, words are welcome.

    Raises :class:`~klankbord.engagements.actions.texts.NotYours` for the coach, and ``NotNow``.
    """
    if not standing.is_client:
        raise NotYours(state)
    row, now = _locked(standing, goal)
    if normalised(why) and row.state != state:
        _write(standing, row, now.revision + 1, replace(now.lead.text, turned=state.value), why)
    row.state = state
    _touched(standing, row)
    record("goal.turn", row, owner=standing.engagement.client_id, detail={"status": state.value})
    return row


@action("goal.keep")
def keep_goals(*, standing: Standing, session: Session) -> None:
    """The client says after this talk that the goals still fit. Raises ``NotYours`` for the coach, and ``NotNow``."""
    if not standing.is_client:
        raise NotYours("keep")
    refuse_when_over(standing)
    active = Goal.objects.filter(engagement=standing.engagement, state=Goal.State.ACTIVE)
    active.update(changed_at=clock.now())
    record("goal.keep", session, owner=standing.engagement.client_id, detail={"number": session.number})
