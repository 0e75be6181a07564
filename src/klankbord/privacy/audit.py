"""Actions, and the row that each of them leaves behind.

``@action`` marks the functions that change state. It makes them atomic and refuses to end one that did not record
itself: forgetting the audit row is an error at the first call, and so in the first test.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import models, transaction

from klankbord.core.tenant import acting_in, current_scope
from klankbord.privacy.models import AuditRow

P = ParamSpec("P")
R = TypeVar("R")

# What may stand in the detail of a row. Anything that could hold content is not on the list.
ALLOWED_DETAIL = frozenset(
    {
        "number",
        "version",
        "kind",
        "phase",
        "outcome",
        "count",
        "role",
        "status",
        "route",
        "method",
        "clauses",
        "language",
    }
)

_recorded: ContextVar[int] = ContextVar("klankbord_audit_recorded", default=0)


class ActionWithoutAudit(RuntimeError):
    """A change of state that left no audit row."""


def record(
    verb: str,
    subject: models.Model | None = None,
    *,
    owner: UUID | None = None,
    detail: dict[str, str | int | bool | None] | None = None,
) -> None:
    """Write one audit row, in the transaction of what it tells about.

    *owner* is the person whose thing it was. Raises ``ValueError`` for a detail that is not on the list.
    """
    given = detail or {}
    if unknown := set(given) - ALLOWED_DETAIL:
        raise ValueError(f"Not allowed in an audit row: {', '.join(sorted(unknown))}")
    scope = current_scope()
    AuditRow(
        organisation_id=scope.organisation_id,
        actor_id=scope.person_id,
        owner_id=owner,
        verb=verb,
        subject=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        detail=given,
    ).save(force_insert=True)
    _recorded.set(_recorded.get() + 1)


def record_each(verb: str, subjects: Mapping[models.Model, UUID]) -> None:
    """Write an audit row for each of many things, beside the person whose it is, in one statement."""
    scope = current_scope()
    AuditRow.objects.bulk_create(
        AuditRow(
            organisation_id=scope.organisation_id,
            actor_id=scope.person_id,
            owner_id=owner,
            verb=verb,
            subject=subject._meta.label_lower,
            subject_id=subject.pk,
        )
        for subject, owner in subjects.items()
    )
    _recorded.set(_recorded.get() + len(subjects))


def action(verb: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as the action *verb*: atomic, keyword-only, and never without its audit row."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__name__}() takes keyword arguments only")
            before = _recorded.get()
            with transaction.atomic():
                result = function(**kwargs)  # type: ignore[call-arg]
                if _recorded.get() == before:
                    raise ActionWithoutAudit(verb)
            return result

        act.verb = verb  # type: ignore[attr-defined]
        return act

    return decorate


def record_denial(organisation_id: UUID, person_id: UUID, *, route: str, status: int, method: str) -> None:
    """Note that somebody was refused. In a transaction of its own, because a 404 rolls its request back."""
    with acting_in(organisation_id, person_id):
        record("denied", detail={"route": route, "status": status, "method": method})
