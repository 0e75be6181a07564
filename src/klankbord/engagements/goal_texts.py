"""The texts of goals, read from ``content/``: questions, the sentence they make, levels, and the number explained."""

from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Language, Wording
from klankbord.engagements.content_files import ContentFile, Table, read_content
from klankbord.engagements.rules.goals import Pattern


@dataclass(frozen=True, slots=True)
class Way:
    """A way to begin the sentence, on its own and after a moment was named."""

    id: str
    name: Wording
    after_when: Wording
    first: Wording


@dataclass(frozen=True, slots=True)
class Question:
    """One small question, with a hint, and an open question for who would like one more."""

    id: str
    label: Wording
    hint: Wording
    open: Wording


@dataclass(frozen=True, slots=True)
class Level:
    """What a level is called when the client has not described it."""

    id: str
    name: Wording


@dataclass(frozen=True, slots=True)
class GoalContent:
    """All of it, in the order in which it is shown."""

    version: int
    opening: Wording
    about: Wording
    about_alone: Wording
    notice: Wording
    why: Wording
    ways: tuple[Way, ...]
    questions: tuple[Question, ...]
    levels: tuple[Level, ...]
    score: tuple[Wording, ...]


@cache
def goal_content() -> GoalContent:
    """Everything about goals that is text."""
    return read_content("goals", _goals)


def _goals(file: ContentFile) -> GoalContent:
    pattern = file.within("pattern", _pattern)
    return GoalContent(
        version=file.version,
        **pattern,
        ways=file.each("ways", _way),
        questions=file.each("questions", _question),
        levels=file.each("levels", lambda table: Level(table.string("id"), table.wording("name"))),
        score=file.within("score", lambda table: table.wordings("lines")),
    )


def _pattern(table: Table) -> dict[str, Wording]:
    return {one: table.wording(one) for one in ("opening", "about", "about_alone", "notice", "why")}


def _way(table: Table) -> Way:
    return Way(table.string("id"), table.wording("name"), table.wording("after_when"), table.wording("first"))


def _question(table: Table) -> Question:
    return Question(table.string("id"), table.wording("label"), table.wording("hint"), table.wording("open"))


def pattern_in(language: Language) -> Pattern:
    """The words around the answers, in one language."""
    content = goal_content()
    return Pattern(
        opening=content.opening.text(language),
        after_when={way.id: way.after_when.text(language) for way in content.ways},
        first={way.id: way.first.text(language) for way in content.ways},
        about=content.about.text(language),
        about_alone=content.about_alone.text(language),
        notice=content.notice.text(language),
        why=content.why.text(language),
    )


def level_names(language: Language) -> dict[int, str]:
    """What each level is called, from the lowest to the highest."""
    return {int(level.id): level.name.text(language) for level in goal_content().levels}
