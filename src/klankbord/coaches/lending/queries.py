"""Reads and doors of lending, within the acting person's organisation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.http import Http404

from klankbord.coaches.models import LendingAgreement, LendingVersion, LentCoach, Side
from klankbord.core import clock
from klankbord.people.api import Membership, Person, holders_of


def agreements() -> list[LendingAgreement]:
    """Every agreement of this organisation that the acting person may see, those that hold first."""
    order = {LendingAgreement.State.IN_FORCE: 0, LendingAgreement.State.DRAFTING: 1, LendingAgreement.State.ENDED: 2}
    found = LendingAgreement.objects.order_by("-begun_at")
    return sorted(found, key=lambda one: order[LendingAgreement.State(one.state)])


def agreement_for(pk: UUID) -> LendingAgreement:
    """The door to one agreement. Raises ``Http404``."""
    found = LendingAgreement.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def versions_of(agreement: LendingAgreement) -> list[LendingVersion]:
    """Every wording that the acting person may read, the last one first."""
    return list(LendingVersion.objects.filter(agreement=agreement).order_by("-number"))


def version_for(agreement: LendingAgreement, number: int) -> LendingVersion:
    """The door to one wording. Raises ``Http404``."""
    found = LendingVersion.objects.filter(agreement=agreement, number=number).first()
    if found is None:
        raise Http404
    return found


def terms_in_force(versions: list[LendingVersion]) -> LendingVersion | None:
    """The last wording to which both said yes."""
    return next((one for one in versions if one.agreed), None)


@dataclass(frozen=True)
class InThePool:
    """A coach of this side, and whether named and lent."""

    coach: Person
    named: bool
    lent: bool


def pool_of(agreement: LendingAgreement) -> list[InThePool]:
    """The coaches of the lending side with how they stand; for the borrowing side those who are lent to it."""
    rows = {one.person_id: one for one in LentCoach.objects.filter(agreement=agreement).select_related("person")}
    if agreement.side == Side.BORROWS:
        coaches = sorted((one.person for one in rows.values() if _lent(one)), key=lambda one: one.sort_key)
    else:
        coaches = list(holders_of(Membership.Role.COACH).filter(guest=False))
    return [
        InThePool(coach, bool(row and row.named_at), bool(row and _lent(row)))
        for coach in coaches
        for row in (rows.get(coach.pk),)
    ]


def _lent(row: LentCoach) -> bool:
    return row.since is not None and row.until is None


@dataclass(frozen=True)
class MayBeLent:
    """An agreement under which the acting coach may be lent, or is."""

    agreement: LendingAgreement
    terms: LendingVersion
    named: bool
    lent: bool


def open_to(coach: Person) -> list[MayBeLent]:
    """What this coach may take part in now, in a fixed number of queries."""
    found = list(
        LendingAgreement.objects.filter(side=Side.LENDS, state=LendingAgreement.State.IN_FORCE).order_by("other")
    )
    terms: dict[UUID, LendingVersion] = {}
    for version in LendingVersion.objects.filter(agreement__in=found).order_by("number"):
        if version.agreed:
            terms[version.agreement_id] = version
    mine = {one.agreement_id: one for one in LentCoach.objects.filter(person=coach, agreement__in=found)}
    return [
        MayBeLent(one, terms[one.pk], bool(row and row.named_at), bool(row and _lent(row)))
        for one in found
        if one.pk in terms
        for row in (mine.get(one.pk),)
    ]


@dataclass(frozen=True)
class HeldElsewhere:
    """What the acting coach held as a guest at one organisation in one year, by kind; nothing of whom."""

    organisation: str
    year: int
    introduction: bool
    minutes: int
    talks: int
    clients: int


def held_elsewhere() -> list[HeldElsewhere]:
    """The acting coach's own sums of what was held elsewhere, latest year first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select organisation, year, kind, minutes, talks, clients from coaches_hours_lent(%s) "
            "order by year desc, organisation, kind",
            [clock.now()],
        )
        return [HeldElsewhere(row[0], row[1], row[2] == "introduction", *row[3:]) for row in cursor.fetchall()]


@dataclass(frozen=True)
class YearElsewhere:
    """Introductions and talks of a year at one organisation together."""

    organisation: str
    year: int
    hours: float
    talks: int


def years_elsewhere() -> list[YearElsewhere]:
    """For the coach's own eyes: how much there was, by year and organisation."""
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for one in held_elsewhere():
        minutes, talks = sums.get((one.year, one.organisation), (0, 0))
        sums[one.year, one.organisation] = (minutes + one.minutes, talks + one.talks)
    return [YearElsewhere(name, year, minutes / 60, talks) for (year, name), (minutes, talks) in sums.items()]


def untold() -> list[tuple[UUID, UUID, UUID]]:
    """Organisation, person and notification of what the other side of an agreement still has to be mailed."""
    with connection.cursor() as cursor:
        cursor.execute("select organisation_id, person_id, notification_id from coaches_lending_untold()")
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]
