"""The data folder with its secrets, and the commands that look at it."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from klankbord.cli import installation
from klankbord.cli.installation import OperatorError, database_address, port, prepare_data_folder
from tests.operations.conftest import clean_environment


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    """No setting of the machine that runs the tests counts."""
    for name in set(os.environ) - set(clean_environment(data)):
        monkeypatch.delenv(name)
    monkeypatch.setenv("KLANKBORD_DATA", str(data))


def klankbord(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator would."""
    command = [sys.executable, "-m", "klankbord.cli", *arguments]
    return subprocess.run(command, env=clean_environment(data), capture_output=True, text=True, check=False)


def test_secrets_are_made_once_and_only_their_owner_can_read_them(data: Path):
    prepare_data_folder()
    made = {name: (data / name).read_text() for name in ("secret.key", "master.key")}
    assert len(base64.b64decode(made["master.key"])) == 32
    assert len(made["secret.key"]) > 50
    for path in (data, *data.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    prepare_data_folder()
    assert {path.name: path.read_text() for path in data.iterdir()} == made


def test_secrets_from_the_environment_are_not_written_down(data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KLANKBORD_SECRET_KEY", "given")
    monkeypatch.setenv("KLANKBORD_MASTER_KEY", "given")
    prepare_data_folder()
    assert list(data.iterdir()) == []


def test_a_lost_master_key_is_not_replaced_by_another_one(data: Path):
    prepare_data_folder()
    (data / "postgres").mkdir()
    (data / "master.key").unlink()
    with pytest.raises(OperatorError, match="without it no sealed text can be read"):
        prepare_data_folder()
    assert not (data / "master.key").exists()


def test_two_first_starts_at_once_agree_on_one_secret(data: Path):
    data.mkdir()
    (data / "secret.key").write_text("theirs\n")
    # The other start wrote its secret after we looked whether there was one.
    path = data / "secret.key"

    class NotThereYet(type(path)):  # type: ignore[misc]
        def exists(self, **_: object) -> bool:
            return False

    installation._write_once(NotThereYet(path), "ours")
    assert path.read_text() == "theirs\n"
    assert [file.name for file in data.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("given", ["eight", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused_in_words(given: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORT", given)
    with pytest.raises(OperatorError, match="is not a port"):
        port()


def test_an_empty_port_means_the_usual_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORT", "")
    assert port() == 8000


def test_the_address_of_the_embedded_database_is_one_that_psql_understands(data: Path):
    from psycopg.conninfo import conninfo_to_dict

    from klankbord.core.postgres import socket_folder

    parts = conninfo_to_dict(database_address("owner", keys=True))
    assert parts["host"] == str(socket_folder(data))
    assert (parts["user"], parts["dbname"]) == ("klankbord_owner", "klankbord_keys")


def test_with_a_postgresql_of_your_own_the_address_is_the_one_you_gave(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://klankbord_app@db/klankbord")
    assert database_address("app", keys=False) == "postgresql://klankbord_app@db/klankbord"
    with pytest.raises(OperatorError, match="DATABASE_OWNER_URL is not set"):
        database_address("owner", keys=False)


def test_the_command_tells_what_it_can_do_without_loading_the_application(data: Path):
    outcome = klankbord(data, "--help")
    assert outcome.returncode == 0
    for command in ("serve", "worker", "migrate", "demo", "import-people", "database-url", "check", "build"):
        assert command in outcome.stdout
    look = "import sys, klankbord.cli; sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], env=clean_environment(data), check=False).returncode == 0


def test_check_says_line_by_line_what_is_wrong_and_makes_nothing(data: Path):
    outcome = klankbord(data, "check")
    assert outcome.returncode == 1
    lines = {line.split(maxsplit=2)[1]: line for line in outcome.stdout.splitlines()}
    assert lines["python"].startswith("ok")
    assert lines["database"].startswith("wrong")
    assert "klankbord serve" in lines["database"]
    assert lines["mail"].startswith("wrong")
    assert not data.exists()


def test_what_an_operator_can_mend_is_told_without_a_traceback(tmp_path: Path):
    (tmp_path / "file").write_text("")
    outcome = klankbord(tmp_path / "file", "migrate")
    assert outcome.returncode == 1
    assert "cannot be used" in outcome.stderr
    assert "Traceback" not in outcome.stderr
