"""The ``klankbord`` command: start it, keep it, look after it. Anything slow is imported only when it is needed."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from klankbord.cli.installation import OperatorError

app = typer.Typer(
    name="klankbord",
    help="Klankbord: the platform on which an organisation runs its coaching.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Role(StrEnum):
    """The two database logins."""

    APP = "app"
    OWNER = "owner"


class Language(StrEnum):
    """The languages of the product."""

    NL = "nl"
    EN = "en"


@app.command()
def serve() -> None:
    """Start everything: the database (unless DATABASE_URL says where one is), the web server and the worker."""
    from klankbord.cli.serving import serve_until_stopped

    serve_until_stopped()


@app.command()
def demo() -> None:
    """Serve a made-up organisation to walk around in. Built once; it stays as you leave it."""
    os.environ["KLANKBORD_DEMO"] = "1"
    from klankbord.cli.serving import serve_until_stopped

    serve_until_stopped()


@app.command()
def worker() -> None:
    """Do the work that waits: mail, reminders, periodic tasks. `serve` already starts one."""
    from klankbord.cli.tasks import work

    work()


@app.command()
def migrate(quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing when all goes well.")] = False) -> None:
    """Bring both databases to the shape this version needs. `serve` already does so."""
    from klankbord.cli.tasks import migrate_databases

    migrate_databases(quiet=quiet)


@app.command("build-demo", hidden=True)
def build_demo() -> None:
    """Build the demo organisation; a step of `demo`."""
    from klankbord.cli.tasks import build_demo_organisation

    build_demo_organisation()


@app.command()
def build() -> None:
    """Make what the browser gets: translations, style sheets, fonts. Needed once after installing."""
    from klankbord.cli.tasks import build_browser_files

    build_browser_files()


@app.command()
def found(
    slug: Annotated[str, typer.Argument(help="The organisation's name in its address, such as 'waterland'.")],
    name: Annotated[str, typer.Option(help="The organisation's name as people know it.")],
    administrator: Annotated[str, typer.Option(help="Name of the first administrator.")],
    email: Annotated[str, typer.Option(help="The administrator's e-mail address, to sign in with.")],
    language: Annotated[Language, typer.Option(help="Language of the organisation.")] = Language.NL,
) -> None:
    """Start an organisation with its first administrator, who then brings in the people."""
    from klankbord.cli.tasks import found_new_organisation

    found_new_organisation(slug=slug, name=name, administrator=administrator, email=email, language=language.value)


@app.command("import-people")
def import_people(
    file: Annotated[Path, typer.Argument(help="Staff file, csv or xlsx.", exists=True, dir_okay=False)],
    organisation: Annotated[str, typer.Option(help="The organisation's name in its address, such as 'waterland'.")],
) -> None:
    """Read a staff file: all of it, or nothing and a list of what is wrong."""
    from klankbord.cli.tasks import import_staff_file

    import_staff_file(file, organisation)


@app.command()
def protect(  # noqa: PLR0917 — the command line has options by name only
    units: Annotated[Path, typer.Option(help="The units: code, parent, name. The one at the top has no parent.")],
    answers: Annotated[Path, typer.Option(help="A row for each person: unit, item columns, at most one attribute.")],
    out: Annotated[Path, typer.Option(help="Where the publication goes, as JSON.")],
    scales: Annotated[Path | None, typer.Option(help="The items of each scale, as JSON.")] = None,
    sensitive: Annotated[str, typer.Option(help="Items marked sensitive, with commas between.")] = "",
    k: Annotated[int, typer.Option("--k", help="Nothing may follow about fewer people than this; 5 or more.")] = 5,
) -> None:
    """Make the figures of a culture scan that may be shown, from files. Needs no installation and no database."""
    from klankbord.cli.protect import protect_files

    protect_files(units=units, answers=answers, scales=scales, sensitive=sensitive, k=k, out=out)


@app.command("database-url")
def database_url(
    role: Annotated[Role, typer.Option(help="Which login.")] = Role.APP,
    keys: Annotated[bool, typer.Option("--keys", help="The keys' database instead of the main one.")] = False,
) -> None:
    """Print how to reach the database, for psql and pg_dump."""
    from klankbord.cli.installation import database_address

    typer.echo(database_address(role.value, keys=keys))


@app.command()
def check() -> None:
    """Look whether everything is in order: one line per subject, exit code 1 when something is not."""
    from klankbord.cli.checks import run_checks

    raise typer.Exit(0 if run_checks() else 1)


def main() -> None:
    """Run the command line. What an operator can mend is told in a sentence, without a traceback."""
    try:
        app()
    except OperatorError as error:
        typer.secho(str(error), err=True, fg=typer.colors.RED)
        sys.exit(1)
