"""Training and supervision, and looking at the six sides of the own craft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from klankbord.coaches.models import AssessmentDone, Learning, SelfAssessment
from klankbord.coaches.rules.growth import Seen, body_of
from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.people.api import Person
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@dataclass(frozen=True)
class Learned:
    """What a coach learned from, and whether coordinators may read it."""

    kind: str
    title: str
    on: date
    hours: Decimal
    provider: str = ""
    proof: str = ""
    shown: bool = True


@action("learning.add")
def add_learning(*, once: UUID, coach: Person, learned: Learned) -> Learning:
    """Keep a training, a supervision or something else. Sending the same form twice keeps one."""
    one_at_a_time(once)
    known = Learning.objects.filter(pk=once, coach=coach).first()
    if known:
        record("learning.add", known, owner=coach.pk, detail={"outcome": "again"})
        return known
    row = Learning(
        id=once,
        organisation_id=coach.organisation_id,
        coach=coach,
        kind=learned.kind,
        title=learned.title,
        on=learned.on,
        hours=learned.hours,
        provider=learned.provider,
        proof=learned.proof,
        shown=learned.shown,
    )
    row.save(force_insert=True)
    record("learning.add", row, owner=coach.pk)
    return row


@action("learning.show")
def show_learning(*, learning: Learning, shown: bool) -> None:
    """Let coordinators read it, or no longer."""
    learning.shown = shown
    learning.save(update_fields=["shown"])
    record("learning.show", learning, owner=learning.coach_id)


@action("learning.remove")
def remove_learning(*, learning: Learning) -> None:
    """Take it away."""
    record("learning.remove", learning, owner=learning.coach_id)
    learning.delete()


@action("self_assessment.make")
def look_at_craft(*, once: UUID, coach: Person, seen: Mapping[str, Seen]) -> SelfAssessment:
    """Keep how one sees the six sides of the craft now. Of this, coordinators learn that it was done this year."""
    one_at_a_time(once)
    known = SelfAssessment.objects.filter(pk=once, coach=coach).first()
    if known:
        record("self_assessment.make", known, owner=coach.pk, detail={"outcome": "again"})
        return known
    row = SelfAssessment(id=once, organisation_id=coach.organisation_id, coach=coach, made_at=clock.now())
    vault.seal(row, "body", body_of(seen))
    row.save(force_insert=True)
    year = clock.today().year
    one_at_a_time(f"{coach.pk} looked {year}")
    if not AssessmentDone.objects.filter(coach=coach, year=year).exists():
        AssessmentDone(organisation_id=coach.organisation_id, coach=coach, year=year).save(force_insert=True)
    record("self_assessment.make", row, owner=coach.pk)
    return row


@action("self_assessment.remove")
def remove_assessment(*, assessment: SelfAssessment) -> None:
    """Take one look away. That it was done in that year stays, until the last of that year is gone."""
    coach, year = assessment.coach_id, assessment.made_at.year
    record("self_assessment.remove", assessment, owner=coach)
    assessment.delete()
    if not SelfAssessment.objects.filter(coach_id=coach, made_at__year=year).exists():
        AssessmentDone.objects.filter(coach_id=coach, year=year).delete()
