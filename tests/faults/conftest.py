"""What may go wrong around the product, made to go wrong on purpose: crashes, crowds, and neighbours that are away."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import connections
from django.test import Client

from klankbord.people.models import Person


@pytest.fixture
def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def signed_in(person: Person) -> Client:
    """A browser of somebody's own. An error is an answer here, as it is for people."""
    client = Client(raise_request_exception=False)
    client.force_login(person.account)
    return client


def all_at_once[T](work: Sequence[Callable[[], T]]) -> list[T]:
    """Do these at the same moment, each in a thread with database connections of its own; raise what was raised."""
    start = threading.Barrier(len(work))
    results: list[T] = []
    failures: list[BaseException] = []

    def run(one: Callable[[], T]) -> None:
        try:
            start.wait(10)
            results.append(one())
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failures:
        raise failures[0]
    assert len(results) == len(work), "somebody still waits"
    return results


@pytest.fixture
def run_queue() -> Callable[[], None]:
    """Do every job whose time has come, as the worker does, in a thread: the queue has its own event loop."""
    from procrastinate.contrib.django import app

    def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            # One at a time: two would stop while one still runs, though another waits for it, or comes of it.
            worker.run_worker(wait=False, concurrency=1, install_signal_handlers=False, listen_notify=False)

    def run() -> None:
        all_at_once([work])

    return run
