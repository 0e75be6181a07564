"""What changed between two versions of a text, word by word, for people who are about to say yes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str

    @property
    def words(self) -> str:
        """The text without the white space behind it: that is not marked."""
        return self.text.rstrip()

    @property
    def gap(self) -> str:
        """The white space behind the words."""
        return self.text[len(self.words) :]


def word_changes(old: str, new: str) -> list[Change]:
    """The stretches that turn `old` into `new`, whole words at a time; a removal comes before what replaces it."""
    return list(_stretches(_words(old), _words(new)))


def _words(text: str) -> list[str]:
    """Words with the white space behind them, so that joining them gives the text back."""
    return re.findall(r"\S+\s*|\s+", text)


def _stretches(before: list[str], after: list[str]) -> Iterator[Change]:
    # Compared without their white space: a word at the end of a line is still the same word.
    matcher = SequenceMatcher(a=[word.strip() for word in before], b=[word.strip() for word in after], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(after[b1:b2]))
            continue
        if a2 > a1:
            yield Change("removed", "".join(before[a1:a2]))
        if b2 > b1:
            yield Change("added", "".join(after[b1:b2]))
