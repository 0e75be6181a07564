"""Taking one's own words along: a secret that is kept nowhere, for a while; and texts made readable."""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

WORKS_FOR = timedelta(days=30)
"""How long an address works. Long enough for a new beginning, short enough to be no second archive."""

BYTES = 32

# What parts of a text are kept under for the program's sake: no words of anybody.
NO_WORDS = frozenset({"id", "key", "ring", "kind", "sort", "state", "version", "number", "field"})


def new_secret() -> str:
    """A secret of 256 bits, as it stands in the link."""
    return secrets.token_urlsafe(BYTES)


def hash_of(secret: str) -> bytes:
    """What is kept of a secret: its SHA-256. Of 256 random bits no slower hash is needed."""
    return hashlib.sha256(secret.strip().encode()).digest()


def ends_at(now: datetime) -> datetime:
    """When an address that is made now stops working."""
    return now + WORKS_FOR


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
