"""An attacker with everything in hand: every page of the database at every moment, both databases' contents after
closing, the master key, the write-ahead log, the statistics and the server's log. And who knows who answered when.

Each attack is also carried out where it must succeed: with a copy of the keys, or with answers that were not sorted.
An attacker who cannot do that would prove nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap
from django.conf import settings
from django.db import OperationalError, connections

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.culture import ballots, jobs
from klankbord.culture.actions import Received, cast_ballot, close_wave, closing
from klankbord.culture.models import Invitation, Wave
from klankbord.culture.models.ballot import ANSWER_LABEL, BALLOT_LABEL
from klankbord.privacy import vault
from klankbord.privacy.drafts import draft_at, drop_draft, keep_draft
from klankbord.privacy.jobs import StillHeld, wipe_keys, wipe_soon
from tests.faults.conftest import all_at_once
from tests.scan import Asked, answer, asked, closed_by_fatima, fill_units, opened_wave, some_values

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
WORDS = "De koffie op de derde verdieping"
HASH_AT, BALLOT_AT, ANSWER_AT = 32, 52, 48
"""Where in a row the bytes lie: behind two or three ids, and a number."""
TABLES = ("culture_ballotright", "culture_ballotbox", "culture_answer", "culture_openanswer")


def superuser(alias: str) -> psycopg.Connection[Any]:
    """Whoever runs the server."""
    place = connections[alias].settings_dict
    return psycopg.connect(host=place["HOST"], user="postgres", dbname=place["NAME"], autocommit=True)


@dataclass
class Tuple:
    """A row as it lies in its page, alive or dead."""

    table: str
    place: tuple[int, int]
    xmin: int
    xmax: int
    data: bytes


def tuples(database: psycopg.Connection[Any], table: str) -> list[Tuple]:
    """Every row on every page of a table, dead ones included."""
    pages = database.execute("select pg_relation_size(%s::regclass) / 8192", [table]).fetchone()[0]
    found = []
    for page in range(pages):
        rows = database.execute(
            "select lp, t_xmin::text::bigint, t_xmax::text::bigint, t_data"
            " from heap_page_items(get_raw_page(%s, %s)) where t_data is not null",
            [table, page],
        ).fetchall()
        found += [Tuple(table, (page, lp), xmin, xmax, bytes(data)) for lp, xmin, xmax, data in rows]
    return found


@dataclass
class Attacker:
    """Reads pages whenever something happens, and forgets nothing."""

    main: psycopg.Connection[Any]
    keys: psycopg.Connection[Any]
    right_of: dict[bytes, int] = field(default_factory=dict)
    ballot_of: dict[int, tuple[UUID, bytes]] = field(default_factory=dict)

    def tuples(self, table: str) -> list[Tuple]:
        """Every row on every page of a table of the main database."""
        return tuples(self.main, table)

    def look(self) -> None:
        """Keep which transaction took which right away, and which ballot came with which transaction."""
        for row in self.tuples("culture_ballotright"):
            if row.xmax:
                self.right_of[_bytes_at(row.data, HASH_AT)] = row.xmax
        for row in self.tuples("culture_ballotbox"):
            self.ballot_of[row.xmin] = (UUID(bytes=row.data[:16]), _bytes_at(row.data, BALLOT_AT))

    def linked(self) -> Mapping[bytes, tuple[UUID, bytes]]:
        """The sealed ballot of each hash, by the transaction that both were written in."""
        return {right: self.ballot_of[xid] for right, xid in self.right_of.items() if xid in self.ballot_of}

    def every_key(self) -> list[bytes]:
        """Every key there is, unwrapped, those in rows that are gone but still on their page included."""
        master = base64.b64decode(settings.KLANKBORD_MASTER_KEY)
        found = []
        for row in tuples(self.keys, "scope_key"):
            try:
                # Behind the scope and a header of one byte.
                found.append(aes_key_unwrap(master, row.data[17:57]))
            except InvalidUnwrap:
                continue
        return found

    def traced(self, invitations: Mapping[str, UUID], keys: list[bytes]) -> Mapping[str, str]:
        """What each person answered, as far as *keys* lead from invitations to ballots and into them."""
        linked, found = self.linked(), {}
        for person, invitation in invitations.items():
            for key in keys:
                digest = hmac.new(key, b"mail:" + invitation.bytes, hashlib.sha256).digest()[:24]
                right = hashlib.sha256(base64.urlsafe_b64encode(digest)).digest()
                if right in linked and (text := _opened(keys, *linked[right])):
                    found[person] = re.findall(r'"([0-5]+)"', text)[0]
        return found


def _bytes_at(data: bytes, start: int) -> bytes:
    """The bytes in a row behind a header that says how many they are: of one byte when it is odd, or else of four."""
    if data[start] & 1:
        return data[start + 1 : start + (data[start] >> 1)]
    size = int.from_bytes(data[start : start + 4], "little") >> 2
    return data[start + 4 : start + size]


def _opened(keys: list[bytes], ballot: UUID, sealed: bytes) -> str | None:
    bound = BALLOT_LABEL.encode() + b"\x00" + ballot.bytes
    for key in keys:
        try:
            return AESGCM(key).decrypt(sealed[1:13], sealed[13:], bound).decode()
        except InvalidTag:
            continue
    return None


@pytest.fixture
def attacker() -> Iterator[Attacker]:
    """With pageinspect, on both databases."""
    with superuser("default") as main, superuser("keys") as keys:
        for database in (main, keys):
            database.execute("create extension if not exists pageinspect")
        yield Attacker(main, keys)
        for database in (main, keys):
            database.execute("drop extension pageinspect")


@dataclass(frozen=True)
class Asking:
    """A wave that everybody answered, in an order the attacker knows, and what only they themselves know."""

    wave: Wave
    order: list[Asked]
    said: Mapping[str, str]
    invitations: Mapping[str, UUID]
    tokens_and_words: list[str]
    copied_keys: list[bytes]


def everybody_answers(cast, attacker: Attacker) -> Asking:
    """Forty-nine people answer one by one; the attacker looks after each, and copies the keys once all have."""
    fill_units(cast, 8)
    wave = opened_wave(cast)
    order = asked(cast, wave)
    random.Random(7).shuffle(order)
    question = wave.open_questions[0].id
    said, secrets = {}, []
    for number, one in enumerate(order):
        values = some_values(wave, one.person.staff_number)
        assert answer(cast, one.given, values, {question: f"{WORDS} {number}"}) is Received.IN_THE_BOX
        said[str(one.person.pk)] = "".join(str(values[item.id]) for item in wave.rated)
        secrets.append(one.given)
        attacker.look()
    rows = attacker.main.execute("select person_id, id from culture_invitation").fetchall()
    return Asking(wave, order, said, {str(p): i for p, i in rows}, [*secrets, WORDS], attacker.every_key())


def wiped() -> None:
    """Wait, as nights do, until nobody anywhere began earlier: other tests write in other databases of this server."""
    for _try in range(80):
        with suppress(StillHeld):
            assert wipe_keys(0)
            return
    raise AssertionError("somebody began earlier all the time")


def close_and_stop_before_publishing(cast, wave: Wave, monkeypatch) -> None:
    """The moment at which there is most to find: the answers are written, and the figures are not made yet."""

    def killed(_wave):
        raise KeyboardInterrupt

    closed_by_fatima(cast, wave)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "made_of", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.finish(str(cast.organisation.id), str(wave.pk))


def answers_as_they_lie(attacker: Attacker, wave: Wave) -> Mapping[str, list[str]]:
    """The digits of the answers of each unit in the order of their place on the pages. The attacker has their key."""
    vault.forget_keys()
    rows = attacker.main.execute("select id, unit_id, sealed from culture_answer order by ctid").fetchall()
    found: dict[str, list[str]] = defaultdict(list)
    for one, unit, sealed in rows:
        found[str(unit)].append(vault.open_text(wave.answers_scope, ANSWER_LABEL, one, bytes(sealed))[2:])
    return found


def guessed_by_order(asking: Asking, lying: Mapping[str, list[str]]) -> int:
    """How often the n-th to answer in a unit gave the n-th answer that lies there."""
    came: dict[str, list[str]] = defaultdict(list)
    for one in asking.order:
        came[str(one.person.unit_id)].append(asking.said[str(one.person.pk)])
    return sum(a == b for unit, digits in came.items() for a, b in zip(digits, lying[unit], strict=True))


# --- after closing --------------------------------------------------------------------------------------------------


def test_with_everything_in_hand_after_closing_nobody_is_traced(cast, attacker, monkeypatch):
    asking = everybody_answers(cast, attacker)
    came = {hashlib.sha256(one.given.encode()).digest() for one in asking.order}
    assert came <= set(attacker.linked()), "the attacker knows which ballot came with which right"
    assert attacker.traced(asking.invitations, asking.copied_keys) == asking.said, "and with the keys reads all"
    close_and_stop_before_publishing(cast, asking.wave, monkeypatch)
    wiped()
    attacker.look()
    keys = attacker.every_key()
    assert keys, "those of answers and words are there"
    assert attacker.traced(asking.invitations, keys) == {}
    assert not any(_opened(keys, *ballot) for ballot in attacker.ballot_of.values())

    lying = answers_as_they_lie(attacker, asking.wave)
    assert sum(map(len, lying.values())) == len(asking.order)
    units = len(lying)
    # By chance one in each unit; that one more than four standard deviations off happens once in 20,000.
    assert guessed_by_order(asking, lying) <= units + 4 * units**0.5
    _nothing_counts_or_tells_time(attacker)
    assert attacker.main.execute(
        "select count(distinct x) from (select xmin::text as x from culture_answer"
        " union all select xmin::text from culture_openanswer) every"
    ).fetchone() == (1,)
    assert attacker.main.execute("select count(distinct cmin::text) from culture_answer").fetchone() == (1,)

    jobs.finish(str(cast.organisation.id), str(asking.wave.pk))
    wiped()
    vault.forget_keys()
    keys = attacker.every_key()
    left = attacker.tuples("culture_answer")
    assert attacker.main.execute("select count(*) from culture_answer").fetchone() == (0,)
    assert not any(
        _opens_answer(key, UUID(bytes=row.data[:16]), _bytes_at(row.data, ANSWER_AT)) for row in left for key in keys
    )
    _nothing_stands_in_the_open(attacker, asking)
    # What is published is for good, also for whoever runs the server and means no harm.
    for table, column in (("publication", "about"), ("publishedunit", "cells"), ("publishedwhole", "about")):
        for change in (f"update culture_{table} set {column} = '[]'", f"delete from culture_{table}"):
            with pytest.raises(psycopg.Error, match="Cannot update or delete"):
                attacker.main.execute(change)


def _opens_answer(key: bytes, one: UUID, sealed: bytes) -> bool:
    try:
        AESGCM(key).decrypt(sealed[1:13], sealed[13:], ANSWER_LABEL.encode() + b"\x00" + one.bytes)
    except InvalidTag:
        return False
    return True


def _nothing_counts_or_tells_time(attacker: Attacker) -> None:
    """No column that counts up or holds a moment, nothing kept beside a row, ids drawn by lot, and no statistics."""
    columns = attacker.main.execute(
        "select table_name, data_type, column_default from information_schema.columns where table_name = any(%s)",
        [list(TABLES)],
    ).fetchall()
    assert {kind for _table, kind, _default in columns} == {"uuid", "bytea", "smallint", "character varying"}
    assert {default for _table, _kind, default in columns} == {None}
    attacker.main.execute("analyze")
    attacker.keys.execute("analyze scope_key")
    assert attacker.keys.execute("select attname from pg_stats where attname = 'wrapped'").fetchall() == []
    assert (
        attacker.main.execute(
            "select tablename, attname from pg_stats where tablename = any(%s)", [list(TABLES)]
        ).fetchall()
        == []
    )
    for table in TABLES[:3]:
        ids = attacker.main.execute(f"select id from {table}").fetchall()
        assert all(one.version == 4 for (one,) in ids)
        kept_beside = attacker.main.execute(
            "select coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0) from pg_class where relname = %s", [table]
        ).fetchone()
        assert kept_beside == (0,)


def _nothing_stands_in_the_open(attacker: Attacker, asking: Asking) -> None:
    """In no page, no write-ahead log and no line of the server stand a link, a word, or somebody's answers."""
    data = Path(os.environ["KLANKBORD_DATA"])
    attacker.main.execute("checkpoint")
    said = [digits.encode() for digits in asking.said.values()]
    secrets = [one.encode() for one in asking.tokens_and_words] + said
    database = attacker.main.execute("select oid from pg_database where datname = current_database()").fetchone()[0]
    places = [*(data / "postgres" / "pg_wal").glob("0*"), data / "postgres.log"]
    places += (data / "postgres" / "base" / str(database)).iterdir()
    hashes = [hashlib.sha256(one.given.encode()).digest() for one in asking.order]
    seen = set()
    for place in places:
        if not place.is_file():
            continue
        content = place.read_bytes()
        assert not [one for one in secrets if one in content], place
        seen |= {one for one in hashes if one in content}
    assert seen == set(hashes), "the attacker looks in the right places: hashes are there"
    log = (data / "postgres.log").read_text(errors="replace")
    assert not any(one.hex() in log for one in hashes)


def test_answers_that_were_not_sorted_would_be_traced(cast, attacker, monkeypatch):
    asking = everybody_answers(cast, attacker)
    monkeypatch.setattr(closing, "in_canonical_order", list)
    close_and_stop_before_publishing(cast, asking.wave, monkeypatch)
    assert guessed_by_order(asking, answers_as_they_lie(attacker, asking.wave)) == len(asking.order)


def test_a_destroyed_key_that_stayed_on_its_page_would_be_found(cast, attacker, monkeypatch):
    asking = everybody_answers(cast, attacker)
    monkeypatch.setattr(vault, "wipe", lambda: False)
    with superuser("keys") as reader:
        # Whoever still reads as of a moment before keeps the dead rows: they do not go by chance, as a page fills up.
        reader.execute("begin isolation level repeatable read")
        reader.execute("select 1")
        close_and_stop_before_publishing(cast, asking.wave, monkeypatch)
        assert attacker.traced(asking.invitations, attacker.every_key()) == asking.said
        reader.execute("rollback")
    waiting = "select count(*) from procrastinate_jobs where task_name = 'privacy.wipe_soon' and status = 'todo'"
    assert attacker.main.execute(waiting).fetchone() == (1,)


# --- other keys -----------------------------------------------------------------------------------------------------


def test_by_morning_no_key_that_was_destroyed_stays_on_its_page(cast, attacker):
    wiped()
    earlier = set(attacker.every_key())
    for person in (cast.johan, cast.anton):
        with acting_in(cast.organisation.id, person.pk):
            keep_draft("/vraag", {"words": WORDS})
    both = set(attacker.every_key()) - earlier
    with acting_in(cast.organisation.id, cast.johan.pk):
        drop_draft("/vraag")
    assert both <= set(attacker.every_key()), "the attacker finds what is only deleted"
    wiped()
    left = both & set(attacker.every_key())
    assert (len(both), len(left)) == (2, 1)
    vault.forget_keys()
    with acting_in(cast.organisation.id, cast.anton.pk):
        assert draft_at("/vraag") == {"words": WORDS}


def test_keys_that_somebody_holds_are_wiped_later(monkeypatch):
    monkeypatch.setattr(vault, "wipe", lambda: False)
    for again in (wipe_soon, partial(wipe_keys, 0)):
        with pytest.raises(StillHeld):
            again()
    monkeypatch.setattr(vault, "can_wipe", lambda: False)
    assert not wipe_keys(0)


# --- at the same moment ---------------------------------------------------------------------------------------------


def _from(cast, given: str):
    def vote() -> Received:
        with acting_in(cast.organisation.id):
            return cast_ballot(given=given, values={}, words={})

    return vote


def test_the_same_link_at_the_same_moment_counts_once(cast, attacker):
    fill_units(cast, 1)
    wave = opened_wave(cast, kind="pulse")
    for one in asked(cast, wave)[:3]:
        found = all_at_once([_from(cast, one.given)] * 6)
        assert sorted(found) == [Received.IN_THE_BOX, *[Received.NO_RIGHT] * 5]
    assert attacker.main.execute("select count(*) from culture_ballotbox").fetchone() == (3,)


def test_closing_and_emptying_wait_for_an_answer_that_is_under_way(cast, attacker):
    fill_units(cast, 1)
    wave = opened_wave(cast, kind="pulse")
    given = ballots.hash_of(asked(cast, wave)[0].given)

    def waits(person, does) -> None:
        with pytest.raises(OperationalError, match="lock timeout"), acting_in(cast.organisation.id, person):
            with connections["default"].cursor() as cursor:
                cursor.execute("set local lock_timeout = '200ms'")
            does()

    with superuser("default") as answering, answering.transaction():
        answering.execute("select set_config('klankbord.organisation', %s, true)", [str(cast.organisation.id)])
        row = answering.execute("select culture_cast(%s, %s, %s, 256)", [given, uuid4(), b"x" * 285]).fetchone()
        assert row == (True,)
        waits(cast.fatima.pk, partial(close_wave, wave=wave))
    closed_by_fatima(cast, wave)
    with superuser("default") as answering, answering.transaction():
        lock = "select pg_advisory_xact_lock_shared(hashtextextended('culture_wave:' || %s, 0))"
        answering.execute(lock, [str(wave.pk)])
        waits(None, partial(ballots.keep, wave, in_box=1, answers=[], words=[], day=clock.today()))


def test_what_was_said_to_be_in_the_box_is_counted_also_when_the_wave_closes_at_that_moment(
    cast, attacker, monkeypatch
):
    fill_units(cast, 3)
    wave = opened_wave(cast, kind="pulse")
    people = asked(cast, wave)

    def close() -> Received:
        closed_by_fatima(cast, wave)
        return Received.CLOSED

    work = [_from(cast, one.given) for one in people[:7]]
    found = all_at_once([*work[:4], close, *work[4:]])
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "made_of", lambda _wave: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.finish(str(cast.organisation.id), str(wave.pk))
    in_the_box = sum(one is Received.IN_THE_BOX for one in found)
    assert attacker.main.execute("select count(*) from culture_answer").fetchone() == (in_the_box,)
    assert set(found) <= {Received.IN_THE_BOX, Received.CLOSED, Received.NO_RIGHT}


def test_invitations_tell_nothing_of_who_answered(cast, attacker):
    fill_units(cast, 1)
    wave = opened_wave(cast, kind="pulse")
    people = asked(cast, wave)

    def rows():
        return attacker.main.execute(
            "select i.*, i.ctid, i.xmin, i.xmax from culture_invitation i order by id"
        ).fetchall()

    # As they lie: rights by their hashes and invitations by their ids, which know nothing of each other.
    for table, column in (("culture_ballotright", "hash"), ("culture_invitation", "id")):
        lying = attacker.main.execute(f"select {column} from {table} order by ctid").fetchall()
        assert len(lying) == len(people)
        assert lying == sorted(lying)
    before = rows()
    waves = attacker.main.execute("select w.*, w.xmin, w.xmax from culture_wave w").fetchall()
    for one in people[:6]:
        assert answer(cast, one.given) is Received.IN_THE_BOX
    assert rows() == before
    assert attacker.main.execute("select w.*, w.xmin, w.xmax from culture_wave w").fetchall() == waves
    with acting_in(cast.organisation.id, people[0].person.pk):
        assert Invitation.objects.get(wave=wave).letters == 0
    assert ballots.hash_of(people[0].given) != ballots.hash_of(people[1].given)
