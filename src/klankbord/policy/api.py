"""What other apps may use of the policy."""

from klankbord.policy.actions import begin_draft, discard_draft, publish_policy, save_section
from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import InForce, policy_in_force, version_in_force
from klankbord.policy.reading import Fact, changed_for_running
from klankbord.policy.rules.content import TEMPLATE, ClientWord, PolicyContent, ThreeWay
from klankbord.policy.texts import Neighbour, clause_shown, neighbours
from klankbord.policy.today import Line, lines_for

__all__ = [
    "TEMPLATE",
    "ClientWord",
    "Fact",
    "InForce",
    "Line",
    "Neighbour",
    "PolicyContent",
    "PolicyVersion",
    "ThreeWay",
    "begin_draft",
    "changed_for_running",
    "clause_shown",
    "discard_draft",
    "lines_for",
    "neighbours",
    "policy_in_force",
    "publish_policy",
    "save_section",
    "version_in_force",
]
