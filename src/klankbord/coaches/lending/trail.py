"""What the audit says to coaches about being lent."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "lending.name": _("%(who)s named you for coaching at another organisation, or took that back"),
    "lending.be_lent": _("%(who)s said that you would like to coach at another organisation"),
    "lending.be_lent_no_longer": _("%(who)s said that you no longer coach at another organisation"),
}
