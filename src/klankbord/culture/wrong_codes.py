"""Counting codes that do not exist, so that nobody tries them by the thousand.

In the memory of the process and nowhere else, and only of codes that were wrong.
SECURITY: in a table, or of every code, it would tell from where and when people answered.
"""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

MOST = 30
WITHIN = 600.0
"""Seconds. A whole office may share one network address; a slip of the pen does not count, the check sees it."""

_lock = Lock()
_wrong: dict[str, deque[float]] = {}


def too_many(request: HttpRequest) -> bool:
    """Whether this network address sent too many codes that do not exist."""
    with _lock:
        return len(_recent(_address(request), time.monotonic())) >= MOST


def note(request: HttpRequest) -> None:
    """One more that does not exist."""
    with _lock:
        now = time.monotonic()
        for address in list(_wrong):
            if not _recent(address, now):
                del _wrong[address]
        _wrong.setdefault(_address(request), deque(maxlen=MOST)).append(now)


def forget() -> None:
    """Begin anew."""
    with _lock:
        _wrong.clear()


def _recent(address: str, now: float) -> deque[float]:
    moments = _wrong.get(address, deque())
    while moments and moments[0] < now - WITHIN:
        moments.popleft()
    return moments


def _address(request: HttpRequest) -> str:
    """From where it came: what our own proxies say, and not what anybody may write before them."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
