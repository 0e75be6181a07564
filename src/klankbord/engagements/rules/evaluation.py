"""Looking back along the three pillars: what a text of several parts is, as one sealed body.

What was written before there were parts, or was garbled, is never lost: it stands whole under the first part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from klankbord.engagements.rules.comparison import normalised


class Pillar(StrEnum):
    """What an evaluation looks at: the way of working, and the three pillars of coaching. The value is stored."""

    WAY = "way"
    AWARENESS = "awareness"
    RESPONSIBILITY = "responsibility"
    RESULT = "result"


type Parts = Mapping[str, str]


def body_of(parts: Parts) -> str:
    """The parts as one text to seal. Empty parts fall away; a text without parts is a text all the same."""
    kept = {pillar.value: normalised(parts.get(pillar.value, "")) for pillar in Pillar}
    return json.dumps({"parts": {name: text for name, text in kept.items() if text}}, ensure_ascii=False)


def parts_in(body: str) -> dict[str, str]:
    """The parts of a text that was sealed, those that say something, in the order of the pillars."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("parts"), dict):
        return {Pillar.WAY.value: normalised(body)} if body.strip() else {}
    told = found["parts"]
    return {
        pillar.value: told[pillar.value]
        for pillar in Pillar
        if isinstance(told.get(pillar.value), str) and told[pillar.value].strip()
    }


def in_words(parts: Parts, titles: Mapping[str, str]) -> str:
    """The parts under each other with their titles, to put two texts beside each other."""
    return "\n\n".join(f"{titles.get(name, name)}\n{text}" for name, text in parts.items())


@dataclass(frozen=True, slots=True)
class Beside:
    """What the two wrote of one pillar. An empty text was left empty, which is as good as any."""

    pillar: str
    first: str
    second: str


def side_by_side(first: Parts, second: Parts, order: Iterable[str]) -> tuple[Beside, ...]:
    """Two texts pillar by pillar; what neither wrote about is left out."""
    pairs = (Beside(name, first.get(name, ""), second.get(name, "")) for name in order)
    return tuple(pair for pair in pairs if pair.first or pair.second)
