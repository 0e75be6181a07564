"""What a spreadsheet of a coordinator says about coaches, hours and coaching that runs: judged row by row.

Nothing in it becomes true by itself. What is right is laid before whoever it is about, and that person decides.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from klankbord.people.import_rows import Param, RowProblem
from klankbord.people.import_rules import day_from
from klankbord.people.rules import folded, normalised_email, normalised_staff_number, tidy

FIRST_YEAR, MOST_HOURS, MOST_CLIENTS, MOST_TALKS, MOST_ROOM = 1960, 50_000, 10_000, 50, 99
SOURCE_LIMIT, PLACE_LIMIT = 120, 80


class Kind(StrEnum):
    """What a sheet is about."""

    COACHES = "coaches"
    ENGAGEMENTS = "engagements"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it was written: in which sheet, of which kind, and what each known column says."""

    kind: Kind
    sheet: str
    row: int
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the organisation, as a row may be about."""

    id: UUID
    name: str
    coach: bool
    external: bool


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """Something in a sheet that has to change first."""

    sheet: str
    problem: RowProblem


@dataclass(frozen=True, slots=True)
class Offered:
    """What is laid before *person*: facts for a profile, hours, or that they are coached by *coach*."""

    kind: Kind
    sheet: str
    row: int
    person: UUID
    content: Mapping[str, object]
    coach: UUID | None = None

    @property
    def mark(self) -> str:
        """The same for the same thing said about the same people, whatever row it stands in."""
        said = json.dumps([self.kind, str(self.person), str(self.coach), self.content], sort_keys=True)
        return sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """Everything that would be laid before people, or everything that is wrong: carried out whole or not at all."""

    problems: tuple[SheetProblem, ...] = ()
    offers: tuple[Offered, ...] = ()
    unchanged: int = 0

    @property
    def mark(self) -> str:
        """A fingerprint of what this plan would do."""
        return sha256(" ".join(one.mark for one in self.offers).encode()).hexdigest()


@dataclass(frozen=True)
class Standing:
    """What is known before a file is judged. *people* by address and by staff number, *words* by folded word."""

    me: UUID
    today: datetime.date
    people: Mapping[str, Known] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    running: frozenset[tuple[UUID, UUID]] = frozenset()
    offered: frozenset[str] = frozenset()


def names_in(rows: Iterable[SheetRow]) -> tuple[set[str], set[str]]:
    """The addresses and the staff numbers that these rows name people by."""
    written = {row.said.get(column, "") for row in rows for column in ("coach", "coach_number", "client")} - {""}
    emails = {normalised_email(one) for one in written if "@" in one}
    return emails, {normalised_staff_number(one) for one in written if "@" not in one}


def plan_sheets(standing: Standing, rows: Sequence[SheetRow]) -> SheetPlan:
    """Judge every row. Sending the same file again gives an empty plan."""
    problems: list[SheetProblem] = []
    offers: list[Offered] = []
    seen: dict[object, Offered] = {}
    unchanged = 0
    for row in rows:
        judged = _Judged(standing, row)
        offer = _JUDGES[row.kind](judged)
        if offer is not None and not judged.problems:
            about = (row.kind, offer.person, offer.coach) if row.kind is not Kind.HOURS else offer.mark
            if about in seen:
                judged.wrong("coach", "twice", other_row=seen[about].row, other_sheet=seen[about].sheet)
            seen.setdefault(about, offer)
        problems += judged.problems
        if offer is None or judged.problems:
            continue
        if offer.mark in standing.offered or (offer.person, offer.coach) in standing.running:
            unchanged += 1
        else:
            offers.append(offer)
    return SheetPlan(tuple(problems), () if problems else tuple(offers), unchanged)


class _Judged:
    """One row while it is judged: what it says, and what is wrong with it."""

    def __init__(self, standing: Standing, row: SheetRow) -> None:
        self.standing, self.row = standing, row
        self.problems: list[SheetProblem] = []

    def said(self, column: str) -> str:
        return self.row.said.get(column, "")

    def wrong(self, column: str, code: str, **params: Param) -> None:
        self.problems.append(SheetProblem(self.row.sheet, RowProblem(self.row.row, column, code, params)))

    def person(self, *columns: str) -> Known | None:
        """Whoever this row names there; somebody else than who reads the file."""
        column = next((one for one in columns if self.said(one)), columns[0])
        written = self.said(column)
        if not written:
            self.wrong(column, "nobody")
            return None
        key = normalised_email(written) if "@" in written else normalised_staff_number(written)
        known = self.standing.people.get(key)
        if known is None:
            self.wrong(column, "unknown", value=written)
        elif known.id == self.standing.me and self.row.kind is not Kind.ENGAGEMENTS:
            self.wrong(column, "yourself")
            return None
        return known

    def coach(self) -> Known | None:
        known = self.person("coach", "coach_number")
        if known is not None and not known.coach:
            self.wrong("coach", "no_coach", name=known.name)
        return known

    def number(self, column: str, least: int, most: int, *, needed: bool = False) -> int | None:
        written = self.said(column)
        if not written:
            if needed:
                self.wrong(column, "number_missing")
            return None
        number = whole_number(written)
        if number is None or not least <= number <= most:
            self.wrong(column, "number_wrong", value=written, least=least, most=most)
            return None
        return number

    def day(self, column: str, *, needed: bool = False) -> datetime.date | None:
        written = self.said(column)
        if not written:
            if needed:
                self.wrong(column, "day_missing")
            return None
        day = written_day(written)
        if day is None:
            self.wrong(column, "day_wrong", value=written)
        return day

    def choices(self, column: str, known: Mapping[str, str]) -> list[str]:
        found = []
        for word in words_in(self.said(column)):
            choice = known.get(folded(word))
            if choice is None:
                self.wrong(column, f"{column}_unknown", value=word)
            elif choice not in found:
                found.append(choice)
        return found


def _coaches(row: _Judged) -> Offered | None:
    coach = row.coach()
    content: dict[str, object] = {}
    for column, known in (("themes", row.standing.themes), ("languages", row.standing.languages)):
        if row.said(column):
            content[column] = row.choices(column, known)
    if row.said("places"):
        content["places"] = list(dict.fromkeys(words_in(row.said("places"))))
        if any(len(place) > PLACE_LIMIT for place in words_in(row.said("places"))):
            row.wrong("places", "too_long", limit=PLACE_LIMIT)
    capacity = row.number("capacity", 0, MOST_ROOM)
    if capacity is not None:
        content["capacity"] = capacity
    if row.said("online"):
        online = yes_or_no(row.said("online"))
        if online is None:
            row.wrong("online", "yes_or_no", value=row.said("online"))
        else:
            content["online"] = online
    if not content and not row.problems:
        row.wrong("coach", "says_nothing")
    return None if coach is None else Offered(Kind.COACHES, row.row.sheet, row.row.row, coach.id, content)


def _engagements(row: _Judged) -> Offered | None:
    client, coach = row.person("client"), row.coach()
    since, end = row.day("since", needed=True), row.day("end")
    talks = row.number("talks", 1, MOST_TALKS)
    if since is not None and since > row.standing.today:
        row.wrong("since", "still_to_come", value=row.said("since"))
    if since is not None and end is not None and end < since:
        row.wrong("end", "end_before_begin")
    if client is None or coach is None:
        return None
    if client.id == row.standing.me:
        row.wrong("client", "yourself")
    if client.id == coach.id:
        row.wrong("coach", "same_person", name=client.name)
    _internal(row, coach)
    content: dict[str, object] = {"since": str(since), "end": str(end) if end else "", "talks": talks or 0}
    return Offered(Kind.ENGAGEMENTS, row.row.sheet, row.row.row, client.id, content, coach.id)


def _internal(row: _Judged, coach: Known) -> None:
    word = folded(row.said("internal"))
    if word in _INTERNAL | _EXTERNAL:
        if (word in _EXTERNAL) is not coach.external:
            row.wrong("internal", "is_external" if coach.external else "is_internal", name=coach.name)
    elif word:
        row.wrong("internal", "internal_unknown", value=row.said("internal"))


def _hours(row: _Judged) -> Offered | None:
    coach = row.coach()
    year = row.standing.today.year
    first = row.number("from_year", FIRST_YEAR, year, needed=True)
    last = row.number("until_year", FIRST_YEAR, year) if row.said("until_year") else first
    hours = row.number("hours", 1, MOST_HOURS, needed=True)
    clients = row.number("clients", 1, MOST_CLIENTS)
    if first and last and last < first:
        row.wrong("until_year", "end_before_begin")
    source = row.said("source")
    if not source or len(source) > SOURCE_LIMIT:
        row.wrong("source", "too_long" if source else "source_missing", limit=SOURCE_LIMIT)
    content: dict[str, object] = {
        "from_year": first, "until_year": last, "hours": hours, "clients": clients, "source": source
    }  # fmt: skip
    return None if coach is None else Offered(Kind.HOURS, row.row.sheet, row.row.row, coach.id, content)


_JUDGES: Mapping[Kind, Callable[[_Judged], Offered | None]] = {
    Kind.COACHES: _coaches,
    Kind.ENGAGEMENTS: _engagements,
    Kind.HOURS: _hours,
}

# --- what people write in a cell ------------------------------------------------------------------------------------

_YES = frozenset({"ja", "j", "yes", "y", "x", "1", "waar", "true"})
_NO = frozenset({"nee", "n", "no", "0", "-", "onwaar", "false"})
_INTERNAL = frozenset({"intern", "interne", "internal", "van ons"})
_EXTERNAL = frozenset({"extern", "externe", "external", "van buiten"})
_NUMBER = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,0+|\.0{1,2})?(?: ?[a-z.]+)?")
_MONTH = re.compile(r"(?:(\d{1,2})(?:e|st|nd|rd|th)? )?([a-z]{3,})\.? (\d{4})")
_MONTHS = (
    ("jan", "januari", "january"), ("feb", "februari", "february"), ("mrt", "maart", "mar", "march"),
    ("apr", "april"), ("mei", "may"), ("jun", "juni", "june"), ("jul", "juli", "july"),
    ("aug", "augustus", "august"), ("sep", "sept", "september"), ("okt", "oktober", "oct", "october"),
    ("nov", "november"), ("dec", "december"),
)  # fmt: skip
_MONTH_NUMBER = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words}
_YEAR_AND_MONTH = re.compile(r"(?:(\d{1,2})[-/](\d{4})|(\d{4})-(\d{1,2}))")


def yes_or_no(written: str) -> bool | None:
    """What a word of agreement means; None when it is neither."""
    word = folded(tidy(written))
    return word in _YES if word in _YES | _NO else None


def whole_number(written: str) -> int | None:
    """A whole number as people write it: 1200, 1.200, 1 200, 1200,00 and "120 uur"."""
    match = _NUMBER.fullmatch(folded(tidy(written)))
    return int(re.sub(r"\D", "", match[1])) if match else None


def written_day(written: str) -> datetime.date | None:
    """A day as people write it: 2026-03-01, 1-3-2026, 1 maart 2026. A month alone is its first day."""
    day = day_from(written)
    if day is not None:
        return day
    word = folded(tidy(written))
    parts = _MONTH.fullmatch(word)
    if parts is not None and parts[2] in _MONTH_NUMBER:
        return _date(parts[3], _MONTH_NUMBER[parts[2]], parts[1] or 1)
    short = _YEAR_AND_MONTH.fullmatch(word)
    return _date(short[2] or short[3], short[1] or short[4], 1) if short else None


def _date(year: str, month: str | int, day: str | int) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def words_in(written: str) -> list[str]:
    """The words of a list in a cell, with semicolons or commas between them."""
    return [word for word in (tidy(part) for part in written.split(";" if ";" in written else ",")) if word]
