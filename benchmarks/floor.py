"""The least a page could cost: a bare view that asks the database the very same questions and answers a constant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

PRODUCT = ("default", "keys")


@dataclass(frozen=True)
class Question:
    """One statement as it went to the database: on which of the two, in which words, with which values."""

    alias: str
    sql: str
    params: Any


_questions: list[Question] = []


@contextmanager
def captured() -> Iterator[list[Question]]:
    """Every statement that runs inside, on either database, in order."""
    found: list[Question] = []

    def catch(alias: str) -> Callable[..., Any]:
        def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            found.append(Question(alias, sql, params))
            return execute(sql, params, many, context)

        return wrapper

    with ExitStack() as stack:
        for alias in PRODUCT:
            stack.enter_context(connections[alias].execute_wrapper(catch(alias)))
        yield found


def bare(request: HttpRequest) -> HttpResponse:
    """Ask the questions of the page being measured, take in every row, and say nothing about them."""
    with transaction.atomic():
        for question in _questions:
            with connections[question.alias].cursor() as cursor:
                cursor.execute(question.sql, question.params)
                if cursor.description:
                    cursor.fetchall()
    return HttpResponse(b"ok")


urlpatterns = [path("", bare)]


@contextmanager
def bare_site(questions: list[Question]) -> Iterator[Client]:
    """A site of one address and no middleware, where :func:`bare` asks these questions."""
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF=__name__):
        _questions[:] = questions
        yield Client(SERVER_NAME="127.0.0.1")
        _questions.clear()
