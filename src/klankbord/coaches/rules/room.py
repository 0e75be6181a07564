"""Who of the coaches is shown to colleagues, and who takes somebody new."""

from __future__ import annotations

from datetime import date, datetime


def is_visible(published_at: datetime | None, checked_at: datetime | None) -> bool:
    """Whether colleagues see a profile: published by the coach, looked at by a coordinator."""
    return published_at is not None and checked_at is not None


def rests(day: date, *, paused: bool, until: date | None) -> bool:
    """Whether a coach takes nobody new on that day. A pause with a last day ends by itself."""
    return paused and (until is None or day <= until)
