"""For whom the database is looking: one organisation, one person, one transaction.

Row policies read two settings of the session, ``klankbord.organisation`` and ``klankbord.person``. They are set here
and nowhere else, always local to a transaction. A third, ``klankbord.moment``, is empty but for stories of the past:
the demo's, and those of tests (see ``core.clock``). Triggers that put a date themselves read it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from klankbord.core import clock


@dataclass(frozen=True)
class Scope:
    """Who is acting, and in which organisation."""

    organisation_id: UUID
    person_id: UUID | None = None
    moment: datetime | None = field(default_factory=clock.told, compare=False)


_scope: ContextVar[Scope | None] = ContextVar("klankbord_scope", default=None)


class NoScope(RuntimeError):
    """Code that belongs to an organisation ran outside of one."""


def current_scope() -> Scope:
    """The scope of the running transaction. Raises :class:`NoScope` outside :func:`acting_in`."""
    scope = _scope.get()
    if scope is None:
        raise NoScope("This needs an organisation: wrap it in acting_in(...)")
    return scope


def acting_person_id() -> UUID:
    """The person who is acting. Raises :class:`NoScope` when nobody in particular is."""
    person_id = current_scope().person_id
    if person_id is None:
        raise NoScope("This needs a person who acts")
    return person_id


def _tell_database(scope: Scope | None) -> None:
    organisation = str(scope.organisation_id) if scope else ""
    person = str(scope.person_id) if scope and scope.person_id else ""
    moment = scope.moment.isoformat() if scope and scope.moment else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('klankbord.organisation', %s, true), set_config('klankbord.person', %s, true),"
            " set_config('klankbord.moment', %s, true)",
            [organisation, person, moment],
        )


@contextmanager
def acting_in(organisation_id: UUID, person_id: UUID | None = None) -> Iterator[Scope]:
    """One transaction in which the database shows what this person of this organisation may see, and no more.

    Scopes nest: the outer one is restored at the end. After an exception the savepoint's roll-back restores it.
    """
    scope = Scope(organisation_id, person_id)
    outer = _scope.get()
    with transaction.atomic():
        _tell_database(scope)
        token = _scope.set(scope)
        try:
            yield scope
        finally:
            _scope.reset(token)
        # SECURITY: a setting survives a released savepoint. Without this line the caller would go on seeing with
        # the inner scope's eyes.
        if not transaction.get_rollback():
            _tell_database(outer)
