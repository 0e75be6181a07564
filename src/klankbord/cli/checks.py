"""``klankbord check``: is this installation as it should be? One line per subject."""

from __future__ import annotations

import os
import smtplib
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import typer

from klankbord.cli.installation import (
    OperatorError,
    data_folder,
    database_address,
    database_within_reach,
    django_as,
    uses_own_postgresql,
)

Check = Callable[[], str]


class Wrong(Exception):
    """What is not in order, and what to do about it."""


def run_checks() -> bool:
    """Print a line for every subject. True when all is in order."""
    with ExitStack() as stack:
        outcomes = [_try("python", check_python)]
        outcomes.append(reach := _try("database", lambda: _reach(stack)))
        outcomes.append(django := _try("settings", lambda: _load_django(stack)))
        outcomes += [_try(name, check) for name, check in LOCAL_CHECKS if django]
        outcomes += [_try(name, check) for name, check in DATABASE_CHECKS if django and reach]
    return all(outcomes)


def _try(subject: str, check: Check) -> bool:
    try:
        said, good = check(), True
    except (Wrong, OperatorError) as error:
        said, good = str(error), False
    except Exception as error:  # Whatever happens to one subject, the other lines still come.
        said, good = f"{type(error).__name__}: {' '.join(str(error).split())}", False
    mark = typer.style("ok   ", fg=typer.colors.GREEN) if good else typer.style("wrong", fg=typer.colors.RED)
    typer.echo(f"{mark}  {subject:<22}  {said}")
    return good


def _reach(stack: ExitStack) -> str:
    if not uses_own_postgresql() and not (data_folder() / "postgres").exists():
        raise Wrong(f"there is none in {data_folder()} yet; `klankbord serve` makes it")
    stack.enter_context(database_within_reach())
    with _login("app") as connection:
        number = connection.info.server_version // 10000
    if number < 15:
        raise Wrong(f"PostgreSQL {number} is too old; use 15 or newer")
    return f"PostgreSQL {number} answers" + ("" if uses_own_postgresql() else f", in {data_folder()}")


def _load_django(stack: ExitStack) -> str:
    stack.enter_context(django_as("owner"))
    from django.conf import settings

    return f"loaded, for {settings.BASE_URL}"


@contextmanager
def _login(role: str, *, keys: bool = False) -> Iterator[psycopg.Connection]:
    address = database_address(role, keys=keys)
    with psycopg.connect(address, connect_timeout=5, autocommit=True) as connection:
        yield connection


def check_python() -> str:
    """Which one this is; one that is too old would not have come this far."""
    return f"{sys.version.split(maxsplit=1)[0]}, {sys.executable}"


def check_secret_key() -> str:
    """There is a key to sign sessions with."""
    from django.conf import settings

    if settings.SECRET_KEY == "not-set":
        raise Wrong("none, so nobody can sign in; `klankbord serve` makes one, or set KLANKBORD_SECRET_KEY")
    return "set"


def check_master_key() -> str:
    """The key that opens the keys is there, has the right length, and only we can read it."""
    import base64
    import binascii

    from django.conf import settings

    given, path = settings.KLANKBORD_MASTER_KEY, Path(settings.KLANKBORD_MASTER_KEY_FILE)
    if not given:
        if not path.exists():
            raise Wrong(f"{path} is missing; put it back, or sealed texts stay unreadable")
        if path.stat().st_mode & 0o077:
            raise Wrong(f"{path} can be read by others; chmod 600 it")
        given = path.read_text(encoding="ascii")
    try:
        length = len(base64.b64decode(given.strip(), validate=True))
    except binascii.Error as error:
        raise Wrong("is not base64") from error
    if length != 32:
        raise Wrong(f"has {length} bytes instead of 32")
    return "32 bytes, readable for nobody else"


def check_browser_files() -> str:
    """Style sheets, fonts and scripts have been built."""
    from django.conf import settings

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise Wrong("not built; run `klankbord build`")
    return "built"


def check_mail() -> str:
    """A mail server is set, and answers."""
    from django.conf import settings

    if settings.MAILERS["default"]["BACKEND"].endswith("filebased.EmailBackend"):
        return f"the demo's letters are kept in {settings.MAILERS['default']['OPTIONS']['file_path']}"
    if not os.environ.get("KLANKBORD_SMTP_HOST"):
        raise Wrong("not set, so nobody can sign in; set KLANKBORD_SMTP_HOST")
    host, number = settings.MAILERS["default"]["OPTIONS"]["host"], settings.MAILERS["default"]["OPTIONS"]["port"]
    try:
        with smtplib.SMTP(host, number, timeout=5):
            return f"{host}:{number} answers"
    except (OSError, smtplib.SMTPException) as error:
        raise Wrong(f"{host}:{number} does not answer: {error}") from error


def check_migrations() -> str:
    """Both databases have the shape this version needs."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    waiting = []
    for alias, app in (("default", None), ("keys", "keys")):
        executor = MigrationExecutor(connections[alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes(app))
        waiting += [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
    if waiting:
        raise Wrong(f"{len(waiting)} to apply, the first is {waiting[0]}; run `klankbord migrate`")
    return "all applied"


APP_RIGHTS = """
select array_remove(array[
  case when rolsuper then 'is superuser' end,
  case when rolbypassrls then 'passes row security by' end,
  case when rolcreaterole then 'makes roles' end,
  case when rolreplication then 'replicates' end,
  case when exists (select 1 from pg_class where relowner = pg_roles.oid) then 'owns tables' end,
  case when exists (select 1 from pg_auth_members where member = pg_roles.oid) then 'is member of another role' end,
  case when has_schema_privilege('public', 'create') then 'makes tables' end
], null) from pg_roles where rolname = current_user
"""
READABLE_TABLES = """
select count(*) from pg_class
where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'select')
"""


def check_app_login() -> str:
    """SECURITY: row security binds only a login that is neither superuser, nor owner, nor allowed to pass it by."""
    for keys in (False, True):
        with _login("app", keys=keys) as connection:
            row = connection.execute(APP_RIGHTS).fetchone()
            if row is None or row[0]:
                raise Wrong(f"{connection.info.user} {' and '.join(row[0] if row else ['is unknown'])}; take that away")
    return "bound by row security, owner of nothing"


def check_keys_database() -> str:
    """SECURITY: the application reaches keys through functions; reading the table would give it all of them at once."""
    with _login("app", keys=True) as connection:
        row = connection.execute(READABLE_TABLES).fetchone()
    if row is None or row[0]:
        raise Wrong("the application can read its tables; run `klankbord migrate`")
    return "answers, closed but for its functions"


TELLTALE_SETTINGS = """
select array_agg(name || ' = ' || setting order by name) from pg_settings where
  (name = 'log_min_error_statement' and setting not in ('panic', 'fatal'))
  or (name = 'log_error_verbosity' and setting <> 'terse')
  or (name = 'log_statement' and setting not in ('none', 'ddl'))
  or (name in ('log_min_duration_statement', 'log_min_duration_sample') and setting <> '-1')
"""


def check_database_log() -> str:
    """SECURITY: a log with statements or details in it repeats what people wrote, outside the vault."""
    for keys in (False, True):
        with _login("app", keys=keys) as connection:
            row = connection.execute(TELLTALE_SETTINGS).fetchone()
        if row is None or row[0]:
            raise Wrong(
                f"would repeat what people write: {', '.join(row[0] if row else [])}; see docs/how-to/install.md"
            )
    return "repeats nothing that people write"


LOCAL_CHECKS: tuple[tuple[str, Check], ...] = (
    ("secret key", check_secret_key),
    ("master key", check_master_key),
    ("files for the browser", check_browser_files),
    ("mail server", check_mail),
)
DATABASE_CHECKS: tuple[tuple[str, Check], ...] = (
    ("migrations", check_migrations),
    ("application's login", check_app_login),
    ("keys' database", check_keys_database),
    ("database's log", check_database_log),
)
