"""Writes the migration that brings the database in line with the access tables."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter

from klankbord.core.schema import CompositeReference, RowPolicies
from klankbord.privacy.policies import standing_policies, standing_references, wanted_policies, wanted_references


class Command(BaseCommand):
    """``python -m django makepolicies <app>``, after ``makemigrations``; the result is read before it is committed."""

    help = "Write a migration for row policies and composite references that the access tables ask for"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("app_label")
        parser.add_argument("--name", default="row_security")
        parser.add_argument("--fresh", action="store_true", help="do not look at the database: write everything")

    def handle(self, *args: Any, **options: Any) -> None:
        label = options["app_label"]
        policies = {} if options["fresh"] else standing_policies()
        references = set() if options["fresh"] else standing_references()
        operations: list[Any] = [
            RowPolicies(table=table, policies=thing.policies())
            for table, thing in sorted(wanted_policies(label).items())
            if policies.get(table) != thing.policies()
        ]
        operations += [
            CompositeReference(table=one.table, column=one.column, target=one.target)
            for one in sorted(wanted_references(label) - references, key=lambda one: (one.table, one.column))
        ]
        if not operations:
            self.stdout.write("The database says what the access tables say.")
            return
        loader = MigrationLoader(None)
        last = max(name for app, name in loader.disk_migrations if app == label)
        migration = type("Migration", (Migration,), {"operations": operations, "dependencies": [(label, last)]})
        written = migration(f"{int(last[:4]) + 1:04d}_{options['name']}", label)
        path = Path(apps.get_app_config(label).path) / "migrations" / f"{written.name}.py"
        path.write_text(MigrationWriter(written, include_header=False).as_string(), encoding="utf-8")
        self.stdout.write(str(path))
