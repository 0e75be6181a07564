"""What a notification says. Subjects are neutral: a mail program shows them to whoever stands behind you."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klankbord.core.of_apps import modules_named

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
    for _app, module in modules_named("notices"):
        found.update({message.kind: message for message in module.MESSAGES})
    return found
