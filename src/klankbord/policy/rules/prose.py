"""The texts of a policy as people type them: paragraphs, and lists of lines that begin with "- ". Nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from klankbord.core.comparison import normalised

_POINT = re.compile(r"^[-*•]\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (with its lines), or a list (with its points)."""

    is_list: bool
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a text, in order. An empty text has none."""
    found: list[Block] = []
    for part in re.split(r"\n[ \t]*\n\s*", normalised(text)):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        found += [_block(is_list, group) for is_list, group in groupby(lines, key=_is_point)]
    return tuple(found)


def _is_point(line: str) -> bool:
    return bool(_POINT.match(line))


def _block(is_list: bool, lines: Iterable[str]) -> Block:
    return Block(is_list, tuple(_POINT.sub("", line) if is_list else line for line in lines))
