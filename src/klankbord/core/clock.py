"""The one place that asks what time it is, so that a test or the demo can turn the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_stopped: ContextVar[datetime | None] = ContextVar("klankbord_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stopped.get() or timezone.now()


def today() -> date:
    """The present day where the organisation is (``settings.TIME_ZONE``)."""
    return timezone.localdate(now())


def told() -> datetime | None:
    """The moment that a story of the past says it is; None wherever time simply goes on."""
    return _stopped.get()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Inside, it is *moment*, which must be aware. For stories of the past: the demo's, and those of tests."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(token)
