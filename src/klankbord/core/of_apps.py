"""What each app tells in a module of a name that all of them share, such as ``notices`` or ``takeout``.

So an app below learns what apps above it offer, which it may not import.
"""

from importlib import import_module
from types import ModuleType

from django.apps import apps


def modules_named(name: str, **otherwise: str) -> list[tuple[str, ModuleType]]:
    """The module *name* of each of our apps that has one, with the app's label, in the order of the settings.

    *otherwise* gives the name for an app, by its label, that uses *name* for something else.
    """
    found = []
    for config in apps.get_app_configs():
        if not config.name.startswith("klankbord."):
            continue
        wanted = f"{config.name}.{otherwise.get(config.label, name)}"
        try:
            found.append((config.label, import_module(wanted)))
        except ModuleNotFoundError as error:
            # What a module that is there does not find is a mistake.
            if error.name != wanted:
                raise
    return found
