"""What the audit says to coaches about their own things."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klankbord.coaches import trail_of_growth
from klankbord.coaches.lending import trail as lending

WORDS: Mapping[str, str | Promise] = {
    **trail_of_growth.WORDS,
    **lending.WORDS,
    "profile.check": _("%(who)s had a look at your profile"),
    "profile.open": _("%(who)s opened your profile and your papers"),
    "profile.say": _("%(who)s said something about your profile"),
    "quality.check": _("%(who)s had a look at a paper of yours"),
    "quality_proof.open": _("%(who)s opened a paper of yours"),
}
