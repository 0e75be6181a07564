"""The mail server is away, or the worker dies: the letter goes out all the same, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.db import connection
from procrastinate.contrib.django import app as queue

from klankbord.people.actions import notify
from klankbord.people.models import Notification
from tests.story import as_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
RunQueue = Callable[[], None]


class PostOffice:
    """A mail server that notes, for each letter, how many attempts anybody else could see counted when it arrived."""

    def __init__(self) -> None:
        self.attempts_seen: list[int] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        place = django_settings.DATABASES["default"]
        with psycopg.connect(host=place["HOST"], user="klankbord_owner", dbname=connection.settings_dict["NAME"]) as db:
            row = db.execute("select max(attempts) from people_notification").fetchone()
        self.attempts_seen.append(row[0] if row else 0)
        return "250 OK"

    @contextmanager
    def open(self, port: int) -> Iterator[None]:
        """Letters are taken in on this port."""
        controller = Controller(self, hostname="127.0.0.1", port=port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()


@pytest.fixture
def post_office(settings, free_port: int) -> tuple[PostOffice, int]:
    """Where the product brings its mail. It is closed until somebody opens it."""
    options = {"host": "127.0.0.1", "port": free_port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    return PostOffice(), free_port


def tell_johan(cast) -> None:
    with as_person(cast.marieke):
        notify(person_id=cast.johan.pk, kind="text_sent", link="/waterland/", name="Marieke")


def notification_of(cast) -> Notification:
    with as_person(cast.johan):
        return Notification.objects.get(person=cast.johan)


def jobs() -> list[tuple[str, int]]:
    """Status and attempts of every job for mail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select status::text, attempts from procrastinate_jobs where task_name = 'people.send_notification'"
        )
        return list(cursor.fetchall())


def the_time_has_come() -> None:
    """Every job that waits for a later moment may go now."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")


def test_mail_waits_for_the_mail_server_and_then_goes_out_once(cast, post_office, run_queue: RunQueue):
    office, port = post_office
    tell_johan(cast)
    run_queue()
    row = notification_of(cast)
    assert (row.attempts, row.sent_at) == (1, None)
    assert jobs() == [("todo", 1)]

    with office.open(port):
        the_time_has_come()
        run_queue()
        row = notification_of(cast)
        assert row.attempts == 2
        assert row.sent_at is not None
        the_time_has_come()
        run_queue()
    assert office.attempts_seen == [2], "the attempt is counted and committed before the letter is handed over"


def test_a_job_that_is_put_in_again_after_it_was_done_sends_nothing_more(cast, post_office, run_queue: RunQueue):
    office, port = post_office
    tell_johan(cast)
    row = notification_of(cast)
    with office.open(port):
        run_queue()
        queue.configure_task("people.send_notification").defer(
            organisation=str(row.organisation_id), person=str(cast.johan.pk), notification=str(row.pk)
        )
        run_queue()
    assert office.attempts_seen == [1]


@pytest.mark.parametrize("pruned", [False, True], ids=["its worker is still listed", "its worker was struck off"])
def test_a_job_of_a_killed_worker_is_put_back_and_done(cast, post_office, run_queue: RunQueue, pruned: bool):
    office, port = post_office
    tell_johan(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id"
        )
        worker = cursor.fetchone()[0]
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s", [worker])
        if pruned:
            cursor.execute("delete from procrastinate_workers where id = %s", [worker])

    with office.open(port):
        run_queue()
        assert office.attempts_seen == [], "nobody else takes a job that is being done"
        queue.configure_task("people.retry_stalled").defer(timestamp=0)
        run_queue()
        run_queue()
    assert office.attempts_seen == [1]
    assert notification_of(cast).sent_at is not None
