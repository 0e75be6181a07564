"""Texts that are kept as parts, made into lines that somebody reads."""

import json
from typing import Any

# What parts of a text are kept under for the program's sake: no words of anybody.
NO_WORDS = frozenset({"id", "key", "ring", "kind", "sort", "state", "version", "number", "field"})


def readable(body: str) -> str:
    """A text as one reads it: what is kept as parts becomes lines, in the order in which they stand.

    A text that merely looks like JSON stays as it is; numbers, yes and no and empty parts are left out.
    SECURITY: so does one with parts in parts without end. Anybody who shares a text can write that, and it must not
    keep the other from taking words along.
    """
    stripped = body.strip()
    if not stripped.startswith(("{", "[")):
        return body
    try:
        return "\n".join(_lines(json.loads(stripped)))
    except (ValueError, RecursionError):
        return body


def _lines(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part.strip()] if part.strip() else []
    if isinstance(part, dict):
        return [line for name, one in part.items() if name not in NO_WORDS for line in _lines(one)]
    if isinstance(part, list):
        return [line for one in part for line in _lines(one)]
    return []
