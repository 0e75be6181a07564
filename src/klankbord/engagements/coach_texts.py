"""What a coach may look at in the own coaching, in words: read from ``content/coach.toml``."""

from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Wording
from klankbord.engagements.content_files import ContentError, ContentFile, Table, by_id, read_content
from klankbord.engagements.rules.coach_look import GROUPS


@dataclass(frozen=True, slots=True)
class LookChoice:
    """One thing to choose: its name, what it means, and how it sounds when it is counted."""

    id: str
    name: Wording
    about: Wording
    seen: Wording


@dataclass(frozen=True, slots=True)
class LookGroup:
    """A question to the coach, with what may be chosen."""

    id: str
    name: Wording
    about: Wording
    choices: tuple[LookChoice, ...]


@dataclass(frozen=True, slots=True)
class CoachTexts:
    """All of it, with the open questions that stand under the patterns."""

    version: int
    groups: tuple[LookGroup, ...]
    questions: tuple[Wording, ...]

    def group(self, wanted: str) -> LookGroup:
        """The group with this id. Raises ``KeyError``."""
        return by_id(self.groups, wanted)


@cache
def coach_texts() -> CoachTexts:
    """The texts, read once."""
    return read_content("coach", _read)


def _read(file: ContentFile) -> CoachTexts:
    groups = file.each("group", _group)
    if tuple(group.id for group in groups) != GROUPS:
        raise ContentError(f"coach.toml should hold {', '.join(GROUPS)}, in this order")
    return CoachTexts(version=file.version, groups=groups, questions=file.wordings("question"))


def _group(table: Table) -> LookGroup:
    return LookGroup(
        id=table.string("id"),
        name=table.own_wording(),
        about=table.wording("about"),
        choices=table.each("choice", _choice),
    )


def _choice(table: Table) -> LookChoice:
    return LookChoice(
        id=table.string("id"), name=table.wording("name"), about=table.wording("about"), seen=table.wording("seen")
    )
