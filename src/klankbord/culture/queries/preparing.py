"""Reads for whoever makes a wave: the plan as it stands, units to choose from, and who gets a letter on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from klankbord.core.wording import Wording
from klankbord.culture.models import Invitation, Preparation, PublishedUnit, Wave
from klankbord.culture.queries.waves import Opening, people_of, tree_of
from klankbord.culture.rules.own_items import OwnItemFinding, findings_about_all
from klankbord.culture.rules.waves import Attribute, WavePlan
from klankbord.people.api import Membership, Person, Unit, found_people, holders_of
from klankbord.people.queries import units_around

WHOLE_TREE = 100
"""So many units stand below each other on one page; of more, those around a place in the tree."""


def plan_of(wave: Wave) -> WavePlan:
    """What was decided about a draft so far."""
    return WavePlan(
        kind=wave.kind,
        title=wave.title,
        about=wave.about,
        own_items=tuple(one.wording for one in wave.own_rated),
        attribute=Attribute(wave.attribute),
        attribute_name=Wording(nl=wave.attribute_nl, en=wave.attribute_en),
        k=wave.k,
        opens=wave.opens,
        closes=wave.closes,
        whom=wave.whom,
        units=tuple(wave.units),
        sample_size=wave.sample_size,
        reminders=tuple(wave.reminders),
    )


def remarks_about(wave: Wave, own: Sequence[Wording]) -> Sequence[Sequence[OwnItemFinding]]:
    """What there is to say about each of these sentences, among those that the wave asks anyway."""
    ours = wave.rated[: len(wave.rated) - len(wave.own_items)]
    return findings_about_all(own, [one.wording for one in ours])


def may_be_contact() -> QuerySet[Person]:
    """Who may answer questions about a wave: the coordinators."""
    return holders_of(Membership.Role.COORDINATOR)


# --- whom -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnitToChoose:
    """A unit to ask with everything under it: how deep it lies, and how many people are in it."""

    unit: Unit
    depth: int
    people: int
    below: bool


def units_to_choose(path: str, chosen: Collection[str]) -> list[UnitToChoose]:
    """The units to tick, each after what it lies under: all of them, or those around *path* and those chosen."""
    units = list(Unit.objects.order_by("path")[: WHOLE_TREE + 1])
    whole = len(units) <= WHOLE_TREE
    if not whole:
        near = {one.pk: one for one in units_around(path)}
        units = list((near | {one.pk: one for one in Unit.objects.filter(pk__in=chosen)}).values())
    people = _people_under()
    ordered = sorted(units, key=lambda one: one.path.split("/"))
    return [
        UnitToChoose(one, one.path.count("/"), people[one.path], below=not whole and "/" in one.path) for one in ordered
    ]


def _people_under() -> Counter[str]:
    """How many people are in each unit and under it, by path."""
    staff = Person.objects.filter(active=True, guest=False)
    under: Counter[str] = Counter()
    for path, many in staff.order_by().values_list("unit__path").annotate(many=Count("pk")):
        names = path.split("/")
        for depth in range(1, len(names) + 1):
            under["/".join(names[:depth])] += many
    return under


# --- on paper -------------------------------------------------------------------------------------------------------


def paper_people(wave: Wave, *, text: str = "", unit_path: str = "") -> QuerySet[Person]:
    """Those the wave could ask, found by name and within a unit and everything under it."""
    people = people_of(wave)
    if text.strip():
        people = people.filter(pk__in=found_people(text).values("pk"))
    if unit_path:
        within = Q(unit__path=unit_path) | Q(unit__path__gte=unit_path + "/", unit__path__lt=unit_path + "0")
        people = people.filter(within)
    return people.select_related("unit").order_by("unit__path", "sort_key")


def chosen_for_paper(wave: Wave, people: Collection[UUID]) -> frozenset[UUID]:
    """Those among *people* for whom a letter on paper was chosen."""
    ready = Preparation.objects.filter(wave=wave, paper=True, person_id__in=people)
    return frozenset(ready.values_list("person_id", flat=True))


def paper_count(wave: Wave) -> int:
    """How many of those the wave could ask would get a letter on paper."""
    ready = Preparation.objects.filter(wave=wave, paper=True).values("person_id")
    return people_of(wave).filter(Q(email="") | Q(pk__in=ready)).count()


def letters_to_print(wave: Wave) -> int:
    """How many were invited on paper, of a wave that is open."""
    return Invitation.objects.filter(wave=wave, by=Invitation.By.PAPER).count()


# --- opening, and afterwards ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fixed:
    """What opening would fix, in numbers."""

    people: int
    paper: int
    units: int
    classes: Sequence[tuple[Wording, int]]


def fixed_by(opening: Opening) -> Fixed:
    """What would be fixed. Of a sample the classes are those of one draw, and another is drawn at opening."""
    sizes = Counter(one.background for one in opening.invited)
    return Fixed(
        people=len(opening.invited),
        paper=sum(one.paper for one in opening.invited),
        units=len({one.unit_id for one in opening.invited}),
        classes=[(name, sizes[number]) for number, name in enumerate(opening.classes, start=1)],
    )


@dataclass(frozen=True)
class UnitResponse:
    """How many answered, in a unit of which that was published."""

    name: str
    depth: int
    answered: int
    invited: int

    @property
    def share(self) -> int:
        """Of a hundred who were invited, how many answered."""
        return round(100 * self.answered / self.invited) if self.invited else 0


def response_of(wave: Wave) -> list[UnitResponse]:
    """The published response, of the published units only, each after what it lies under."""
    told = PublishedUnit.objects.filter(wave=wave, answered__isnull=False)
    counts: Mapping[UUID, tuple[int, int]] = {
        unit: (answered or 0, invited or 0)
        for unit, answered, invited in told.values_list("unit_id", "answered", "invited")
    }
    found = sorted((one for one in tree_of(wave) if one.unit_id in counts), key=lambda one: one.path.split("/"))
    return [UnitResponse(one.name, one.path.count("/"), *counts[one.unit_id]) for one in found]
