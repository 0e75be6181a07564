"""The texts about coaches, read from ``content/`` and typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klankbord.core.content_files import by_id, read_content
from klankbord.core.wording import Wording

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Theme:
    """What a request may be about, and what a coach knows well.

    A sensitive theme of a request is shown only where the client's own words are.
    """

    id: str
    label: Wording
    sensitive: bool


@cache
def themes() -> tuple[Theme, ...]:
    """What a request may be about, in the order in which it is shown."""
    return read_content(
        CONTENT,
        "themes",
        lambda file: file.each("theme", lambda t: Theme(t.string("id"), t.own_wording(), t.flag("sensitive"))),
    )


def theme(theme_id: str) -> Theme:
    """The theme with this id. Raises ``KeyError`` for an id that is not in the file."""
    return by_id(themes(), theme_id)
