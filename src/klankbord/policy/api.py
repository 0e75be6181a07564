"""What other apps may use of the policy."""

from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import InForce, policy_in_force
from klankbord.policy.rules.content import TEMPLATE, ClientWord, PolicyContent, ThreeWay

__all__ = ["TEMPLATE", "ClientWord", "InForce", "PolicyContent", "PolicyVersion", "ThreeWay", "policy_in_force"]
