"""Reads of the audit, for the people it is about."""

from uuid import UUID

from klankbord.core import clock
from klankbord.core.tenant import acting_person_id
from klankbord.privacy.models import AuditRow


def opened_today(*, verb: str, owner_id: UUID, subject_id: UUID) -> bool:
    """Whether the acting person already opened this today: access is noted by day, not by minute."""
    seen = AuditRow.objects.filter(actor_id=acting_person_id(), owner_id=owner_id, verb=verb, subject_id=subject_id)
    return seen.filter(at__date=clock.today()).exists()
