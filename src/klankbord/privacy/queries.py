"""Reads of the audit, for the people it is about."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from klankbord.core import clock
from klankbord.core.tenant import acting_person_id
from klankbord.privacy.models import AuditRow


def opened_today(*, verb: str, owner_id: UUID, subject_id: UUID) -> bool:
    """Whether the acting person already opened this today: access is noted by day, not by minute."""
    seen = AuditRow.objects.filter(actor_id=acting_person_id(), owner_id=owner_id, verb=verb, subject_id=subject_id)
    return seen.filter(at__date=clock.today()).exists()


def among_opened_today(*, verb: str, subject_ids: Iterable[UUID]) -> set[UUID | None]:
    """Which of these the acting person already opened today."""
    seen = AuditRow.objects.filter(actor_id=acting_person_id(), verb=verb, subject_id__in=list(subject_ids))
    return set(seen.filter(at__date=clock.today()).values_list("subject_id", flat=True))


def opened_or_done_by_others(without: Iterable[str] = ()) -> QuerySet[AuditRow, tuple[date, UUID | None, str]]:
    """What others opened or did of the acting person's, newest first: (day, actor, verb), each once a day.

    Days and not moments: this shows who, and is no read receipt. *without* names verbs to leave out.
    """
    me = acting_person_id()
    rows = AuditRow.objects.filter(owner_id=me).exclude(actor_id=me).exclude(verb__in=list(without))
    days = rows.annotate(day=TruncDate("at")).values_list("day", "actor_id", "verb", named=False)
    return days.distinct().order_by("-day", "verb", "actor_id")


def days_opened(*, verb: str, subject_ids: Iterable[UUID]) -> dict[UUID, list[date]]:
    """On which days others opened these things of the acting person, newest first."""
    rows = AuditRow.objects.filter(owner_id=acting_person_id(), verb=verb, subject_id__in=list(subject_ids))
    found: dict[UUID, list[date]] = {}
    for subject_id, day in (
        rows.annotate(day=TruncDate("at")).values_list("subject_id", "day").distinct().order_by("-day")
    ):
        if subject_id is not None:
            found.setdefault(subject_id, []).append(day)
    return found
