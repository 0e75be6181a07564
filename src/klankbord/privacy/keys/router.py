"""Keeps the keys' migrations on the keys' database, and everything else off it."""

from typing import Any


class KeysRouter:
    """Migrations of the ``keys`` app run on alias ``keys`` only; all others on ``default`` only."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (app_label == "keys") == (db == "keys")
