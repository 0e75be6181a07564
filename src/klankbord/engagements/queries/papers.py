"""What stands on the paper of an agreement, in the one language of that agreement."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klankbord.core.wording import Language
from klankbord.engagements.models import Agreement, Engagement
from klankbord.engagements.queries.drafting import PlannedTalk
from klankbord.engagements.rules.agreement import Clause
from klankbord.people.api import Person

TEMPLATE = "engagements/agreement"


def title_of_paper(agreement: Agreement, tongue: Language) -> str:
    """What the paper is called."""
    with translation.override(tongue):
        return _("Our agreement, version %(number)s") % {"number": agreement.version}


def paper_of(
    agreement: Agreement,
    clauses: Sequence[Clause],
    *,
    engagement: Engagement,
    third: Person | None,
    talks: Sequence[PlannedTalk],
    tongue: Language,
) -> dict[str, Any]:
    """The facts for the template: the clauses, the days of the talks if any, and who said yes on which day."""
    with translation.override(tongue):
        names = {"client": engagement.client.name, "coach": engagement.coach.name}
        return {
            "between": _("Between %(client)s and %(coach)s. Written on %(day)s.")
            % {**names, "day": _day(agreement.made_at)},
            "policy": _policy(agreement),
            "draft": "" if agreement.in_force else _("Draft: not everybody has said yes to this version."),
            "clauses": [{"title": one.title, "text": one.text} for one in clauses],
            "talks_title": _("The talks in this plan"),
            "talks": [date_format(localtime(one.starts_at), "l j F Y, H.i") for one in talks],
            "yes_title": _("Who said yes"),
            "yes": _who_said_yes(agreement, engagement, third),
        }


def _policy(agreement: Agreement) -> str:
    """Which policy it is made under: whoever reads it years later can look that up."""
    if agreement.policy is None:
        return ""
    facts = {"number": agreement.policy.number, "day": _day(agreement.policy.published_at)}
    return _("Made under version %(number)s of the coaching policy, published on %(day)s.") % facts


def _who_said_yes(agreement: Agreement, engagement: Engagement, third: Person | None) -> list[list[str]]:
    said = [
        (engagement.client.name, agreement.client_accepted_at),
        (engagement.coach.name, agreement.coach_accepted_at),
    ]
    if agreement.three_party:
        name = third.name if third else _("Whoever asks or pays for the coaching")
        said.append((name, agreement.sponsor_accepted_at))
    return [
        [name, _("said yes on %(day)s") % {"day": _day(at)} if at else _("has not answered yet")] for name, at in said
    ]


def _day(moment: Any) -> str:
    return date_format(localtime(moment), "j F Y")
