"""What the policy has to say on "Vandaag", to coordinators."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klankbord.core import clock
from klankbord.policy.queries import waiting_for_coordinator


@dataclass(frozen=True)
class Line:
    """One line: what it is about, where it leads, and one quiet sentence. *waits* when it asks something now."""

    title: str
    url: str
    label: str
    note: str = ""
    waits: bool = False


def lines_for(roles: frozenset[str], slug: str) -> list[Line]:
    """What there is about the policy for somebody with these roles; at most two lines, in one question."""
    if "coordinator" not in roles:
        return []
    found = waiting_for_coordinator()
    to = {route: reverse(route, kwargs={"organisation": slug}) for route in ("policy", "policy_draft")}
    lines = []
    if found.review_on:
        note = _("What did you notice this year? Change it, or publish it again as it is.")
        lines.append(Line(_review(found.review_on), to["policy"], _("Read the policy"), note, waits=True))
    if found.draft_since:
        lines.append(Line(_("There is a draft of the coaching policy"), to["policy_draft"], _("Go on with the draft")))
    elif not found.published:
        note = _("The template is good as it stands. It takes about ten minutes.")
        lines.append(Line(_("There is no coaching policy yet"), to["policy"], _("Begin with the template"), note))
    return lines


def _review(day: date) -> str:
    told = {"day": date_format(day, "j F")}
    if day < clock.today():
        return _("The coaching policy was to be looked at again on %(day)s") % told
    return _("The coaching policy is to be looked at again on %(day)s") % told
