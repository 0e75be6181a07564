"""A data folder of its own for every test, and processes that end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from klankbord.core.postgres import EmbeddedServer, connection_parts

Connect = Callable[[Path, str, str], psycopg.Connection]
Parent = Callable[[Path], subprocess.Popen[str]]

PARENT = """
import sys, time
from pathlib import Path
from klankbord.core.postgres import EmbeddedServer, PostgresError
try:
    EmbeddedServer(Path(sys.argv[1]), durable=False).start()
except PostgresError as error:
    sys.exit(str(error))
print("started", flush=True)
time.sleep(600)
"""


SOURCES = str(Path(__file__).parents[2] / "src")


def clean_environment(data: Path) -> dict[str, str]:
    """The environment of a fresh login, pointed at *data*; no setting of the test run leaks into it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {"KLANKBORD_DATA": str(data), "PYTHONPATH": SOURCES, "NO_COLOR": "1"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder where nothing has happened yet."""
    return tmp_path / "data"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server that runs, shared by the tests that leave it running."""
    with EmbeddedServer(tmp_path_factory.mktemp("shared"), durable=False) as server:
        yield server


@pytest.fixture
def connect() -> Connect:
    """Connect to the server of a folder, as a role, to a database."""

    def connect(data: Path, role: str, database: str) -> psycopg.Connection:
        parts = connection_parts(data, role, database)
        return psycopg.connect(host=parts["HOST"], user=parts["USER"], dbname=parts["NAME"], autocommit=True)

    return connect


@pytest.fixture
def parent() -> Iterator[Parent]:
    """Start a process that starts the server of a folder and then waits; killed at the end."""
    started: list[subprocess.Popen[str]] = []

    def start(data: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=clean_environment(data),
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.send_signal(signal.SIGKILL)
        process.communicate()


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A PATH with the plain commands that scripts need, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("cat", "chmod", "dirname", "mkdir", "rm", "sh"):
        (folder / name).symlink_to(f"/bin/{name}" if Path(f"/bin/{name}").exists() else f"/usr/bin/{name}")
    return folder


def program(folder: Path, name: str, text: str) -> None:
    """Put a shell script in *folder* under the name of a program."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
