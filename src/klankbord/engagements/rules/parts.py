"""A text of several parts, kept as one sealed body.

What was written before there were parts, or was garbled, is never lost: it stands whole under the first part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from klankbord.core.comparison import normalised

type Parts = Mapping[str, str]


def body_of(parts: Parts, order: Iterable[str]) -> str:
    """The parts as one text to seal, in this order. Empty parts fall away; without parts it is an empty text."""
    kept = {str(name): normalised(parts.get(name, "")) for name in order}
    said = {name: text for name, text in kept.items() if text}
    return json.dumps({"parts": said}, ensure_ascii=False) if said else ""


def parts_in(body: str, order: Sequence[str]) -> dict[str, str]:
    """The parts of a text that was sealed, those that say something, in this order."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("parts"), dict):
        return {str(order[0]): normalised(body)} if body.strip() else {}
    told = found["parts"]
    return {str(name): told[name] for name in order if isinstance(told.get(name), str) and told[name].strip()}


def in_words(parts: Parts, titles: Mapping[str, str]) -> str:
    """The parts under each other with their titles, to lay two versions beside each other."""
    return "\n\n".join(f"{titles.get(name, name)}\n{text}" for name, text in parts.items())
