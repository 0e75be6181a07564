"""Reads about agreements."""

import json

from django.db.models import Q

from klankbord.engagements.models import Agreement, Engagement
from klankbord.engagements.rules.agreement import Clause
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


def versions_of(engagement: Engagement) -> list[Agreement]:
    """Every version, newest first."""
    return list(Agreement.objects.filter(engagement=engagement).select_related("author").order_by("-version"))
