"""Under which version of the policy an engagement is, what holds now, and what would differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from klankbord.core.wording import Language
from klankbord.engagements.models import Course, Engagement
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.policy.api import (
    TEMPLATE,
    Fact,
    InForce,
    PolicyContent,
    PolicyVersion,
    changed_for_running,
    policy_in_force,
)
from klankbord.policy.rules.checks import PlanFacts, one_talk

BEFORE_ANY = InForce(0, None, TEMPLATE)
"""What an engagement is under that began before its organisation published a policy."""


def policy_of(engagement: Engagement) -> InForce:
    """The version this engagement is under. One query at most."""
    if engagement.policy_id is None:
        return BEFORE_ANY
    return _version(PolicyVersion.objects.get(pk=engagement.policy_id))


@dataclass(frozen=True)
class Policies:
    """The version an engagement is under, and the one that holds now for what begins."""

    kept: InForce
    now: InForce

    @property
    def newer(self) -> bool:
        """Whether a later version holds now."""
        return self.now.version_id not in (None, self.kept.version_id)

    def differences(self, language: Language) -> tuple[Fact, ...]:
        """What would differ for this engagement under the version that holds now."""
        return changed_for_running(self.kept.content, self.now.content, language) if self.newer else ()

    def under(self, version_id: UUID | None) -> InForce:
        """The one of the two with this id; what is agreed on now is under one of them."""
        return self.now if self.newer and version_id == self.now.version_id else self.kept


def policies_of(engagement: Engagement) -> Policies:
    """Both, in one query."""
    rows = PolicyVersion.objects.filter(Q(pk=engagement.policy_id) | Q(state=PolicyVersion.State.PUBLISHED))
    found: dict[UUID | None, InForce] = {row.pk: _version(row) for row in rows}
    published = next((found[row.pk] for row in rows if row.state == PolicyVersion.State.PUBLISHED), BEFORE_ANY)
    return Policies(found.get(engagement.policy_id, BEFORE_ANY), published)


def usual_plan(policy: PolicyContent) -> dict[str, int]:
    """What a plan begins with where nothing else was agreed yet."""
    talks = policy.talks
    half_way = min(talks.interim_after or TEMPLATE.talks.interim_after, talks.count)
    return {
        "count": talks.count,
        "weeks": talks.weeks,
        "minutes": talks.minutes,
        "evaluate_after": half_way,
        "retention_months": policy.retention_months,
    }


def facts_of_plan(plan: Mapping[str, Any]) -> PlanFacts:
    """A plan, as the rules ask for it. What an older plan did not say is as usual."""
    usual = usual_plan(TEMPLATE)
    return PlanFacts(**{name: plan.get(name, usual[name]) for name in usual})


def may_take_one_talk(standing: Standing) -> bool:
    """Whether the client may make this a coaching of one talk, under the policy of this engagement."""
    if (
        not standing.is_client
        or standing.phase is not Phase.INTRODUCTION
        or standing.course.route == Course.Route.SHORT
    ):
        return False
    return not one_talk(policy_of(standing.engagement).content)


# --- for the coordinator ------------------------------------------------------------------------------------------


def under_earlier_policy() -> tuple[InForce, QuerySet[Engagement]]:
    """What holds now, and the running engagements that are under an earlier version, the oldest version first.

    Of an engagement this is the outline, and nothing of what the two agreed.
    """
    now = policy_in_force()
    running = Engagement.objects.filter(closed_on=None).select_related("client", "coach")
    earlier = running.exclude(policy=now.version_id) if now.version_id else running.none()
    return now, earlier.order_by(F("policy__number").asc(nulls_first=True), "-started_on", "pk")


def versions_by_id(version_ids: Iterable[UUID | None]) -> dict[UUID | None, InForce]:
    """These versions, in one query; None is what held before there was a policy."""
    rows = PolicyVersion.objects.filter(pk__in=[one for one in version_ids if one])
    return {None: BEFORE_ANY, **{row.pk: _version(row) for row in rows}}


def _version(row: PolicyVersion) -> InForce:
    return InForce(row.number or 0, row.pk, row.content)
