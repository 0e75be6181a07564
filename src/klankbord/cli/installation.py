"""What stands around the application on one machine: the data folder, its secrets, and a database that answers."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ADDRESSES = {
    ("app", False): "DATABASE_URL",
    ("owner", False): "DATABASE_OWNER_URL",
    ("app", True): "KEYS_DATABASE_URL",
    ("owner", True): "KEYS_DATABASE_OWNER_URL",
}


class OperatorError(Exception):
    """Something the person at the keyboard can mend; the message says how."""


def data_folder() -> Path:
    """Where this installation keeps its state: ``KLANKBORD_DATA``, or ``./data``."""
    return Path(os.environ.get("KLANKBORD_DATA", "data")).expanduser().resolve()


def uses_own_postgresql() -> bool:
    """Whether the environment names a PostgreSQL, so that none is started here."""
    return bool(os.environ.get("DATABASE_URL"))


def port() -> int:
    """The port to serve on: ``PORT``, or 8000."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise OperatorError(f"PORT={given} is not a port; choose a number between 1 and 65535.")
    return int(given)


def prepare_data_folder() -> Path:
    """Make the data folder and its secrets when they are not there, and tell child processes where it is."""
    data = data_folder()
    os.environ["KLANKBORD_DATA"] = str(data)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.environ.get("KLANKBORD_SECRET_KEY"):
            _write_once(data / "secret.key", secrets.token_urlsafe(50))
        if not os.environ.get("KLANKBORD_MASTER_KEY") and not os.environ.get("KLANKBORD_MASTER_KEY_FILE"):
            _make_master_key(data)
    except OSError as error:
        raise OperatorError(f"The data folder {data} cannot be used: {error.strerror}.") from error
    return data


def _make_master_key(data: Path) -> None:
    path = data / "master.key"
    # The key comes before the cluster, also in a start that is cut short. So a cluster without a key has lost it, and
    # a new one would make every text that was sealed until now unreadable without a word.
    if not path.exists() and (data / "postgres").exists():
        raise OperatorError(
            f"{path} is missing, and without it no sealed text can be read. Put it back from your back-up, or set "
            "KLANKBORD_MASTER_KEY_FILE. To begin again with nothing, remove the data folder."
        )
    _write_once(path, base64.b64encode(secrets.token_bytes(32)).decode())


def _write_once(path: Path, secret: str) -> None:
    """Write a secret that only its owner may read, safely on disk before anything depends on it."""
    if path.exists():
        return
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link, unlike a rename, never replaces a secret that another start wrote at the same moment.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


@contextmanager
def database_within_reach() -> Iterator[None]:
    """A database that answers: one of your own, the one that `klankbord serve` runs, or one for this command only."""
    if uses_own_postgresql():
        missing = [name for name in ADDRESSES.values() if not os.environ.get(name)]
        if missing:
            raise OperatorError(f"With DATABASE_URL, also set {', '.join(missing)}; see docs/how-to/install.md.")
        yield
        return
    from klankbord.core.postgres import AlreadyRunning, EmbeddedServer, PostgresError

    server = EmbeddedServer(data_folder())
    try:
        server.start(patience=0)
    except AlreadyRunning:
        server.wait_until_ready()
    except PostgresError as error:
        raise OperatorError(str(error)) from error
    try:
        yield
    finally:
        server.stop()


@contextmanager
def django_as(role: str) -> Iterator[None]:
    """Django, ready to use, logged in to the database as *role* (``app`` or ``owner``). Once per process."""
    os.environ["KLANKBORD_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
    import django
    from django.db import connections

    from klankbord.config import logs

    logs.configure()
    django.setup()
    try:
        yield
    finally:
        connections.close_all()


def database_address(role: str, *, keys: bool) -> str:
    """The address of a database as libpq understands it."""
    if uses_own_postgresql():
        name = ADDRESSES[role, keys]
        if not os.environ.get(name):
            raise OperatorError(f"{name} is not set.")
        return os.environ[name]
    from klankbord.core.postgres import APP, DATABASE, KEYS_DATABASE, OWNER, connection_parts

    parts = connection_parts(data_folder(), OWNER if role == "owner" else APP, KEYS_DATABASE if keys else DATABASE)
    return f"postgresql://{parts['USER']}@/{parts['NAME']}?host={quote(parts['HOST'], safe='')}&port={parts['PORT']}"
