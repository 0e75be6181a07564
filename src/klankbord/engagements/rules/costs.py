"""What external coaching costs: money in cents, what is left of a year's budget, and what policy says of a rate.

Costs are of one engagement and of the whole organisation, and of nothing in between: an amount per unit would name
whoever is coached there, as soon as there is one invoice.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from klankbord.policy.rules.finding import Finding, Severity

RATE, BUDGET = "costs.rate", "costs.budget"
CLAUSES = frozenset({RATE, BUDGET})

_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?:[.,](?P<rest>\d{1,2}))?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


YEARS_KEPT = 7
"""Whole calendar years for which the books of an organisation are kept (artikel 52 AWR)."""


def kept_until(*days: date | None) -> date:
    """The last day on which the money of a coaching is kept: *days* are those on which something was done with it."""
    return date(max(day.year for day in days if day) + YEARS_KEPT, 12, 31)


def cents_from(text: str) -> int | None:
    """An amount as people write it ("1.250", "1250,5", "€ 90,00") in cents; None for what is no amount.

    A point before exactly three digits separates thousands, as it does in Dutch; otherwise it is a decimal point.
    """
    found = _AMOUNT.fullmatch(text.replace("€", "").replace("\u00a0", " ").strip().removesuffix(",-").strip())
    if found is None:
        return None
    whole = int(re.sub(r"[. ]", "", found["whole"]))
    rest = (found["rest"] or "").ljust(2, "0")
    return whole * 100 + int(rest or 0)


def planned_for(*, rate: int, minutes: int, talks: int) -> int:
    """What *talks* of *minutes* each come to at *rate* an hour; all money in cents, rounded to whole cents."""
    return round(rate * minutes * talks / 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The money of one engagement in cents. ``agreed`` is None as long as the coach has not said yes to an amount."""

    planned: int
    agreed: int | None = None
    spent: int = 0
    over: bool = False

    @property
    def expected(self) -> int:
        """What it is going to cost: what was spent once it is over; until then what was agreed or planned, or more."""
        if self.over:
            return self.spent
        return max(self.planned if self.agreed is None else self.agreed, self.spent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year's budget, in cents. ``booked`` is None when nothing was booked yet."""

    booked: int | None
    planned: int
    agreed: int
    spent: int
    expected: int

    @property
    def left(self) -> int | None:
        """What nothing is expected to be spent on; below zero when more is expected than was booked."""
        return None if self.booked is None else self.booked - self.expected

    def reaches(self, warn_at: int) -> bool:
        """Whether *warn_at* per cent of the budget, or more, is taken."""
        return self.booked is not None and self.expected * 100 >= self.booked * warn_at


def year_of(booked: int | None, costs: Iterable[Cost]) -> Year:
    """The sums of a year. What is planned counts until something is agreed."""
    known = list(costs)
    return Year(
        booked=booked,
        planned=sum(one.planned for one in known if one.agreed is None),
        agreed=sum(one.agreed or 0 for one in known),
        spent=sum(one.spent for one in known),
        expected=sum(one.expected for one in known),
    )


def rate_findings(rate: int, most: int) -> list[Finding]:
    """Whether this rate (cents an hour) is within what policy allows (*most* in whole euros; 0: no limit)."""
    if not most or rate <= most * 100:
        return []
    return [
        Finding(
            code="costs.rate_too_high",
            severity=Severity.BLOCKS,
            nl="Het beleid vergoedt ten hoogste {most} euro per uur. Spreek minder af, of pas eerst het beleid aan.",
            en="The policy allows {most} euros an hour at most. Agree on a lower rate, or change the policy first.",
            clause=RATE,
            names=(("most", str(most)),),
        )
    ]


def budget_findings(year: Year, warn_at: int) -> list[Finding]:
    """What is to be said of a year: that it is nearly full, or that more is expected than was booked."""
    if year.left is not None and year.left < 0:
        return [
            Finding(
                code="costs.budget_over",
                severity=Severity.WARNS,
                nl="Er wordt meer uitgegeven dan er dit jaar geboekt is. Lopende coaching gaat gewoon door.",
                en="More is going to be spent than was booked this year. Coaching that runs simply goes on.",
                clause=BUDGET,
            )
        ]
    if not year.reaches(warn_at):
        return []
    return [
        Finding(
            code="costs.budget_nearly",
            severity=Severity.WARNS,
            nl="Van het budget van dit jaar is {share} procent of meer vergeven. Kijk op tijd wat er nog bij kan.",
            en="Of this year's budget {share} per cent or more is taken. See in time what still fits.",
            clause=BUDGET,
            names=(("share", str(warn_at)),),
        )
    ]


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The rows for a spreadsheet that takes semicolons, as Dutch ones do. Text is never read as a formula."""
    paper = io.StringIO()
    lines = csv.writer(paper, delimiter=";", lineterminator="\r\n")
    lines.writerow(headings)
    lines.writerows([[_as_text(cell) for cell in row] for row in rows])
    return paper.getvalue().encode("utf-8-sig")


def _as_text(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
