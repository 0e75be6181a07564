"""Reads about the policy, within the acting person's organisation."""

from dataclasses import dataclass
from uuid import UUID

from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import PolicyContent


@dataclass(frozen=True)
class InForce:
    """What holds now. ``number`` is 0 and ``version_id`` None where no policy was published yet: then the template."""

    number: int
    version_id: UUID | None
    content: PolicyContent


def policy_in_force() -> InForce:
    """The published policy of this organisation, or the template's rules as long as there is none."""
    version = PolicyVersion.objects.filter(state=PolicyVersion.State.PUBLISHED).first()
    if version is None or version.number is None:
        return InForce(0, None, PolicyContent())
    return InForce(version.number, version.pk, version.content)
