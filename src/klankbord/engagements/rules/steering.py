"""How much of itself the product shows, by how much steering a client says is welcome.

There is no estimate of the client anywhere: the level is what the client chose, and without a choice nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = range(1, 6)
_OPEN_AT = {1: 3, 2: 2, 3: 1, 4: 0, 5: 0}


@dataclass(frozen=True, slots=True)
class PromptsFor:
    """How many help questions lie open, and whether more are offered or only there for whoever looks for them."""

    open: int
    offered: bool


NOTHING_SAID = PromptsFor(open=0, offered=True)


def prompts_for(level: int | None) -> PromptsFor:
    """What the pages of a talk show to a client who chose *level*: 1 (take me by the hand) to 5 (my own way).

    It gets less as the level rises, and is never quite gone. ``None`` is a client who said nothing about it.
    """
    if level is None:
        return NOTHING_SAID
    return PromptsFor(open=_OPEN_AT[level], offered=level < max(LEVELS))


@dataclass(frozen=True, slots=True)
class Prompts:
    """Help questions as a page shows them: those that lie open, those behind a fold, and how that fold is called."""

    open: tuple[str, ...]
    behind: tuple[str, ...]
    offered: bool = True


def prompts(questions: Sequence[str], level: int | None) -> Prompts:
    """All of *questions*, in their order, shown as far as *level* says."""
    how = prompts_for(level)
    return Prompts(tuple(questions[: how.open]), tuple(questions[how.open :]), how.offered)
