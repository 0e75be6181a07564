"""`klankbord serve` from start to stop, with everything real."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from klankbord.cli import serving
from klankbord.cli.installation import OperatorError
from klankbord.core.processes import FileLock
from tests.operations.conftest import clean_environment

Serve = Callable[[int], subprocess.Popen[str]]

# What happens in a moment may take long on a machine that is busy with something else. Nobody waits longer than needed.
PATIENCE = 120.0


@pytest.fixture
def number() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder shared by these tests, since a first migration takes the longest of all."""
    return tmp_path_factory.mktemp("installed") / "data"


@pytest.fixture
def serve(installed: Path) -> Iterator[Serve]:
    """Start `klankbord serve` on that data folder."""
    started: list[subprocess.Popen[str]] = []

    def start(number: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "klankbord.cli", "serve"],
            env=clean_environment(installed) | {"PORT": str(number), "KLANKBORD_LOG": "CRITICAL"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def until[T](look: Callable[[], T], wanted: str, patience: float = PATIENCE) -> T:
    """What is found, as soon as something is."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < deadline, wanted
        time.sleep(0.1)
    return found


def parts_of(process: subprocess.Popen[str]) -> list[str]:
    """The processes that it started, once the last of them, the worker, is there."""

    def look() -> list[str]:
        parts = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
        return parts if any(b"worker" in command_of(part) for part in parts) else []

    return until(look, "the worker starts")


def command_of(part: str) -> bytes:
    """What a process runs; nothing when it is gone."""
    try:
        return Path(f"/proc/{part}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    """Read what is printed until the address has been."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "Stop with Ctrl-C" in line:
            return
    pytest.fail("it did not start:\n" + "".join(said))


def answers(number: int) -> bool:
    """Whether a page comes back, whatever page it is."""
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


def test_it_survives_kill_9_and_stops_cleanly_on_ctrl_c(installed: Path, number: int, serve: Serve):
    killed = serve(number)
    wait_until_ready(killed)
    assert answers(number)
    until(lambda: len(parts_of(killed)) >= 3, "the database, the web server and the worker")
    parts = parts_of(killed)
    killed.send_signal(signal.SIGKILL)

    process = serve(number)
    wait_until_ready(process)
    assert answers(number)
    until(lambda: not any(command_of(part) for part in parts), "nothing of the killed one lives on", patience=10)
    checked = subprocess.run(
        [sys.executable, "-m", "klankbord.cli", "check"],
        env=clean_environment(installed),
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    for subject in ("migrations", "application's login", "keys' database", "database's log", "master key"):
        assert f"ok     {subject}" in checked, checked
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert said.endswith("Klankbord has stopped.\n")
    assert not answers(number)


def test_an_organisation_is_founded_once_and_its_address_is_its_own(installed: Path):
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "klankbord.cli", *words]
        return subprocess.run(command, env=clean_environment(installed), capture_output=True, text=True, check=False)

    assert run("migrate", "--quiet").returncode == 0
    answers = ("--name", "Bergdorp", "--administrator", "Noor Haddad", "--email", "noor@bergdorp.example")
    first = run("found", "bergdorp", *answers)
    assert first.returncode == 0, first.stderr
    assert "/bergdorp/" in first.stdout
    assert "already" in run("found", "bergdorp", *answers).stderr
    for slug in ("demo", "Berg dorp"):
        refused = run("found", slug, *answers)
        assert refused.returncode == 1
        assert "address" in refused.stderr


def test_a_part_that_dies_takes_the_whole_down_by_name(installed: Path, number: int, serve: Serve):
    process = serve(number)
    wait_until_ready(process)
    os.kill(int((installed / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "stopped of itself" in said
    assert not answers(number)
    lock = FileLock(installed / "supervisor.lock")
    assert lock.acquire(timeout=0)
    lock.release()


def test_a_port_that_is_taken_is_named_with_another_to_try(number: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(serving, "PORT_PATIENCE", 0.0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", number))
        other.listen()
        with pytest.raises(OperatorError, match=f"Port {number} cannot be used .* such as PORT={number + 1}"):
            serving._claim_port("127.0.0.1", number)
    serving._claim_port("127.0.0.1", number)
