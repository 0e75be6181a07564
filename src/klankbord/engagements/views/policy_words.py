"""What the policy says, in the words of a page: findings with their clause, and under which version two people are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from klankbord.core.language import language_on_screen as language
from klankbord.core.wording import Language
from klankbord.engagements.models import Agreement
from klankbord.engagements.queries.policy import Policies, facts_of_plan
from klankbord.policy.rules.checks import plan_findings
from klankbord.policy.rules.finding import Finding, Severity


@dataclass(frozen=True)
class Said:
    """A finding on a page, and the clause that decided it. ``weighs``: more than a remark."""

    text: str
    clause: str
    weighs: bool


def findings_in_words(findings: Iterable[Finding], tongue: Language) -> list[Said]:
    """For ``engagements/policy/says.html``."""
    return [Said(one.text(tongue), one.clause, one.severity is not Severity.INFORMS) for one in findings]


def under_policy(policies: Policies, shown: Agreement | None) -> dict[str, Any]:
    """Under which version the two agreed, what is otherwise now, and what the policy says of a plan that waits."""
    if shown is None:
        return {}
    under, waits = policies.under(shown.policy_id), not shown.in_force
    findings = plan_findings(under.content, facts_of_plan(shown.plan)) if waits and shown.plan.get("count") != 1 else []
    return {
        "policies": policies,
        "takes_over": waits and under is not policies.kept,
        "differences_of_policy": policies.differences(language()),
        "findings": findings_in_words(findings, language()),
    }
