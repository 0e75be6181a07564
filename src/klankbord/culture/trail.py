"""What the audit says to people about the culture scan."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "wave.draft": _("%(who)s named you as the one to ask about the culture scan"),
    "wave.change": _("%(who)s named you as the one to ask about the culture scan"),
}
"""Answering leaves nothing in the trail, and so there are no words for it."""
