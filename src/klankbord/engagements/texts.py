"""The texts that belong to the profession, read from ``content/`` and typed.

Every file has an id and a version, and every text stands there in both languages. Loading is strict: a missing
translation, a doubled id, a placeholder nobody fills or a key nobody reads is an error, because a text that
silently falls away is found by a client. What was read is kept for as long as the process lives.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, Protocol

from klankbord.engagements.rules.agreement import (
    PLACEHOLDERS,
    AgreementFacts,
    Clause,
    ClauseTemplate,
    fill_clauses,
    placeholders_in,
)
from klankbord.engagements.rules.finding import Language, Wording

CONTENT = Path(__file__).parent / "content"


class ContentError(Exception):
    """A content file that cannot be used, with the file and the place in it."""


# --- what there is to read ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """The clauses an agreement begins with; the version is kept with every agreement made from them."""

    version: int
    templates: tuple[ClauseTemplate, ...]


@dataclass(frozen=True, slots=True)
class GuidePart:
    """One of the three parts of the introductory talk, with a preparation for each of the two."""

    id: str
    title: Wording
    about: Wording
    client: tuple[Wording, ...]
    coach: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """A question both answer, each from their own side, to be put side by side."""

    id: str
    title: Wording
    client: Wording
    coach: Wording


@dataclass(frozen=True, slots=True)
class Start:
    """A way in which client and coach may find each other, and how a coach could begin then."""

    id: str
    title: Wording
    hear: Wording
    begin: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class ThinkingAid:
    """For the coach alone. Nobody stores which of the starts was read: it would be a label on the client."""

    lead: Wording
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True)
class IntroductionGuide:
    """The guide for the one introductory talk."""

    version: int
    lead: Wording
    parts: tuple[GuidePart, ...]
    expectations: tuple[Expectation, ...]
    thinking_aid: ThinkingAid


class SessionPage(StrEnum):
    """The pages of a session beside which a quiet line may be asked for."""

    TOPIC = "topic"
    REFLECTION = "reflection"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class QuietLine:
    """An open question that appears when somebody asks for one."""

    id: str
    page: SessionPage
    wording: Wording


class About(StrEnum):
    """What a question of the final report looks at."""

    BROUGHT = "brought"
    WORK = "work"
    ONWARD = "onward"


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A question for the client's final report."""

    id: str
    about: About
    title: Wording
    question: Wording


@dataclass(frozen=True, slots=True)
class CribLine:
    """A line on the card with which the client tells the manager."""

    id: str
    title: Wording
    hint: Wording


@dataclass(frozen=True, slots=True)
class ClosingGuide:
    """What helps to close: questions for the report, and the crib for telling the manager."""

    version: int
    lead: Wording
    questions: tuple[ReportQuestion, ...]
    crib: tuple[CribLine, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """What a request may be about. A sensitive theme is shown only where the client's own words are."""

    id: str
    label: Wording
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Help that may fit better than coaching, and when. ``urgent`` ones stand first and stay in sight."""

    id: str
    name: Wording
    fits: Wording
    contact: Wording | None
    urgent: bool


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """A rule in words: what a finding names as the clause that decided."""

    id: str
    wording: Wording


# --- the doors ------------------------------------------------------------------------------------------------


@cache
def clauses() -> ClauseSet:
    """The clauses of the agreement."""
    return _read("clauses", lambda file: ClauseSet(file.version, file.each("clause", _clause)))


def filled_clauses(facts: AgreementFacts, language: Language) -> list[Clause]:
    """The clauses of the agreement in ``language``, filled with ``facts``: a proposal to start from."""
    return fill_clauses(clauses().templates, facts, language)


@cache
def introduction() -> IntroductionGuide:
    """The guide for the introductory talk."""
    return _read("introduction", _introduction)


def session_lines(page: SessionPage) -> tuple[QuietLine, ...]:
    """The quiet lines beside one page of a session."""
    return tuple(line for line in _all_session_lines() if line.page is page)


@cache
def closing() -> ClosingGuide:
    """The questions for the final report and the crib for telling the manager."""
    return _read("closing", _closing)


@cache
def themes() -> tuple[Theme, ...]:
    """What a request may be about, in the order in which it is shown."""
    return _read(
        "themes",
        lambda file: file.each("theme", lambda t: Theme(t.string("id"), t.own_wording(), t.flag("sensitive"))),
    )


def theme(theme_id: str) -> Theme:
    """The theme with this id. Raises ``KeyError`` for an id that is not in the file."""
    return _by_id(themes(), theme_id)


@cache
def neighbours() -> tuple[Neighbour, ...]:
    """Neighbouring help, the urgent ones first."""
    found = _read("neighbours", lambda file: file.each("neighbour", _neighbour))
    return tuple(sorted(found, key=lambda neighbour: not neighbour.urgent))


@cache
def policy_clauses() -> tuple[PolicyClause, ...]:
    """The rules in words."""
    return _read("policy", lambda file: file.each("clause", lambda t: PolicyClause(t.string("id"), t.own_wording())))


def policy_clause(clause_id: str) -> PolicyClause:
    """The rule with this id. Raises ``KeyError`` for an id that is not in the file."""
    return _by_id(policy_clauses(), clause_id)


# --- reading strictly -----------------------------------------------------------------------------------------


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


def _by_id[T: _HasId](items: Iterable[T], wanted: str) -> T:
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)


class _Table:
    """One table of a content file. Remembers what was read, so that a misspelt key comes to light."""

    def __init__(self, content: dict[str, Any], where: str) -> None:
        self._content = content
        self._where = where
        self._unread = set(content)

    def string(self, key: str) -> str:
        """A text that is there and not empty."""
        return self._take(key, str).strip() or self._refuse(key, "is empty")

    def flag(self, key: str) -> bool:
        """Yes or no."""
        return self._take(key, bool)

    def number(self, key: str) -> int:
        """A whole number."""
        return self._take(key, int)

    def choice[E: StrEnum](self, key: str, kind: type[E]) -> E:
        """One of the words of ``kind``."""
        word = self.string(key)
        return kind(word) if word in set(kind) else self._refuse(key, f"should be one of {', '.join(kind)}")

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is not there."""
        return tuple(str(one) for one in self._take(key, list)) if key in self._content else ()

    def within[T](self, key: str, read: Callable[[_Table], T]) -> T:
        """What ``read`` makes of the table under ``key``, nothing of it left unread."""
        return self._read_whole(self._take(key, dict), key, read)

    def own_wording(self) -> Wording:
        """The two languages of this table itself."""
        return Wording(nl=self.string("nl"), en=self.string("en"))

    def wording(self, key: str) -> Wording:
        """A text in both languages, and nothing else beside them."""
        return self.within(key, _Table.own_wording)

    def wording_or_none(self, key: str) -> Wording | None:
        """A text in both languages that may be left out as a whole."""
        return self.wording(key) if key in self._content else None

    def wordings(self, key: str) -> tuple[Wording, ...]:
        """A list of texts, each in both languages."""
        return self._read_each(key, _Table.own_wording)

    def each[T: _HasId](self, key: str, read: Callable[[_Table], T]) -> tuple[T, ...]:
        """A list of tables with an id each, read one by one. No two may share their id."""
        items = self._read_each(key, read)
        ids = [item.id for item in items]
        if len(set(ids)) != len(ids):
            self._refuse(key, "uses an id twice")
        return items

    def finish(self) -> None:
        """To be called when all is read: what is left over was misspelt or forgotten."""
        if self._unread:
            raise ContentError(f"{self._where}: nobody reads {', '.join(sorted(self._unread))}")

    def _read_each[T](self, key: str, read: Callable[[_Table], T]) -> tuple[T, ...]:
        tables = enumerate(self._take(key, list), start=1)
        return tuple(self._read_whole(content, f"{key} {number}", read) for number, content in tables)

    def _read_whole[T](self, content: dict[str, Any], where: str, read: Callable[[_Table], T]) -> T:
        table = _Table(content, f"{self._where}, {where}")
        result = read(table)
        table.finish()
        return result

    def _take[T](self, key: str, kind: type[T]) -> T:
        value = self._content.get(key)
        if not isinstance(value, kind):
            self._refuse(key, "is missing" if value is None else f"should be a {kind.__name__}")
        self._unread.discard(key)
        return value

    def _refuse(self, key: str, why: str) -> NoReturn:
        raise ContentError(f"{self._where}: {key} {why}")


class _File(_Table):
    """A whole content file, with its version."""

    def __init__(self, name: str) -> None:
        path = CONTENT / f"{name}.toml"
        super().__init__(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        self.version = self.number("version")
        if self.string("id") != name:
            self._refuse("id", f"should be {name}, like the file")


def _read[T](name: str, read: Callable[[_File], T]) -> T:
    """Read one file whole; what nobody asked for is an error."""
    file = _File(name)
    content = read(file)
    file.finish()
    return content


# --- one reader for each kind of table ------------------------------------------------------------------------


def _clause(table: _Table) -> ClauseTemplate:
    clause = ClauseTemplate(
        id=table.string("id"),
        title=table.wording("title"),
        body=table.wording("body"),
        why=table.wording("why"),
        needs=table.strings("needs"),
        without=table.wording_or_none("without"),
    )
    wordings = [clause.body, clause.without] if clause.without else [clause.body]
    used = [placeholders_in(text) for wording in wordings for text in (wording.nl, wording.en)]
    unknown = frozenset(clause.needs).union(*used) - PLACEHOLDERS
    if unknown:
        raise ContentError(f"clause {clause.id}: nobody fills {', '.join(sorted(unknown))}")
    if bool(clause.needs) != bool(clause.without):
        raise ContentError(f"clause {clause.id}: needs and without belong together")
    return clause


def _introduction(file: _File) -> IntroductionGuide:
    return IntroductionGuide(
        version=file.version,
        lead=file.wording("lead"),
        parts=file.each("part", _part),
        expectations=file.each("expectation", _expectation),
        thinking_aid=file.within("thinking_aid", lambda t: ThinkingAid(t.wording("lead"), t.each("start", _start))),
    )


def _part(table: _Table) -> GuidePart:
    return GuidePart(
        id=table.string("id"),
        title=table.wording("title"),
        about=table.wording("about"),
        client=table.wordings("client"),
        coach=table.wordings("coach"),
    )


def _expectation(table: _Table) -> Expectation:
    return Expectation(
        id=table.string("id"),
        title=table.wording("title"),
        client=table.wording("client"),
        coach=table.wording("coach"),
    )


def _start(table: _Table) -> Start:
    return Start(
        id=table.string("id"),
        title=table.wording("title"),
        hear=table.wording("hear"),
        begin=table.wordings("begin"),
    )


@cache
def _all_session_lines() -> tuple[QuietLine, ...]:
    return _read("session", lambda file: file.each("line", _line))


def _line(table: _Table) -> QuietLine:
    return QuietLine(table.string("id"), table.choice("page", SessionPage), table.own_wording())


def _closing(file: _File) -> ClosingGuide:
    return ClosingGuide(
        version=file.version,
        lead=file.wording("lead"),
        questions=file.each("question", _question),
        crib=file.each("crib", lambda t: CribLine(t.string("id"), t.wording("title"), t.wording("hint"))),
    )


def _question(table: _Table) -> ReportQuestion:
    return ReportQuestion(
        id=table.string("id"),
        about=table.choice("about", About),
        title=table.wording("title"),
        question=table.wording("question"),
    )


def _neighbour(table: _Table) -> Neighbour:
    return Neighbour(
        id=table.string("id"),
        name=table.wording("name"),
        fits=table.wording("fits"),
        contact=table.wording_or_none("contact"),
        urgent=table.flag("urgent"),
    )
