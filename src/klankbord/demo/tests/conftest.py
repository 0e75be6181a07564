"""The demo organisation, built once for all tests that look around in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from klankbord.demo.build import build_demo


@pytest.fixture(scope="package")
def built(
    django_db_setup: None, django_db_blocker: Any, around_tests: Callable[..., AbstractContextManager[bool]]
) -> Iterator[None]:
    """Whatever a test changes is undone with it."""
    with django_db_blocker.unblock(), _may_count_rows(), around_tests(_built, django_db_blocker) as new:
        assert new
        yield


def _built() -> bool:
    """Build it, and let the database look at how much there is.

    It does so by itself once a transaction is over; this one never is, and a database that takes 1,300 people for a few
    goes through all of them again and again.
    """
    new = build_demo()
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return new


@contextmanager
def _may_count_rows() -> Iterator[None]:
    """Only the owner may ask for that, and nobody but who built the rows sees them yet."""
    where = connection.settings_dict
    parts = {"host": where["HOST"], "port": where["PORT"], "dbname": where["NAME"]}
    with psycopg.connect(user="klankbord_owner", autocommit=True, **parts) as owner:
        owner.execute("grant maintain on all tables in schema public to klankbord_app")
        try:
            yield
        finally:
            owner.execute("revoke maintain on all tables in schema public from klankbord_app")
