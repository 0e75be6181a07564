"""What coaches can show about their trade, and what the quality criteria of the policy say about that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils.timezone import localdate

from klankbord.coaches.hours import hours_for_norm
from klankbord.coaches.models import QualityFact, QualityProof
from klankbord.coaches.rules import quality as rules
from klankbord.core import clock
from klankbord.core.lookups import AnyOf
from klankbord.core.tenant import current_scope
from klankbord.people.api import Membership, Person
from klankbord.policy.api import PolicyVersion, policy_in_force
from klankbord.policy.rules.finding import Finding

NOT_COUNTED = rules.Counted()


def quality_findings(
    person_ids: Iterable[UUID], roles: Mapping[UUID, tuple[str, date | None]] | None = None
) -> Mapping[UUID, tuple[Finding, ...]]:
    """For each of these coaches what the policy asks of them and is not there; nothing is an empty tuple.

    A finding that blocks stands in the way of new clients only: it never touches a coaching that runs. For coordinators
    and for the coach; of whom the acting person may not know, nothing is found. As many queries whatever the number.
    *roles*: of each the employer, and since when the role is held (None: no longer), from who knows already.
    """
    asked = list(dict.fromkeys(person_ids))
    found: dict[UUID, tuple[Finding, ...]] = dict.fromkeys(asked, ())
    wanted = _may_know(asked)
    if not wanted:
        return found
    roles = _roles_of(wanted) if roles is None else roles
    policy, since, papers = policy_in_force().content, _asked_since(), _papers_of(wanted)
    intervision = _intervision_of(wanted)
    hours = _hours_of(wanted) if policy.quality.internal_hours else {}
    known: dict[tuple[object, ...], tuple[Finding, ...]] = {}
    today = clock.today()
    for person_id in wanted:
        employer, since_day = roles.get(person_id, ("", None))
        if since_day is None:
            continue
        facts = (
            bool(employer),
            since_day,
            tuple(papers.get(person_id, ())),
            intervision[person_id],
            hours.get(person_id, NOT_COUNTED),
        )
        # The same facts give the same findings, and of thousands of coaches many have the same.
        if facts not in known:
            external, begun, held, counted, held_hours = facts
            coach = rules.CoachFacts(external=external, since=begun, papers=held, intervision=counted, hours=held_hours)
            known[facts] = tuple(rules.quality_findings(policy.quality, coach, today=today, asked_since=since))
        found[person_id] = known[facts]
    return found


def hours_norm_for(coach: Person) -> int:
    """How many hours a year the policy asks of this coach; 0 where it asks for none, or not of whoever is external."""
    return 0 if coach.external else policy_in_force().content.quality.internal_hours


def _may_know(person_ids: list[UUID]) -> list[UUID]:
    """Of whom the acting person may know: a coordinator of everybody, and everybody of themselves.

    The database keeps to this by itself. Asked all the same, because to whom it answers nothing everything would seem
    to be missing.
    """
    me = current_scope().person_id
    if all(one == me for one in person_ids):
        return person_ids
    with connection.cursor() as cursor:
        cursor.execute("select klankbord_holds('coordinator')")
        (everybody,) = cursor.fetchone()
    return person_ids if everybody else [one for one in person_ids if one == me]


def _roles_of(person_ids: list[UUID]) -> Mapping[UUID, tuple[str, date | None]]:
    # Of each a few columns, not two whole rows: there may be thousands of coaches.
    holders = Membership.objects.filter(AnyOf("person_id", person_ids), role=Membership.Role.COACH)
    rows = holders.values_list("person_id", "person__employer", TruncDate("since"))
    return {person_id: (employer, since) for person_id, employer, since in rows}


def _asked_since() -> date | None:
    """When the first policy was published: from then on coaches know what is asked of them."""
    first = (
        PolicyVersion.objects.filter(published_at__isnull=False)
        .order_by("number")
        .values_list("published_at", flat=True)
        .first()
    )
    return localdate(first) if first else None


def _intervision_of(person_ids: list[UUID]) -> Mapping[UUID, rules.Counted]:
    """How often each was at intervision this year and last; not counted in a year in which nobody noted any."""
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute("select person_id, year, times from coaches_intervision_counts(%s, %s)", [person_ids, year - 1])
        return _two_years(person_ids, cursor.fetchall(), year)


def _hours_of(person_ids: list[UUID]) -> Mapping[UUID, rules.Counted]:
    """How many hours each coached this year and last; not counted in a year in which nobody held a talk."""
    year = clock.today().year
    hours = hours_for_norm(person_ids, year - 1)
    return _two_years(person_ids, ((one, of_year, count) for (one, of_year), count in hours.items()), year)


def _two_years(
    person_ids: list[UUID], rows: Iterable[tuple[UUID | None, int, int]], year: int
) -> Mapping[UUID, rules.Counted]:
    """This *year* and the one before. A row of nobody says that in that year it is counted."""
    noted: set[int] = set()
    counts: dict[UUID, dict[int, int]] = {}
    for person_id, of_year, count in rows:
        if person_id is None:
            noted.add(of_year)
        else:
            counts.setdefault(person_id, {})[of_year] = count

    def counted(in_years: Mapping[int, int]) -> rules.Counted:
        this, last = (in_years.get(one, 0) if one in noted else None for one in (year, year - 1))
        return rules.Counted(this_year=this, last_year=last)

    nobody = counted({})
    return {one: counted(counts[one]) if one in counts else nobody for one in person_ids}


def _papers_of(person_ids: list[UUID]) -> Mapping[UUID, list[rules.Paper]]:
    found: dict[UUID, list[rules.Paper]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select person_id, kind, body, valid_until, looked_at from coaches_held(%s)", [person_ids])
        for person_id, kind, body, until, looked_at in cursor.fetchall():
            paper = rules.Paper(kind=rules.Held(kind), body=body, until=until, looked_at=looked_at)
            found.setdefault(person_id, []).append(paper)
    return found


def facts_of(coach: Person) -> list[QualityFact]:
    """What a coach states, accreditations first, for that coach and for coordinators."""
    return list(QualityFact.objects.filter(person=coach).order_by("kind", "-valid_from", "pk"))


def facts_with_proof(facts: Iterable[QualityFact]) -> frozenset[UUID]:
    """Those of these statements that have a paper beside them."""
    wanted = [fact.pk for fact in facts]
    return frozenset(QualityProof.objects.filter(fact_id__in=wanted).values_list("fact_id", flat=True))


def own_fact(person: Person, fact_id: UUID) -> QualityFact:
    """The door to what one states oneself. Raises ``Http404``."""
    found = QualityFact.objects.filter(pk=fact_id, person=person).first()
    if found is None:
        raise Http404
    return found


def fact_to_check(fact_id: UUID) -> QualityFact:
    """The door to what some coach states, for a coordinator. Raises ``Http404``."""
    found = QualityFact.objects.select_related("person").filter(pk=fact_id).first()
    if found is None:
        raise Http404
    return found


def proof_for(fact_id: UUID) -> QualityProof:
    """The door to a paper, for its coach and for coordinators. Raises ``Http404``."""
    found = QualityProof.objects.select_related("fact").filter(fact_id=fact_id).first()
    if found is None:
        raise Http404
    return found


def facts_to_look_at() -> Mapping[UUID, int]:
    """How many statements of each coach wait for a look, for coordinators."""
    found: dict[UUID, int] = {}
    for person_id in QualityFact.objects.filter(checked_at=None).values_list("person_id", flat=True):
        found[person_id] = found.get(person_id, 0) + 1
    return found


def ending_between(first: date, last: date) -> list[QualityFact]:
    """What ends in these days and has nothing later beside it of the same kind and body, soonest first."""
    rows = list(
        QualityFact.objects.select_related("person")
        .filter(valid_until__gte=first, valid_until__lte=last, person__active=True)
        .order_by("valid_until", "pk")
    )
    later = QualityFact.objects.filter(person_id__in={row.person_id for row in rows})
    beside: dict[tuple[UUID, str, str], date] = {}
    for person_id, kind, body, until in later.values_list("person_id", "kind", "body", "valid_until"):
        key = (person_id, kind, body)
        beside[key] = max(beside.get(key, date.min), until or date.max)
    return [row for row in rows if beside[row.person_id, row.kind, row.body] == row.valid_until]
