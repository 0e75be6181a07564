"""The four lines of the short route and the forms of a talk, read from ``content/``."""

from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Language, Wording
from klankbord.engagements.content_files import ContentError, ContentFile, Table, by_id, read_content
from klankbord.engagements.rules.agreement import Clause, placeholders_in

FILLED = frozenset({"client", "coach"})


@dataclass(frozen=True, slots=True)
class Line:
    """One of the four lines: what it is called, what helps to write it, and what it says to begin with."""

    id: str
    title: Wording
    hint: Wording
    body: Wording


@dataclass(frozen=True, slots=True)
class TalkForm:
    """A form of a talk, and the question that prepares it."""

    id: str
    name: Wording
    about: Wording
    question: Wording


@dataclass(frozen=True, slots=True)
class TalkForms:
    """The forms, and the word to colleagues who are there when a coach looks along."""

    forms: tuple[TalkForm, ...]
    word: Wording


@cache
def four_lines() -> tuple[Line, ...]:
    """The four lines, in order."""
    return read_content("short", lambda file: file.each("line", _line))


def filled_lines(*, client: str, coach: str, language: Language) -> list[Clause]:
    """The four lines with the names put in: a proposal to start from."""
    names = {"client": client, "coach": coach}
    return [Clause(one.id, one.title.text(language), one.body.text(language).format_map(names)) for one in four_lines()]


@cache
def talk_forms() -> TalkForms:
    """The forms of a talk."""
    return read_content("talk_forms", _talk_forms)


def talk_form(form_id: str) -> TalkForm:
    """The form with this id. Raises ``KeyError``."""
    return by_id(talk_forms().forms, form_id)


def _line(table: Table) -> Line:
    line = Line(table.string("id"), table.wording("title"), table.wording("hint"), table.wording("body"))
    unknown = (placeholders_in(line.body.nl) | placeholders_in(line.body.en)) - FILLED
    if unknown:
        raise ContentError(f"line {line.id}: nobody fills {', '.join(sorted(unknown))}")
    return line


def _form(table: Table) -> TalkForm:
    return TalkForm(table.string("id"), table.wording("name"), table.wording("about"), table.wording("question"))


def _talk_forms(file: ContentFile) -> TalkForms:
    return TalkForms(forms=file.each("form", _form), word=file.wording("word"))
