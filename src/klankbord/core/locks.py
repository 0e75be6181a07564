"""Doing the same thing at the same moment, one after the other."""

from django.db import connection


def one_at_a_time(what: object) -> None:
    """Wait until nobody else is busy with *what*, and keep others waiting until this transaction ends.

    For what is looked up and made when it is not there: a form sent twice, a draft in two windows. Without it both
    find nothing, and the second insert fails. Ask the database *after* this whether it is there.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(what)])
