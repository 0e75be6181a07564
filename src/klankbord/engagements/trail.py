"""What the audit says to a client about requests and engagements."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "agreement.accept": _("%(who)s said yes to your agreement"),
    "agreement.open": _("%(who)s opened your agreement"),
    "agreement.propose": _("%(who)s wrote a version of your agreement"),
    "direction.open": _("%(who)s opened your direction"),
    "engagement.begin_closing": _("%(who)s began to round off"),
    "engagement.close": _("%(who)s closed your coaching"),
    "engagement.not_me": _("%(who)s let know that coaching you is not possible now"),
    "engagement.open": _("%(who)s opened your coaching"),
    "engagement.stop": _("%(who)s stopped your coaching"),
    "introduction.open": _("%(who)s opened the page of your first talk"),
    "introduction.plan": _("%(who)s planned your first talk"),
    "referral.reply": _("%(who)s answered your question"),
    "referral.write": _("%(who)s suggested coaching to you"),
    "referral_question.open": _("%(who)s opened your question"),
    "report.open": _("%(who)s opened your closing report"),
    "request.open": _("%(who)s opened your request"),
    "request.propose": _("%(who)s proposed a coach to you"),
    "request.step_aside": _("%(who)s left your request to somebody else"),
    "request_words.open": _("%(who)s read your own words with your request"),
    "session.cancel": _("%(who)s cancelled a talk"),
    "session.move": _("%(who)s moved a talk"),
    "session.open": _("%(who)s opened the page of a talk"),
    "share.open": _("%(who)s opened a text that you share"),
    "text.save": _("%(who)s wrote in a text of yours"),
}
