"""Migration operations for what Django's own do not cover: row policies, composite references, SQL functions.

The SQL of a policy is frozen in the migration that brings it. ``tests/architecture`` compares what stands in the
catalogue with what the access tables say today, so a change of an access table without a migration fails the build.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connections, router
from django.db.migrations.operations.base import Operation

COMMANDS = {"read": "select", "add": "insert", "change": "update", "remove": "delete"}


def policy_sql(table: str, name: str, expression: str) -> str:
    """The statement for one policy; *name* is read, add, change or remove."""
    command = COMMANDS[name]
    using = "" if name == "add" else f" using ({expression})"
    check = f" with check ({expression})" if name in ("add", "change") else ""
    return f'create policy {name} on "{table}" for {command}{using}{check}'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class RowPolicies(Operation):
    """Switch on row security for *table*, with a policy for each of read, add, change and remove that is given.

    A command without a policy is refused for every row. The expression is kept as the policy's comment, so that a
    test can compare it literally (PostgreSQL reprints expressions in its own words).
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, policies: Mapping[str, str]) -> None:
        self.table = table
        self.policies = dict(policies)

    def deconstruct(self) -> Any:
        return self.__class__.__qualname__, [], {"table": self.table, "policies": self.policies}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Policies are no part of Django's model state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return
        # No FORCE: the owner's data migrations must see the rows they migrate. The application is never the owner.
        schema_editor.execute(f'alter table "{self.table}" enable row level security', None)
        for name in COMMANDS:
            schema_editor.execute(f'drop policy if exists {name} on "{self.table}"', None)
        for name, expression in self.policies.items():
            schema_editor.execute(policy_sql(self.table, name, expression), None)
            schema_editor.execute(f'comment on policy {name} on "{self.table}" is {_quoted(expression)}', None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in COMMANDS:
            schema_editor.execute(f'drop policy if exists {name} on "{self.table}"', None)

    def describe(self) -> str:
        return f"Row security on {self.table}"


class CompositeReference(Operation):
    """``(organisation_id, column)`` of *table* refers to ``(organisation_id, id)`` of *target*."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, column: str, target: str) -> None:
        self.table = table
        self.column = column
        self.target = target

    @property
    def name(self) -> str:
        """The constraint's name, within PostgreSQL's 63 characters."""
        return f"{self.table}_{self.column}_same_org"[:63]

    def deconstruct(self) -> Any:
        options = {"table": self.table, "column": self.column, "target": self.target}
        return self.__class__.__qualname__, [], options

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The constraint is no part of Django's model state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return
        unique = f"{self.target}_organisation_id_id"[:63]
        schema_editor.execute(
            f"""
            do $$ begin
              if not exists (select 1 from pg_class where relname = '{unique}') then
                create unique index "{unique}" on "{self.target}" (organisation_id, id);
              end if;
            end $$
            """,
            None,
        )
        schema_editor.execute(
            f'alter table "{self.table}" add constraint "{self.name}" '
            f'foreign key (organisation_id, "{self.column}") references "{self.target}" (organisation_id, id) '
            "deferrable initially deferred",
            None,
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f'alter table "{self.table}" drop constraint if exists "{self.name}"', None)

    def describe(self) -> str:
        return f"{self.table}.{self.column} stays within one organisation"


GRANTS = """
grant usage on schema public to klankbord_app;
grant select, insert, update, delete on all tables in schema public to klankbord_app;
grant usage, select on all sequences in schema public to klankbord_app;
revoke insert, update, delete on django_migrations, core_organisation from klankbord_app;
"""

# To vacuum is not to read: so that a key that was destroyed leaves no dead row behind (see ``privacy.vault.wipe``).
KEYS_GRANTS = """
grant usage on schema public to klankbord_app;
revoke all on all tables in schema public from klankbord_app;
do $$ begin
    if current_setting('server_version_num')::int >= 170000 and to_regclass('public.scope_key') is not null then
        execute 'grant maintain on public.scope_key to klankbord_app';
    end if;
end $$;
"""


def grant_app_role() -> None:
    """Give the application's login what it needs on both databases, and no more. Run as the owner, after migrating.

    On the keys' database that is nothing but the right to call the three functions, granted by their migration, and to
    vacuum what is left of destroyed keys.
    """
    for alias, statements in (("default", GRANTS), ("keys", KEYS_GRANTS)):
        with connections[alias].cursor() as cursor:
            cursor.execute(statements)
