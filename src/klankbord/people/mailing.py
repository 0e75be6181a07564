"""Whether notifications are mailed at all: a story of the past is told without sending its letters again."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_silent: ContextVar[bool] = ContextVar("klankbord_without_mail", default=False)


@contextmanager
def without_mail() -> Iterator[None]:
    """Inside, notifications count as sent when they are made, and no mail is put in the queue."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def mails_are_held() -> bool:
    """Whether this runs inside :func:`without_mail`."""
    return _silent.get()
