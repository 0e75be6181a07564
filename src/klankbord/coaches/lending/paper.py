"""An agreement on lending, on paper."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klankbord.coaches.lending.texts import parts_of
from klankbord.coaches.models import LendingAgreement, LendingVersion, Side
from klankbord.core.paper import pdf

TEMPLATE = "coaches/lending"


def lender_and_borrower(agreement: LendingAgreement, own: str) -> tuple[str, str]:
    """The names of the two organisations: who lends, who borrows."""
    return (own, agreement.other) if agreement.side == Side.LENDS else (agreement.other, own)


def facts_of(version: LendingVersion) -> list[tuple[str, str]]:
    """What is counted with, each with what it is called."""
    day = date_format(version.starts_on, "j F Y")
    last = _("until %(day)s") % {"day": date_format(version.until, "j F Y")} if version.until else ""
    months = ngettext("One month", "%(n)d months", version.notice_months) % {"n": version.notice_months}
    many = (
        ngettext("One coach at most", "%(n)d coaches at most", version.places) % {"n": version.places}
        if version.places
        else _("As many coaches as would like to")
    )
    whom = _("whom the lending side names") if version.named_only else _("who chooses to")
    return [
        (_("Period"), " ".join(part for part in (_("from %(day)s") % {"day": day}, last) if part)),
        (_("Which coaches"), f"{many}, {whom}"),
        (_("Term of notice"), months if version.notice_months else _("None")),
    ]


def _yes(name: str, at: datetime | None) -> str:
    return _("%(name)s, on %(day)s") % {"name": name, "day": date_format(at, "j F Y")} if at else _("not yet")


def paper_of(agreement: LendingAgreement, version: LendingVersion, own: str) -> bytes:
    """One version as a PDF, in its own language."""
    lender, borrower = lender_and_borrower(agreement, own)
    with translation.override(version.language):
        title = _("Agreement on lending coaches, version %(number)d") % {"number": version.number}
        facts = {
            "between": _("%(lender)s lends coaches to %(borrower)s.") % {"lender": lender, "borrower": borrower},
            "draft": "" if version.agreed else _("This is a draft: not both have said yes to it."),
            "counted": facts_of(version),
            "parts": [{"title": one.title, "text": one.text} for one in parts_of(version.text)],
            "yes_title": _("Who said yes"),
            "yes": [
                (lender, _yes(version.lender, version.lender_said_yes_at)),
                (borrower, _yes(version.borrower, version.borrower_said_yes_at)),
            ],
        }
        return pdf(TEMPLATE, facts, language=version.language, title=title, author=own)
