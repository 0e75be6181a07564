"""The pool of coaches as a coordinator sees it, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from klankbord.coaches.api import (
    CoachProfile,
    QualityFact,
    ending_between,
    facts_to_look_at,
    profiles_of,
    quality_findings,
)
from klankbord.core import clock
from klankbord.engagements.models import Request
from klankbord.engagements.queries.matching_facts import USUAL_CAPACITY, open_engagements
from klankbord.engagements.queries.requests import requests_listed
from klankbord.engagements.rules.lifecycle import RequestState
from klankbord.engagements.rules.pool import Glance, Load, Spread, at_a_glance, part_of, spread_over
from klankbord.people.api import Membership, Person, Unit, holders_of
from klankbord.people.rules import folded
from klankbord.policy.rules.finding import Finding

ENDS_SOON = timedelta(days=90)
ENDED_LATELY = timedelta(days=30)
WAITING_SHOWN = 6


@dataclass(frozen=True)
class InPool:
    """One coach of the pool."""

    person: Person
    profile: CoachProfile | None
    load: Load
    findings: tuple[Finding, ...]
    papers_to_look_at: int

    @property
    def waits(self) -> bool:
        """Whether a profile or a paper waits for a look."""
        return bool(self.papers_to_look_at) or (self.profile is not None and self.profile.waits_for_a_look)

    @property
    def blocks(self) -> bool:
        """Whether something that the policy asks for stands in the way of new clients."""
        return any(finding.blocks for finding in self.findings)

    @property
    def asked_for(self) -> tuple[Finding, ...]:
        """What the policy asks for; what merely waits for a look is told elsewhere."""
        return tuple(finding for finding in self.findings if finding.code != "not_looked_at")


@dataclass(frozen=True)
class Pool:
    """The whole pool."""

    coaches: tuple[InPool, ...]
    glance: Glance
    parts: Spread
    places: Spread
    ending: Sequence[QualityFact]


def pool() -> Pool:
    """Everybody who coaches here, what of theirs waits or ends, and where they are."""
    people, today = list(holders_of(Membership.Role.COACH)), clock.today()
    ids = [person.pk for person in people]
    profiles, busy = profiles_of(ids), open_engagements(ids)
    findings, papers = quality_findings(ids), facts_to_look_at()
    coaches = tuple(
        InPool(
            person,
            profiles.get(person.pk),
            _load(busy[person.pk], profiles.get(person.pk)),
            findings[person.pk],
            papers.get(person.pk, 0),
        )
        for person in people
    )
    return Pool(
        coaches,
        at_a_glance(one.load for one in coaches),
        _over_parts(people),
        spread_over(place for profile in profiles.values() for place in profile.places),
        ending_between(today - ENDED_LATELY, today + ENDS_SOON),
    )


def _load(busy: int, profile: CoachProfile | None) -> Load:
    if profile is None:
        return Load(busy, USUAL_CAPACITY, rests=False)
    return Load(busy, profile.capacity, rests=profile.rests_on(clock.today()))


def _over_parts(people: list[Person]) -> Spread:
    """The parts right under the top, by the coaches who work there; coaches from outside belong to none."""
    under_the_top = Unit.objects.filter(parent__isnull=False, parent__parent__isnull=True).order_by("path")
    parts = dict(under_the_top.values_list("path", "name"))
    own = [part_of(person.unit.path, parts) for person in people if not person.external]
    return spread_over((name for name in own if name), among=list(parts.values()))


SHOWN: Mapping[str, Callable[[InPool], bool]] = {
    "waits": lambda one: one.waits,
    "room": lambda one: one.load.free > 0,
    "full": lambda one: not one.load.rests and one.load.free == 0,
    "rests": lambda one: one.load.rests,
    "asked": lambda one: bool(one.asked_for),
    "none": lambda one: one.profile is None or not one.profile.introduction,
}
"""Which coaches a coordinator may want to see."""

ORDERS: Mapping[str, Callable[[InPool], int]] = {
    "clients": lambda one: one.load.open,
    "free": lambda one: one.load.free,
}


def narrowed(coaches: Sequence[InPool], *, search: str, show: str, sort: str) -> list[InPool]:
    """Those a coordinator looks for, by name or by how much room there is."""
    wanted, fits = folded(search), SHOWN.get(show)
    found = [one for one in coaches if wanted in folded(one.person.name) and (fits is None or fits(one))]
    found.sort(key=lambda one: one.person.sort_key, reverse=sort == "-name")
    if number := ORDERS.get(sort.removeprefix("-")):
        found.sort(key=number, reverse=sort.startswith("-"))
    return found


def longest_waiting(coordinator: Person) -> tuple[list[Request], int]:
    """The requests without a proposal that wait longest, and how many there are."""
    rows = requests_listed(coordinator, state=RequestState.SENT)
    return list(rows[:WAITING_SHOWN]), rows.count()


def works(person: Person) -> str:
    """Where somebody works: a unit, or another employer."""
    return person.employer or person.unit.name
