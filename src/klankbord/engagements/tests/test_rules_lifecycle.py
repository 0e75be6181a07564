"""The courses of engagement, request, proposal and referral."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.core.wording import LANGUAGES, Wording
from klankbord.engagements.rules.lifecycle import (
    CLIENT,
    ENGAGEMENT,
    MOST_PROPOSALS,
    PROPOSAL,
    REFERRAL,
    REQUEST,
    Act,
    CoarseState,
    Course,
    Phase,
    ProposalAct,
    ProposalState,
    ReferralAct,
    ReferralState,
    RequestAct,
    RequestState,
    Role,
    Step,
    acts,
    coarse_state,
    next_phase,
    room_to_propose,
)
from klankbord.policy.rules.finding import NotNow

COURSES: list[Course[Any, Any]] = [ENGAGEMENT, REQUEST, PROPOSAL, REFERRAL]


def test_johan_walks_his_engagement_from_introduction_to_close() -> None:
    phase = Phase.INTRODUCTION
    for act, role in [
        (Act.GO_ON, Role.CLIENT),
        (Act.MAKE_AGREEMENT, Role.COACH),
        (Act.START, Role.CLIENT),
        (Act.BEGIN_CLOSING, Role.COACH),
        (Act.CLOSE, Role.CLIENT),
    ]:
        phase = next_phase(phase, act, role)
    assert phase is Phase.CLOSED


@pytest.mark.parametrize("phase", [Phase.INTRODUCTION, Phase.DIRECTION, Phase.AGREEMENT])
def test_everything_before_the_talks_can_be_skipped(phase: Phase) -> None:
    assert next_phase(phase, Act.START, Role.CLIENT) is Phase.RUNNING


def test_closing_can_be_skipped() -> None:
    assert next_phase(Phase.RUNNING, Act.CLOSE, Role.CLIENT) is Phase.CLOSED


@pytest.mark.parametrize(
    ("phase", "act", "back"),
    [
        (Phase.AGREEMENT, Act.FIND_DIRECTION, Phase.DIRECTION),
        (Phase.CLOSING, Act.RESUME, Phase.RUNNING),
        (Phase.CLOSED, Act.REOPEN, Phase.RUNNING),
    ],
)
def test_the_client_can_walk_back(phase: Phase, act: Act, back: Phase) -> None:
    assert next_phase(phase, act, Role.CLIENT) is back


def test_the_client_decides_about_going_on_after_the_introduction() -> None:
    assert Act.GO_ON in acts(Phase.INTRODUCTION, Role.CLIENT)
    assert acts(Phase.INTRODUCTION, Role.COACH) == (Act.NOT_ME, Act.ONE_TALK)


def test_reopening_is_not_for_the_coach() -> None:
    with pytest.raises(NotNow) as refused:
        next_phase(Phase.CLOSED, Act.REOPEN, Role.COACH)
    assert refused.value.text("nl") == "Deze stap is aan de klant."


def test_a_step_at_the_wrong_moment_is_refused_with_where_things_stand() -> None:
    with pytest.raises(NotNow) as refused:
        next_phase(Phase.INTRODUCTION, Act.CLOSE, Role.CLIENT)
    assert refused.value.text("nl") == "Jullie maken nog kennis. Deze stap past daar nu niet bij."
    assert refused.value.finding.code == "engagement.not_in_this_state"


@pytest.mark.parametrize("phase", list(Phase))
def test_the_client_can_leave_as_long_as_it_is_not_over(phase: Phase) -> None:
    over = phase in (Phase.CLOSED, Phase.ENDED)
    ways_out = {Act.STOP, Act.OTHER_COACH} & set(acts(phase, Role.CLIENT))
    assert bool(ways_out) is not over


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER])
def test_nobody_outside_moves_an_engagement(role: Role) -> None:
    assert not [act for phase in Phase for act in acts(phase, role)]


def test_a_coaching_that_stopped_looks_closed_to_the_coordinator() -> None:
    assert coarse_state(Phase.ENDED) is coarse_state(Phase.CLOSED) is CoarseState.CLOSED


def test_the_coordinator_cannot_tell_an_introduction_from_the_talks() -> None:
    running = {coarse_state(phase) for phase in Phase if phase not in (Phase.CLOSED, Phase.ENDED)}
    assert running == {CoarseState.RUNNING}


def test_a_request_goes_from_draft_to_match() -> None:
    state = RequestState.DRAFT
    for act, role in [
        (RequestAct.SEND, Role.CLIENT),
        (RequestAct.PROPOSE, Role.COORDINATOR),
        (RequestAct.CHOOSE, Role.CLIENT),
        (RequestAct.ACCEPT, Role.COACH),
    ]:
        state = REQUEST.next(state, act, role)
    assert state is RequestState.MATCHED


def test_another_coach_brings_the_same_request_round_again() -> None:
    assert REQUEST.next(RequestState.MATCHED, RequestAct.ASK_AGAIN, Role.CLIENT) is RequestState.SENT


def test_the_coordinator_does_not_choose_for_the_client() -> None:
    with pytest.raises(NotNow):
        REQUEST.next(RequestState.PROPOSED, RequestAct.CHOOSE, Role.COORDINATOR)


def test_there_is_room_for_three_proposals_and_no_more() -> None:
    assert room_to_propose(MOST_PROPOSALS - 1) == []
    assert room_to_propose(MOST_PROPOSALS)[0].blocks


def test_a_coach_may_refuse_after_having_been_chosen() -> None:
    assert PROPOSAL.next(ProposalState.CHOSEN, ProposalAct.REFUSE, Role.COACH) is ProposalState.REFUSED


@pytest.mark.parametrize("act", [ReferralAct.SAY_YES, ReferralAct.ASK, ReferralAct.SAY_NOT_NOW])
def test_only_the_employee_answers_a_referral(act: ReferralAct) -> None:
    assert act in REFERRAL.acts(ReferralState.OPEN, Role.CLIENT)
    assert REFERRAL.acts(ReferralState.OPEN, Role.MANAGER) == ()


def test_not_now_can_become_yes_later() -> None:
    assert REFERRAL.next(ReferralState.NOT_NOW, ReferralAct.SAY_YES, Role.CLIENT) is ReferralState.YES


def test_the_manager_answers_a_question_and_it_is_the_employees_turn_again() -> None:
    assert REFERRAL.next(ReferralState.QUESTION, ReferralAct.ANSWER, Role.MANAGER) is ReferralState.OPEN


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_every_state_can_be_reached_from_the_beginning(course: Course[Any, Any]) -> None:
    reached, fresh = {course.begin}, {course.begin}
    while fresh:
        fresh = {step.after for step in course.steps if step.before in fresh} - reached
        reached |= fresh
    assert reached == set(course.states)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_an_end_can_be_reached_from_every_state(course: Course[Any, Any]) -> None:
    ends = set(course.final)
    while more := {step.before for step in course.steps if step.after in ends} - ends:
        ends |= more
    assert ends == set(course.states)


@given(st.data())
def test_a_step_is_offered_exactly_when_it_is_accepted(data: st.DataObject) -> None:
    course = data.draw(st.sampled_from(COURSES))
    state = data.draw(st.sampled_from(course.states))
    act = data.draw(st.sampled_from([step.act for step in course.steps]))
    role = data.draw(st.sampled_from(list(Role)))
    if act in course.acts(state, role):
        assert course.next(state, act, role) in course.states
        return
    with pytest.raises(NotNow) as refused:
        course.next(state, act, role)
    assert all(refused.value.text(language).endswith(".") for language in LANGUAGES)


def test_a_course_that_contradicts_itself_is_not_accepted() -> None:
    steps = [
        Step(ReferralState.OPEN, ReferralAct.ASK, after, CLIENT) for after in (ReferralState.YES, ReferralState.OPEN)
    ]
    with pytest.raises(ValueError, match="one other state only"):
        Course(name="x", begin=ReferralState.OPEN, steps=steps, stands=REFERRAL.stands, clause="course.dance")


def test_a_course_with_a_state_without_words_is_not_accepted() -> None:
    words = {ReferralState.OPEN: Wording("Open.", "Open.")}
    with pytest.raises(ValueError, match="no words"):
        Course(name="x", begin=ReferralState.OPEN, steps=REFERRAL.steps, stands=words, clause="course.dance")
