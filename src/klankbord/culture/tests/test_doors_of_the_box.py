"""Every function of the database around the ballot box, tried by everybody in every state of a wave.

What answers only in one state, and only to whom it is for, does so in no other and to nobody else: not to a coordinator
of another organisation, and not to a job that works for another organisation. Its tables are out of reach of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from tests.scan import all_answer, asked, closed_by_fatima, fill_units, finish, now, opened_wave, plan

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.culture import ballots, jobs
from klankbord.culture.actions import draft_wave, open_wave
from klankbord.culture.models import Answer, BallotBox, BallotRight, Invitation, Wave

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STATES = ("draft", "open", "closing", "closed", "published")
TABLES = (BallotRight, BallotBox, Answer)
HERE = {"job", "fatima", "johan", "els"}
EVERYBODY = HERE | {"job elsewhere", "tom"}
JOBS = {"job", "job elsewhere"}
BY_DAY = "culture_close after the last day"

ALLOWED: dict[str, dict[str, set[str]]] = {
    "culture_open": {"draft": {"fatima"}},
    "culture_scan": dict.fromkeys(("open", "closing"), HERE),
    "culture_cast": {"open": HERE},
    "culture_remind": {"open": {"fatima"}},
    "culture_plan_reminders": {"open": {"fatima"}},
    "culture_remind_as_planned": {"open": {"job"}},
    # These two look through all organisations, for the night.
    "culture_reminders_due": {"open": JOBS},
    "culture_due": dict.fromkeys(("open", "closing", "closed", "published"), JOBS),
    "culture_letters_due": {"open": {"job"}},
    "culture_letter_sent": {"open": {"johan"}},
    "culture_look_at_turnout": {"open": {"job"}},
    "culture_close": {"open": {"fatima"}},
    BY_DAY: {"open": {"fatima", "job"}},
    "culture_box": {"closing": {"job"}},
    "culture_keep": {"closing": {"job"}},
    "culture_answers": {"closed": {"job"}},
    "culture_invited": {"closed": {"job"}},
    "culture_publish_units": {"closed": {"job"}},
    "culture_publish": {"closed": {"job"}},
    "culture_keys_gone": {"published": {"job"}},
    "culture_published_cells": {"published": {"job"}},
    "culture_published_before": {state: {"job"} for state in STATES},
}


@pytest.fixture
def waves(cast, monkeypatch) -> Callable[[str], Wave]:
    """A wave that goes from state to state, after another that was published."""
    fill_units(cast, 2)
    first = opened_wave(cast, kind="pulse")
    all_answer(cast, first, asked(cast, first))
    closed_by_fatima(cast, first)
    finish(cast, first)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        days = (clock.today() + timedelta(days=3),)
        wave = draft_wave(once=uuid4(), plan=plan(kind="pulse", reminders=days), contact=cast.fatima)

    def stops(where: Any, name: str) -> None:
        def torn(*_given: Any, **_named: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(where, name, torn)
            with pytest.raises(KeyboardInterrupt):
                finish(cast, wave)

    def to(state: str) -> Wave:
        if state == "open":
            with acting_in(cast.organisation.id, cast.fatima.pk):
                open_wave(wave=wave)
            people = asked(cast, wave)
            all_answer(cast, wave, [one for one in people if one.person != cast.johan])
        elif state == "closing":
            closed_by_fatima(cast, wave)
        elif state == "closed":
            stops(jobs, "made_of")
        elif state == "published":
            stops(ballots, "note_keys_gone")
        there: Wave = now(cast, wave, cast.fatima)
        assert there.state == state
        return there

    return to


def tries(cast, wave: Wave, given: bytes, invitation: Any) -> Iterator[tuple[str, str, list[Any]]]:
    """Each function with what it would take to work."""
    today, third = clock.today(), clock.today() + timedelta(days=3)
    nothing = "'{}', '{}', '{}', '{}', '{}', '{}', '{}'"
    unit = "array[gen_random_uuid()], array['{}']::json[], array['{}']::json[], array['{}']::json[], array[5], array[9]"
    yield "culture_open", f"select culture_open(%s, {nothing}) is not null", [wave.pk]
    yield "culture_scan", "select count(*) > 0 from culture_scan(%s)", [given]
    yield "culture_cast", "select culture_cast(%s, %s, %s, 256)", [given, uuid4(), b"x" * 285]
    yield "culture_remind", "select culture_remind(%s, 3, %s)", [wave.pk, third]
    yield "culture_plan_reminders", "select culture_plan_reminders(%s, '{}', 3, %s)", [wave.pk, today]
    yield "culture_remind_as_planned", "select culture_remind_as_planned(%s, 3, %s)", [wave.pk, third]
    yield "culture_reminders_due", "select count(*) > 0 from culture_reminders_due(%s)", [third]
    yield "culture_due", "select count(*) > 0 from culture_due() where wave_id = %s", [wave.pk]
    yield "culture_letters_due", "select count(*) > 0 from culture_letters_due(%s, 1)", [wave.pk]
    yield "culture_letter_sent", "select culture_letter_sent(%s, 1, %s)", [invitation, today]
    yield "culture_close", "select culture_close(%s, %s)", [wave.pk, wave.closes]
    yield BY_DAY, "select culture_close(%s, %s)", [wave.pk, wave.closes + timedelta(days=1)]
    for name in ("culture_box", "culture_answers", "culture_invited", "culture_published_cells"):
        yield name, f"select count(*) > 0 from {name}(%s)", [wave.pk]
    yield "culture_published_before", "select count(*) > 0 from culture_published_before(%s)", [wave.pk]
    with acting_in(cast.organisation.id), connection.cursor() as cursor:
        cursor.execute("select count(*) from culture_box(%s)", [wave.pk])
        many = cursor.fetchone()[0]
    keep = "select culture_keep(%s, %s, %s, '{}', '{}', '{}', '{}', '{}', '{}') is not null"
    yield "culture_keep", keep, [wave.pk, today, many]
    yield "culture_publish_units", f"select culture_publish_units(%s, {unit}) is not null", [wave.pk]
    yield "culture_publish", "select culture_publish(%s, %s, '', '{}') is not null", [wave.pk, today]
    yield "culture_keys_gone", "select culture_keys_gone(%s) is null", [wave.pk]
    yield "culture_look_at_turnout", "select culture_look_at_turnout(%s, 5) is null", [wave.pk]


def works(cast, who: str, wave: Wave, one: tuple[str, str, list[Any]]) -> bool:
    """Whether it answers or does something for them; nothing of it stays."""
    organisation = cast.elsewhere if who in ("job elsewhere", "tom") else cast.organisation
    person = None if who in JOBS else cast.named(who).pk
    (name, question, values), found = one, False
    with suppress(DatabaseError), transaction.atomic():
        with acting_in(organisation.id, person), connection.cursor() as cursor:
            cursor.execute(question, values)
            found = cursor.fetchone()[0]
        if name in ("culture_keys_gone", "culture_look_at_turnout"):
            after = now(cast, wave, cast.fatima)
            found = (after.keys_gone, after.turnout) != (wave.keys_gone, wave.turnout)
        transaction.set_rollback(True)
    return bool(found)


def reached(cast, who: str, table: type[Model]) -> bool:
    """Whether they read, change or remove any row of it."""
    organisation = cast.elsewhere if who in ("job elsewhere", "tom") else cast.organisation
    with acting_in(organisation.id, None if who in JOBS else cast.named(who).pk):
        rows = table._default_manager.all()
        return rows.exists() or rows.update(unit_id=uuid4()) > 0 or rows.delete()[0] > 0


def test_each_answers_in_its_state_and_to_whom_it_is_for_and_otherwise_to_nobody(cast, waves):
    given = invitation = None
    wrong: list[tuple[str, str, set[str]]] = []
    for state in STATES:
        wave = waves(state)
        if state == "open":
            with acting_in(cast.organisation.id, cast.johan.pk):
                invitation = Invitation.objects.get(wave=wave).pk
                given = ballots.hash_of(ballots.token_of(wave, invitation))
        for one in tries(cast, wave, given or b"x" * 32, invitation or uuid4()):
            found = {who for who in EVERYBODY if works(cast, who, wave, one)}
            if found != ALLOWED[one[0]].get(state, set()):
                wrong.append((state, one[0], found))
        wrong += [(state, table.__name__, {who}) for table in TABLES for who in EVERYBODY if reached(cast, who, table)]
    assert not wrong


def test_no_function_of_the_box_is_left_out(db):
    with connection.cursor() as cursor:
        cursor.execute("select proname from pg_proc where proname like 'culture\\_%' and prosecdef")
        there = {name for (name,) in cursor.fetchall()}
    # Of one's own units, and of what is kept for two years: see test_reports, test_decisions and test_waves.
    elsewhere = {"culture_units_of_mine", "culture_units_led"}
    kept = {f"culture_{verb}_{what}" for verb in ("old", "forget") for what in ("words", "decisions")}
    assert there == (ALLOWED.keys() - {BY_DAY}) | elsewhere | kept
