"""Two versions of a text side by side, word by word; and what happens when two people edit one text.

Texts arrive from browsers (CRLF line ends) and phones (composed and decomposed accents), so they are first
brought to one form: what looks the same is the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]+")


class SegmentKind(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that stayed, went or came."""

    kind: SegmentKind
    text: str


def normalised(text: str) -> str:
    """One form for what looks the same: composed accents, single line ends, no space at the ends."""
    composed = unicodedata.normalize("NFC", text)
    return composed.replace("\r\n", "\n").replace("\r", "\n").strip()


def same_words(old: str, new: str) -> bool:
    """Whether two texts read the same; line breaks and the width of spaces do not count."""
    return normalised(old).split() == normalised(new).split()


def word_diff(old: str, new: str) -> tuple[Segment, ...]:
    """The way from ``old`` to ``new`` in words.

    Same and removed segments together are the normalised old text, same and added segments the new one.
    """
    before, after = _TOKEN.findall(normalised(old)), _TOKEN.findall(normalised(new))
    segments: list[Segment] = []
    # autojunk would treat frequent words as noise in longer texts, and then tear sentences apart.
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[a:b]), "".join(after[c:d])
        if removed == added:
            segments.append(Segment(SegmentKind.SAME, removed))
            continue
        segments += [Segment(SegmentKind.REMOVED, removed)] if removed else []
        segments += [Segment(SegmentKind.ADDED, added)] if added else []
    return tuple(segments)


@dataclass(frozen=True, slots=True)
class Save:
    """Nothing stands in the way: this text may be stored."""

    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else stored another text in the meantime. Both are kept, with the difference in words."""

    theirs: str
    mine: str
    segments: tuple[Segment, ...]


def merge_or_conflict(*, base_revision: int, current_revision: int, theirs: str, mine: str) -> Save | Conflict:
    """What to do with ``mine``, written while looking at ``base_revision``.

    ``theirs`` is the text as it is stored now, under ``current_revision``. Two people who wrote the same words
    have no conflict. Sentences are never merged by machine: a text that neither of them wrote would stand
    there in the name of both. Raises ``ValueError`` for a base that has yet to exist.
    """
    if base_revision > current_revision:
        raise ValueError("the base of an edit cannot be newer than what is stored")
    if base_revision == current_revision or same_words(theirs, mine):
        return Save(normalised(mine))
    return Conflict(theirs=theirs, mine=mine, segments=word_diff(theirs, mine))
