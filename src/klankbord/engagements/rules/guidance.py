"""From five answers to the form of guidance that fits: coaching is one of several, and not always the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from klankbord.policy.rules.finding import Finding, Severity

CLAUSE = "guidance.company_doctor"


class Form(StrEnum):
    """What there is, in the order in which it is named when several fit as well. The value is the id of its address."""

    COACHING = "coaching"
    MENTORING = "mentoring"
    TRAINING = "training"
    COUNSELLING = "counselling"
    ADVISING = "advising"
    MANAGING = "managing"
    CONFIDENTIAL_ADVISER = "confidential_adviser"
    COMPANY_DOCTOR = "company_doctor"
    SOCIAL_WORK = "social_work"
    MEDIATION = "mediation"


class About(StrEnum):
    """What it is about."""

    MYSELF = "myself"
    SKILL = "skill"
    WAY = "way"
    WORK = "work"
    QUESTION = "question"
    CONFLICT = "conflict"
    WRONG = "wrong"
    LIFE = "life"


class Help(StrEnum):
    """What would help most."""

    THINK = "think"
    EXPERIENCE = "experience"
    PRACTISE = "practise"
    ANSWER = "answer"
    HEARD = "heard"
    DECISION = "decision"


class Well(StrEnum):
    """How somebody is."""

    WELL = "well"
    STRAINED = "strained"
    ILL = "ill"
    RETURNING = "returning"
    DANGER = "danger"


class Reach(StrEnum):
    """Who can change something about it."""

    ME = "me"
    TOGETHER = "together"
    OTHERS = "others"
    UNKNOWN = "unknown"


class Near(StrEnum):
    """Whom one would rather talk with."""

    CLOSE = "close"
    APART = "apart"
    EITHER = "either"


type Answer = About | Help | Well | Reach | Near


@dataclass(frozen=True, slots=True)
class Answers:
    """The five answers; each may be left open."""

    about: About | None = None
    help: Help | None = None
    well: Well | None = None
    reach: Reach | None = None
    near: Near | None = None

    def given(self) -> Iterator[Answer]:
        """Those that were answered, in the order of the questions."""
        for one in fields(self):
            if answer := getattr(self, one.name):
                yield answer


def answers_from(given: Mapping[str, str]) -> Answers:
    """The answers as a form gives them, by question; what is not there or empty was left open."""
    return Answers(
        about=About(given["about"]) if given.get("about") else None,
        help=Help(given["help"]) if given.get("help") else None,
        well=Well(given["well"]) if given.get("well") else None,
        reach=Reach(given["reach"]) if given.get("reach") else None,
        near=Near(given["near"]) if given.get("near") else None,
    )


LEADS: Mapping[Answer, Mapping[Form, int]] = {
    About.MYSELF: {Form.COACHING: 3},
    About.SKILL: {Form.TRAINING: 3, Form.COACHING: 1},
    About.WAY: {Form.MENTORING: 3, Form.COACHING: 2},
    About.WORK: {Form.MANAGING: 3, Form.COACHING: 1},
    About.QUESTION: {Form.ADVISING: 3},
    About.CONFLICT: {Form.MEDIATION: 3, Form.COACHING: 1, Form.CONFIDENTIAL_ADVISER: 1},
    About.WRONG: {Form.CONFIDENTIAL_ADVISER: 3},
    About.LIFE: {Form.SOCIAL_WORK: 3, Form.COUNSELLING: 2},
    Help.THINK: {Form.COACHING: 3},
    Help.EXPERIENCE: {Form.MENTORING: 2},
    Help.PRACTISE: {Form.TRAINING: 2},
    Help.ANSWER: {Form.ADVISING: 2},
    Help.HEARD: {Form.COUNSELLING: 2, Form.COACHING: 1},
    Help.DECISION: {Form.MANAGING: 2},
    Well.WELL: {},
    Well.STRAINED: {Form.COMPANY_DOCTOR: 2, Form.COUNSELLING: 2},
    Well.ILL: {Form.COMPANY_DOCTOR: 3},
    Well.RETURNING: {Form.COMPANY_DOCTOR: 3},
    Well.DANGER: {},
    Reach.ME: {Form.COACHING: 1, Form.TRAINING: 1},
    Reach.TOGETHER: {Form.COACHING: 1, Form.MEDIATION: 1},
    Reach.OTHERS: {Form.MANAGING: 3},
    Reach.UNKNOWN: {Form.COACHING: 1},
    Near.CLOSE: {Form.MENTORING: 1, Form.ADVISING: 1},
    Near.APART: {Form.COACHING: 1, Form.COUNSELLING: 1},
    Near.EITHER: {},
}
"""How much each answer speaks for a form. The words for why stand in ``content/guidance.toml``, one for each pair."""

DECISIVE: Mapping[Answer, Form] = {
    Well.ILL: Form.COMPANY_DOCTOR,
    Well.RETURNING: Form.COMPANY_DOCTOR,
    About.WRONG: Form.CONFIDENTIAL_ADVISER,
}
"""Answers after which the first step is not weighed against anything."""

MOST_BESIDE = 3
ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """A form that fits, and the answers that speak for it. None: whoever does not know yet may begin there."""

    form: Form
    because: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What fits best, and what fits as well. ``urgent``: help that is there day and night comes first."""

    best: tuple[Fit, ...]
    also: tuple[Fit, ...]
    urgent: bool
    of_illness: bool


def advise(answers: Answers) -> Advice:
    """What fits. There is always something, whatever was answered or left open.

    Whoever is ill or coming back from illness is not pointed to coaching for it: that is another regime, with a
    doctor who is bound by secrecy.
    """
    given = tuple(answers.given())
    of_illness = answers.well in (Well.ILL, Well.RETURNING)
    because = {form: tuple(answer for answer in given if form in LEADS[answer]) for form in Form}
    weight = {form: sum(LEADS[answer][form] for answer in because[form]) for form in Form}
    if of_illness:
        weight[Form.COACHING] = 0
    decided = {DECISIVE[answer] for answer in given if answer in DECISIVE}
    most = max(weight.values())
    best = decided or {form for form in Form if weight[form] == most > 0} or {Form.COACHING}
    left = [form for form in Form if form not in best and weight[form] >= ENOUGH]
    also = sorted(left, key=lambda form: -weight[form])[:MOST_BESIDE]
    return Advice(
        best=tuple(Fit(form, because[form]) for form in Form if form in best),
        also=tuple(Fit(form, because[form]) for form in also),
        urgent=answers.well is Well.DANGER,
        of_illness=of_illness,
    )


def about_coming_back(about_it: bool) -> list[Finding]:
    """Why a request about coming back after illness is not started here. Empty for any other request."""
    if not about_it:
        return []
    return [
        Finding(
            code="guidance.coming_back",
            severity=Severity.BLOCKS,
            nl="Terugkomen na ziekte doe je samen met de bedrijfsarts. Daarom beginnen we hier geen coaching voor.",
            en="Coming back after illness is something you do with the company doctor. So no coaching begins for it.",
            clause=CLAUSE,
        )
    ]
