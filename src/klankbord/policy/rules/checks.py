"""What a policy says of an engagement: rules that take what the policy holds and the facts, and answer in findings.

Content and pace of a coaching are for the two who are in it. So those rules inform, or at most warn, and never stand in
the way. What is on offer at all, such as a coaching of one talk, may. A rule that the facts meet is silent. Each
finding names the clause that decided it.
"""

from __future__ import annotations

from dataclasses import dataclass

from klankbord.core.spoken import duration_words, months_words, rhythm_words, talks_words
from klankbord.policy.rules.content import PolicyContent, ThreeWay
from klankbord.policy.rules.finding import Finding, Severity

# For how many talks a line about what is not there yet is said: a quiet room does not repeat itself.
SAID_FOR = 2

ONE_TALK = "talks.one_talk"
COUNT = "talks.count"
MINUTES = "talks.minutes"
WEEKS = "talks.weeks"
DIRECTION = "goals.direction"
LOOK_BACK = "evaluation.half_way"
THREE_WAY = "sponsor.three_way"
KEPT = "retention.term"
END = "evaluation.end"
CLAUSES = (ONE_TALK, COUNT, MINUTES, WEEKS, DIRECTION, LOOK_BACK, THREE_WAY, KEPT, END)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What two people plan: how many talks, how long (minutes), how often (weeks), and what comes after which talk."""

    count: int
    minutes: int
    weeks: int
    evaluate_after: int
    retention_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFacts:
    """How far a coaching is: the talks that were held, and what was written or planned.

    ``evaluate_after`` is what the two agreed (0: nothing), ``third`` whether somebody else asks or pays and takes part.
    """

    held: int
    direction: bool = False
    evaluate_after: int = 0
    looked_back: bool = False
    third: bool = False
    met_at_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFacts:
    """What there is when a coaching is rounded off."""

    looked_back: bool
    third: bool = False
    met_at_end: bool = False


# --- what two people plan -----------------------------------------------------------------------------------------


def plan_findings(policy: PolicyContent, plan: PlanFacts) -> list[Finding]:
    """All that the policy has to say of a plan, in the order of the form."""
    return [
        *number_of_talks(policy, plan.count),
        *rhythm_of_talks(policy, plan.weeks),
        *length_of_talks(policy, plan.minutes),
        *half_way(policy, plan.evaluate_after, plan.count),
        *kept_for(policy, plan.retention_months),
    ]


def number_of_talks(policy: PolicyContent, count: int) -> list[Finding]:
    """More talks than the policy has in mind at most is a warning; another number than usual is worth a line.

    One talk is a coaching of its own, and no other number than usual.
    """
    most, usual = policy.talks.most, policy.talks.count
    if count > most:
        return [
            Finding(
                code="plan.too_many_talks",
                severity=Severity.WARNS,
                nl=f"Het beleid gaat uit van hoogstens {talks_words(most, 'nl')}. Dit zijn er {count}. "
                "Dat kan; overleg het met de coördinator.",
                en=f"The policy has at most {talks_words(most, 'en')} in mind. These are {count}. "
                "That is possible; talk it over with the coordinator.",
                clause=COUNT,
            )
        ]
    if count in (1, usual):
        return []
    return [
        _informs(
            "plan.other_number",
            f"Gebruikelijk is {talks_words(usual, 'nl')}. Jullie kiezen {count}. Dat kan.",
            f"Usual is {talks_words(usual, 'en')}. You choose {count}. That is fine.",
            COUNT,
        )
    ]


def length_of_talks(policy: PolicyContent, minutes: int) -> list[Finding]:
    """Another length than usual."""
    usual = policy.talks.minutes
    if minutes == usual:
        return []
    return [
        _informs(
            "plan.other_length",
            f"Een gesprek duurt gewoonlijk {duration_words(usual, 'nl')}. Bij jullie {duration_words(minutes, 'nl')}. "
            "Dat kan.",
            f"A talk usually takes {duration_words(usual, 'en')}. Yours take {duration_words(minutes, 'en')}. "
            "That is fine.",
            MINUTES,
        )
    ]


def rhythm_of_talks(policy: PolicyContent, weeks: int) -> list[Finding]:
    """Another rhythm than usual."""
    usual = policy.talks.weeks
    if weeks == usual:
        return []
    return [
        _informs(
            "plan.other_rhythm",
            f"Gebruikelijk is een gesprek {rhythm_words(usual, 'nl')}. Jullie kiezen {rhythm_words(weeks, 'nl')}. "
            "Dat kan.",
            f"Usual is a talk {rhythm_words(usual, 'en')}. You choose {rhythm_words(weeks, 'en')}. That is fine.",
            WEEKS,
        )
    ]


def half_way(policy: PolicyContent, evaluate_after: int, count: int) -> list[Finding]:
    """Looking back after another talk than usual; silent where there are not that many talks."""
    usual = policy.talks.interim_after
    if not usual or count < usual or evaluate_after == usual:
        return []
    return [
        _informs(
            "plan.other_half_way",
            f"Gewoonlijk kijken jullie na gesprek {usual} samen terug. Jullie doen dat na gesprek {evaluate_after}. "
            "Dat kan.",
            f"Usually you look back together after talk {usual}. You do so after talk {evaluate_after}. That is fine.",
            LOOK_BACK,
        )
    ]


def kept_for(policy: PolicyContent, months: int) -> list[Finding]:
    """Texts that are kept for another term than the policy says, and which of the two holds."""
    usual = policy.retention_months
    if months == usual:
        return []
    longer = months > usual
    return [
        _informs(
            "plan.other_term",
            f"Gewoonlijk blijven teksten {months_words(usual, 'nl')} bewaard. "
            f"Bij jullie {'langer' if longer else 'korter'}: {months_words(months, 'nl')}. "
            "Wat jullie afspreken, geldt.",
            f"Texts are usually kept for {months_words(usual, 'en')}. "
            f"Yours are kept {'longer' if longer else 'shorter'}: {months_words(months, 'en')}. "
            "What you agree, holds.",
            KEPT,
        )
    ]


# --- under way ----------------------------------------------------------------------------------------------------


def one_talk(policy: PolicyContent) -> list[Finding]:
    """Whether a coaching of one talk can be chosen here: what is on offer, not how people talk. Silent when it is."""
    if policy.talks.one_talk:
        return []
    return [
        Finding(
            code="talks.no_one_talk",
            severity=Severity.BLOCKS,
            nl="Hier begint coaching met een kennismaking en een paar gesprekken. Na elk gesprek mag je stoppen.",
            en="Here coaching begins with getting to know each other and a few talks. You may stop after each of them.",
            clause=ONE_TALK,
        )
    ]


def way_findings(policy: PolicyContent, way: WayFacts) -> list[Finding]:
    """All that the policy has to say of how far a coaching is."""
    return [*direction_on_paper(policy, way), *time_to_look_back(policy, way), *three_way(policy, way)]


def direction_on_paper(policy: PolicyContent, way: WayFacts) -> list[Finding]:
    """A direction that is not on paper by the talk the policy has in mind."""
    by = policy.talks.direction_by
    if not by or way.direction or not by <= way.held < by + SAID_FOR:
        return []
    return [
        _informs(
            "way.no_direction",
            f"Vaak staat na gesprek {by} een richting op papier. Hier nog niet. Dat kan: "
            "soms is zoeken juist het werk.",
            f"Often a direction is on paper after talk {by}. Here it is not yet. That is fine: "
            "sometimes looking for it is the work.",
            DIRECTION,
        )
    ]


def time_to_look_back(policy: PolicyContent, way: WayFacts) -> list[Finding]:
    """The moment to look back half-way: what the two agreed on, or else what the policy says."""
    after = way.evaluate_after or policy.talks.interim_after
    if not after or way.looked_back or not after <= way.held < after + SAID_FOR:
        return []
    return [
        _informs(
            "way.look_back",
            f"Na gesprek {after} kijken jullie samen terug: werkt het zo? Een paar minuten is genoeg.",
            f"After talk {after} you look back together: does it work like this? A few minutes will do.",
            LOOK_BACK,
        )
    ]


def three_way(policy: PolicyContent, way: WayFacts) -> list[Finding]:
    """A talk of three at the start, where somebody else asks or pays for the coaching."""
    if not way.third or way.met_at_start:
        return []
    return _of_three(
        policy.talks.three_way,
        "way.three_way",
        usual=(
            "Gewoonlijk praten jullie aan het begin een keer met z'n drieën. Jullie kiezen wanneer dat past.",
            "Usually the three of you talk once at the start. You choose when that fits.",
        ),
        offered=(
            "Jullie kunnen aan het begin een keer met z'n drieën praten. Het hoeft niet.",
            "The three of you can talk once at the start. You do not have to.",
        ),
    )


def _of_three(rule: ThreeWay, code: str, *, usual: tuple[str, str], offered: tuple[str, str]) -> list[Finding]:
    if rule is ThreeWay.NOT:
        return []
    return [_informs(code, *(usual if rule is ThreeWay.USUAL else offered), THREE_WAY)]


# --- at the end ---------------------------------------------------------------------------------------------------


def end_findings(policy: PolicyContent, end: EndFacts) -> list[Finding]:
    """What the policy has in mind at the end and is not there yet. Nothing of it keeps anybody from rounding off."""
    found = []
    if not end.looked_back:
        found.append(
            _informs(
                "end.look_back",
                "Aan het eind kijken jullie samen terug op wat het bracht. Je mag ook zonder afronden.",
                "At the end you look back together at what it brought. You may also round off without it.",
                END,
            )
        )
    if end.third and not end.met_at_end:
        found += _of_three(
            policy.talks.three_way,
            "end.three_way",
            usual=(
                "Gewoonlijk praten jullie aan het eind nog een keer met z'n drieën. Jullie kiezen wanneer dat past.",
                "Usually the three of you talk once more at the end. You choose when that fits.",
            ),
            offered=(
                "Jullie kunnen aan het eind nog een keer met z'n drieën praten. Het hoeft niet.",
                "The three of you can talk once more at the end. You do not have to.",
            ),
        )
    return found


def _informs(code: str, nl: str, en: str, clause: str) -> Finding:
    return Finding(code=code, severity=Severity.INFORMS, nl=nl, en=en, clause=clause)
