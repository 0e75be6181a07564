"""What the audit says to coaches about how they keep learning: what others did of it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "intervision.note_attendance": _("%(who)s noted that you were at a meeting of your group"),
    "intervision.unnote_attendance": _("%(who)s noted that you were not at a meeting of your group"),
    "contact.plan": _("%(who)s planned a talk with you"),
    "contact.hold": _("%(who)s noted whether a talk with you took place"),
    "contact.note": _("%(who)s kept something of a talk with you"),
    "contact.open": _("%(who)s opened the page of your talks about coaching"),
}
