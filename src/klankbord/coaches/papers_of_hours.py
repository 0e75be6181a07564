"""What stands on the paper of a statement of hours, in the language of whoever prints it."""

import base64
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from klankbord.coaches.models import HoursStatement
from klankbord.coaches.queries.statements import read_statement
from klankbord.privacy import signing


def paper_of(row: HoursStatement, code: str, *, address: str) -> dict[str, Any]:
    """The facts for the template: who, which years, the hours in two parts, and how to check them."""
    read = read_statement(row)
    told = read.lines
    return {
        "about": [
            [_("Coach"), told["coach"]],
            [_("Organisation"), told["organisation"]],
            [_("Years"), read.span],
            [_("Signed on"), date_format(read.made_on, "j F Y")],
        ],
        "counted_title": _("Counted by Klankbord"),
        "counted": [counted_words(one) for one in told["counted"]] or [_("No talks in these years.")],
        "counted_total": _("Together %(hours)s hours.") % {"hours": shown_hours(read.total)},
        "counted_how": _(
            "Counted are talks that began and were not cancelled. Introductions are named, and are not in the hours."
        ),
        "earlier_title": _("Stated by the coach"),
        "earlier": [stated_words(one) for one in told["stated_by_coach"]],
        "earlier_how": _("Klankbord did not count these hours. They stand here as the coach states them."),
        "check_title": _("Is this statement genuine?"),
        "check": _("Go to the address below, and fill in the code. You see these same lines there."),
        "address_title": _("Address"),
        "address": address,
        "code_title": _("Code"),
        "code": code,
        "signature_title": _("Signature (Ed25519)"),
        "signature": base64.b64encode(bytes(row.signature)).decode(),
        "key_title": _("Key of this installation begins with"),
        "key": signing.fingerprint(bytes(row.public_key)),
        "nobody": _("This statement names no [[client]], and cannot be led back to one."),
    }


def shown_hours(hours: str) -> str:
    """A number of hours as one writes it here: "12,5" in Dutch."""
    return hours if (get_language() or "nl").startswith("en") else hours.replace(".", ",")


def clients_words(count: int | None) -> str:
    """A number of clients, from five on."""
    return _("fewer than five [[clients]]") if count is None else _("%(count)s [[clients]]") % {"count": count}


def counted_words(one: Mapping[str, Any]) -> str:
    """One year that Klankbord counted."""
    line = ngettext(
        "%(year)s: %(hours)s hours in %(count)s talk, %(clients)s",
        "%(year)s: %(hours)s hours in %(count)s talks, %(clients)s",
        one["talks"],
    ) % {
        "year": one["year"],
        "hours": shown_hours(one["hours"]),
        "count": one["talks"],
        "clients": clients_words(one["clients"]),
    }
    if not one["introductions"]:
        return line + "."
    beside = ngettext(
        "and %(count)s introduction beside it", "and %(count)s introductions beside it", one["introductions"]
    )
    return f"{line}, {beside % {'count': one['introductions']}}."


def stated_words(one: Mapping[str, Any]) -> str:
    """Hours from before, as the coach states them."""
    span = str(one["from_year"])
    if one["until_year"] != one["from_year"]:
        span = f"{span}–{one['until_year']}"
    return _("%(span)s: %(hours)s hours, %(clients)s (%(source)s).") % {
        "span": span,
        "hours": one["hours"],
        "clients": clients_words(one["clients"]),
        "source": one["source"],
    }
