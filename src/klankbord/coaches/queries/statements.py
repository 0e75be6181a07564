"""What stands on a statement of hours, before and after it is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from klankbord.coaches.hours import years_of_acting_coach
from klankbord.coaches.models import HoursStatement
from klankbord.coaches.queries.growth import earlier_hours_of, statement_by_code
from klankbord.coaches.rules.hours import Earlier, lines_of, read_lines, total_hours
from klankbord.core import clock
from klankbord.people.api import Person
from klankbord.privacy import signing

PURPOSE = "hours statement"


def statement_lines(*, coach: Person, organisation: str, from_year: int, until_year: int, with_earlier: bool) -> str:
    """The lines as they would be signed now. For the acting coach alone: it is whose hours are counted."""
    earlier = earlier_hours_of(coach) if with_earlier else []
    return lines_of(
        coach=coach.name,
        organisation=organisation,
        from_year=from_year,
        until_year=until_year,
        made_on=clock.today().isoformat(),
        years=years_of_acting_coach(),
        earlier=[
            Earlier(one.from_year, one.until_year, one.hours, one.clients, one.source) for one in reversed(earlier)
        ],
    )


@dataclass(frozen=True)
class Statement:
    """A statement as it is read: its lines, and what can be said of them."""

    lines: Mapping[str, Any]
    total: str
    stated_total: int
    made_on: date

    @property
    def span(self) -> str:
        """The years it is about."""
        first, last = self.lines["from_year"], self.lines["until_year"]
        return str(first) if first == last else f"{first}–{last}"


def statement_read(lines: str) -> Statement:
    """The lines of a statement, ready to be shown."""
    told = read_lines(lines)
    return Statement(
        told,
        total_hours(told["counted"]),
        sum(one["hours"] for one in told["stated_by_coach"]),
        date.fromisoformat(told["made_on"]),
    )


@dataclass(frozen=True)
class Checked:
    """What a code on paper stands for. *genuine* is about the signature; *withdrawn_on* about the coach's word."""

    statement: Statement
    genuine: bool
    withdrawn_on: date | None
    signed_text: str
    signature: bytes
    public_key: bytes


def checked(code: str) -> Checked | None:
    """The statement with this code, checked against this installation's key; None when there is none.

    SECURITY: the key beside the row is for who checks elsewhere. Here only this installation's own key counts, or a
    row with another key and another signature would pass.
    """
    found = statement_by_code(code)
    if found is None:
        return None
    lines, signature, public_key, withdrawn_on = found
    genuine = signing.is_signed(PURPOSE, lines.encode(), signature)
    return Checked(statement_read(lines), genuine, withdrawn_on, lines, signature, public_key)


def read_statement(row: HoursStatement) -> Statement:
    """One's own statement, ready to be shown."""
    return statement_read(row.lines)
