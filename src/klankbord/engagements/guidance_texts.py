"""The words of the forms of guidance: the five questions, what there is, and why something fits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Wording
from klankbord.engagements.content_files import ContentFile, Table, by_id, read_content
from klankbord.engagements.rules.guidance import Answer, Form

UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    id: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class GuidanceQuestion:
    """One of the five questions."""

    id: str
    title: Wording
    answers: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FormOfGuidance:
    """What a form of guidance is called, what it is, and who does it."""

    id: str
    name: Wording
    what: Wording
    who: Wording


@dataclass(frozen=True, slots=True)
class Guidance:
    """All of it."""

    version: int
    questions: tuple[GuidanceQuestion, ...]
    forms: tuple[FormOfGuidance, ...]
    whys: tuple[Choice, ...]


@cache
def guidance() -> Guidance:
    """The questions, the forms and the reasons."""
    return read_content("guidance", _guidance)


def form_of_guidance(form: Form) -> FormOfGuidance:
    """The words of this form."""
    return by_id(guidance().forms, form.value)


def why(answer: Answer, form: Form) -> Wording:
    """Why this answer speaks for this form."""
    return by_id(guidance().whys, f"{answer.value}.{form.value}").wording


def why_unsure() -> Wording:
    """Why coaching is a way to begin for whoever does not know yet."""
    return by_id(guidance().whys, UNSURE).wording


def _guidance(file: ContentFile) -> Guidance:
    return Guidance(
        version=file.version,
        questions=file.each("question", _question),
        forms=file.each(
            "form",
            lambda t: FormOfGuidance(t.string("id"), t.wording("name"), t.wording("what"), t.wording("who")),
        ),
        whys=file.each("why", _choice),
    )


def _question(table: Table) -> GuidanceQuestion:
    return GuidanceQuestion(table.string("id"), table.wording("title"), table.each("answers", _choice))


def _choice(table: Table) -> Choice:
    return Choice(table.string("id"), table.own_wording())
