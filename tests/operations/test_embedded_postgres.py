"""The embedded PostgreSQL: starting, stopping, surviving, and who may do what in it."""

from __future__ import annotations

import os
import shutil
import signal
import stat
from pathlib import Path

import psycopg
import pytest

from klankbord.core import postgres
from klankbord.core.postgres import (
    APP,
    DATABASE,
    KEYS_DATABASE,
    OWNER,
    SUPERUSER,
    AlreadyRunning,
    EmbeddedServer,
    PostgresError,
    connection_parts,
    socket_folder,
)
from klankbord.core.processes import FileLock
from tests.operations.conftest import Connect, Parent


def test_the_owner_makes_tables_and_the_application_fills_them(server: EmbeddedServer, connect: Connect):
    with connect(server.data, OWNER, DATABASE) as owner, connect(server.data, APP, DATABASE) as app:
        owner.execute("create table talk (topic text)")
        app.execute("insert into talk values ('kom gewoon')")
        assert app.execute("select topic from talk").fetchall() == [("kom gewoon",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table mine (a int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("truncate talk")


def test_in_the_keys_database_a_new_table_stays_closed_to_the_application(server: EmbeddedServer, connect: Connect):
    with connect(server.data, OWNER, KEYS_DATABASE) as owner, connect(server.data, APP, KEYS_DATABASE) as app:
        owner.execute("create table scope_key (wrapped bytea)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select * from scope_key")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table mine (a int)")


def test_the_application_is_bound_by_row_security_and_the_owner_may_make_databases(
    server: EmbeddedServer, connect: Connect
):
    query = "select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname like 'kl%'"
    with connect(server.data, SUPERUSER, DATABASE) as connection:
        rights = {name: rest for name, *rest in connection.execute(query)}
    assert rights == {APP: [False, False, False, False], OWNER: [False, False, True, False]}


def test_text_is_stored_as_utf8_and_sorted_the_same_everywhere(server: EmbeddedServer, connect: Connect):
    query = "select pg_encoding_to_char(encoding), datlocprovider, datlocale from pg_database where datname = %s"
    with connect(server.data, OWNER, DATABASE) as connection:
        assert connection.execute(query, [DATABASE]).fetchone() == ("UTF8", "b", "C.UTF-8")


def test_a_refused_insert_leaves_no_words_in_the_log(server: EmbeddedServer, connect: Connect):
    with connect(server.data, OWNER, DATABASE) as connection:
        connection.execute("create table told (words text check (length(words) < 5))")
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("insert into told values ('ik durf het Anton niet te zeggen')")
    assert "violates check constraint" in server.log.read_text()
    assert "durf" not in server.log.read_text()


def test_nothing_listens_on_the_network(server: EmbeddedServer, connect: Connect):
    with connect(server.data, APP, DATABASE) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    assert stat.S_IMODE(socket_folder(server.data).stat().st_mode) == 0o700


def test_the_same_data_are_there_after_stopping_and_starting(data: Path, connect: Connect):
    with EmbeddedServer(data, durable=False), connect(data, OWNER, DATABASE) as connection:
        connection.execute("create table kept as select 1 as number")
    with EmbeddedServer(data, durable=False), connect(data, APP, DATABASE) as connection:
        assert connection.execute("select number from kept").fetchone() == (1,)


def test_an_installation_that_lacks_a_right_gets_it_at_the_next_start(data: Path, connect: Connect):
    with EmbeddedServer(data, durable=False), connect(data, SUPERUSER, DATABASE) as connection:
        connection.execute("grant create on schema public to public")
        connection.execute(f"drop database {KEYS_DATABASE}")
    with EmbeddedServer(data, durable=False):
        with connect(data, APP, DATABASE) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table mine (a int)")
        with connect(data, APP, KEYS_DATABASE) as app:
            assert app.execute("select current_database()").fetchone() == (KEYS_DATABASE,)


def test_after_kill_9_of_its_parent_the_next_start_works_on_the_same_data(data: Path, parent: Parent, connect: Connect):
    first = parent(data)
    assert first.stdout is not None
    assert first.stdout.readline() == "started\n"
    with connect(data, OWNER, DATABASE) as connection:
        connection.execute("create table confirmed as select 1 as number")
    first.send_signal(signal.SIGKILL)
    with EmbeddedServer(data, durable=False), connect(data, APP, DATABASE) as connection:
        assert connection.execute("select number from confirmed").fetchone() == (1,)


def test_a_killed_parent_takes_the_server_along(data: Path, parent: Parent):
    process = parent(data)
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    lock = FileLock(data / "postgres.lock")
    assert lock.acquire(timeout=20.0), "a process of the server still lives"
    lock.release()


def test_a_server_that_does_not_listen_any_more_is_ended_before_the_next_start(
    data: Path, parent: Parent, monkeypatch: pytest.MonkeyPatch
):
    process = parent(data)
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    stuck = int((data / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(stuck, signal.SIGSTOP)
    process.send_signal(signal.SIGKILL)
    process.wait()
    monkeypatch.setattr(postgres, "STALE_SERVER_PATIENCE", 0.3)
    with EmbeddedServer(data, durable=False) as server:
        assert server.poll() is None


def test_a_second_start_on_the_same_folder_says_that_it_already_runs(server: EmbeddedServer, connect: Connect):
    with pytest.raises(AlreadyRunning, match="already running on"):
        EmbeddedServer(server.data).start(patience=0)
    with connect(server.data, APP, DATABASE) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_folder_too_deep_for_a_socket_and_for_postgresql_itself_is_no_problem(tmp_path: Path, connect: Connect):
    deep = tmp_path.joinpath(*["een map met een lange naam en een spatie"] * 30)
    assert len(str(deep)) > 1100
    assert len(connection_parts(deep, APP, DATABASE)["HOST"]) < 90
    with EmbeddedServer(deep, durable=False), connect(deep, APP, DATABASE) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_parents_that_are_closed_to_others_stay_closed(tmp_path: Path, connect: Connect):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedServer(closed / "data", durable=False), connect(closed / "data", APP, DATABASE) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_the_server_never_runs_as_root(server: EmbeddedServer):
    account = postgres.server_account()
    assert account.uid != 0
    assert (server.data / "postgres").stat().st_uid == account.uid


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a copy")
def test_programs_that_the_servers_account_cannot_reach_are_copied(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connect: Connect
):
    cache = Path("/var/cache") / f"klankbord-test-{os.getpid()}"
    monkeypatch.setattr(postgres, "BINARIES_CACHE", cache)
    can_run = postgres._can_run
    monkeypatch.setattr(postgres, "_can_run", lambda place, account: cache in place.parents and can_run(place, account))
    try:
        with EmbeddedServer(data, durable=False), connect(data, APP, DATABASE) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    finally:
        shutil.rmtree(cache)


def test_a_half_made_cluster_is_made_again(data: Path, connect: Connect):
    (data / "postgres.new" / "base").mkdir(parents=True)
    with EmbeddedServer(data, durable=False), connect(data, APP, DATABASE) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert not (data / "postgres.new").exists()


def test_a_cluster_of_another_major_version_is_refused_and_left_alone(data: Path):
    with EmbeddedServer(data, durable=False):
        pass
    (data / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresError, match="made by PostgreSQL 17 and this is"):
        EmbeddedServer(data).start()
    assert (data / "postgres" / "PG_VERSION").read_text() == "17\n"


def test_a_socket_folder_of_somebody_else_is_refused(data: Path):
    data.mkdir()
    folder = socket_folder(data)
    folder.symlink_to(data)
    try:
        with pytest.raises(PostgresError, match="belongs to somebody else"):
            EmbeddedServer(data, durable=False).start()
    finally:
        folder.unlink()


def test_how_to_connect_depends_on_the_real_folder_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "link").symlink_to(tmp_path / "data")
    expected = connection_parts(tmp_path / "data", APP, DATABASE)
    monkeypatch.setenv("TMPDIR", "/var/tmp")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    monkeypatch.chdir(tmp_path)
    assert connection_parts(Path("link"), APP, DATABASE) == expected
    assert expected["USER"] == APP
    assert expected["NAME"] == DATABASE
