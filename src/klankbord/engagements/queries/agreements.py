"""Reads about agreements."""

import json

from django.db.models import Q

from klankbord.engagements.models import Agreement, Engagement
from klankbord.engagements.rules.agreement import Clause
from klankbord.people.api import Person, found_people
from klankbord.privacy import vault


def clauses_of(agreement: Agreement) -> list[Clause]:
    """The clauses of one version, unsealed."""
    return [Clause(**clause) for clause in json.loads(vault.read(agreement, "clauses") or "[]")]


def latest_agreement(engagement: Engagement) -> Agreement | None:
    """The version that was laid down last."""
    return Agreement.objects.filter(engagement=engagement).order_by("-version").first()


def agreement_in_force(engagement: Engagement) -> Agreement | None:
    """The last version that all parties accepted."""
    return (
        Agreement.objects.filter(
            Q(three_party=False) | Q(sponsor_accepted_at__isnull=False),
            engagement=engagement,
            client_accepted_at__isnull=False,
            coach_accepted_at__isnull=False,
        )
        .order_by("-version")
        .first()
    )


def third_party_of(engagement: Engagement) -> Person | None:
    """Who takes part as the third party now, for those who take part themselves. One query."""
    # Whoever takes part sees the own row only, so who the third is, is asked of a function that checks who asks.
    return Person.objects.extra(
        where=["people_person.id = (select engagements_third_party(%s))"], params=[engagement.pk]
    ).first()


FOUND_AT_MOST = 10


def people_to_ask_in(engagement: Engagement, name: str) -> list[Person]:
    """Whom the client may ask in: the manager, and a few of those who are called *name*. Never one of the two."""
    manager = engagement.client.manager
    offered = {manager.pk: manager} if manager is not None and manager.active else {}
    if name.strip():
        found = found_people(name).filter(active=True).order_by("sort_key")[: FOUND_AT_MOST + 2]
        offered |= {one.pk: one for one in found}
    two = {engagement.client_id, engagement.coach_id}
    return [one for pk, one in offered.items() if pk not in two][: FOUND_AT_MOST + 1]


def versions_of(engagement: Engagement) -> list[Agreement]:
    """Every version, newest first."""
    return list(Agreement.objects.filter(engagement=engagement).select_related("author").order_by("-version"))
