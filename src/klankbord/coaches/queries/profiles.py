"""Reads of profiles, within the acting person's organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import get_current_timezone_name

from klankbord.coaches.models import CoachPhoto, CoachProfile, ProfileWord, QualityFact
from klankbord.coaches.rules.room import rests
from klankbord.core import clock
from klankbord.people.api import Membership, Person
from klankbord.people.rules import folded
from klankbord.privacy import vault

ONLINE = "online"


def profiles_of(person_ids: Iterable[UUID]) -> Mapping[UUID, CoachProfile]:
    """The profiles of these people that the acting person may read, by person, in one query."""
    return {profile.person_id: profile for profile in CoachProfile.objects.filter(person_id__in=list(person_ids))}


class CoachRow(NamedTuple):
    """A coach as matching weighs thousands of them: where somebody stands, and of the profile no word people read.

    ``since`` is the day on which the role was given, None for who is a coach no longer. Of somebody without a profile,
    or with one that the acting person may not read, everything after it is None.
    """

    pk: UUID
    name: str
    sort_key: str
    unit_path: str
    manager_id: UUID | None
    employer: str
    language: str
    since: date | None
    visible: bool | None
    themes: list[str] | None
    ways: list[str] | None
    languages: list[str] | None
    meets: bool | None
    online: bool | None
    day_parts: list[str] | None
    gender: str | None
    capacity: int | None
    paused: bool | None
    paused_until: date | None

    @property
    def first_name(self) -> str:
        """What somebody is called in a sentence."""
        return self.name.split(" ")[0]

    def rests_on(self, day: date) -> bool:
        """Whether the coach takes nobody new on that day."""
        return rests(day, paused=bool(self.paused), until=self.paused_until)


_COLUMNS = {
    "pk": "p.id",
    "name": "p.name",
    "sort_key": "p.sort_key",
    "unit_path": "u.path",
    "manager_id": "p.manager_id",
    "employer": "p.employer",
    "language": "p.language",
    "since": "(m.since at time zone %(zone)s)::date",
    "visible": "c.published_at is not null and c.checked_at is not null",
    "themes": "c.themes || c.sensitive_themes",
    "ways": "c.ways",
    "languages": "c.languages",
    "meets": "c.places <> '{}'",
    "online": "c.online",
    "day_parts": "c.day_parts",
    "gender": "c.gender",
    "capacity": "c.capacity",
    "paused": "c.paused",
    "paused_until": "c.paused_until",
}
# In the order of the fields, whatever the order above.
_ROWS = f"""
select {", ".join(_COLUMNS[one] for one in CoachRow._fields)}
from people_person p
join people_unit u on u.id = p.unit_id
left join people_membership m on m.person_id = p.id and m.role = 'coach'
left join coaches_coachprofile c on c.person_id = p.id
"""  # noqa: S608 -- pieces of this module


def coaches_to_weigh(person_ids: Iterable[UUID] | None = None) -> list[CoachRow]:
    """Every coach of the organisation by name, or these people in the order given, in one query.

    Written out, because no relation leads from a person to the own profile, and a page that shows a dozen of thousands
    asks for them all at once.
    """
    asked = None if person_ids is None else list(person_ids)
    which = (
        "where m.id is not null and p.active order by p.sort_key, p.id"
        if asked is None
        else "where p.id = any(%(ids)s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(_ROWS + which, {"zone": get_current_timezone_name(), "ids": asked})
        rows = [CoachRow._make(row) for row in cursor.fetchall()]
    if asked is None:
        return rows
    found = {row.pk: row for row in rows}
    return [found[one] for one in asked]


def own_profile(person: Person) -> CoachProfile:
    """One's own profile; a new one, not kept yet, when there is none."""
    found = CoachProfile.objects.select_related("person__unit").filter(person=person).first()
    return found or CoachProfile(organisation_id=person.organisation_id, person=person, languages=[person.language])


def visible_profile(person_id: UUID) -> CoachProfile:
    """The door to what colleagues read about a coach. Raises ``Http404`` where there is nothing for them to read."""
    found = _profiles_of_coaches().filter(person_id=person_id).select_related("person__unit").first()
    if found is None or not found.visible:
        raise Http404
    return found


def coach_in_pool(person_id: UUID) -> Person:
    """The door to a coach of the pool. Raises ``Http404`` for whoever is no coach here."""
    found = (
        Person.objects.select_related("unit")
        .filter(pk=person_id, active=True, memberships__role=Membership.Role.COACH)
        .first()
    )
    if found is None:
        raise Http404
    return found


def photo_for(person_id: UUID) -> CoachPhoto:
    """The door to the photo of a coach. Raises ``Http404`` for a photo that the acting person may not see.

    Of whoever left, or is a coach no longer, nobody is shown a face any more.
    """
    coaches = {"person__active": True, "person__memberships__role": Membership.Role.COACH}
    found = CoachPhoto.objects.filter(person_id=person_id, **coaches).first()
    if found is None:
        raise Http404
    return found


def photos_of(person_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Who of these people has a photo that the acting person may see, with its fingerprint."""
    return dict(CoachPhoto.objects.filter(person_id__in=list(person_ids)).values_list("person_id", "digest"))


@dataclass(frozen=True)
class Said:
    """What a coordinator said about a profile."""

    author: str
    text: str
    on: date


def words_about(coach: Person) -> list[Said]:
    """What coordinators would like to see otherwise, latest last."""
    rows = list(ProfileWord.objects.filter(coach=coach).select_related("author").order_by("said_at"))
    vault.prepare(rows)
    return [Said(row.author.first_name, vault.read(row, "text"), row.said_at.date()) for row in rows]


def accreditations_of(person_ids: Iterable[UUID], day: date) -> Mapping[UUID, list[QualityFact]]:
    """The accreditations that stand on the profiles of these people: looked at, and still valid on *day*."""
    found: dict[UUID, list[QualityFact]] = {}
    rows = QualityFact.objects.filter(
        person_id__in=list(person_ids), kind=QualityFact.Kind.ACCREDITATION, checked_at__isnull=False
    ).order_by("-valid_until", "pk")
    for row in rows:
        if row.valid_until is None or row.valid_until >= day:
            found.setdefault(row.person_id, []).append(row)
    return found


# --- finding a coach ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Looking:
    """What somebody looks for in a coach; what is empty does not matter."""

    text: str = ""
    theme: str = ""
    way: str = ""
    language: str = ""
    place: str = ""
    employer: str = ""
    room: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """What is needed of one coach to see whether it fits, and in which place of the list."""

    person_id: UUID
    name: str
    sort_key: str
    employer: str
    themes: frozenset[str]
    ways: frozenset[str]
    languages: frozenset[str]
    places: frozenset[str]

    def fits(self, looking: Looking, with_room: frozenset[UUID]) -> bool:
        """Whether this coach is one that somebody looks for."""
        wanted = (
            (looking.theme, self.themes),
            (looking.way, self.ways),
            (looking.language, self.languages),
            (looking.place, self.places),
        )
        return (
            all(not one or one in offered for one, offered in wanted)
            and (not looking.employer or looking.employer == ("external" if self.employer else "internal"))
            and (not looking.room or self.person_id in with_room)
            and (not looking.text or folded(looking.text) in folded(self.name))
        )


@dataclass(frozen=True)
class Found:
    """The coaches that fit, in the order of the list; who has room; and the places there are to choose from."""

    person_ids: list[UUID]
    with_room: frozenset[UUID]
    places: list[str]
    total: int


def _profiles_of_coaches() -> QuerySet[CoachProfile]:
    return CoachProfile.objects.filter(person__active=True, person__memberships__role=Membership.Role.COACH)


def coaches_found(viewer: Person, looking: Looking) -> Found:
    """The coaches who fit, in two queries, whatever their number.

    They are compared here and not in the database: comparing lists is not leakproof, so under row security it could
    use no index, and two thousand coaches are few.
    """
    columns = ("person_id", "person__name", "person__sort_key", "person__employer", "themes", "sensitive_themes")
    rows = (
        _profiles_of_coaches()
        .filter(published_at__isnull=False, checked_at__isnull=False)
        .values_list(*columns, "ways", "languages", "places", "online")
    )
    lines = [
        _Line(
            person_id,
            name,
            sort_key,
            employer,
            frozenset((*themes, *sensitive)),
            frozenset(ways),
            frozenset(languages),
            frozenset((*places, ONLINE) if online else places),
        )
        for person_id, name, sort_key, employer, themes, sensitive, ways, languages, places, online in rows
    ]
    with_room = coaches_with_room(clock.today())
    places = sorted({place for line in lines for place in line.places} - {ONLINE}, key=str.casefold)
    fitting = [line for line in lines if line.fits(looking, with_room)]
    if looking.by_name:
        fitting.sort(key=lambda line: line.sort_key)
    else:
        turn = _turn(viewer, clock.today())
        fitting.sort(key=lambda line: turn(line.person_id))
    return Found([line.person_id for line in fitting], with_room, places, len(lines))


def places_of_coaches() -> frozenset[str]:
    """The places where people can meet a coach, as the profiles that everybody sees have them."""
    rows = _profiles_of_coaches().filter(published_at__isnull=False, checked_at__isnull=False)
    return frozenset(place for places in rows.values_list("places", flat=True) for place in places)


def _turn(viewer: Person, day: date) -> Callable[[UUID], bytes]:
    """The place of each coach in today's list of this reader: the same all day, another for everybody else.

    So nobody is read first because of the letter a name begins with.
    """
    salt = f"{viewer.pk} {day.isoformat()} ".encode()
    return lambda person_id: sha256(salt + person_id.bytes).digest()


def coaches_with_room(day: date) -> frozenset[UUID]:
    """Who of the coaches with a visible profile takes a new client."""
    with connection.cursor() as cursor:
        cursor.execute("select coaches_with_room(%s)", [day])
        return frozenset(row[0] for row in cursor.fetchall())


@dataclass(frozen=True)
class Card:
    """One coach as the list shows it."""

    profile: CoachProfile
    photo: str
    accreditations: list[QualityFact]
    has_room: bool


def cards_of(person_ids: list[UUID], with_room: frozenset[UUID]) -> list[Card]:
    """The cards of these coaches, in this order, in three queries."""
    profiles = {
        one.person_id: one
        for one in CoachProfile.objects.select_related("person__unit").filter(person_id__in=person_ids)
    }
    photos, shown = photos_of(person_ids), accreditations_of(person_ids, clock.today())
    return [
        Card(profiles[one], photos.get(one, ""), shown.get(one, []), one in with_room)
        for one in person_ids
        if one in profiles
    ]


def card_of(profile: CoachProfile) -> Card:
    """One coach as the page of the profile shows it."""
    found = cards_of([profile.person_id], coaches_with_room(clock.today()))
    return replace(found[0], profile=profile) if found else Card(profile, "", [], has_room=False)
