"""Reads about the account of a year: what was published, and what would be, in a fixed number of queries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.http import Http404
from django.utils.timezone import make_aware

from klankbord.coaches.api import places_of_coaches, quality_findings
from klankbord.core import clock
from klankbord.engagements.models import Engagement, Request, WaitingFigure, YearAccount
from klankbord.engagements.rules.account import Counted, Facts, Parts, is_over, protected
from klankbord.people.api import Membership, Person, holders_of
from klankbord.policy.api import version_in_force
from klankbord.policy.rules.finding import Severity

FIRST_YEAR = 2000


def accounts_published() -> list[YearAccount]:
    """The accounts there are, newest first, without what they say."""
    return list(YearAccount.objects.defer("figures", "words", "plan"))


def account_of(year: int) -> YearAccount:
    """The door to an account: for everybody of the organisation, once it is published. Raises ``Http404``."""
    found = published_of(year)
    if found is None:
        raise Http404
    return found


def published_of(year: int) -> YearAccount | None:
    """The account of a year, if it was published."""
    return YearAccount.objects.filter(year=year).select_related("author").first()


def year_to_make(year: int) -> int:
    """The door to making an account: a year that is over or runs. Raises ``Http404``."""
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    return year


def figures_of(year: int) -> dict[str, Any]:
    """The figures of a year as they may be published. For a coordinator: the same for each of them.

    Of a year that runs, hours, money and waiting are left out: they would tell from day to day what came in.
    """
    hours, spent = _sums(year) if is_over(year, clock.today()) else (None, None)
    requests, one_talk = _requests(year)
    coaches = list(holders_of(Membership.Role.COACH))
    return protected(
        Facts(
            requests=requests,
            one_talk=one_talk,
            **_begun(year),
            **_coaches(coaches),
            places=len(places_of_coaches()),
            hours=hours,
            spent=spent,
            waiting=_waiting(year),
            policy=_policy(),
        )
    )


def _of_year(year: int) -> tuple[datetime, datetime]:
    return make_aware(datetime(year, 1, 1)), make_aware(datetime(year + 1, 1, 1))  # noqa: DTZ001 -- made aware


def _requests(year: int) -> tuple[Counted, Parts]:
    begin, end = _of_year(year)
    # SECURITY: what some coordinator stepped aside from is not counted. Otherwise that coordinator would see from the
    # difference with their own list that there is something, and two of them would make two different accounts.
    found = Request.objects.filter(sent_at__gte=begin, sent_at__lt=end, aside=[]).aggregate(
        **_counts("all", Q()), **_counts("one", Q(one_talk=True)), **_counts("more", Q(one_talk=False))
    )
    return _counted(found, "all"), {name: _counted(found, name) for name in ("one", "more")}


def _begun(year: int) -> dict[str, Any]:
    over = Q(closed_on__lt=date(year + 1, 1, 1))
    found = Engagement.objects.filter(
        started_on__gte=date(year, 1, 1), started_on__lt=date(year + 1, 1, 1), request__aside=[]
    ).aggregate(
        **_counts("all", Q()),
        **_counts("internal", Q(external=False), coaches=True),
        **_counts("external", Q(external=True), coaches=True),
        **_counts("over", over),
        **_counts("running", ~over | Q(closed_on=None)),
    )
    return {
        "begun": _counted(found, "all"),
        # One external coach, and how many coachings were external, is how many that coach had.
        "employer": {name: _counted(found, name) for name in ("internal", "external")},
        "at_the_end": {name: _counted(found, name) for name in ("over", "running")},
    }


def _counts(name: str, which: Q, *, coaches: bool = False) -> dict[str, Count]:
    found = {
        f"{name}_count": Count("pk", filter=which),
        f"{name}_clients": Count("client", filter=which, distinct=True),
    }
    if coaches:
        found[f"{name}_coaches"] = Count("coach", filter=which, distinct=True)
    return found


def _counted(found: dict[str, int], name: str) -> Counted:
    clients = found[f"{name}_clients"]
    return Counted(found[f"{name}_count"], min(clients, found.get(f"{name}_coaches", clients)))


def _coaches(coaches: list[Person]) -> dict[str, Any]:
    external = sum(one.external for one in coaches)
    findings = quality_findings(one.pk for one in coaches)
    met = sum(all(one.severity == Severity.INFORMS for one in findings[coach.pk]) for coach in coaches)
    return {
        "coaches": _people(len(coaches)),
        "coach_employer": {"internal": _people(len(coaches) - external), "external": _people(external)},
        "coach_norms": {"met": _people(met), "not_met": _people(len(coaches) - met)},
    }


def _people(number: int) -> Counted:
    return Counted(number, number)


def _sums(year: int) -> tuple[int | None, tuple[int, int] | None]:
    """Hours of talks, and until which quarter how many cents were spent; None for what tells of a few people."""
    with connection.cursor() as cursor:
        cursor.execute("select hours, quarter, cents from engagements_account_sums(%s)", [year])
        row = cursor.fetchone()
    if row is None:
        return None, None
    hours, quarter, cents = row
    return hours, None if quarter is None else (int(quarter), int(cents))


def _waiting(year: int) -> tuple[int, int, int] | None:
    """What was published for everybody about exactly this year."""
    row = WaitingFigure.objects.filter(until=date(year + 1, 1, 1)).first()
    return (row.low, row.middle, row.high) if row else None


def _policy() -> dict[str, Any]:
    version = version_in_force()
    if version is None:
        return {}
    return {"number": version.number, "review_on": version.review_on.isoformat() if version.review_on else None}
