"""One JSON object a line, without request bodies, local variables, addresses or names."""

import logging
import re
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

# The address of the questionnaire: what comes after it is a personal link.
_SCAN = re.compile(r"(/scan/)[^/\s'\"]+")
_SCAN_PAGE = re.compile(r"/scan(?:/|$)")
# As the queue writes a job: its name, its number, and its arguments in brackets.
_JOB = re.compile(r"([\w.]+\[\d+\])\(.*\)")


def without_persons(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Leave out who asked.

    SECURITY: an address of an engagement beside a user's id, twice, tells who coaches whom to whoever reads the log.
    """
    for key in ("user_id", "ip", "user_agent"):
        event.pop(key, None)
    return event


def without_arguments(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Leave out what was asked for: the query string of an address, and the arguments of a job in the queue.

    SECURITY: somebody looks for a colleague by name, and the name stands behind the question mark.
    """
    for key in ("request", "event"):
        if isinstance(event.get(key), str):
            event[key] = _JOB.sub(r"\1", event[key].partition("?")[0])
    return event


def without_tokens(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Leave out whose personal link of the questionnaire it was.

    SECURITY: a link in the log is one that somebody else can use, and it tells from which place at which moment it was.
    """
    for key in ("request", "event", "exception"):
        if isinstance(event.get(key), str):
            event[key] = _SCAN.sub(r"\1…", event[key])
    return event


def nothing_of_the_questionnaire(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Of requests for the questionnaire no line at all, unless something broke.

    SECURITY: a line a request, with its moment, tells in which order the ballots came in.
    """
    if name in ("debug", "info", "warning") and _SCAN_PAGE.search(str(event.get("request", ""))):
        raise structlog.DropEvent
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    without_persons,
    without_arguments,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    without_tokens,
]


def formatter() -> logging.Formatter:
    """The formatter of every handler; it also formats what other libraries log."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )


def configure() -> None:
    """Send structlog's own events the same way; its own default prints local variables with an exception."""
    structlog.configure(
        processors=[nothing_of_the_questionnaire, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
