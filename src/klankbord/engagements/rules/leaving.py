"""Taking one's own words along: a secret that is kept nowhere, for a while."""

import hashlib
import secrets
from datetime import datetime, timedelta

WORKS_FOR = timedelta(days=30)
"""How long an address works. Long enough for a new beginning, short enough to be no second archive."""

BYTES = 32


def new_secret() -> str:
    """A secret of 256 bits, as it stands in the link."""
    return secrets.token_urlsafe(BYTES)


def hash_of(secret: str) -> bytes:
    """What is kept of a secret: its SHA-256. Of 256 random bits no slower hash is needed."""
    return hashlib.sha256(secret.strip().encode()).digest()


def ends_at(now: datetime) -> datetime:
    """When an address that is made now stops working."""
    return now + WORKS_FOR
