"""What other apps may use of the policy."""

from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import InForce, policy_in_force
from klankbord.policy.rules.content import ClientWord, PolicyContent, ThreeWay
from klankbord.policy.texts import Neighbour, clause_shown, neighbours

__all__ = [
    "ClientWord",
    "InForce",
    "Neighbour",
    "PolicyContent",
    "PolicyVersion",
    "ThreeWay",
    "clause_shown",
    "neighbours",
    "policy_in_force",
]
