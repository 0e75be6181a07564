"""A fresh installation in a temporary folder: its own PostgreSQL and keys, and commands run as an operator would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from klankbord.core.postgres import DATABASE, OWNER, EmbeddedServer, connection_parts

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Finished:
    """A command that ended well: how long it took and the most memory it had, in seconds and MB."""

    seconds: float
    peak_mb: float


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a fresh login, pointed at *data*: no setting of this shell leaks into the measurement.

    What is measured is the tree this file stands in, also where another one is installed.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    ours = {"PYTHONPATH": str(ROOT / "src"), "KLANKBORD_DATA": str(data), "NO_COLOR": "1", "KLANKBORD_LOG": "CRITICAL"}
    return kept | ours | more


def klankbord(data: Path, *arguments: str) -> Finished:
    """Run a command of Klankbord. Raises ``SystemExit`` with what it said when it does not succeed."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "klankbord.cli", *arguments],
            env=environment(data),
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        if process.returncode != 0:
            said.seek(0)
            raise SystemExit(said.read().decode(errors="replace"))
    return Finished(seconds, usage.ru_maxrss / 1024)


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """A folder of its own, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="klankbord-benchmark-"))
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def installed(data: Path) -> Iterator[EmbeddedServer]:
    """A migrated installation with its server running, and Django in this process logged in as the application is.

    The server has the settings of a real installation, so every write is safely on disk before it is confirmed.
    """
    from klankbord.cli.installation import prepare_data_folder

    for name in [name for name in os.environ if name.startswith("KLANKBORD_") or name.endswith("DATABASE_URL")]:
        del os.environ[name]
    os.environ |= environment(data) | {"KLANKBORD_ROLE": "app", "DJANGO_SETTINGS_MODULE": "klankbord.config.settings"}
    prepare_data_folder()
    with EmbeddedServer(data) as server:
        klankbord(data, "migrate", "--quiet")
        import django

        django.setup()
        yield server


def as_owner(data: Path) -> psycopg.Connection:
    """A bare connection of the owner, for what is no part of the product: floors, plans and statistics."""
    parts = connection_parts(data, OWNER, DATABASE)
    return psycopg.connect(host=parts["HOST"], user=parts["USER"], dbname=parts["NAME"], autocommit=True)
