"""How long the texts of a closed engagement are kept, as a date and in words."""

from __future__ import annotations

from datetime import date

from klankbord.core.calendar import months_after
from klankbord.core.spoken import date_words, days_words, months_words
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.policy.rules.content import TEMPLATE
from klankbord.policy.rules.finding import Finding, Severity

CLAUSE = "retention.term"
_COUNT_IN_DAYS_UNTIL = 60


def destroy_on(closed_on: date, months: int = TEMPLATE.retention_months) -> date:
    """The day on which the texts are destroyed: the same day of the month, ``months`` later.

    A month that is too short gives its last day, so a term never spills into the month after it.
    Raises ``ValueError`` for a negative term.
    """
    if months < 0:
        raise ValueError("a term of retention cannot be negative")
    return months_after(closed_on, months)


def whole_months_between(today: date, later: date) -> int:
    """How many whole months fit between two days; 0 when ``later`` is not later."""
    if later <= today:
        return 0
    months = (later.year - today.year) * 12 + later.month - today.month
    return months if destroy_on(today, months) <= later else months - 1


def retention_sentence(closed_on: date | None, today: date, months: int = TEMPLATE.retention_months) -> Finding:
    """What happens to the texts and when, in words. ``closed_on`` is ``None`` while the coaching goes on."""
    if closed_on is None:
        return _informs("retention.running", *_while_running(months))
    day = destroy_on(closed_on, months)
    left = (day - today).days
    if left < 0:
        return _informs(
            "retention.destroyed",
            f"De teksten van deze coaching zijn op {date_words(day, 'nl')} vernietigd.",
            f"The texts of this coaching were destroyed on {date_words(day, 'en')}.",
        )
    if left == 0:
        return _informs(
            "retention.today",
            "De teksten van deze coaching worden vandaag vernietigd. Bewaar nu wat je wilt houden.",
            "The texts of this coaching are destroyed today. Save now what you want to keep.",
        )
    return _informs("retention.counting", *_while_counting(day, today))


def no_more_writing(
    phase: Phase, destroyed_on: date | None, today: date, *, after_closing: bool, after_stopping: bool = False
) -> list[Finding]:
    """Whether it is too late to write something.

    ``after_closing`` is for what may be finished when all else is done, ``after_stopping`` for what may be written even
    when the coaching was stopped.

    Empty while it may be written. From the day on which the texts are destroyed nothing is, whatever the phase.
    """
    done = (phase is Phase.ENDED and not after_stopping) or (phase is Phase.CLOSED and not after_closing)
    if not done and (destroyed_on is None or today < destroyed_on):
        return []
    return [
        Finding(
            code="retention.no_more_writing",
            severity=Severity.BLOCKS,
            nl="Deze coaching is voorbij. Je kunt hier niets meer schrijven.",
            en="This coaching is over. Nothing more can be written here.",
            clause=CLAUSE,
        )
    ]


def _while_running(months: int) -> tuple[str, str]:
    nl = f"De teksten blijven staan zolang de coaching loopt. Daarna blijven ze {months_words(months, 'nl')} bewaard."
    en = f"The texts stay as long as the coaching goes on. After that they are kept for {months_words(months, 'en')}."
    return nl, en


def _while_counting(day: date, today: date) -> tuple[str, str]:
    left = (day - today).days
    if left <= _COUNT_IN_DAYS_UNTIL:
        nl, en = f"nog {days_words(left, 'nl')}", f"{days_words(left, 'en')} left"
    else:
        whole = whole_months_between(today, day)
        nl, en = f"nog ruim {months_words(whole, 'nl')}", f"over {months_words(whole, 'en')} left"
        if destroy_on(today, whole) == day:
            nl, en = f"nog {months_words(whole, 'nl')}", f"{months_words(whole, 'en')} left"
    return (
        f"De teksten worden op {date_words(day, 'nl')} vernietigd: {nl}. Wat je wilt houden, kun je tot dan bewaren.",
        f"The texts are destroyed on {date_words(day, 'en')}: {en}. Until then you can save what you want to keep.",
    )


def _informs(code: str, nl: str, en: str) -> Finding:
    return Finding(code=code, severity=Severity.INFORMS, nl=nl, en=en, clause=CLAUSE)
