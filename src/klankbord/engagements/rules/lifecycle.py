"""The courses of an engagement, a request, a referral and a proposal, each stated once, as data.

Queries, screens and tests read these tables; nothing else decides what may follow on what.

Coaching is a dance and not a protocol. So the course of an engagement shows an order without enforcing it:
from the introduction you may walk straight to the talks, from the agreement back to the search for a
direction, from the closing back to the talks. Goals and agreements also change while the talks go on; that
is no step of the course but simply writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from klankbord.core.wording import Wording
from klankbord.policy.rules.finding import Finding, NotNow, Severity


class Role(StrEnum):
    """In which capacity somebody takes a step. One person may hold several; a step asks for one."""

    CLIENT = "client"
    COACH = "coach"
    SPONSOR = "sponsor"
    COORDINATOR = "coordinator"
    MANAGER = "manager"


CLIENT = frozenset({Role.CLIENT})
COACH = frozenset({Role.COACH})
EITHER = CLIENT | COACH
COORDINATOR = frozenset({Role.COORDINATOR})
MANAGER = frozenset({Role.MANAGER})

_ROLE_WORDS = {
    Role.CLIENT: Wording("[[de klant]]", "[[the client]]"),
    Role.COACH: Wording("de coach", "the coach"),
    Role.SPONSOR: Wording("wie de coaching aanvraagt of betaalt", "whoever asks or pays for the coaching"),
    Role.COORDINATOR: Wording("de coördinator", "the coordinator"),
    Role.MANAGER: Wording("de leidinggevende", "the manager"),
}


@dataclass(frozen=True, slots=True)
class Step[S: StrEnum, A: StrEnum]:
    """From one state to the next by one act, and in which role somebody may do it."""

    before: S
    act: A
    after: S
    who: frozenset[Role]


class Course[S: StrEnum, A: StrEnum]:
    """A lifecycle: its beginning, its steps, and for every state a sentence that says where things stand.

    Raises ``ValueError`` when the statement contradicts itself: two steps for one act in one state, or a state
    without words.
    """

    def __init__(
        self, *, name: str, begin: S, steps: Iterable[Step[S, A]], stands: Mapping[S, Wording], clause: str
    ) -> None:
        self.name = name
        self.begin = begin
        self.steps = tuple(steps)
        self.stands = stands
        self.clause = clause
        self._by_act = {(step.before, step.act): step for step in self.steps}
        if len(self._by_act) != len(self.steps):
            raise ValueError(f"{name}: an act may lead from one state to one other state only")
        missing = set(self.states) - set(stands)
        if missing:
            raise ValueError(f"{name}: no words for {sorted(missing)}")

    def next(self, state: S, act: A, role: Role) -> S:
        """The state after ``act`` by somebody in ``role``. Raises ``NotNow`` with words."""
        step = self._by_act.get((state, act))
        if step is None:
            raise NotNow(self.no_such_step(state))
        if role not in step.who:
            raise NotNow(self._not_yours(step))
        return step.after

    def acts(self, state: S, role: Role) -> tuple[A, ...]:
        """What somebody in ``role`` may do now, in the order in which the course states it."""
        return tuple(step.act for step in self.steps if step.before is state and role in step.who)

    def is_final(self, state: S) -> bool:
        """Whether nothing follows on this state."""
        return all(step.before is not state for step in self.steps)

    @property
    def states(self) -> tuple[S, ...]:
        """Every state of this course, in the order in which it was named."""
        return tuple(type(self.begin))

    @property
    def final(self) -> frozenset[S]:
        """The states on which nothing follows."""
        return frozenset(state for state in self.states if self.is_final(state))

    def no_such_step(self, state: S) -> Finding:
        """The words for somebody who tries what does not fit ``state``."""
        stand = self.stands[state]
        return Finding(
            code=f"{self.name}.not_in_this_state",
            severity=Severity.BLOCKS,
            nl=f"{stand.nl} Deze stap past daar nu niet bij.",
            en=f"{stand.en} This step does not fit there now.",
            clause=self.clause,
        )

    def _not_yours(self, step: Step[S, A]) -> Finding:
        # With several roles the first in reading order is named: a sentence, not a list of rights.
        whose = min(step.who, key=list(Role).index)
        words = _ROLE_WORDS[whose]
        return Finding(
            code=f"{self.name}.not_this_role",
            severity=Severity.BLOCKS,
            nl=f"Deze stap is aan {words.nl}.",
            en=f"This step is for {words.en} to take.",
            clause=self.clause,
        )


# --- the engagement -------------------------------------------------------------------------------------------


class Phase(StrEnum):
    """Where an engagement is."""

    INTRODUCTION = "introduction"
    DIRECTION = "direction"
    AGREEMENT = "agreement"
    RUNNING = "running"
    CLOSING = "closing"
    CLOSED = "closed"
    ENDED = "ended"


class Act(StrEnum):
    """What client or coach can do with the engagement as a whole."""

    GO_ON = "go_on"
    FIND_DIRECTION = "find_direction"
    MAKE_AGREEMENT = "make_agreement"
    ONE_TALK = "one_talk"
    GROW = "grow"
    START = "start"
    OTHER_COACH = "other_coach"
    NOT_ME = "not_me"
    STOP = "stop"
    BEGIN_CLOSING = "begin_closing"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"


_STOPPABLE = (Phase.DIRECTION, Phase.AGREEMENT, Phase.RUNNING, Phase.CLOSING)
_SWITCHABLE = (Phase.INTRODUCTION, Phase.DIRECTION, Phase.AGREEMENT, Phase.RUNNING)

ENGAGEMENT: Course[Phase, Act] = Course(
    name="engagement",
    begin=Phase.INTRODUCTION,
    clause="course.dance",
    steps=[
        # The client decides whether this coach is the one. The coach decides no such thing about the client,
        # but may say "not me": that is the coach's own limit.
        Step(Phase.INTRODUCTION, Act.GO_ON, Phase.DIRECTION, CLIENT),
        Step(Phase.INTRODUCTION, Act.MAKE_AGREEMENT, Phase.AGREEMENT, CLIENT),
        Step(Phase.INTRODUCTION, Act.START, Phase.RUNNING, CLIENT),
        Step(Phase.INTRODUCTION, Act.NOT_ME, Phase.ENDED, COACH),
        # The short route goes from four lines straight to its one talk, and may grow after it.
        Step(Phase.INTRODUCTION, Act.ONE_TALK, Phase.AGREEMENT, EITHER),
        Step(Phase.RUNNING, Act.GROW, Phase.DIRECTION, CLIENT),
        Step(Phase.DIRECTION, Act.MAKE_AGREEMENT, Phase.AGREEMENT, EITHER),
        Step(Phase.DIRECTION, Act.START, Phase.RUNNING, EITHER),
        Step(Phase.AGREEMENT, Act.START, Phase.RUNNING, EITHER),
        Step(Phase.AGREEMENT, Act.FIND_DIRECTION, Phase.DIRECTION, EITHER),
        Step(Phase.RUNNING, Act.BEGIN_CLOSING, Phase.CLOSING, EITHER),
        Step(Phase.RUNNING, Act.CLOSE, Phase.CLOSED, EITHER),
        Step(Phase.CLOSING, Act.CLOSE, Phase.CLOSED, EITHER),
        Step(Phase.CLOSING, Act.RESUME, Phase.RUNNING, EITHER),
        # Reopening keeps the client's texts longer than was said. So it is the client's step alone.
        Step(Phase.CLOSED, Act.REOPEN, Phase.RUNNING, CLIENT),
        *(Step(phase, Act.OTHER_COACH, Phase.ENDED, CLIENT) for phase in _SWITCHABLE),
        *(Step(phase, Act.STOP, Phase.ENDED, EITHER) for phase in _STOPPABLE),
    ],
    stands={
        Phase.INTRODUCTION: Wording("Jullie maken nog kennis.", "You are still getting to know each other."),
        Phase.DIRECTION: Wording("Jullie zoeken een richting.", "You are looking for a direction."),
        Phase.AGREEMENT: Wording("Jullie maken afspraken.", "You are making your agreement."),
        Phase.RUNNING: Wording("De gesprekken lopen.", "The talks are going on."),
        Phase.CLOSING: Wording("Jullie zijn aan het afronden.", "You are rounding off."),
        Phase.CLOSED: Wording("Deze coaching is afgerond.", "This coaching is closed."),
        Phase.ENDED: Wording("Deze coaching is gestopt.", "This coaching has stopped."),
    },
)


def next_phase(phase: Phase, act: Act, role: Role) -> Phase:
    """The phase after ``act`` by the client or the coach. Raises ``NotNow`` with words."""
    return ENGAGEMENT.next(phase, act, role)


def acts(phase: Phase, role: Role) -> tuple[Act, ...]:
    """What the client or the coach may do with the engagement now."""
    return ENGAGEMENT.acts(phase, role)


class CoarseState(StrEnum):
    """All that a coordinator ever learns about where an engagement is."""

    RUNNING = "running"
    CLOSED = "closed"


# SECURITY: the coordinator reads this and never the phase. A finer answer would tell that two people are still
# looking for a direction, or that somebody stopped.
def coarse_state(phase: Phase) -> CoarseState:
    """Running or closed. A coaching that stopped counts as closed: that it stopped is nobody else's business."""
    return CoarseState.CLOSED if phase in (Phase.CLOSED, Phase.ENDED) else CoarseState.RUNNING


# --- the request ----------------------------------------------------------------------------------------------


class RequestState(StrEnum):
    """Where a request for coaching is."""

    DRAFT = "draft"
    SENT = "sent"
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"


class RequestAct(StrEnum):
    """What can be done with a request."""

    SEND = "send"
    PROPOSE = "propose"
    TAKE_BACK = "take_back"
    CHOOSE = "choose"
    PASS_ALL = "pass_all"
    ACCEPT = "accept"
    REFUSE = "refuse"
    ASK_AGAIN = "ask_again"
    WITHDRAW = "withdraw"


MOST_PROPOSALS = 3
"""How many coaches a client is offered side by side: enough to choose, few enough to read."""

REQUEST: Course[RequestState, RequestAct] = Course(
    name="request",
    begin=RequestState.DRAFT,
    clause="match.client_chooses",
    steps=[
        Step(RequestState.DRAFT, RequestAct.SEND, RequestState.SENT, CLIENT),
        Step(RequestState.SENT, RequestAct.PROPOSE, RequestState.PROPOSED, COORDINATOR),
        Step(RequestState.PROPOSED, RequestAct.PROPOSE, RequestState.PROPOSED, COORDINATOR),
        Step(RequestState.PROPOSED, RequestAct.TAKE_BACK, RequestState.SENT, COORDINATOR),
        Step(RequestState.PROPOSED, RequestAct.CHOOSE, RequestState.CHOSEN, CLIENT),
        Step(RequestState.PROPOSED, RequestAct.PASS_ALL, RequestState.SENT, CLIENT),
        # A coach may decline while still only proposed; the request falls back when nobody is left to choose.
        Step(RequestState.PROPOSED, RequestAct.REFUSE, RequestState.SENT, COACH),
        Step(RequestState.CHOSEN, RequestAct.ACCEPT, RequestState.MATCHED, COACH),
        Step(RequestState.CHOSEN, RequestAct.REFUSE, RequestState.SENT, COACH),
        Step(RequestState.CHOSEN, RequestAct.PASS_ALL, RequestState.SENT, CLIENT),
        # Another coach after the introduction: the same request goes round again, without explaining.
        Step(RequestState.MATCHED, RequestAct.ASK_AGAIN, RequestState.SENT, CLIENT),
        *(
            Step(state, RequestAct.WITHDRAW, RequestState.WITHDRAWN, CLIENT)
            for state in (RequestState.DRAFT, RequestState.SENT, RequestState.PROPOSED, RequestState.CHOSEN)
        ),
    ],
    stands={
        RequestState.DRAFT: Wording("De aanvraag is nog niet verstuurd.", "The request has not been sent yet."),
        RequestState.SENT: Wording("De aanvraag is verstuurd.", "The request has been sent."),
        RequestState.PROPOSED: Wording("Er ligt een voorstel voor een coach.", "A coach has been proposed."),
        RequestState.CHOSEN: Wording("Er is een coach gekozen.", "A coach has been chosen."),
        RequestState.MATCHED: Wording(
            "Klant en coach hebben elkaar gevonden.", "Client and coach have found each other."
        ),
        RequestState.WITHDRAWN: Wording("De aanvraag is ingetrokken.", "The request has been withdrawn."),
    },
)


def room_to_propose(open_proposals: int) -> list[Finding]:
    """Whether one more coach may be proposed beside those still open. Empty when there is room."""
    if open_proposals < MOST_PROPOSALS:
        return []
    return [
        Finding(
            code="request.enough_to_choose",
            severity=Severity.BLOCKS,
            nl=f"Er liggen al {MOST_PROPOSALS} voorstellen. Meer maakt kiezen moeilijker.",
            en=f"There are {MOST_PROPOSALS} proposals already. More makes choosing harder.",
            clause="match.client_chooses",
        )
    ]


# --- the proposal of one coach --------------------------------------------------------------------------------


class ProposalState(StrEnum):
    """Where the proposal of one coach to one client is."""

    PROPOSED = "proposed"
    CHOSEN = "chosen"
    PASSED = "passed"
    REFUSED = "refused"


class ProposalAct(StrEnum):
    """What can be done with a proposal."""

    CHOOSE = "choose"
    PASS = "pass"
    REFUSE = "refuse"


PROPOSAL: Course[ProposalState, ProposalAct] = Course(
    name="proposal",
    begin=ProposalState.PROPOSED,
    clause="match.client_chooses",
    steps=[
        Step(ProposalState.PROPOSED, ProposalAct.CHOOSE, ProposalState.CHOSEN, CLIENT),
        # The coordinator may take a proposal back; for client and coach it then simply no longer lies there.
        Step(ProposalState.PROPOSED, ProposalAct.PASS, ProposalState.PASSED, CLIENT | COORDINATOR),
        Step(ProposalState.PROPOSED, ProposalAct.REFUSE, ProposalState.REFUSED, COACH),
        Step(ProposalState.CHOSEN, ProposalAct.PASS, ProposalState.PASSED, CLIENT),
        Step(ProposalState.CHOSEN, ProposalAct.REFUSE, ProposalState.REFUSED, COACH),
    ],
    stands={
        ProposalState.PROPOSED: Wording("Dit voorstel ligt bij [[de klant]].", "This proposal is with [[the client]]."),
        ProposalState.CHOSEN: Wording("Deze coach is gekozen.", "This coach has been chosen."),
        ProposalState.PASSED: Wording("Dit voorstel ligt er niet meer.", "This proposal is no longer on the table."),
        ProposalState.REFUSED: Wording("Deze coach is niet beschikbaar.", "This coach is not available."),
    },
)


# --- the referral by a manager --------------------------------------------------------------------------------


class ReferralState(StrEnum):
    """Where a manager's suggestion is, as the employee sees it."""

    OPEN = "open"
    QUESTION = "question"
    YES = "yes"
    NOT_NOW = "not_now"


class ReferralAct(StrEnum):
    """What can be done with a referral."""

    SAY_YES = "say_yes"
    ASK = "ask"
    ANSWER = "answer"
    SAY_NOT_NOW = "say_not_now"


# SECURITY: only an asked question reaches the manager through the product, because the employee sends it. A screen
# for the manager that reads YES or NOT_NOW from here would tell what is the employee's to tell.
REFERRAL: Course[ReferralState, ReferralAct] = Course(
    name="referral",
    begin=ReferralState.OPEN,
    clause="referral.employee_decides",
    steps=[
        Step(ReferralState.OPEN, ReferralAct.SAY_YES, ReferralState.YES, CLIENT),
        Step(ReferralState.OPEN, ReferralAct.ASK, ReferralState.QUESTION, CLIENT),
        Step(ReferralState.OPEN, ReferralAct.SAY_NOT_NOW, ReferralState.NOT_NOW, CLIENT),
        Step(ReferralState.QUESTION, ReferralAct.ANSWER, ReferralState.OPEN, MANAGER),
        Step(ReferralState.QUESTION, ReferralAct.SAY_YES, ReferralState.YES, CLIENT),
        Step(ReferralState.QUESTION, ReferralAct.SAY_NOT_NOW, ReferralState.NOT_NOW, CLIENT),
        # "Not now" is no "never": the employee may come back to it.
        Step(ReferralState.NOT_NOW, ReferralAct.SAY_YES, ReferralState.YES, CLIENT),
        Step(ReferralState.NOT_NOW, ReferralAct.ASK, ReferralState.QUESTION, CLIENT),
    ],
    stands={
        ReferralState.OPEN: Wording("Het voorstel ligt bij de medewerker.", "The suggestion is with the employee."),
        ReferralState.QUESTION: Wording("Er is eerst een vraag gesteld.", "A question was asked first."),
        ReferralState.YES: Wording("Er is gekozen voor een kennismaking.", "An introductory talk was chosen."),
        ReferralState.NOT_NOW: Wording("Er is gekozen voor nu niet.", "The choice was: not now."),
    },
)
