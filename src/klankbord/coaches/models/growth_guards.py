"""Triggers on what coaches keep of their own learning, where row policies are not enough."""

from typing import Any

import pgtrigger

ME = "nullif(current_setting('klankbord.person', true), '')::uuid"


def fixed(*fields: str) -> list[pgtrigger.Trigger]:
    """Columns that are written once.

    SECURITY: row policies say who may change a row, not what of it.
    """
    return [pgtrigger.ReadOnly(name="fixed", fields=["id", "organisation", *fields])]


def kept_as_made() -> list[pgtrigger.Trigger]:
    """Rows that nobody changes: not the application, and no migration by mistake."""
    return [pgtrigger.Protect(name="kept_as_made", operation=pgtrigger.Update)]


def refused_when(name: str, condition: str, why: str, *, on: Any) -> pgtrigger.Trigger:
    """What the application may not write, whoever asks. *condition* is SQL over ``new`` and ``old``."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=on,
        condition=pgtrigger.Condition("current_user = 'klankbord_app'"),
        func=f"""
        if {condition} then
            raise exception '{why}';
        end if;
        return new;
    """,
    )
