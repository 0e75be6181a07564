"""The texts that belong to the profession, read from ``content/`` and typed.

How strictly they are read stands in ``content_files``. What was read is kept for as long as the process lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from klankbord.core.wording import Language, Wording
from klankbord.engagements.content_files import ContentError, ContentFile, Table, read_content
from klankbord.engagements.rules.agreement import (
    PLACEHOLDERS,
    AgreementFacts,
    Clause,
    ClauseTemplate,
    fill_clauses,
    placeholders_in,
)

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


# --- the doors ------------------------------------------------------------------------------------------------


@cache
def clauses() -> ClauseSet:
    """The clauses of the agreement."""
    return read_content("clauses", lambda file: ClauseSet(file.version, file.each("clause", _clause)))


def filled_clauses(facts: AgreementFacts, language: Language) -> list[Clause]:
    """The clauses of the agreement in ``language``, filled with ``facts``: a proposal to start from."""
    return fill_clauses(clauses().templates, facts, language)


@cache
def introduction() -> IntroductionGuide:
    """The guide for the introductory talk."""
    return read_content("introduction", _introduction)


def session_lines(page: SessionPage) -> tuple[QuietLine, ...]:
    """The quiet lines beside one page of a session."""
    return tuple(line for line in _all_session_lines() if line.page is page)


@cache
def closing() -> ClosingGuide:
    """The questions for the final report and the crib for telling the manager."""
    return read_content("closing", _closing)


# --- one reader for each kind of table ------------------------------------------------------------------------


def _clause(table: Table) -> ClauseTemplate:
    clause = ClauseTemplate(
        id=table.string("id"),
        title=table.wording("title"),
        body=table.wording("body"),
        why=table.wording("why"),
        needs=table.strings("needs"),
        without=table.wording_or_none("without"),
        only_with=table.strings("only_with"),
    )
    wordings = [clause.body, clause.without] if clause.without else [clause.body]
    used = [placeholders_in(text) for wording in wordings for text in (wording.nl, wording.en)]
    unknown = frozenset((*clause.needs, *clause.only_with)).union(*used) - PLACEHOLDERS
    if unknown:
        raise ContentError(f"clause {clause.id}: nobody fills {', '.join(sorted(unknown))}")
    if bool(clause.needs) != bool(clause.without):
        raise ContentError(f"clause {clause.id}: needs and without belong together")
    return clause


def _introduction(file: ContentFile) -> IntroductionGuide:
    return IntroductionGuide(
        version=file.version,
        lead=file.wording("lead"),
        parts=file.each("part", _part),
        expectations=file.each("expectation", _expectation),
        thinking_aid=file.within("thinking_aid", lambda t: ThinkingAid(t.wording("lead"), t.each("start", _start))),
    )


def _part(table: Table) -> GuidePart:
    return GuidePart(
        id=table.string("id"),
        title=table.wording("title"),
        about=table.wording("about"),
        client=table.wordings("client"),
        coach=table.wordings("coach"),
    )


def _expectation(table: Table) -> Expectation:
    return Expectation(
        id=table.string("id"),
        title=table.wording("title"),
        client=table.wording("client"),
        coach=table.wording("coach"),
    )


def _start(table: Table) -> Start:
    return Start(
        id=table.string("id"),
        title=table.wording("title"),
        hear=table.wording("hear"),
        begin=table.wordings("begin"),
    )


@cache
def _all_session_lines() -> tuple[QuietLine, ...]:
    return read_content("session", lambda file: file.each("line", _line))


def _line(table: Table) -> QuietLine:
    return QuietLine(table.string("id"), table.choice("page", SessionPage), table.own_wording())


def _closing(file: ContentFile) -> ClosingGuide:
    return ClosingGuide(
        version=file.version,
        lead=file.wording("lead"),
        questions=file.each("question", _question),
        crib=file.each("crib", lambda t: CribLine(t.string("id"), t.wording("title"), t.wording("hint"))),
    )


def _question(table: Table) -> ReportQuestion:
    return ReportQuestion(
        id=table.string("id"),
        about=table.choice("about", About),
        title=table.wording("title"),
        question=table.wording("question"),
    )
