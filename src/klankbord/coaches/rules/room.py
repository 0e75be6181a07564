"""Who of the coaches takes somebody new."""

from __future__ import annotations

from datetime import date


def rests(day: date, *, paused: bool, until: date | None) -> bool:
    """Whether a coach takes nobody new on that day. A pause with a last day ends by itself."""
    return paused and (until is None or day <= until)
