"""Compares the access tables with what stands in the database's catalogue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from klankbord.core.models import CompositeKey, OrganisationModel
from klankbord.privacy.access import Thing, things


@dataclass(frozen=True)
class Reference:
    """A composite reference that must exist: within one organisation, *column* of *table* refers to *target*."""

    table: str
    column: str
    target: str


def organisation_models(app_label: str | None = None) -> Iterator[type[models.Model]]:
    """Every model whose rows belong to an organisation."""
    for model in apps.get_models():
        if issubclass(model, OrganisationModel) and app_label in (None, model._meta.app_label):
            yield model


def wanted_policies(app_label: str | None = None) -> Mapping[str, Thing]:
    """The thing of the access table for each table. Raises ``LookupError`` for a table without a row, or with two."""
    by_table: dict[str, Thing] = {}
    for thing in things().values():
        if not thing.table:
            continue
        if thing.table in by_table:
            raise LookupError(f"{thing.table} stands in the access table twice")
        by_table[thing.table] = thing
    wanted = {}
    for model in organisation_models(app_label):
        if model._meta.db_table not in by_table:
            raise LookupError(f"{model._meta.db_table} has no row in an access table")
        wanted[model._meta.db_table] = by_table[model._meta.db_table]
    return wanted


def wanted_references(app_label: str | None = None) -> set[Reference]:
    """The composite references that follow from the models' :class:`CompositeKey` fields."""
    return {
        Reference(model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in organisation_models(app_label)
        for field in model._meta.local_fields
        if isinstance(field, CompositeKey)
    }


def standing_policies() -> Mapping[str, Mapping[str, str]]:
    """Per table the policies in the catalogue, as the comment that was stored with them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.relname, p.polname, obj_description(p.oid, 'pg_policy')
            from pg_policy p join pg_class c on c.oid = p.polrelid
            where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
            """
        )
        found: dict[str, dict[str, str]] = {}
        for table, name, comment in cursor.fetchall():
            found.setdefault(table, {})[name] = comment
    return found


def standing_references() -> set[Reference]:
    """The two-column foreign keys in the catalogue whose first column is the organisation."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select child.relname, attribute.attname, parent.relname
            from pg_constraint f
            join pg_class child on child.oid = f.conrelid
            join pg_class parent on parent.oid = f.confrelid
            join pg_attribute first on first.attrelid = f.conrelid and first.attnum = f.conkey[1]
            join pg_attribute attribute on attribute.attrelid = f.conrelid and attribute.attnum = f.conkey[2]
            where f.contype = 'f' and array_length(f.conkey, 1) = 2 and first.attname = 'organisation_id'
            """
        )
        return {Reference(*row) for row in cursor.fetchall()}
