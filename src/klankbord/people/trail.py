"""What the audit says to the person it is about: for each verb a few words that follow a name."""

from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klankbord.core.of_apps import modules_named

type Words = str | Promise

WORDS: Mapping[str, Words] = {
    "person.add": gettext_lazy("%(who)s entered your name"),
    "person.change_address": gettext_lazy("%(who)s changed your e-mail address"),
    "role.give": gettext_lazy("%(who)s gave you a role"),
    "role.take": gettext_lazy("%(who)s took a role from you"),
}
"""The verbs of people. Other apps have their own ``WORDS`` in their ``trail.py``."""

# That somebody was told something is no opening of anything; the notifications themselves stand on the same page.
NOT_TOLD = ("notification.send",)


@cache
def _words() -> Mapping[str, Words]:
    found: dict[str, Words] = {}
    for _app, module in modules_named("trail"):
        found.update(module.WORDS)
    return found


def known_verbs() -> frozenset[str]:
    """Every verb that has words of its own."""
    return frozenset(_words())


def sentence(verb: str, who: str) -> str:
    """What *who* did, in one sentence. A verb without words of its own is told by what kind of thing it was."""
    known = _words().get(verb)
    if known is not None:
        words = str(known)
    elif verb.endswith(".open"):
        words = _("%(who)s opened something of yours")
    else:
        words = _("%(who)s changed something that concerns you")
    return words % {"who": who}
