"""Conditions that Django has no lookup for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, UUIDField, Value
from django.db.models.functions import Cast


class AnyOf(Func):
    """Whether a column holds one of these ids, for `filter`: the same as `__in`, with all of them in one parameter.

    Thousands of parameters cost more to write down than the database needs to find the rows.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = any("
    output_field = BooleanField()

    def __init__(self, column: str, ids: Iterable[UUID]) -> None:
        # Written out here: the adapter of arrays looks in every one of them for what must be quoted.
        written = "{" + ",".join(map(str, ids)) + "}"
        super().__init__(F(column), Cast(Value(written), ArrayField(UUIDField())))
