"""Lives one story of the demo from its request to today, each step when it was taken."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from klankbord.demo.diary import diary_of, working_moment
from klankbord.demo.tales import Reaches, Tale, Talk
from klankbord.demo.telling import Pair, Stage, ask, propose
from klankbord.demo.working import Event, go_onward, work_of
from klankbord.engagements.actions.requests import choose_coach
from klankbord.engagements.rules.planning import PlannedSession


def live(stage: Stage, tale: Tale) -> None:
    """One story, as far as it has come."""
    diary = diary_of(tale, stage.today)
    request = ask(stage, tale, diary)
    if tale.reaches is Reaches.WAITING:
        return
    proposals = propose(stage, tale, diary, request)
    if tale.reaches is Reaches.PROPOSED:
        return
    with stage.acting(tale.client, diary.chosen):
        engagement = choose_coach(slug=stage.slug, proposal=proposals[0])
    pair = Pair(stage, tale, diary, engagement.pk)
    pair.get_acquainted()
    if tale.reaches is Reaches.INTRODUCTION:
        return
    agreement = pair.agree()
    if tale.reaches is Reaches.AGREEMENT:
        return
    pair.accept(agreement)
    _talk_and_work(pair)
    if tale.closing:
        pair.round_off(tale.closing)
        go_onward(pair)


def _talk_and_work(pair: Pair) -> None:
    """The talks, and everything made beside them, in the order of the clock."""
    events: list[Event] = list(work_of(pair))
    for talk, planned in zip(pair.tale.talks, pair.diary.talks, strict=False):
        # A talk begins with what the client brings, the day before; and what is done for it then comes after that.
        events.append((working_moment(planned.day, 0), -1, partial(_talk, pair, talk, planned)))
    for moment, _rank, happen in sorted(events, key=lambda event: event[:2]):
        happen(moment)


def _talk(pair: Pair, talk: Talk, planned: PlannedSession, _moment: datetime) -> None:
    pair.talk(talk, planned)
