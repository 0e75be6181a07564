"""Every test runs as the application's own login, on the real database, with row security on.

Databases are made and emptied as the owner. One embedded PostgreSQL serves the whole run; with xdist the controlling
process owns it and each worker makes databases of its own.
"""

import base64
import copy
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

os.environ["DJANGO_SETTINGS_MODULE"] = "klankbord.config.settings"
# A property is about what holds, not about how fast this machine happens to be.
hypothesis_settings.register_profile("klankbord", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("klankbord")
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

if not IS_WORKER:
    for name in ("DATABASE_URL", "KEYS_DATABASE_URL", "KLANKBORD_ROLE", "KLANKBORD_DEMO", "KLANKBORD_MASTER_KEY_FILE"):
        os.environ.pop(name, None)
    os.environ["KLANKBORD_DATA"] = tempfile.mkdtemp(prefix="klankbord-test-")
    os.environ["KLANKBORD_SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["KLANKBORD_MASTER_KEY"] = base64.b64encode(secrets.token_bytes(32)).decode()


def _use_own_server() -> None:
    """Point the settings at this run's server, also when something read them before this file was."""
    from django.conf import settings

    from klankbord.core.postgres import connection_parts

    data = Path(os.environ["KLANKBORD_DATA"])
    for alias, database in (("default", "klankbord"), ("keys", "klankbord_keys")):
        settings.DATABASES[alias].update(connection_parts(data, "klankbord_app", database))
    settings.SECRET_KEY = os.environ["KLANKBORD_SECRET_KEY"]
    settings.KLANKBORD_MASTER_KEY = os.environ["KLANKBORD_MASTER_KEY"]


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the process that controls the run, before any test asks for a database."""
    _use_own_server()
    if IS_WORKER or config.option.help or config.option.collectonly:
        return
    from klankbord.core.postgres import EmbeddedServer

    server = EmbeddedServer(Path(os.environ["KLANKBORD_DATA"]), durable=False)
    server.start()
    config.stash[SERVER] = server


SERVER: pytest.StashKey[object] = pytest.StashKey()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and take its data away."""
    server = config.stash.get(SERVER, None)
    if server is not None:
        server.stop()  # type: ignore[attr-defined]
        shutil.rmtree(os.environ["KLANKBORD_DATA"], ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a file, first the tests that begin with nobody, then those that go on where Johan's story ends."""
    places = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (places[item.path], "told" in getattr(item, "fixturenames", ())))


def _log_in(alias: str, role: str) -> None:
    from django.conf import settings
    from django.db import connections

    connection = connections[alias]
    connection.close()
    settings.DATABASES[alias]["USER"] = connection.settings_dict["USER"] = role


def _migrated_once(folder: Path) -> None:
    """The first who comes migrates the server's own two databases, as an installation does; the others wait for it."""
    from django.db import connections

    from klankbord.cli.tasks import migrate_as_owner
    from klankbord.core.processes import FileLock

    done, lock = folder / "migrated", FileLock(folder / "migrating.lock")
    assert lock.acquire(timeout=600), "nobody finishes migrating"
    try:
        if not done.exists():
            migrate_as_owner(verbosity=0)
            done.touch()
    finally:
        connections.close_all()
        lock.release()


@pytest.fixture(scope="session")
def databases_of_the_owner(django_test_environment, django_db_blocker, django_db_modify_db_settings) -> Iterator[None]:
    """Both test databases, copied from the migrated ones. Named after the worker, so that workers do not meet."""
    from django.conf import settings
    from django.db import connections

    with django_db_blocker.unblock():
        for alias in connections:
            _log_in(alias, "klankbord_owner")
        _migrated_once(Path(os.environ["KLANKBORD_DATA"]))
        for alias in connections:
            connection = connections[alias]
            original, copy = connection.settings_dict["NAME"], connection.creation._get_test_db_name()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'create database "{copy}" template "{original}"')
            settings.DATABASES[alias]["NAME"] = connection.settings_dict["NAME"] = copy
        yield
        # They go with their server, at the end of the run.
        connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(databases_of_the_owner) -> None:
    """From here on every connection is the application's."""
    from django.db import connections

    for alias in connections:
        _log_in(alias, "klankbord_app")


@pytest.fixture(autouse=True, scope="session")
def _plain_static_files() -> None:
    """Static files straight from their folders: fingerprints and compression belong to an installation."""
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(autouse=True, scope="session")
def _flush_as_the_owner() -> None:
    """Transactional and live-server tests empty all tables; only the owner may.

    The queue's are no tables of Django's: what one test left in it would be done, in vain, in all that follow, and a
    job that may be in the queue once only would keep theirs out.
    """
    from django.core.management.commands import flush
    from django.db import connections

    handle = flush.Command.handle

    def flush_as_owner(self, **options):
        _log_in(options["database"], "klankbord_owner")
        try:
            handle(self, **options)
            if options["database"] == "default":
                with connections["default"].cursor() as cursor:
                    cursor.execute("delete from procrastinate_jobs")
        finally:
            _log_in(options["database"], "klankbord_app")

    flush.Command.handle = flush_as_owner


@pytest.fixture(autouse=True)
def _no_key_outlives_its_test() -> Iterator[None]:
    """Unwrapped keys are kept per request; a test is one."""
    from klankbord.privacy import vault

    vault.forget_keys()
    yield
    vault.forget_keys()


@contextmanager
def _around_tests[T](build: Callable[[], T], blocker) -> Iterator[T]:
    """Something that several tests begin with, in a transaction around them: each undoes only what it did itself."""
    from django.db import connections, transaction

    from klankbord.privacy import vault

    around = [transaction.atomic(using=alias) for alias in connections]
    with blocker.unblock(), ExitStack() as building:
        for one in around:
            building.enter_context(one)
        built = build()
        for connection in connections.all():
            connection.check_constraints()
        kept = building.pop_all()
    vault.forget_keys()
    yield built
    with blocker.unblock():
        for one in around:
            transaction.set_rollback(True, using=one.using)
        kept.close()


@pytest.fixture(scope="session")
def around_tests():
    """How to begin several tests with the same."""
    return _around_tests


@pytest.fixture(scope="module")
def _told_once(django_db_setup, django_db_blocker) -> Iterator[object]:
    """Johan's story, told once for a file."""
    from tests.cast import build_cast
    from tests.story import running

    with _around_tests(lambda: running(build_cast()), django_db_blocker) as story:
        yield story


@pytest.fixture
def told(_told_once):
    """Johan's running story, the same for all tests of a file. Not for a file with a test that commits."""
    return copy.deepcopy(_told_once)


@pytest.fixture
def cast(request, db):
    """Johan, Marieke, Anton, Fatima, Els, Ruben and Noor, each in their place; those of the story where it is told."""
    from tests.cast import build_cast

    return request.getfixturevalue("told").cast if "told" in request.fixturenames else build_cast()
