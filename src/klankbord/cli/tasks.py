"""The commands that do one thing with the application and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from klankbord.cli.installation import (
    OperatorError,
    database_address,
    database_within_reach,
    django_as,
    prepare_data_folder,
)

# Any number will do, as long as every process that migrates uses the same.
MIGRATION_LOCK = 7_305_111


def work() -> None:
    """Run the worker in this process until it is told to stop; a job in progress gets six seconds to finish."""
    with database_within_reach(), django_as("app"):
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        connector = app.connector
        assert isinstance(connector, DjangoConnector)  # noqa: S101 - Django's own settings say so
        with app.replace_connector(connector.get_worker_connector()) as worker:
            worker.run_worker(shutdown_graceful_timeout=6.0)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let machines that start together migrate one after the other."""
    import psycopg

    with psycopg.connect(database_address("owner", keys=False), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
        yield


def migrate_databases(*, quiet: bool) -> None:
    """Migrate both databases as their owner, and give the application's login its rights."""
    prepare_data_folder()
    verbosity = 0 if quiet else 1
    with database_within_reach(), _one_at_a_time(), django_as("owner"):
        migrate_as_owner(verbosity=verbosity)


def migrate_as_owner(*, verbosity: int) -> None:
    """Bring both databases to the shape of this version; to be called with the owner logged in.

    Of all migrations the keys' database has those of the keys alone: walking past the others takes as long as making
    the whole main database.
    """
    from django.core.management import call_command

    from klankbord.core.schema import grant_app_role

    call_command("migrate", database="default", interactive=False, verbosity=verbosity)
    call_command("migrate", "keys", database="keys", interactive=False, verbosity=verbosity)
    call_command("createcachetable", database="default", verbosity=verbosity)
    grant_app_role()


def build_demo_organisation() -> None:
    """Build the demo organisation when there is no organisation yet."""
    with database_within_reach(), django_as("app"):
        from klankbord.core.models import Organisation
        from klankbord.demo.build import build_demo

        if not Organisation.objects.exists():
            typer.echo("Building the demo organisation, once…")
            build_demo()
            _count_rows()


def _count_rows() -> None:
    """Let the database look how much there is now. By itself it does so only after the first visitor has waited."""
    import psycopg

    with psycopg.connect(database_address("owner", keys=False), autocommit=True) as connection:
        connection.execute("analyze")


def build_browser_files() -> None:
    """Compile translations, make style sheets and fonts, and collect everything with a name for eternity."""
    from django.core.management import call_command

    with django_as("app"):
        from klankbord.web import assets, messages

        messages.compile()
        assets.build()
        call_command("collectstatic", interactive=False, verbosity=0)


def found_new_organisation(*, slug: str, name: str, administrator: str, email: str, language: str) -> None:
    """Start an organisation. Nothing happens when its address is taken or an answer cannot be right."""
    with database_within_reach(), django_as("app"):
        from django.core.validators import validate_slug
        from django.db import IntegrityError

        from klankbord.people.api import found_organisation, is_email

        if not _fits_an_address(slug, validate_slug) or not is_email(email):
            raise OperatorError("The first word must fit in an address (letters, digits, -), and the e-mail be one.")
        try:
            found_organisation(
                slug=slug,
                name=name,
                administrator_name=administrator,
                administrator_email=email,
                language=language,
            )
        except IntegrityError as error:
            raise OperatorError(f"There is an organisation at /{slug}/ already.") from error
    typer.echo(f"{name} is at /{slug}/. {administrator} can sign in with {email}.")


# Addresses that are Klankbord's own, and so no organisation's.
TAKEN = frozenset({"aanmelden", "afmelden", "taal", "demo", "stijl", "static"})


def _fits_an_address(slug: str, validate: Callable[[str], object]) -> bool:
    from django.core.exceptions import ValidationError

    try:
        validate(slug)
    except ValidationError:
        return False
    return slug == slug.lower() and len(slug) <= 40 and slug not in TAKEN


def import_staff_file(file: Path, slug: str) -> None:
    """Import *file* into an organisation: everything, or nothing and the errors by row."""
    with database_within_reach(), django_as("app"):
        from klankbord.people.api import import_staff

        outcome = import_staff(slug=slug, content=file.read_bytes())
    for line in outcome.lines:
        typer.echo(line, err=not outcome.accepted)
    if not outcome.accepted:
        raise OperatorError(f"Nothing of {file} was imported.")
