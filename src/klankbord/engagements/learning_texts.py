"""The texts of the learning spiral, of self-steering and of the working together, read from ``content/``."""

from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Wording
from klankbord.engagements.content_files import ContentFile, Table, by_id, read_content

# --- learning -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Described:
    """A step of the spiral, or a way of being steered: what it is called, and what that is like."""

    id: str
    name: Wording
    about: Wording


@dataclass(frozen=True, slots=True)
class Word:
    """Something a client may say about the way of working: as a title, with an introduction and a field."""

    id: str
    title: Wording
    lead: Wording
    label: Wording


@dataclass(frozen=True, slots=True)
class Learning:
    """All of it, in the order in which it is shown."""

    version: int
    steps: tuple[Described, ...]
    levels: tuple[Described, ...]
    words: tuple[Word, ...]


@cache
def learning() -> Learning:
    """Steps, levels and words."""
    return read_content(
        "learning",
        lambda file: Learning(
            version=file.version,
            steps=file.each("step", _described),
            levels=file.each("level", _described),
            words=file.each("word", _word),
        ),
    )


def step(step_id: str) -> Described:
    """A step of the spiral. Raises ``KeyError``."""
    return by_id(learning().steps, step_id)


def level(number: int) -> Described:
    """A way of being steered, 1 to 5. Raises ``KeyError``."""
    return by_id(learning().levels, str(number))


def word(word_id: str) -> Word:
    """Something a client may say. Raises ``KeyError``."""
    return by_id(learning().words, word_id)


def _described(table: Table) -> Described:
    return Described(table.string("id"), table.wording("name"), table.wording("about"))


def _word(table: Table) -> Word:
    return Word(table.string("id"), table.wording("title"), table.wording("lead"), table.wording("label"))


# --- working together ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The one question after a talk, for each of the two."""

    id: str
    client: Wording
    coach: Wording


@dataclass(frozen=True, slots=True)
class Scale:
    """Something that may be rated."""

    id: str
    name: Wording
    question: Wording


@dataclass(frozen=True, slots=True)
class Ends:
    """The words at the two ends of every scale."""

    lowest: Wording
    highest: Wording


@dataclass(frozen=True, slots=True)
class WorkingTogether:
    """The open questions, the scales, and their ends."""

    version: int
    questions: tuple[OpenQuestion, ...]
    scales: tuple[Scale, ...]
    ends: Ends


@cache
def working_together() -> WorkingTogether:
    """Questions and scales."""
    return read_content("alliance", _working_together)


def open_question(number: int) -> OpenQuestion:
    """The question after the talk with this number; the talks take turns."""
    questions = working_together().questions
    return questions[(number - 1) % len(questions)]


def _working_together(file: ContentFile) -> WorkingTogether:
    return WorkingTogether(
        version=file.version,
        questions=file.each(
            "question", lambda t: OpenQuestion(t.string("id"), t.wording("client"), t.wording("coach"))
        ),
        scales=file.each("scale", lambda t: Scale(t.string("id"), t.wording("name"), t.wording("question"))),
        ends=file.within("ends", lambda t: Ends(t.wording("lowest"), t.wording("highest"))),
    )
