"""What a notification says. Subjects are neutral: a mail program shows them to whoever stands behind you."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise


@dataclass(frozen=True)
class Message:
    """One kind of notification: one line for "Vandaag" and the mail, and what the button is called.

    ``line`` may hold ``%(name)s``, the first name of whoever it is about. It never holds anything somebody wrote.
    """

    kind: str
    line: Words
    button: Words = _("Open Klankbord")
    subject: Words = _("Something is waiting for you in Klankbord")


@cache
def messages() -> Mapping[str, Message]:
    """Every app's ``MESSAGES`` (in its ``notices.py``), by kind."""
    found: dict[str, Message] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("klankbord."):
            continue
        try:
            module = import_module(f"{config.name}.notices")
        except ModuleNotFoundError as error:
            if error.name != f"{config.name}.notices":
                raise
            continue
        found.update({message.kind: message for message in module.MESSAGES})
    return found
