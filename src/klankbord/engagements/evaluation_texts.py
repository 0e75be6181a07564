"""The questions for looking back and for the people around, read from ``content/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Wording
from klankbord.engagements.content_files import ContentError, ContentFile, Table, by_id, read_content
from klankbord.engagements.rules.agreement import placeholders_in
from klankbord.engagements.rules.evaluation import Pillar

MOMENTS = ("interim", "final")


@dataclass(frozen=True, slots=True)
class Part:
    """One pillar at one moment: its question for the client, for the coach and for both, and more on request."""

    id: str
    client: Wording
    coach: Wording
    together: Wording
    more: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Perspective:
    """A question to look through somebody else's eyes; ``{who}`` stands for that person or group."""

    id: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Guide:
    """All questions, and what the pillars are called."""

    version: int
    titles: Mapping[Pillar, Wording]
    parts: tuple[Part, ...]
    perspectives: tuple[Perspective, ...]


@cache
def guide() -> Guide:
    """The questions, in order."""
    return read_content("evaluation", _guide)


def part(moment: str, pillar: Pillar) -> Part:
    """The part of this pillar at this moment. Raises ``KeyError``."""
    return by_id(guide().parts, f"{moment}.{pillar}")


def _guide(file: ContentFile) -> Guide:
    titles = file.within("titles", lambda table: {pillar: table.wording(pillar) for pillar in Pillar})
    found = Guide(file.version, titles, file.each("part", _part), file.each("perspective", _perspective))
    wanted = {f"{moment}.{pillar}" for moment in MOMENTS for pillar in Pillar}
    if {one.id for one in found.parts} != wanted:
        raise ContentError("evaluation.toml: each moment asks about each pillar once")
    return found


def _part(table: Table) -> Part:
    one = Part(
        table.string("id"),
        table.wording("client"),
        table.wording("coach"),
        table.wording("together"),
        table.wordings("more"),
    )
    for wording in (one.client, one.coach, one.together, *one.more):
        _filled_only_with(wording, frozenset({"client", "coach"}), one.id)
    return one


def _perspective(table: Table) -> Perspective:
    one = Perspective(table.string("id"), table.own_wording())
    _filled_only_with(one.wording, frozenset({"who"}), one.id)
    return one


def _filled_only_with(wording: Wording, known: frozenset[str], where: str) -> None:
    unknown = (placeholders_in(wording.nl) | placeholders_in(wording.en)) - known
    if unknown:
        raise ContentError(f"{where}: nobody fills {', '.join(sorted(unknown))}")
